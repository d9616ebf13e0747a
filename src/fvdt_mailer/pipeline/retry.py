"""When to try again, and when to give up (RFC 5321 4.5.4.1)."""

from __future__ import annotations

from datetime import datetime, timedelta

_FIRST = timedelta(minutes=5)  # greylisting wants at least this: facts/reliability.md 1.3
_LONGEST = timedelta(hours=8)
_LIFETIME = timedelta(days=4)
_DOUBLINGS = 10


def next_try(attempts: int, *, now: datetime) -> datetime:
    """The moment to try again after `attempts` attempts: 5 minutes, doubling, at most 8 hours."""
    return now + min(_FIRST * (1 << min(max(attempts - 1, 0), _DOUBLINGS)), _LONGEST)


def is_given_up(frozen_at: datetime, *, now: datetime) -> bool:
    """True four days after the edition was frozen."""
    return now - frozen_at >= _LIFETIME
