"""When activities take place, as calendars count."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from fvdt_mailer.model.event import Days, Hours, Span
from fvdt_mailer.pipeline.calendar.span import span_of
from world import ZONE, activity


def days(first: str, last: str) -> Span:
    return Days(first=date.fromisoformat(first), last=date.fromisoformat(last))


def hours(starts: str, ends: str = "") -> Span:
    return Hours(
        starts=datetime.fromisoformat(starts).replace(tzinfo=UTC),
        ends=datetime.fromisoformat(ends).replace(tzinfo=UTC) if ends else None,
    )


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        # by its day alone
        ("2026-12-08", None, days("2026-12-08", "2026-12-08")),
        ("2026-12-08", "2026-12-10", days("2026-12-08", "2026-12-10")),
        ("2026-12-08", "2026-12-10 17:00", days("2026-12-08", "2026-12-10")),
        # winter and summer
        ("2026-12-08 09:30", "2026-12-08 17:00", hours("2026-12-08T08:30", "2026-12-08T16:00")),
        ("2026-06-08 09:30", "2026-06-08 17:00", hours("2026-06-08T07:30", "2026-06-08T15:00")),
        # over several days, and over midnight
        ("2026-12-08 09:30", "2026-12-09 17:00", hours("2026-12-08T08:30", "2026-12-09T16:00")),
        ("2026-12-31 22:00", "2027-01-01 01:00", hours("2026-12-31T21:00", "2027-01-01T00:00")),
        # no end, or none that says an hour
        ("2026-12-08 09:30", None, hours("2026-12-08T08:30")),
        ("2026-12-08 09:30", "2026-12-08", hours("2026-12-08T08:30")),
        ("2026-12-08 09:30", "2026-12-08 09:30", hours("2026-12-08T08:30")),
        ("2026-12-08 09:30", "2026-12-10", hours("2026-12-08T08:30", "2026-12-10T23:00")),
        # the clock goes forward on 29 March 2026 at 2:00
        ("2026-03-29 01:30", "2026-03-29 03:30", hours("2026-03-29T00:30", "2026-03-29T01:30")),
        ("2026-03-28 20:00", "2026-03-29 10:00", hours("2026-03-28T19:00", "2026-03-29T08:00")),
        ("2026-03-29 02:30", "2026-03-29 05:00", hours("2026-03-29T01:30", "2026-03-29T03:00")),
        # and back on 25 October 2026 at 3:00: what comes twice is the first of the two
        ("2026-10-25 02:30", "2026-10-25 03:30", hours("2026-10-25T00:30", "2026-10-25T02:30")),
        ("2026-10-24 20:00", "2026-10-25", hours("2026-10-24T18:00", "2026-10-25T23:00")),
        ("2026-10-25", "2026-10-25", days("2026-10-25", "2026-10-25")),
    ],
)  # fmt: skip
def test_an_activity_takes_place_from_then_to_then(start: str, end: str | None, span: Span) -> None:
    assert span_of(activity("x", "voeding", start, end=end), ZONE) == span


def test_an_activity_that_takes_whole_days_leaves_out_its_clock_times() -> None:
    long = activity("x", "voeding", "2026-12-08 09:30", end="2026-12-10 17:00", all_day=True)
    assert span_of(long, ZONE) == days("2026-12-08", "2026-12-10")
    short = activity("x", "voeding", "2026-12-08 09:30", all_day="ja")
    assert span_of(short, ZONE) == days("2026-12-08", "2026-12-08")


def test_the_zone_is_that_of_the_project() -> None:
    span = span_of(activity("x", "voeding", "2026-12-08 09:30"), ZoneInfo("Asia/Kolkata"))
    assert span == hours("2026-12-08T04:00")
