"""The commands of a transaction, as bytes."""

from __future__ import annotations

import re
from typing import Final

from fvdt_mailer.adapters.smtp.content import flaw
from fvdt_mailer.adapters.smtp.offers import Offers
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.message import Message
from fvdt_mailer.pipeline.verdict import printable

_UNFIT: Final = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029<>]")
_CONTROL: Final = re.compile(rb"[\x00-\x1f\x7f]")


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
        parameters.append(f"SIZE={len(message.content)}")
    if not message.content.isascii():
        parameters.append("BODY=8BITMIME")
    if _needs_smtputf8(message):
        parameters.append("SMTPUTF8")
    return line(f"MAIL FROM:<{message.envelope.mail_from}>", *parameters)


def rcpt(message: Message) -> bytes:
    """RCPT TO: one in each transaction, so that no refusal is ever partial."""
    return line(f"RCPT TO:<{message.envelope.rcpt_to}>")


def obstacle(message: Message, offers: Offers) -> str:
    """Why this message cannot be handed to this server, or nothing."""
    for address in (message.envelope.mail_from, message.envelope.rcpt_to):
        if _is_unfit(address):
            return f'the address "{printable(str(address))}" cannot stand in a command'
    largest = offers.largest
    if largest is not None and len(message.content) > largest:
        return f"the message has {len(message.content)} octets; the server takes {largest}"
    # Not the recipient's fault, whose address is right, and no retry mends it: the message fails.
    if _needs_smtputf8(message) and "SMTPUTF8" not in offers:
        return "an address has letters outside ASCII, and the server offers no SMTPUTF8"
    if not message.content.isascii() and "8BITMIME" not in offers:
        return "the message has octets outside ASCII, and the server offers no 8BITMIME"
    return flaw(message.content)


def _needs_smtputf8(message: Message) -> bool:
    return message.envelope.mail_from.needs_smtputf8 or message.envelope.rcpt_to.needs_smtputf8


def _is_unfit(address: Address) -> bool:
    return bool(_UNFIT.search(str(address))) or not address.domain.isascii()
