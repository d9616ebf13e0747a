"""The commands of a transaction, as bytes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from fvdt_mailer.adapters.smtp.content import flaw
from fvdt_mailer.adapters.smtp.offers import Offers
from fvdt_mailer.adapters.smtp.xtext import xtext
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.message import Message
from fvdt_mailer.pipeline.verdict import printable

_UNFIT: Final = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029<>]")
_CONTROL: Final = re.compile(rb"[\x00-\x1f\x7f]")
LONGEST: Final = 512  # octets of a command with its CRLF (RFC 5321 4.5.3.1.4)
_LONGEST_ID: Final = 100  # RFC 3461 4.4


def line(*words: str) -> bytes:
    """One command line; ValueError when a word would make it two."""
    written = " ".join(words).encode()
    if _CONTROL.search(written):
        raise ValueError("a control character in an SMTP command")
    return written + b"\r\n"


def mail(message: Message, offers: Offers) -> bytes:
    """MAIL FROM, with the parameters this message needs and this server offers."""
    parameters = []
    if "SIZE" in offers:
        parameters.append(f"SIZE={message.size}")
    if not message.is_ascii:
        parameters.append("BODY=8BITMIME")
    if _needs_smtputf8(message):
        parameters.append("SMTPUTF8")
    words = (f"MAIL FROM:<{message.envelope.mail_from}>", *parameters)
    if "DSN" not in offers:
        return line(*words)
    # A bounce then quotes the headers, and not a whole newsletter.
    envelope_id = xtext(message.envelope_id)
    is_usable = 0 < len(envelope_id) <= _LONGEST_ID
    return _fitting((*words, "RET=HDRS"), f"ENVID={envelope_id}" if is_usable else "")


def rcpt(message: Message, offers: Offers) -> bytes:
    """RCPT TO: one in each transaction, so that no refusal is ever partial."""
    address = message.envelope.rcpt_to
    words = (f"RCPT TO:<{address}>",)
    if "DSN" not in offers:
        return line(*words)
    # The type rfc822 is for ASCII addresses only (RFC 6533 3).
    original = "" if address.needs_smtputf8 else f"ORCPT=rfc822;{xtext(str(address))}"
    return _fitting((*words, "NOTIFY=FAILURE,DELAY"), original)


def obstacle(message: Message, offers: Offers) -> str:
    """Why this message cannot be handed to this server, or nothing."""
    for address in (message.envelope.mail_from, message.envelope.rcpt_to):
        if _is_unfit(address):
            return f'the address "{printable(str(address))}" cannot stand in a command'
    largest = offers.largest
    if largest is not None and message.size > largest:
        return f"the message has {message.size} octets; the server takes {largest}"
    # Not the recipient's fault, whose address is right, and no retry mends it: the message fails.
    if _needs_smtputf8(message) and "SMTPUTF8" not in offers:
        return "an address has letters outside ASCII, and the server offers no SMTPUTF8"
    if not message.is_ascii and "8BITMIME" not in offers:
        return "the message has octets outside ASCII, and the server offers no 8BITMIME"
    return flaw(message.pieces)


def _fitting(words: Sequence[str], last: str) -> bytes:
    """The command with its last word, or without it where the command would be too long."""
    whole = line(*words, last) if last else b""
    return whole if 0 < len(whole) <= LONGEST else line(*words)


def _needs_smtputf8(message: Message) -> bool:
    return message.envelope.mail_from.needs_smtputf8 or message.envelope.rcpt_to.needs_smtputf8


def _is_unfit(address: Address) -> bool:
    return bool(_UNFIT.search(str(address))) or not address.domain.isascii()
