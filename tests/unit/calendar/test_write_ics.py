"""What another program reads in our calendar files is what we wrote."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from calendars import read
from fvdt_mailer.model.event import Days, Event, EventStatus, Hours, Span
from fvdt_mailer.pipeline.calendar.write_ics import write_ics

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HOURS = Hours(starts=datetime(2026, 12, 8, 8, 30, tzinfo=UTC))


def event(
    *,
    summary: str = "Studiedag",
    location: str = "",
    description: str = "",
    span: Span = HOURS,
    status: EventStatus = EventStatus.CONFIRMED,
    sequence: int = 0,
) -> Event:
    return Event(
        uid="golfslagdag@news.example.org",
        changed_at=AT,
        span=span,
        status=status,
        summary=summary,
        location=location,
        description=description,
        url="https://example.org/golfslagdag?a=1,2;b",
        sequence=sequence,
    )


def plain(text: str) -> str:
    """The text as a calendar can hold it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in lines if c in "\t\n" or not (ord(c) < 32 or ord(c) == 127))
    return kept.encode("utf-8", "replace").decode()


NASTY = [
    *(
        "",
        " ",
        " a ",
        "a\\nb",
        "\\",
        "\\\\n",
        ";,:\"'",
        "BEGIN:VEVENT\r\nX:y",
        "a\nb\r\nc\rd",
        "\t",
    ),
    *(
        "é" * 200,
        "👩‍👩‍👧‍👦" * 30,
        "x" * 1000,
        "\x00\x07\x1f\x7f",
        "\u2028\u0085\x0b\x0c",
        "END:VCALENDAR",
    ),
    *("BLANK--greeting--", "{date}", "שלום", "\ud800", "a\\,b", "a:b", "=?utf-8?q?x?="),
]
ANY_TEXT = st.text(max_size=400) | st.lists(st.sampled_from(NASTY), max_size=6).map("".join)


@settings(deadline=None)
@given(summary=ANY_TEXT, location=ANY_TEXT, description=ANY_TEXT)
@example(summary="".join(NASTY), location="".join(NASTY), description="".join(NASTY))
def test_any_text_survives_writing_and_reading(
    summary: str, location: str, description: str
) -> None:
    written = event(summary=summary, location=location, description=description)
    found = read(write_ics(written))
    assert found.summary == plain(summary)
    assert found.location == plain(location)
    assert found.description == plain(description)


@settings(deadline=None)
@given(ANY_TEXT)
@example("é" * 200)
def test_every_line_ends_in_crlf_and_has_at_most_75_octets(text: str) -> None:
    content = write_ics(event(summary=text, description=text))
    assert content.endswith(b"\r\n")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not re.search(rb"[\r\n\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", b"".join(lines))
    for line in lines:
        line.decode()


def test_a_line_is_filled_before_it_is_folded() -> None:
    lines = write_ics(event(summary="x" * 300)).split(b"\r\n")
    folded = [line for line in lines if line.startswith((b"SUMMARY", b" x"))]
    assert [len(line) for line in folded[:-1]] == [75] * (len(folded) - 1)


def test_the_file_is_exactly_this() -> None:
    written = event(
        location="De Verbeelding, Zandhoven", description="Kom!\n\nMeer: https://x.example"
    )
    assert write_ics(written).decode() == (
        "BEGIN:VCALENDAR\r\n"
        "VERSION:2.0\r\n"
        "PRODID:-//fvdt-mailer//Activities//EN\r\n"
        "BEGIN:VEVENT\r\n"
        "UID:golfslagdag@news.example.org\r\n"
        "DTSTAMP:20261124T090000Z\r\n"
        "LAST-MODIFIED:20261124T090000Z\r\n"
        "SEQUENCE:0\r\n"
        "DTSTART:20261208T083000Z\r\n"
        "STATUS:CONFIRMED\r\n"
        "SUMMARY:Studiedag\r\n"
        "LOCATION:De Verbeelding\\, Zandhoven\r\n"
        "DESCRIPTION:Kom!\\n\\nMeer: https://x.example\r\n"
        "URL:https://example.org/golfslagdag?a=1,2;b\r\n"
        "END:VEVENT\r\n"
        "END:VCALENDAR\r\n"
    )


def test_nobody_is_invited_and_no_calendar_is_named() -> None:
    found = read(write_ics(event()))
    assert found.around == {"VERSION", "PRODID"}
    assert not found.names & {"ORGANIZER", "ATTENDEE", "RRULE"}


def test_whole_days_end_before_the_day_after_and_keep_nobody_busy() -> None:
    days = Days(first=date(2027, 2, 27), last=date(2027, 2, 28))
    content = write_ics(event(span=days))
    assert (read(content).starts, read(content).ends) == (date(2027, 2, 27), date(2027, 3, 1))
    assert b"\r\nTRANSP:TRANSPARENT\r\n" in content


def test_hours_without_an_end_have_none() -> None:
    assert read(write_ics(event())).ends is None
    closed = Hours(starts=HOURS.starts, ends=HOURS.starts + timedelta(hours=2))
    found = read(write_ics(event(span=closed)))
    assert found.ends == datetime(2026, 12, 8, 10, 30, tzinfo=UTC)
    assert "TRANSP" not in found.names


@pytest.mark.parametrize("status", EventStatus)
def test_a_file_says_how_the_event_stands_and_which_version_this_is(status: EventStatus) -> None:
    found = read(write_ics(event(status=status, sequence=7)))
    assert (found.status, found.sequence) == (status, 7)


def test_the_same_event_gives_the_same_bytes() -> None:
    assert write_ics(event()) == write_ics(event())
