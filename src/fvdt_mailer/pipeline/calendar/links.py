"""Links that put an event into a calendar on the web.

None of them is a published interface: they are what the calendars themselves use, and they ask the
reader before anything is added. The file of `write_ics` works everywhere, and goes before them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import assert_never
from urllib.parse import quote

from fvdt_mailer.model.event import Days, Event, Hours, Span

_LONGEST = 600  # an address of a few thousand characters is cut or refused on the way


class OutlookHost(StrEnum):
    """Where a reader's Outlook on the web is: at home, or at work or school."""

    HOME = "outlook.live.com"
    WORK = "outlook.office.com"


def google_url(event: Event) -> str:
    """The form of Google Calendar, filled in."""
    starts, ends = _ends_of(event.span)
    asked = {
        "action": "TEMPLATE",
        "text": event.summary,
        "dates": f"{_basic(starts)}/{_basic(ends)}",
        "details": _details(event),
        "location": event.location,
    }
    return f"https://calendar.google.com/calendar/render?{_query(asked)}"


def outlook_url(event: Event, host: OutlookHost) -> str:
    """The form of Outlook on the web, filled in."""
    starts, ends = _ends_of(event.span)
    asked = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "startdt": _extended(starts),
        "enddt": _extended(ends),
        "allday": "true" if isinstance(event.span, Days) else "",
        "subject": event.summary,
        "body": _details(event),
        "location": event.location,
    }
    return f"https://{host.value}/calendar/deeplink/compose?{_query(asked)}"


def _ends_of(span: Span) -> tuple[date, date]:
    """Both ends as these forms want them: a day after the last one, the start where none is known.

    They demand an end; where none is known they get a moment, which the reader can stretch.
    """
    match span:
        case Days():
            return span.first, span.last + timedelta(days=1)
        case Hours():
            return span.starts, span.ends or span.starts
        case _:
            assert_never(span)


def _extended(at: date) -> str:
    """ISO 8601 with its marks: `2013-06-17`, `2013-06-17T12:00:00Z`."""
    if isinstance(at, datetime):
        return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    return at.isoformat()


def _basic(at: date) -> str:
    """The same without marks: `20130617T120000Z`."""
    return _extended(at).replace("-", "").replace(":", "")


def _details(event: Event) -> str:
    """The description, cut between words where it is long, and then where to read on."""
    text = event.description
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST].rpartition(' ')[0]} …\n\n{event.url}"
    return text


def _query(asked: Mapping[str, str]) -> str:
    # A space is %20 here: Outlook prints the "+" of web forms as it stands.
    return "&".join(
        f"{name}={quote(value, safe='', errors='replace')}"
        for name, value in asked.items()
        if value
    )
