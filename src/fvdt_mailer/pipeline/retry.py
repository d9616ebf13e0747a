"""When to try again, and when to give up (RFC 5321 4.5.4.1)."""

from __future__ import annotations

from datetime import datetime, timedelta

_SPREAD = 0.2
_FIRST = timedelta(minutes=5)  # greylisting wants at least this: facts/reliability.md 1.3
_LONGEST = timedelta(hours=8)
_LIFETIME = timedelta(days=4)
_DOUBLINGS = 10


def next_try(attempts: int, *, now: datetime, jitter: float) -> datetime:
    """The moment to try again after `attempts` attempts: in 5 minutes, doubling, up to 8 hours.

    `jitter`, from 0 to 1, puts it off by up to a fifth of that, so that mails that were deferred
    together do not come back together.
    """
    wait = min(_FIRST * (1 << min(max(attempts - 1, 0), _DOUBLINGS)), _LONGEST)
    return now + wait * (1 + _SPREAD * jitter)


def is_given_up(frozen_at: datetime, *, now: datetime) -> bool:
    """True four days after the edition was frozen."""
    return now - frozen_at >= _LIFETIME
