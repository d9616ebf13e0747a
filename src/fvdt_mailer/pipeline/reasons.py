"""Why a mail did not arrive, without whom it was for."""

from __future__ import annotations

import re

from fvdt_mailer.model.audience import ReaderStatus
from fvdt_mailer.model.delivery import State

_CODES = re.compile(r"([245]\d\d)(?:[ -]+([245]\.\d{1,3}\.\d{1,3}))?(?= |$)")
_STATUSES = frozenset({*(status.value for status in ReaderStatus), "no longer in the audience"})

# RFC 3463 3, in the words of who reads a report; where it has no detail, its subject speaks.
_MEANINGS = {
    "1.1": "no such mailbox",
    "1.2": "no such domain",
    "1.3": "not a valid address",
    "1.6": "the mailbox has moved",
    "1.10": "the domain takes no mail",
    "1": "the address",
    "2.1": "the mailbox is closed",
    "2.2": "the mailbox is full",
    "2.3": "too large for the mailbox",
    "2": "the mailbox",
    "3.4": "too large for the server",
    "3": "the server's own trouble",
    "4": "the network or routing",
    "5": "the mail protocol",
    "6": "the content or its form",
    "7": "policy or authentication",
}


def reason(state: State, reply: str) -> str:
    """What a reply says in general: `550 5.1.1, no such mailbox`. Servers quote addresses: gone."""
    found = _CODES.match(reply)
    if found is not None:
        basic, enhanced = found.groups()
        meaning = _meaning(enhanced or "")
        codes = f"{basic} {enhanced}" if enhanced else basic
        return f"{codes}, {meaning}" if meaning else codes
    if state is State.SUPPRESSED:
        return reply if reply in _STATUSES else ReaderStatus.SUPPRESSED.value
    return "no answer of the server" if state is State.IN_DOUBT else "without a code"


def _meaning(enhanced: str) -> str:
    _, _, subject_and_detail = enhanced.partition(".")
    subject, _, _ = subject_and_detail.partition(".")
    return _MEANINGS.get(subject_and_detail) or _MEANINGS.get(subject, "")
