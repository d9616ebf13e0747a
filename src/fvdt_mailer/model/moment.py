"""A day, with a clock time where one is known, in the project's time zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

_SHAPE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{1,2}):(\d{2})(?::00)?)?")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and perhaps a clock time, as people write them: no offset, no seconds."""

    day: date
    clock: time | None = None

    @classmethod
    def parse(cls, text: str) -> Moment:
        """Read `2013-06-17`, `2013-06-17 14:00` or `2013-06-17T14:00`; ValueError says why not."""
        found = _SHAPE.fullmatch(text.strip())
        if found is None:
            raise ValueError(
                f'"{text}" is not a date; write 2013-06-17, or 2013-06-17 14:00 with a time'
            )
        year, month, day, hour, minute = found.groups()
        try:
            on = date(int(year), int(month), int(day))
        except ValueError:
            raise ValueError(f'"{text}" is not a day of the calendar') from None
        if hour is None:
            return cls(on)
        try:
            return cls(on, time(int(hour), int(minute)))
        except ValueError:
            raise ValueError(f'"{text}" has no valid time; hours run from 00:00 to 23:59') from None

    def begins(self, zone: tzinfo) -> datetime:
        """The aware moment this starts: midnight when there is no clock time."""
        return datetime.combine(self.day, self.clock or time(), tzinfo=zone)

    def ends(self, zone: tzinfo) -> datetime:
        """The aware moment this is over: the clock time, else the end of the day."""
        if self.clock is not None:
            return datetime.combine(self.day, self.clock, tzinfo=zone)
        return datetime.combine(self.day + timedelta(days=1), time(), tzinfo=zone)

    def exists(self, zone: tzinfo) -> bool:
        """False for a wall-clock time that daylight saving skips, such as 2014-03-30 02:30."""
        wall = self.begins(zone)
        there = wall.astimezone(UTC).astimezone(zone)
        return there.replace(tzinfo=None) == wall.replace(tzinfo=None)

    def __str__(self) -> str:
        return f"{self.day}" if self.clock is None else f"{self.day} {self.clock:%H:%M}"


def _moment(value: object) -> Moment:
    match value:
        case Moment():
            return value
        case str():
            return Moment.parse(value)
        case _:
            raise ValueError("expected a date such as 2013-06-17 or 2013-06-17 14:00")


When = Annotated[
    Moment,
    BeforeValidator(_moment),
    PlainSerializer(str),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{1,2}:[0-9]{2}(:00)?)?$",
            "examples": ["2013-06-17", "2013-06-17 14:00"],
        }
    ),
]
