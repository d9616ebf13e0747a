"""From a server's reply to what becomes of the message, and whose doing it is.

The first digit decides between for now and for good (RFC 5321 4.2.1); the enhanced code
(RFC 3463) says whose doing it is; where there is none, the stage and the basic code do. Words
count in one case only: greylisting, which no code tells. What blames us is only ever deferred:
once we have mended it, the reader still gets the mail.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Final, Self

from fvdt_mailer.model.delivery import Blame, Outcome, State


class Stage(StrEnum):
    """How far a session has come; CONTENT begins with the block that holds the final dot."""

    CONNECT = "connect"
    GREETING = "greeting"
    EHLO = "EHLO"
    STARTTLS = "STARTTLS"
    AUTH = "AUTH"
    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    CONTENT = "content"


class Severity(IntEnum):
    """The first digit of a reply code (RFC 5321 4.2.1)."""

    POSITIVE = 2
    INTERMEDIATE = 3
    TRANSIENT = 4
    PERMANENT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server answered (RFC 5321 4.2), its lines parted by line feeds."""

    code: int
    enhanced: str = ""
    text: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `550 5.1.1 No such user`; ValueError when it does not open with a reply code."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise ValueError(f'"{printable(text)}" does not open with an SMTP reply code')
        return cls(code=int(found[1]), enhanced=found[2] or "", text=found[3] or "")

    @property
    def severity(self) -> Severity:
        """Its first digit, all that a client needs to go on (RFC 5321 4.3.2)."""
        return _SEVERITIES[self.code // 100]

    @property
    def is_refusal(self) -> bool:
        """True when the server refused, for now or for good."""
        return self.severity in (Severity.TRANSIENT, Severity.PERMANENT)

    @property
    def is_closing(self) -> bool:
        """True when the server ends the session with it (RFC 5321 3.8)."""
        return self.code == _CLOSING

    def __str__(self) -> str:
        words = " ".join(filter(None, (str(self.code), self.enhanced, self.text)))
        return printable(words)


def verdict(stage: Stage, reply: Reply) -> Outcome:
    """What the reply at this stage makes of the message."""
    if stage is Stage.CONTENT and reply.severity is Severity.POSITIVE:
        return Outcome(state=State.SENT, reply=str(reply))
    if not reply.is_refusal:
        return lost(stage, f"the server answered out of turn: {reply}")
    blame = _blame(stage, reply)
    for_good = reply.severity is Severity.PERMANENT and blame is not Blame.US
    # RFC 5321 4.5.3.1.10: at RCPT, 552 has long been said for what passes.
    if stage is Stage.RCPT and reply.code == _OVER_QUOTA and blame is Blame.RECIPIENT:
        for_good = False
    state = State.FAILED if for_good else State.DEFERRED
    return Outcome(state=state, blame=blame, reply=str(reply))


def lost(stage: Stage, why: str = "") -> Outcome:
    """What a time-out, a lost connection or garbage at this stage makes of the message."""
    # RFC 5321 6.1, RFC 1047: after the final dot the server may own the message.
    if stage is Stage.CONTENT:
        words = printable(why or "no reply to the end of the content")
        return Outcome(state=State.IN_DOUBT, blame=Blame.US, reply=words)
    words = printable(why or f"the connection was lost at {stage.value}")
    return Outcome(state=State.DEFERRED, blame=Blame.US, reply=words)


def is_hard(reply: Reply) -> bool:
    """True when the reply says that this address does not exist and never will."""
    if reply.severity is not Severity.PERMANENT:
        return False
    return reply.enhanced in _DEAD or (not reply.enhanced and reply.code == _NO_MAIL)


def printable(text: str) -> str:
    """The text on one line, whatever does not print escaped, at most 500 characters."""
    flat = "".join(map(_visible, " ".join(text[: 2 * _LONGEST].splitlines())))
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"


_SEVERITIES: Final = {int(severity): severity for severity in Severity}
_CLOSING: Final = 421
_OVER_QUOTA: Final = 552
_NO_MAIL: Final = 556  # RFC 7504: the recipient's domain takes no mail
_LONGEST: Final = 500
_WRITTEN: Final = re.compile(
    r"([2-5][0-9]{2})(?:[ -]+([245]\.[0-9]{1,3}\.[0-9]{1,3})(?= |$))?(?: (.*))?", re.DOTALL
)
_DEAD: Final = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"})

_BEFORE_MAIL: Final = frozenset(
    {Stage.CONNECT, Stage.GREETING, Stage.EHLO, Stage.STARTTLS, Stage.AUTH}
)

# 421 and 521 speak of the server (RFC 5321 3.8, RFC 7504); 53x of how we signed in (RFC 4954 6).
_OURS: Final = frozenset({_CLOSING, 521, 530, 534, 535, 538})

# RFC 3463 3: subject and detail first, then the subject alone. The rest is told by _PLAIN.
_ENHANCED: Final[Mapping[str, Blame]] = MappingProxyType(
    {
        "1.7": Blame.US,  # the sender's address is malformed
        "1.8": Blame.US,  # the sender's domain is not found
        "1": Blame.RECIPIENT,
        "2.3": Blame.MESSAGE,  # longer than the mailbox takes
        "2": Blame.RECIPIENT,
        "3.4": Blame.MESSAGE,  # bigger than the system takes
        "3": Blame.US,  # the system that took our command is in trouble
        "6": Blame.MESSAGE,
        "7": Blame.US,  # policy and authentication: never the reader's doing
    }
)

# Hotmail says 550 5.5.0 and Exchange 550 5.4.1 for no such mailbox: those subjects stand here.
_PLAIN: Final[Mapping[tuple[Stage, int], Blame]] = MappingProxyType(
    {
        (Stage.MAIL, _OVER_QUOTA): Blame.MESSAGE,  # RFC 1870 6.1: over the fixed maximum size
        (Stage.RCPT, 450): Blame.RECIPIENT,
        (Stage.RCPT, 501): Blame.RECIPIENT,
        (Stage.RCPT, 550): Blame.RECIPIENT,
        (Stage.RCPT, 551): Blame.RECIPIENT,
        (Stage.RCPT, _OVER_QUOTA): Blame.RECIPIENT,
        (Stage.RCPT, 553): Blame.RECIPIENT,
        (Stage.RCPT, _NO_MAIL): Blame.RECIPIENT,
    }
)


# RFC 6647: the recipient's side lets a sender wait whom it does not know, and says so with any
# code, 4.7.1 and 421 among them. It is nothing that we could mend.
_GREYLISTING: Final = (
    r"gr[ae]y[- ]?list",  # nearly all of them
    r"postgrey",
    r"policy rejection- please try later",  # policyd
    r"internal resources? (?:is |are )?temporarily unavailable",  # Mimecast
)
_GREYLISTS: Final = re.compile("|".join(_GREYLISTING), re.IGNORECASE)
_AFTER_MAIL: Final = frozenset({Stage.RCPT, Stage.DATA, Stage.CONTENT})


def _is_greylisting(stage: Stage, reply: Reply) -> bool:
    if stage not in _AFTER_MAIL or reply.severity is not Severity.TRANSIENT:
        return False
    return _GREYLISTS.search(reply.text) is not None


def _blame(stage: Stage, reply: Reply) -> Blame:
    if _is_greylisting(stage, reply):
        return Blame.RECIPIENT
    if stage in _BEFORE_MAIL or reply.code in _OURS:
        return Blame.US
    told = _told(reply.enhanced)
    # No recipient was named yet at MAIL: an address at fault there is our own.
    if stage is Stage.MAIL and told is Blame.RECIPIENT:
        return Blame.US
    if told is not None:
        return told
    if stage is Stage.CONTENT and reply.severity is Severity.PERMANENT:
        return Blame.MESSAGE
    return _PLAIN.get((stage, reply.code), Blame.US)


def _told(enhanced: str) -> Blame | None:
    _, _, subject_and_detail = enhanced.partition(".")
    subject, _, _ = subject_and_detail.partition(".")
    return _ENHANCED.get(subject_and_detail) or _ENHANCED.get(subject)


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode("ascii")
