"""Calendar files as another program reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from icalendar import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The one event of a file; `names` are the properties it has, `around` those of the file."""

    names: frozenset[str]
    around: frozenset[str]
    uid: str
    sequence: int
    status: str
    summary: str
    location: str
    description: str
    starts: date
    ends: date | None


def read(content: bytes) -> Read:
    """The event in a file that holds one event, and nothing that cannot be understood."""
    calendar: Any = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    assert len(calendar.walk()) == len((calendar, event))
    assert [*calendar.errors, *event.errors] == []
    return Read(
        names=frozenset(event),
        around=frozenset(calendar),
        uid=str(event["UID"]),
        sequence=int(event["SEQUENCE"]),
        status=str(event["STATUS"]),
        summary=str(event["SUMMARY"]),
        location=str(event.get("LOCATION", "")),
        description=str(event.get("DESCRIPTION", "")),
        starts=event["DTSTART"].dt,
        ends=event["DTEND"].dt if "DTEND" in event else None,
    )
