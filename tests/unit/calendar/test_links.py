"""Links that put an event into a calendar on the web."""

from __future__ import annotations

from datetime import UTC, date, datetime
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fvdt_mailer.model.event import Days, Event, EventStatus, Hours, Span
from fvdt_mailer.pipeline.calendar.links import OutlookHost, google_url, outlook_url

STARTS = datetime(2026, 12, 8, 8, 30, tzinfo=UTC)
TWO_DAYS = Hours(starts=STARTS, ends=datetime(2026, 12, 9, 16, 0, tzinfo=UTC))


def event(
    *,
    span: Span = TWO_DAYS,
    summary: str = "Golven & wind + zon",
    description: str = "Eén\n\nMeer: https://example.org/?a=b",
    location: str = "De Verbeelding, Oostende",
) -> Event:
    return Event(
        uid="golven@example.org",
        changed_at=STARTS,
        span=span,
        status=EventStatus.CONFIRMED,
        summary=summary,
        location=location,
        description=description,
        url="https://example.org/golven",
    )


def asked(url: str) -> dict[str, str]:
    """What a calendar is asked, with percent signs alone decoded: a plus stays a plus."""
    query = urlsplit(url).query
    assert "+" not in query
    assert query.isascii()
    return dict(parse_qsl(query, keep_blank_values=True, strict_parsing=True))


def test_google_is_asked_in_its_own_words() -> None:
    url = google_url(event())
    assert url.startswith("https://calendar.google.com/calendar/render?action=TEMPLATE&text=Golven")
    assert asked(url) == {
        "action": "TEMPLATE",
        "text": "Golven & wind + zon",
        "dates": "20261208T083000Z/20261209T160000Z",
        "details": "Eén\n\nMeer: https://example.org/?a=b",
        "location": "De Verbeelding, Oostende",
    }


@pytest.mark.parametrize(
    ("host", "start"),
    [
        (OutlookHost.HOME, "https://outlook.live.com/calendar/deeplink/compose?"),
        (OutlookHost.WORK, "https://outlook.office.com/calendar/deeplink/compose?"),
    ],
)
def test_outlook_is_asked_in_its_own_words(host: OutlookHost, start: str) -> None:
    url = outlook_url(event(), host)
    assert url.startswith(start)
    assert asked(url) == {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "startdt": "2026-12-08T08:30:00Z",
        "enddt": "2026-12-09T16:00:00Z",
        "subject": "Golven & wind + zon",
        "body": "Eén\n\nMeer: https://example.org/?a=b",
        "location": "De Verbeelding, Oostende",
    }


@pytest.mark.parametrize(
    ("span", "google", "outlook"),
    [
        (
            Days(first=date(2026, 12, 31), last=date(2026, 12, 31)),
            "20261231/20270101",
            ("2026-12-31", "2027-01-01", "true"),
        ),
        (
            Days(first=date(2027, 3, 18), last=date(2027, 3, 20)),
            "20270318/20270321",
            ("2027-03-18", "2027-03-21", "true"),
        ),
        (
            Hours(starts=STARTS),
            "20261208T083000Z/20261208T083000Z",
            ("2026-12-08T08:30:00Z", "2026-12-08T08:30:00Z", None),
        ),
    ],
)
def test_days_end_before_the_day_after_and_an_unknown_end_is_the_start(
    span: Span, google: str, outlook: tuple[str, str, str | None]
) -> None:
    assert asked(google_url(event(span=span)))["dates"] == google
    said = asked(outlook_url(event(span=span), OutlookHost.HOME))
    assert (said["startdt"], said["enddt"], said.get("allday")) == outlook


def test_what_is_not_known_is_not_asked() -> None:
    bare = event(description="", location="")
    assert set(asked(google_url(bare))) == {"action", "text", "dates"}


@settings(deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_any_words_arrive_as_they_were(words: str) -> None:
    url = google_url(event(summary=words, location=words))
    said = parse_qs(urlsplit(url).query, strict_parsing=True)
    assert said["text"] == said["location"] == [words.encode("utf-8", "replace").decode()]


def test_a_long_description_is_cut_between_words_and_says_where_to_read_on() -> None:
    said = asked(google_url(event(description="golf " * 500)))["details"]
    cut, _, address = said.partition("\n\n")
    assert len(cut) <= 602
    assert cut.endswith("golf …")
    assert address == "https://example.org/golven"
    assert len(outlook_url(event(description="é " * 2000), OutlookHost.WORK)) < 4000
