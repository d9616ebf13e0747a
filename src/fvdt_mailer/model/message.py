"""One e-mail for one reader, and its envelope (RFC 5321 2.3.1)."""

from __future__ import annotations

from dataclasses import dataclass

from fvdt_mailer.model.address import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """MAIL FROM and the one RCPT TO of a transaction."""

    mail_from: Address
    rcpt_to: Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Wire-ready bytes: CRLF only, no line over 998 octets or opening with a dot.

    They come in pieces of whole lines. What readers of a segment share is the same object in all
    of their messages, so that nothing has to look at it twice. Notices about the message bear its
    `envelope_id` where servers pass it on (RFC 3461 4.4).
    """

    envelope: Envelope
    message_id: str
    pieces: tuple[bytes, ...]
    envelope_id: str = ""

    @property
    def content(self) -> bytes:
        """The pieces as one."""
        return b"".join(self.pieces)

    @property
    def size(self) -> int:
        """How many octets it has."""
        return sum(map(len, self.pieces))

    @property
    def is_ascii(self) -> bool:
        """True when every octet is below 128."""
        return all(map(bytes.isascii, self.pieces))
