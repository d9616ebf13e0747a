"""An address on the web taken apart, for one request."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit

# RFC 3986 2: what may stand in an address; what is percent-encoded already stays so.
_SAFE = "/%:@!$&'()*+,;=~?#[]"
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+(%[A-Za-z0-9._-]+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The parts of an address that a request is made of."""

    is_secure: bool
    host: str
    port: int
    path: str

    @property
    def host_line(self) -> str:
        """The host as a request names it (RFC 9110 7.2): with its port, unless that is usual."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        is_usual = self.port == _DEFAULT_PORTS["https" if self.is_secure else "http"]
        return host if is_usual else f"{host}:{self.port}"


def plain(url: str) -> str:
    """The address in printable ASCII, without what is meant for the browser alone."""
    return quote(url.strip().partition("#")[0], safe=_SAFE)


def joined(url: str, location: str) -> str:
    """Where a redirect leads, from the page that gave it; ValueError when that is nowhere."""
    return plain(urljoin(url, location.strip()))


def take_apart(url: str) -> Target:
    """The parts of an address; ValueError says why it is not for everyone."""
    try:
        parts = urlsplit(url)
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
        host = _ascii_host(parts.hostname or "")
    except ValueError:
        raise ValueError("it is not a whole address") from None
    if parts.scheme not in _DEFAULT_PORTS:
        raise ValueError(f'it starts with "{parts.scheme}:", which is not for the web')
    if not _HOST.fullmatch(host):
        raise ValueError("it names no host")
    if "@" in parts.netloc:
        raise ValueError("it holds a user name")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(is_secure=parts.scheme == "https", host=host, port=port, path=path)


def _ascii_host(host: str) -> str:
    written = unquote(host)
    return written if ":" in written else written.encode("idna").decode("ascii")
