"""A send as it stands, for the tests of what is said about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from fvdt_mailer.model.delivery import State, Tally
from fvdt_mailer.model.lease import Lease
from fvdt_mailer.model.standing import Course, Standing, Tempo

NOW = datetime(2013, 6, 1, 10, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LEASE = Lease(
    edition_id="2013-06", fence=1, holder="process 7 on web1", until=NOW + timedelta(seconds=50)
)


def tally(**counts: int) -> Tally:
    """So many in each state."""
    found = tuple((state, counts[state.value]) for state in State if state.value in counts)
    return Tally(frozen=sum(counts.values()), counts=found)


def tempo(per_second: float) -> Tempo:
    """Answers that came at this speed over the last ten seconds."""
    return Tempo(outcomes=round(per_second * 10) + 1, since=NOW - timedelta(seconds=10), until=NOW)


def standing(*, scheduled: datetime | None = None, pace: float = 0.0, **changes: Any) -> Standing:
    """An edition that a sender with four connections is at work on, with these changes."""
    course = Course(
        content_hash="abc",
        program="1.2.3",
        frozen=NOW - MINUTE,
        scheduled=scheduled,
        tempo=tempo(pace) if pace else None,
    )
    whole = Standing(
        edition_id="2013-06",
        now=NOW,
        tally=tally(queued=50, sent=50),
        course=course,
        segments={},
        domains={},
        remarks=(),
        due=NOW,
        lease=LEASE,
        approvals=(),
        rate=None,
        connections=4,
    )
    return replace(whole, **changes)
