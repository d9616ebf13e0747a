from __future__ import annotations

from dataclasses import replace

import pytest

from fvdt_mailer.model.activity import Activity
from fvdt_mailer.model.folder import Folder, Origin
from fvdt_mailer.pipeline.check.outside.links import Link, is_harmless, links_in
from fvdt_mailer.pipeline.select import select
from pages import FILE, case_of, mail_of
from world import NOW, PROJECT, activity, campaign, folder

A, B, C = (f"https://example.org/{letter}" for letter in "abc")


def linking(*urls: str) -> str:
    return mail_of("\n".join(f'<p><a href="{url}">Link</a></p>' for url in urls))


def written(
    *, lines: dict[tuple[str | int, ...], int], **fields: object
) -> tuple[Activity, Folder]:
    """An activity with these links, and the folder in which they stand at these lines."""
    told = activity("zee", "blue-energy", "2013-06-17", **fields)
    world = folder(activities=[told])
    origin = Origin(file="activities/zee.yaml", lines=lines)
    return told, replace(world, activity_origins={"zee": origin})


def links_of(world: Folder, *urls: str, **fields: object) -> tuple[Link, ...]:
    recipe = campaign(**fields)
    edition = select(world, recipe, now=NOW)
    return links_in(case_of(linking(*urls), edition=edition, world=world))


def test_a_link_stands_where_a_person_wrote_it() -> None:
    _, world = written(
        lines={("links",): 4, ("links", 0): 5, ("links", 0, "url"): 6, ("info",): 9},
        links=[{"kind": "photos", "url": A}],
        info=B,
    )
    assert links_of(world, A, B) == (
        Link(url=A, file="activities/zee.yaml", line=6, key="links"),
        Link(url=B, file="activities/zee.yaml", line=9, key="info"),
    )


def test_a_link_that_was_written_twice_stands_at_both_places() -> None:
    _, world = written(lines={("info",): 4, ("photos",): 5}, info=A, photos=A)
    assert [link.line for link in links_of(world, A)] == [4, 5]


def test_links_of_the_campaign_its_words_and_the_settings_stand_there() -> None:
    world = folder()
    callout = {"text": "Kom!", "url": A, "label": "Hier"}
    found = links_of(
        world, A, B, PROJECT.organisation.website, callout=callout, intro=f"Zie [dit]({B})."
    )
    assert [(link.file, link.key) for link in found] == [
        ("campaigns/2013-06.yaml", "callout"),
        ("campaigns/2013-06.yaml", "intro"),
        ("mailer.yaml", "organisation"),
    ]


def test_a_link_that_nobody_wrote_stands_at_its_template() -> None:
    assert links_in(case_of(linking(A, B))) == (
        Link(url=A, file=FILE, line=4),
        Link(url=B, file=FILE, line=5),
    )


def test_a_link_on_many_pages_is_one_link() -> None:
    assert len(links_in(case_of(linking(A), linking(A)))) == 1


def test_an_address_is_known_however_it_is_written() -> None:
    _, world = written(lines={("info",): 7}, info="https://example.org/café")
    assert [link.line for link in links_of(world, "https://example.org/caf%C3%A9#x")] == [7]


@pytest.mark.parametrize(
    "href",
    [
        "BLANK--unsubscribe_url--",
        "https://news.example.org/u/BLANK",
        "https://news.example.org/u/abcdef",
        "https://news.example.org/p/abcdef",
        "https://other.example.org/unsubscribe?id=1",
        "https://other.example.org/?action=uitschrijven",
        "https://other.example.org/desinscription",
        "https://other.example.org/désinscription",
        "https://other.example.org/opt-out/1",
        "mailto:an@example.org",
        "tel:+3250000000",
        "#top",
        "",
        "javascript:alert(1)",
    ],
)
def test_what_acts_for_a_reader_is_never_opened(href: str) -> None:
    assert not is_harmless(href, PROJECT)


@pytest.mark.parametrize(
    "href",
    [
        A,
        "HTTP://EXAMPLE.ORG/",
        "https://news.example.org/a/zee/nl/",
        "https://example.org/inschrijven",
        "https://uitschrijven.example.org/",
    ],
)
def test_every_other_page_is(href: str) -> None:
    assert is_harmless(href, PROJECT)
