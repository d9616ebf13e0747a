"""When an activity takes place, as a calendar counts: whole days, or moments in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from fvdt_mailer.model.activity import Activity
from fvdt_mailer.model.event import Days, Hours, Span
from fvdt_mailer.pipeline.facts import last_day


def span_of(activity: Activity, zone: tzinfo) -> Span:
    """Days when no clock time says when it starts or `all_day` leaves it out, else hours.

    A wall clock that daylight saving skips is read by the offset before the gap, and one that
    comes twice is the first of the two (RFC 5545 3.3.5).
    """
    if activity.all_day or activity.start.clock is None:
        return Days(first=activity.start.day, last=last_day(activity))
    starts = activity.start.begins(zone).astimezone(UTC)
    ends = _ends(activity, zone)
    return Hours(starts=starts, ends=ends if ends and ends > starts else None)


def _ends(activity: Activity, zone: tzinfo) -> datetime | None:
    """The end as far as it is known.

    An end that is a day alone names no hour: on the day of the start that says nothing, and on a
    later one it is the end of that day.
    """
    if activity.end is None:
        return None
    if activity.end.clock is None and activity.end.day == activity.start.day:
        return None
    return activity.end.ends(zone).astimezone(UTC)
