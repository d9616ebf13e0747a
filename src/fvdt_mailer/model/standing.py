"""How the sending of an edition stands, as it is told to who asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fvdt_mailer.model.approval import Approval
from fvdt_mailer.model.delivery import Blame, State, Tally
from fvdt_mailer.model.lease import Lease
from fvdt_mailer.model.rate import Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What a server said about mails that did not arrive: how often, and when last."""

    reply: str
    state: State
    blame: Blame
    times: int
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Tempo:
    """How many outcomes there were in the last minute in which there were any."""

    outcomes: int
    since: datetime
    until: datetime

    @property
    def per_second(self) -> float:
        """Outcomes per second; 0.0 while there is nothing to go by."""
        seconds = (self.until - self.since).total_seconds()
        return (self.outcomes - 1) / seconds if seconds > 0 else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What was frozen and when what happened; None for what has not come, or was not asked for.

    `program` is the version that froze it, and `tempo` how fast answers came last.
    """

    content_hash: str
    program: str
    frozen: datetime
    scheduled: datetime | None = None
    started: datetime | None = None
    finished: datetime | None = None
    tempo: Tempo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All that is known about the sending of one edition at `now`.

    `domains` holds the ten with the most recipients; both parts are empty where they were not
    asked for. `due` is the first moment at which anything
    may be sent, None when nothing is owed. `rate` and `connections` are those of mailer.yaml.
    """

    edition_id: str
    now: datetime
    tally: Tally
    course: Course
    segments: Mapping[str, Tally]
    domains: Mapping[str, Tally]
    remarks: tuple[Remark, ...]
    due: datetime | None
    lease: Lease | None
    approvals: tuple[Approval, ...]
    rate: Rate | None
    connections: int

    @property
    def sender(self) -> str:
        """Who is sending it now; empty when nobody is."""
        lease = self.lease
        return lease.holder if lease is not None and lease.is_held(now=self.now) else ""

    @property
    def is_deferred(self) -> bool:
        """True when all that is owed waits for another try."""
        return 0 < self.tally.owed == self.tally[State.DEFERRED]
