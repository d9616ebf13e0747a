"""The moment a person names for a send."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

NOW = "now"
_SHAPE = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{1,2}:\d{2}(?::\d{2})?)")
_FURTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A moment in the project's time zone; `note` says what was ambiguous in how it was named."""

    at: datetime
    note: str = ""


def appoint(text: str, *, zone: ZoneInfo, now: datetime) -> Appointment:
    """Read `2026-12-01 09:00` or `now`; ValueError says why it cannot be and what to write."""
    written = text.strip()
    if written == NOW:
        return Appointment(at=now.astimezone(zone))
    wall = _wall(written)
    at = wall.replace(tzinfo=zone)
    _refuse_gap(at, zone)
    if at <= now:
        raise ValueError(
            f"{written} is past: it is {now.astimezone(zone):%Y-%m-%d %H:%M} in {zone}; "
            "name a later moment, or leave --at out to send now"
        )
    if at - now > _FURTHEST:
        raise ValueError(f"{written} is more than a year ahead; look at the year")
    return Appointment(at=at, note=_ambiguity(at, zone))


def _wall(written: str) -> datetime:
    found = _SHAPE.fullmatch(written)
    if found is None:
        raise ValueError(f'"{written}" is no moment; write a day and a time: 2026-12-01 09:00')
    day, clock = found.groups()
    try:
        return datetime.fromisoformat(f"{day}T{clock:0>5}")
    except ValueError:
        raise ValueError(f'"{written}" is not on the calendar or the clock') from None


def _refuse_gap(at: datetime, zone: ZoneInfo) -> None:
    there = at.astimezone(UTC).astimezone(zone)
    if there.replace(tzinfo=None) != at.replace(tzinfo=None):
        raise ValueError(
            f"the clocks of {zone} skip {at:%Y-%m-%d %H:%M}: summer time begins; "
            f"write {there:%Y-%m-%d %H:%M}"
        )


def _ambiguity(at: datetime, zone: ZoneInfo) -> str:
    if at.utcoffset() == at.replace(fold=1).utcoffset():
        return ""
    return f"{at:%Y-%m-%d %H:%M} comes twice in {zone}: summer time ends; the first is meant"
