"""One event as an iCalendar file (RFC 5545): UTF-8, CRLF, no line over 75 octets.

It has no METHOD: nobody is invited, and no calendar sends an answer. It has no name either, so
that Outlook adds an appointment instead of opening another calendar. Times stand in UTC, which
needs no time zone to be spelled out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import assert_never

from fvdt_mailer.model.event import Days, Event, Hours, Span

MEDIA_TYPE = "text/calendar; charset=utf-8"

_PRODUCT = "-//fvdt-mailer//Activities//EN"
_ROOM = 75  # RFC 5545 3.1: octets, without the line break
_FOLLOWS, _TOP_TWO = 0x80, 0xC0  # how each octet of a character after its first begins

_LINE_ENDS = re.compile("\r\n|\r")
# RFC 5545 3.3.11: of the control characters a text holds tabs, and line breaks as \n.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_ESCAPED = re.compile(r"[\\;,\n]")


def write_ics(event: Event) -> bytes:
    """The whole file: the same event gives the same bytes."""
    return b"".join(_folded(line) + b"\r\n" for line in _lines(event))


def _lines(event: Event) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "BEGIN:VEVENT")
    yield f"UID:{_text(event.uid)}"
    # RFC 5545 3.8.7.2: without a METHOD both say when the event was last revised.
    yield f"DTSTAMP:{_moment(event.changed_at)}"
    yield f"LAST-MODIFIED:{_moment(event.changed_at)}"
    yield f"SEQUENCE:{event.sequence}"
    yield from _span(event.span)
    yield f"STATUS:{event.status.value}"
    yield f"SUMMARY:{_text(event.summary)}"
    if event.location:
        yield f"LOCATION:{_text(event.location)}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    yield f"URL:{event.url}"
    yield from ("END:VEVENT", "END:VCALENDAR")


def _span(span: Span) -> Iterator[str]:
    match span:
        case Days():
            yield f"DTSTART;VALUE=DATE:{_day(span.first)}"
            # RFC 5545 3.6.1: the end is the first day that no longer belongs to it.
            yield f"DTEND;VALUE=DATE:{_day(span.last + timedelta(days=1))}"
            # Nobody is busy all day because an hour is not known.
            yield "TRANSP:TRANSPARENT"
        case Hours():
            yield f"DTSTART:{_moment(span.starts)}"
            if span.ends is not None:
                yield f"DTEND:{_moment(span.ends)}"
        case _:
            assert_never(span)


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _moment(moment: datetime) -> str:
    at = moment.astimezone(UTC)
    return f"{_day(at.date())}T{at:%H%M%S}Z"


def _text(text: str) -> str:
    """The text escaped (RFC 5545 3.3.11), without the characters it cannot hold."""
    plain = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
    return _ESCAPED.sub(lambda found: "\\n" if found[0] == "\n" else f"\\{found[0]}", plain)


def _folded(line: str) -> bytes:
    """The line in octets, folded between characters (RFC 5545 3.1)."""
    octets = line.encode("utf-8", "replace")
    pieces, start, room = [], 0, _ROOM
    while len(octets) - start > room:
        end = start + room
        while octets[end] & _TOP_TWO == _FOLLOWS:
            end -= 1
        pieces.append(octets[start:end])
        start, room = end, _ROOM - 1  # the blank that marks a continuation is an octet too
    return b"\r\n ".join((*pieces, octets[start:]))
