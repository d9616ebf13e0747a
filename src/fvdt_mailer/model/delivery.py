"""One reader's row in the ledger for one edition, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fvdt_mailer.model.address import Address
from fvdt_mailer.model.audience import SegmentKey
from fvdt_mailer.model.project import Project
from fvdt_mailer.model.rendition import Rendition


class State(StrEnum):
    """Where a delivery stands; only SENT, FAILED, SUPPRESSED and IN_DOUBT are settled."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    FINALIZING = "finalizing"
    SENT = "sent"
    DEFERRED = "deferred"
    FAILED = "failed"
    SUPPRESSED = "suppressed"
    IN_DOUBT = "in_doubt"


SETTLED = (State.SENT, State.FAILED, State.SUPPRESSED, State.IN_DOUBT)


class Blame(StrEnum):
    """Whose doing an unhappy outcome is; only RECIPIENT can suppress an address."""

    NONE = "none"
    RECIPIENT = "recipient"
    MESSAGE = "message"
    US = "us"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one attempt: the state it leads to, whose doing, and the server's words."""

    state: State
    blame: Blame = Blame.NONE
    reply: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """What became of the message that was to be finished, and of the one that was to be opened.

    When the opened one is neither refused nor open, it was not begun: nothing of it has left.
    """

    finished: Outcome | None = None
    refused: Outcome | None = None
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One reader as frozen for an edition."""

    reader_id: int
    address: Address
    name: str
    segment: SegmentKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One recipient's row: who, where it stands, how often it was tried and what was said."""

    edition_id: str
    recipient: Recipient
    state: State
    attempts: int = 0
    next_try: datetime | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An outcome to write into the ledger; `next_try` is set for a deferral."""

    reader_id: int
    outcome: Outcome
    next_try: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenEdition:
    """An edition as it was queued: later changes to the files change nothing here.

    Nothing of it leaves before `not_before`. `program` is the version that froze it.
    """

    id: str
    frozen_at: datetime
    content_hash: str
    project: Project
    renditions: tuple[Rendition, ...]
    not_before: datetime | None = None
    program: str = ""

    @property
    def dated(self) -> datetime:
        """The date its mails carry, and from which its days of trying again count."""
        return self.not_before or self.frozen_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many deliveries of an edition stand in each state."""

    frozen: int
    counts: tuple[tuple[State, int], ...]

    def __getitem__(self, state: State) -> int:
        return dict(self.counts).get(state, 0)

    @property
    def is_balanced(self) -> bool:
        """True when every frozen recipient is accounted for in exactly one state."""
        return self.frozen == sum(number for _, number in self.counts)

    @property
    def is_complete(self) -> bool:
        """True when frozen = sent + failed + suppressed + in_doubt."""
        return self.owed == 0

    @property
    def owed(self) -> int:
        """Deliveries that may still be made."""
        return self.frozen - sum(self[state] for state in SETTLED)
