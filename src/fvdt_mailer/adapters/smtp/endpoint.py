"""Where the mail server is, how the way to it is protected, and who we are there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final, Self
from urllib.parse import unquote, urlsplit

from fvdt_mailer.errors import FilesError, Problem
from fvdt_mailer.model.project import Security, Smtp


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A mail server, ready to be dialled. `stays_here` holds clear text to this machine.

    In place of a password, a `token` is fetched at every sign-in anew: it may live an hour only.
    """

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)
    token: Callable[[], str] | None = field(default=None, repr=False)
    ca: str = ""
    helo: str = ""
    stays_here: bool = False

    @classmethod
    def parse(
        cls,
        smtp: Smtp,
        password: str | None,
        *,
        token: Callable[[], str] | None = None,
        helo: str = "",
    ) -> Self:
        """The endpoint that mailer.yaml names; FilesError says what to mend.

        `helo` is the name to greet with when mailer.yaml gives none.
        """
        host, port, user = _url(smtp.url)
        is_here = is_loopback(host)
        security = _security(smtp, is_here=is_here)
        if token is None:
            _check_password(user, password or "")
        _check_user(user, token, in_clear=security is Security.PLAIN and not is_here)
        name = smtp.helo or helo
        if _UNFIT.search(name) or not name.isascii():
            raise _wrong("smtp.helo", f'"{name!a}" is not a host name', "write one without spaces")
        return cls(
            host=host,
            port=port or _PORTS[security],
            security=security,
            user=user,
            password=password or "",
            token=token,
            ca=smtp.ca,
            helo=name,
            stays_here=security is Security.PLAIN and smtp.security is None,
        )

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def is_loopback(host: str) -> bool:
    """True for names and numbers that only ever mean this machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


_UNFIT: Final = re.compile(r"[\x00-\x20\x7f-\x9f<>]")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_PORTS: Final = {Security.TLS: 465, Security.STARTTLS: 587, Security.PLAIN: 25}


def _url(url: str) -> tuple[str, int | None, str]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise _wrong("smtp.url", f'"{url}": {error}', _SHAPE) from None
    if not host or port == 0:
        raise _wrong("smtp.url", f'"{url}" names no server', _SHAPE)
    return host, port, unquote(parts.username or "")


_SHAPE: Final = "write smtps://user@host:465 or smtp://user@host:587, with @ in a user name as %40"


def _security(smtp: Smtp, *, is_here: bool) -> Security:
    by_url = Security.TLS if smtp.url.startswith("smtps:") else Security.STARTTLS
    if smtp.security is None:
        return Security.PLAIN if is_here and by_url is Security.STARTTLS else by_url
    if by_url is Security.TLS and smtp.security is not Security.TLS:
        hint = "write smtp:// instead of smtps://, or leave security out"
        raise _wrong("smtp.security", f"{smtp.security.value} contradicts smtps://", hint)
    return smtp.security


def _check_password(user: str, password: str) -> None:
    if user and not password:
        hint = "add password: env:FVDT_SMTP_PASSWORD and set it, or take the user out of the url"
        raise _wrong("smtp.password", f'there is no password for user "{user}"', hint)
    if password and not user:
        raise _wrong("smtp.url", "there is a password and no user", _NAMED)
    if _CONTROL.search(password):
        hint = "look for a line break at its end"
        raise _wrong("smtp.password", "the password holds a control character", hint)


def _check_user(user: str, token: Callable[[], str] | None, *, in_clear: bool) -> None:
    if token is not None and not user:
        raise _wrong("smtp.url", "there is an oauth_token and no user", _NAMED)
    if _CONTROL.search(user):
        raise _wrong("smtp.url", "the user holds a control character", _NAMED)
    if user and in_clear:
        what = "a password never" if token is None else "a token never"
        hint = "use smtps:// or security: starttls, or take the user out of the url"
        raise _wrong("smtp.security", f"{what} travels in clear to another machine", hint)


_NAMED: Final = "write smtps://user@host, with @ in a user name as %40"


def _wrong(key: str, text: str, hint: str) -> FilesError:
    return FilesError([Problem(rule="smtp", file="mailer.yaml", key=key, text=text, hint=hint)])
