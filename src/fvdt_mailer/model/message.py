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
    """Wire-ready bytes: CRLF only, no line over 998 octets or opening with a dot."""

    envelope: Envelope
    message_id: str
    content: bytes
