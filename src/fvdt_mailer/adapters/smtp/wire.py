"""One socket to a mail server, with a deadline on everything."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass, field
from ipaddress import IPv4Address, ip_address
from time import monotonic
from typing import Final

from fvdt_mailer.adapters.smtp.endpoint import is_loopback


class Lost(Exception):
    """This connection timed out, broke or spoke garbage, and is never used again."""


@dataclass(slots=True)
class Wire:
    """Bytes to and from one server. Lost is raised when the connection is of no more use.

    `was_late` says that it was lost because an answer did not come in time.
    """

    socket: socket.socket
    was_late: bool = False
    _buffer: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        # Without this, Nagle and delayed acknowledgements cost 40 ms a mail under TLS.
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    @property
    def has_leftovers(self) -> bool:
        """True when the server said more than was asked."""
        return bool(self._buffer)

    @property
    def leftovers(self) -> bytes:
        """The beginning of what the server said unasked."""
        return bytes(self._buffer[:200])

    @property
    def is_secure(self) -> bool:
        """True once TLS stands."""
        return isinstance(self.socket, ssl.SSLSocket)

    @property
    def is_loopback(self) -> bool:
        """True when the other end is this machine."""
        return is_loopback(self.socket.getpeername()[0])

    @property
    def local_literal(self) -> str:
        """Our end as an address literal (RFC 5321 4.1.3)."""
        here = ip_address(self.socket.getsockname()[0].partition("%")[0])
        return f"[{here}]" if isinstance(here, IPv4Address) else f"[IPv6:{here}]"

    def write(self, data: bytes | memoryview, *, seconds: float) -> None:
        """Hand all the bytes to the network."""
        try:
            self.socket.settimeout(seconds)
            self.socket.sendall(data)
        except OSError as error:
            raise Lost(_reason(error, f"took nothing for {seconds:.0f} s")) from error

    def read_line(self, *, until: float, longest: int) -> bytes:
        """The next line, its CRLF taken off; `until` is a moment of the monotonic clock."""
        while (end := self._buffer.find(b"\n", 0, longest)) < 0:
            if len(self._buffer) >= longest:
                raise Lost("the server's reply has no end")
            self._receive(until)
        line = bytes(self._buffer[: end + 1])
        del self._buffer[: end + 1]
        if not line.endswith(b"\r\n"):
            raise Lost("the server ended a line without a carriage return")
        return line[:-2]

    def is_disturbed(self) -> bool:
        """True when the server spoke or hung up while it had nothing to answer."""
        if self._buffer:
            return True
        try:
            self.socket.settimeout(0)
            self._buffer += self.socket.recv(_PIECE)
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        except OSError:
            return True
        return True

    def secure(self, context: ssl.SSLContext, *, name: str, seconds: float) -> None:
        """Speak TLS from here on, with a server proven to be `name`; OSError when it is not."""
        self.socket.settimeout(seconds)
        self.socket = context.wrap_socket(self.socket, server_hostname=name)

    def close(self) -> None:
        """Nothing passes any more."""
        self.socket.close()

    def _receive(self, until: float) -> None:
        left = until - monotonic()
        self.was_late = left <= 0
        if self.was_late:
            raise Lost(f"the server {_LATE}")
        try:
            self.socket.settimeout(left)
            piece = self.socket.recv(_PIECE)
        except OSError as error:
            self.was_late = isinstance(error, TimeoutError)
            raise Lost(_reason(error, _LATE)) from error
        if not piece:
            raise Lost("the server hung up")
        self._buffer += piece


_PIECE: Final = 8192
_LATE: Final = "did not answer in time"


def _reason(error: OSError, late: str) -> str:
    if isinstance(error, TimeoutError):
        return f"the server {late}"
    return f"the connection broke: {error.strerror or error}"
