"""The moment a person names for a send."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fvdt_mailer.pipeline.appoint import appoint
from world import ZONE

NOW = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-12-01 09:00", datetime(2026, 12, 1, 8, tzinfo=UTC)),
        ("2026-12-01T09:00", datetime(2026, 12, 1, 8, tzinfo=UTC)),
        (" 2026-12-01 9:00 ", datetime(2026, 12, 1, 8, tzinfo=UTC)),
        ("2026-12-01 09:00:30", datetime(2026, 12, 1, 8, 0, 30, tzinfo=UTC)),
        ("2027-07-01 09:00", datetime(2027, 7, 1, 7, tzinfo=UTC)),
        ("2026-11-24 23:31", datetime(2026, 11, 24, 22, 31, tzinfo=UTC)),
        ("now", NOW),
    ],
)
def test_a_wall_clock_is_read_in_the_time_zone_of_the_project(text: str, moment: datetime) -> None:
    appointed = appoint(text, zone=ZONE, now=NOW)
    assert (appointed.at, appointed.at.tzinfo, appointed.note) == (moment, ZONE, "")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("2026-11-24 23:30", "is past: it is 2026-11-24 23:30 in Europe/Brussels"),
        ("2013-06-01 09:00", "leave --at out to send now"),
        ("2028-12-01 09:00", "more than a year ahead; look at the year"),
        ("2027-03-28 02:30", "skip 2027-03-28 02:30: summer time begins; write 2027-03-28 03:30"),
        ("2026-12-01", "write a day and a time: 2026-12-01 09:00"),
        ("09:00", "is no moment"),
        ("tomorrow", "is no moment"),
        ("", "is no moment"),
        ("2026-12-01 09:00+01:00", "is no moment"),
        ("2026-02-30 09:00", "not on the calendar or the clock"),
        ("2026-12-01 24:00", "not on the calendar or the clock"),
        ("2026-12-01 9:61", "not on the calendar or the clock"),
    ],
)
def test_a_moment_that_cannot_be_is_refused_with_what_to_write(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint.replace("+", r"\+")):
        appoint(text, zone=ZONE, now=NOW)


def test_of_an_hour_that_comes_twice_the_first_is_meant_and_it_is_said() -> None:
    appointed = appoint("2027-10-31 02:30", zone=ZONE, now=NOW)
    assert appointed.at.astimezone(UTC) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert "comes twice in Europe/Brussels" in appointed.note
    assert "the first is meant" in appointed.note


@pytest.mark.parametrize("text", ["2027-10-31 01:59", "2027-10-31 03:00"])
def test_the_hours_around_it_come_once(text: str) -> None:
    assert appoint(text, zone=ZONE, now=NOW).note == ""


@given(st.datetimes(min_value=datetime(2026, 11, 26), max_value=datetime(2027, 11, 20)))  # noqa: DTZ001
def test_what_is_appointed_reads_as_it_was_written(wall: datetime) -> None:
    text = f"{wall:%Y-%m-%d %H:%M}"
    try:
        appointed = appoint(text, zone=ZONE, now=NOW)
    except ValueError as error:
        assert "summer time begins" in str(error)  # noqa: PT017 - the only way this may fail
        return
    assert f"{appointed.at:%Y-%m-%d %H:%M}" == text
