"""The pages that agenda links lead to."""

from __future__ import annotations

from typing import Any

import pytest

from calendars import read
from fvdt_mailer.adapters.project_files import template_set
from fvdt_mailer.adapters.scaffold import example_root
from fvdt_mailer.errors import FilesError
from fvdt_mailer.model.activity import Activity
from fvdt_mailer.model.event import EventVersion
from fvdt_mailer.model.folder import Template
from fvdt_mailer.model.language import Language
from fvdt_mailer.pipeline.calendar.hosted import file_path, page_path
from fvdt_mailer.pipeline.calendar.landing import PAGE, hosted_files
from fvdt_mailer.pipeline.calendar.version import versions_of
from fvdt_mailer.pipeline.markup.element import Element
from fvdt_mailer.pipeline.markup.read_html import read_html
from world import NOW, activity, edition

TEMPLATES = template_set(example_root() / "templates")
FIELDS: dict[str, Any] = {
    "kind": "lezing",
    "topic": {"nl": "vlas", "fr": "le lin", "en": "flax"},
    "municipality": "Kortrijk",
    "info": "https://example.org/vlas",
    "registration": "https://example.org/vlas/kom",
}


def talk(**changes: Any) -> Activity:
    return activity("vlas", "materialen", "2013-06-25 19:30", **{**FIELDS, **changes})


def hosted(*activities: Activity, told: EventVersion | None = None) -> dict[str, bytes]:
    found = edition(*activities)
    versions = versions_of(found, {told.activity: told} if told else {})
    return {file.path: file.content for file in hosted_files(found, versions, TEMPLATES)}


def page(one: Activity, language: Language = Language.NL) -> str:
    return hosted(one)[f"{page_path(one.id, language)}index.html"].decode()


def elements(html: str, tag: str) -> list[Element]:
    return list(read_html(html).all(tag))


def hrefs(html: str) -> list[str]:
    return [str(link.attributes.get("href")) for link in elements(html, "a")]


def test_every_activity_that_is_told_has_a_page_and_a_file_in_every_language() -> None:
    over = activity("wind", "materialen", "2013-05-30", text_past="Het was mooi.")
    off = activity("af", "materialen", "2013-06-20", status="cancelled")
    under_way = activity("beurs", "materialen", "2013-05-31", end="2013-06-02")
    expected = {
        path
        for one in ("vlas", "af", "beurs")
        for language in Language
        for path in (f"{page_path(one, language)}index.html", file_path(one, language))
    }
    assert set(hosted(over, talk(), off, under_way)) == expected


def test_a_file_holds_one_event_in_its_version() -> None:
    told = EventVersion(activity="vlas", digest="", changed_at=NOW, sequence=1)
    found = read(hosted(talk(), told=told)["a/vlas/fr.ics"])
    assert (found.summary, found.sequence) == ("Conférence sur le lin", 2)


def test_a_page_speaks_the_readers_language() -> None:
    french = page(talk(), Language.FR)
    (root,) = elements(french, "html")
    (title,) = elements(french, "h1")
    assert root.attributes["lang"] == "fr"
    assert title.text.strip() == "Conférence sur le lin"
    assert "Ajouter à votre agenda" in french


def test_a_page_leads_into_every_calendar() -> None:
    links = hrefs(page(talk()))
    assert "../nl.ics" in links
    for start in ("calendar.google.com", "outlook.live.com", "outlook.office.com"):
        assert any(link.startswith(f"https://{start}/") for link in links)
    assert {"https://example.org/vlas", "https://example.org/vlas/kom"} <= set(links)


@pytest.mark.parametrize(
    ("status", "label"), [("cancelled", "Geannuleerd"), ("postponed", "Uitgesteld")]
)
def test_a_called_off_activity_says_so_and_leads_nowhere_but_to_its_file(
    status: str, label: str
) -> None:
    html = page(talk(status=status))
    assert label in html
    assert [deleted.text for deleted in elements(html, "del")] == [
        "Dinsdag 25 juni 2013, 19.30 uur"
    ]
    outside = [link for link in hrefs(html) if "www.example.org" not in link]
    assert outside == ["../nl.ics", "mailto:info@example.org"]


def test_a_fully_booked_activity_takes_no_registration_and_still_goes_into_calendars() -> None:
    html = page(talk(status="sold_out"))
    assert "Volzet" in html
    assert "https://example.org/vlas/kom" not in html
    assert "../nl.ics" in hrefs(html)


def test_a_page_fetches_nothing_and_runs_nothing() -> None:
    html = page(talk())
    for tag in ("script", "img", "link", "iframe", "form", "object"):
        assert elements(html, tag) == []
    assert "@import" not in html
    assert "url(" not in html
    handlers = [name for element in read_html(html).root.elements for name in element.attributes]
    assert not [name for name in handlers if name.startswith("on")]
    policies = [meta.attributes.get("content") for meta in elements(html, "meta")]
    assert any(str(policy).startswith("default-src 'none'") for policy in policies)


def test_what_people_write_stays_text() -> None:
    nasty = '<script>alert("x")</script> & \'</style>'
    html = page(talk(title=nasty, venue=nasty, topic=None, text=nasty))
    assert elements(html, "script") == []
    assert len(elements(html, "style")) == 1
    (title,) = elements(html, "h1")
    assert title.text.strip() == nasty


def test_another_language_is_marked_as_such() -> None:
    html = page(talk(topic={"nl": "vlas"}, text={"nl": "Kom kijken."}), Language.FR)
    marked = [span.text for span in elements(html, "span") if span.attributes.get("lang") == "nl"]
    assert marked[0] == "Lezing over vlas"
    assert marked[1].endswith("Kom kijken.")


def test_a_mistake_in_the_template_is_told_with_its_line() -> None:
    broken = Template(file=f"templates/{PAGE}", text="<p>\n{{ paragraph.titel }}</p>")
    found = edition(talk())
    with pytest.raises(FilesError) as raised:
        list(hosted_files(found, versions_of(found, {}), {**TEMPLATES, PAGE: broken}))
    (problem,) = raised.value.problems
    assert (problem.file, problem.line) == (f"templates/{PAGE}", 2)
    assert 'did you mean "title"?' in problem.hint
