"""What a calendar is told of an activity."""

from __future__ import annotations

from typing import Any

import pytest

from fvdt_mailer.model.event import Event, EventStatus, Hours
from fvdt_mailer.model.language import Language
from fvdt_mailer.model.project import Project
from fvdt_mailer.pipeline.calendar.event import event_of
from fvdt_mailer.pipeline.select import select
from world import NOW, PROJECT, activity, campaign, edition, folder


def event(language: Language = Language.NL, *, project: Project = PROJECT, **fields: Any) -> Event:
    """The event of a seminar on 17 June, with changes."""
    written = {
        "kind": "seminarie",
        "topic": "voedingscertificaten",
        "municipality": "Kortrijk",
        "start": "2013-06-17 14:00",
        **fields,
    }
    start = written.pop("start")
    one = activity("certificaten", "voeding", start, **written)
    recipe = campaign()
    told = select(folder(activities=[one], campaigns=[recipe], project=project), recipe, now=NOW)
    return event_of(told.entries[0], told, language)


def test_it_is_called_as_the_mail_calls_it() -> None:
    assert event().summary == "Seminarie over voedingscertificaten"
    assert event(title="De  grote\nproef").summary == "De grote proef"
    assert event(Language.FR, topic={"nl": "brood", "fr": "le pain"}).summary == (
        "Séminaire sur le pain"
    )


def test_it_is_where_the_mail_says() -> None:
    assert event(venue="de Budafabriek", address="Dam 2").location == (
        "de Budafabriek, Dam 2, Kortrijk"
    )
    assert event(online=True, municipality=None).location == "online"


def test_its_name_is_its_id_at_the_host_of_the_newsletter_whatever_else_changes() -> None:
    moved = event(start="2013-06-20", title="Anders", status="cancelled")
    assert event().uid == moved.uid == "certificaten@news.example.org"


@pytest.mark.parametrize(
    ("public_url", "host"),
    [
        ("https://News.example.org:8443/nieuws/", "news.example.org"),
        ("https://müller.example", "xn--mller-kva.example"),
    ],
)
def test_the_host_in_its_name_is_plain_ascii(public_url: str, host: str) -> None:
    project = PROJECT.model_copy(update={"public_url": public_url})
    assert event(project=project).uid == f"certificaten@{host}"


@pytest.mark.parametrize(
    ("status", "stands"),
    [
        ("confirmed", EventStatus.CONFIRMED),
        ("sold_out", EventStatus.CONFIRMED),
        ("postponed", EventStatus.CANCELLED),
        ("cancelled", EventStatus.CANCELLED),
    ],
)
def test_what_does_not_take_place_then_is_cancelled_in_calendars(
    status: str, stands: EventStatus
) -> None:
    assert event(status=status).status is stands


def test_its_description_is_prose_then_the_price_then_where_links_lead() -> None:
    described = event(
        text="Breng *uw* brood mee naar [de bakker](https://bakker.example.org).",
        price="12,50",
        info="https://example.org/meer",
        registration="https://example.org/kom",
    ).description
    first, price, links = described.split("\n\n")
    assert first.endswith("Breng uw brood mee naar de bakker (https://bakker.example.org).")
    assert price == "Prijs: 12,50 euro"
    assert links.split("\n") == [
        "Inschrijven doet u hier: https://example.org/kom",
        "Meer info vindt u hier: https://example.org/meer",
    ]


def test_a_french_description_has_french_colons() -> None:
    described = event(Language.FR, info="https://example.org/meer").description
    assert "\u00a0: https://example.org/meer" in described


def test_a_cancelled_activity_has_no_link_but_its_own_page() -> None:
    off = event(status="cancelled", info="https://example.org/meer", price=20)
    assert "https" not in off.description
    assert "euro" not in off.description
    assert off.url == "https://news.example.org/a/certificaten/nl/"


@pytest.mark.parametrize(
    ("links", "url"),
    [
        ({}, "https://news.example.org/a/certificaten/nl/"),
        ({"photos": "https://example.org/foto"}, "https://news.example.org/a/certificaten/nl/"),
        ({"registration": "https://example.org/kom"}, "https://example.org/kom"),
        (
            {"registration": "https://example.org/kom", "info": "https://example.org/meer"},
            "https://example.org/meer",
        ),
        ({"info": "https://example.org/één?a=b%20c"}, "https://example.org/%C3%A9%C3%A9n?a=b%20c"),
    ],
)
def test_its_address_is_where_a_reader_learns_more(links: dict[str, Any], url: str) -> None:
    assert event(**links).url == url


def test_without_a_store_it_is_the_first_version_as_of_the_edition() -> None:
    assert (event().sequence, event().changed_at) == (0, edition().as_of)


def test_hours_are_those_of_the_project_in_utc() -> None:
    span = event().span
    assert isinstance(span, Hours)
    assert span.starts.isoformat() == "2013-06-17T12:00:00+00:00"
