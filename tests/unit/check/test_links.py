"""Links that lead nowhere, elsewhere than they say, or where readers do not expect."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cases import case, rules, sayings, told
from fvdt_mailer.errors import Severity
from fvdt_mailer.model.folder import Origin
from fvdt_mailer.model.project import Project
from fvdt_mailer.pipeline.check.page.address_faults import faults_of
from fvdt_mailer.pipeline.check.page.links import (
    bare_links,
    late_registrations,
    links_in_prose,
    shared_links,
    template_links,
    weak_links,
)
from fvdt_mailer.pipeline.markup.read_html import read_html
from pages import case_of, mail_of, page_of
from world import PROJECT, activity


def real(**fields: object) -> Project:
    """The project of someone who really mails."""
    settings = PROJECT.model_dump(by_alias=True)
    settings["public_url"] = "https://nieuws.fabriek.voorbeeld"
    settings["sender"] = {"from": "POM <nieuws@fabriek.voorbeeld>"}
    settings["organisation"] |= {
        "website": "https://fabriek.voorbeeld",
        "privacy_url": "https://fabriek.voorbeeld/p",
    }
    return Project.model_validate(settings | fields)


def faults(url: str, *, may_be_example: bool = False) -> list[tuple[str, Severity]]:
    found = faults_of(url, may_be_example=may_be_example)
    return [(fault.rule, fault.severity) for fault in found]


ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


@pytest.mark.parametrize(
    ("url", "rule", "severity"),
    [
        ("https://https://fabriek.voorbeeld/x", "malformed-link", ERROR),
        ("https://www/fabriek.voorbeeld", "malformed-link", ERROR),
        ("https://fabriek..voorbeeld/x", "malformed-link", ERROR),
        ("https://-fabriek.voorbeeld/x", "malformed-link", ERROR),
        ("https://fabriek.voorbeeld:99999/x", "malformed-link", ERROR),
        ("https://fabriek.voorbeeld/een zaal", "malformed-link", ERROR),
        ("https://fabriek.voorbeeld\\x", "malformed-link", ERROR),
        ("https://fa{b}.voorbeeld/x", "malformed-link", ERROR),
        ("https://" + "é" * 64 + ".voorbeeld/", "malformed-link", ERROR),
        ("ftp://fabriek.voorbeeld/x", "malformed-link", ERROR),
        ("https://jan:geheim@fabriek.voorbeeld/x", "password-link", ERROR),
        ("https://example.org/x", "placeholder-link", ERROR),
        ("https://www.example.com", "placeholder-link", ERROR),
        ("http://localhost:8000/x", "private-link", ERROR),
        ("https://intranet/x", "private-link", ERROR),
        ("http://127.0.0.1/x", "private-link", ERROR),
        ("https://10.1.2.3/x", "private-link", ERROR),
        ("https://192.168.1.1/x", "private-link", ERROR),
        ("https://172.16.0.9/x", "private-link", ERROR),
        ("https://[::1]/x", "private-link", ERROR),
        ("https://files.fabriek.local/x", "private-link", ERROR),
        ("https://staging.fabriek.voorbeeld/x", "trial-link", WARNING),
        ("https://www-acc.fabriek.voorbeeld/x", "trial-link", WARNING),
        ("https://test2.fabriek.voorbeeld/x", "trial-link", WARNING),
        ("https://bit.ly/3abc", "short-link", WARNING),
        ("https://www.tinyurl.com/3abc", "short-link", WARNING),
        ("http://fabriek.voorbeeld/x", "http-link", WARNING),
        ("https://fabriek.voorbeeld/x.", "trailing-mark", WARNING),
        ("https://fabriek.voorbeeld/x,", "trailing-mark", WARNING),
        ("https://fabriek.voorbeeld/x)", "trailing-mark", WARNING),
        ("https://fabriek.voorbeeld/x?a=1&amp;b=2", "escaped-link", WARNING),
        ("https://fabriek.voorbeeld/x?e=*|EMAIL|*", "merge-tag", WARNING),
        ("https://fabriek.voorbeeld/x?e={{%20email%20}}", "merge-tag", WARNING),
        ("https://fabriek.voorbeeld/x?e=%%Email%%", "merge-tag", WARNING),
        ("https://fabriek.voorbeeld/{$id}", "merge-tag", WARNING),
        ("https://fabriek.voorbeeld/[ID]", "merge-tag", WARNING),
        ("https://fabriek.voorbeeld/folder.DOCX", "file-link", NOTE),
        ("https://fabriek.voorbeeld/alles.zip?v=2", "file-link", NOTE),
        ("https://fabriek.voorbeeld/x?utm_source=a&utm_source=b", "doubled-utm", WARNING),
        ("https://fabriek.voorbeeld/x?utm_source=a?utm_source=b", "doubled-utm", WARNING),
        ("https://fabriek.voorbeeld/x?mc_eid=abc", "tracking-link", WARNING),
        ("https://fabriek.voorbeeld/x?fbclid=abc", "tracking-link", NOTE),
        ("mailto:info at fabriek.voorbeeld", "bad-mailto", ERROR),
        ("mailto:", "bad-mailto", ERROR),
    ],
)
def test_a_fault_of_an_address_is_found(url: str, rule: str, severity: Severity) -> None:
    assert faults(url) == [(rule, severity)]


@pytest.mark.parametrize(
    "url",
    [
        "https://www.fabriek.voorbeeld/agenda/2026/x?utm_source=brief&utm_medium=mail#zaal",
        "https://nl.wikipedia.org/wiki/Buda_(Kortrijk)",
        "https://www.test-aankoop.be/",
        "https://testament.voorbeeld/x",
        "https://één.voorbeeld/café",
        "https://dev.to/x",
        "https://fabriek.voorbeeld/folder.pdf",
        "https://fabriek.voorbeeld:8443/x%20y",
        "https://8.8.8.8/x",
        "mailto:info@fabriek.voorbeeld?subject=Vraag%20over%20x",
        "mailto:info@fabriek.voorbeeld,jan@fabriek.voorbeeld",
    ],
)
def test_a_sound_address_is_left_alone(url: str) -> None:
    assert faults(url) == []


def test_an_example_may_lead_to_examples_but_not_to_this_machine() -> None:
    assert faults("https://example.org/x", may_be_example=True) == []
    assert faults("http://localhost/x", may_be_example=True) == [("private-link", ERROR)]


def test_in_a_real_project_a_link_of_the_example_stops_the_send() -> None:
    told_of = told("Kom.", info="https://example.org/zee")
    assert rules(weak_links, case(told_of, project=real())) == ["placeholder-link"]
    assert rules(weak_links, case(told_of)) == []


def test_settings_that_are_half_changed_are_no_example() -> None:
    project = real(public_url="https://nieuwsbrief.example.org")
    (problem,) = weak_links(case(told("Kom."), project=project))
    assert (problem.rule, problem.file, problem.key) == (
        "placeholder-link",
        "mailer.yaml",
        "public_url",
    )


def test_a_fault_stands_at_the_line_of_its_address_in_both_forms() -> None:
    listed = [
        {"kind": "info", "url": "http://fabriek.voorbeeld/1"},
        {"kind": "report", "url": "http://fabriek.voorbeeld/2"},
    ]
    looked_at = case(told("Kom.", links=listed, photos="http://fabriek.voorbeeld/3"))
    lines = {
        ("links",): 3,
        ("links", 0): 4,
        ("links", 0, "url"): 5,
        ("links", 1): 6,
        ("links", 1, "url"): 7,
        ("photos",): 8,
    }
    origin = Origin(file="activities/a.yaml", lines=lines)
    folder = replace(looked_at.folder, activity_origins={"x": origin})
    found = weak_links(replace(looked_at, folder=folder))
    assert [(p.line, p.key) for p in found] == [(5, "links.url"), (7, "links.url"), (8, "photos")]


def test_a_public_address_without_https_is_told_elsewhere() -> None:
    project = real(public_url="http://nieuws.fabriek.voorbeeld")
    assert rules(weak_links, case(told("Kom."), project=project)) == []


def test_links_in_prose_and_in_a_callout_are_looked_at() -> None:
    callout = {
        "text": "Lees [het verslag](http://fabriek.voorbeeld/v).",
        "url": "http://fabriek.voorbeeld/c",
        "label": "x",
    }
    looked_at = case(told("Zie [de zaal](mailto:zaal)."), callout=callout)
    assert sorted(rules(weak_links, looked_at)) == ["bad-mailto", "http-link", "http-link"]


def test_a_link_whose_words_name_another_site_is_questioned() -> None:
    looked_at = case(
        told(
            "Zie [www.fabriek.voorbeeld](https://fabriek-west.voorbeeld/x) en [fabriek.voorbeeld](https://www.fabriek.voorbeeld/)."
        )
    )
    (said,) = sayings(weak_links, looked_at)
    assert said == (
        "the words say www.fabriek.voorbeeld, but the link leads to fabriek-west.voorbeeld; "
        "let the two agree"
    )


def test_a_file_that_is_announced_as_one_is_fine() -> None:
    link = {
        "kind": "info",
        "url": "https://fabriek.voorbeeld/folder.docx",
        "label": "Download de folder (Word).",
    }
    assert rules(weak_links, case(told("Kom.", links=[link]))) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Zie [de zaal](www.fabriek.voorbeeld/zaal).", "unread-link"),
        ("Zie [de zaal](zaal.html).", "unread-link"),
        ("Zie [de zaal](mailto:info at x).", "unread-link"),
        ("Zie [de zaal](https://fabriek.voorbeeld/een zaal).", "unread-link"),
        ("Beste *|FNAME|*, kom.", "merge-tag"),
        ("Beste {{ voornaam }}, kom.", "merge-tag"),
        ("Beste %%Voornaam%%, kom.", "merge-tag"),
        ("Beste [VOORNAAM], kom.", "merge-tag"),
        ("Beste <%= naam %>, kom.", "merge-tag"),
    ],
)
def test_what_is_printed_as_it_stands_is_told(text: str, rule: str) -> None:
    assert rules(links_in_prose, case(told(text))) == [rule]


@pytest.mark.parametrize(
    "text",
    [
        "Zie [de zaal](https://fabriek.voorbeeld/zaal).",
        "Nog 50% [voor leden] korting.",
        "Kom {{snel}} nu.",
    ][:2],
)
def test_prose_with_a_right_link_is_left_alone(text: str) -> None:
    looked_at = case(told(text))
    assert rules(links_in_prose, looked_at) == rules(bare_links, looked_at) == []


def test_an_address_that_two_activities_have_is_noted_at_the_second() -> None:
    url = "https://example.org/agenda"
    second = activity("y", "voeding", "2013-06-18", text="Kom.", info=url)
    (problem,) = shared_links(case(told("Kom.", info=url, registration=url), second))
    assert (problem.rule, problem.severity) == ("shared-link", Severity.NOTE)
    assert problem.text.startswith('"x" leads to')


@pytest.mark.parametrize(
    ("start", "url", "is_late"),
    [
        ("2013-05-30", "https://example.org/zee/inschrijven", True),
        ("2013-05-30", "https://example.org/zee", False),
        ("2013-06-17", "https://example.org/zee/inschrijven", False),
    ],
)
def test_a_look_back_that_leads_to_registration_is_noted(
    start: str, url: str, *, is_late: bool
) -> None:
    past = activity("p", "voeding", start, text="Kom.", text_past="Mooi.", info=url)
    assert (rules(late_registrations, case(past)) == ["late-registration"]) is is_late


@pytest.mark.parametrize(
    ("link", "rule"),
    [
        ('<a href="#">x</a>', "empty-link"),
        ("<a href>x</a>", "empty-link"),
        ('<a href="javascript:void(0)">x</a>', "empty-link"),
        ('<a href="http://fabriek.voorbeeld/">x</a>', "http-link"),
        ('<a href="https://localhost/">x</a>', "private-link"),
    ],
)
def test_a_link_of_a_template_is_told_at_its_line(link: str, rule: str) -> None:
    (problem,) = template_links(case_of(mail_of(f"<p>Hallo</p>\n{link}")))
    assert (problem.rule, problem.line) == (rule, 5)


def test_links_that_people_and_the_program_wrote_are_not_told_again() -> None:
    body = (
        '<a href="BLANK--unsubscribe_url--">x</a><a href="https://news.example.org/a/x/nl/">x</a>'
        '<a href="mailto:info@example.org">x</a><a href="https://www.example.org/privacy">x</a>'
        '<a href="#inhoud">x</a>'
    )
    assert list(template_links(case_of(mail_of(body)))) == []


def test_a_link_that_prose_brought_along_is_not_told_at_the_template_around_it() -> None:
    page = page_of(mail_of("<p>Hallo</p>"))
    traced = '<p data-at="templates/x:3"><a href="http://fabriek.voorbeeld/caf%C3%A9">x</a></p>'
    assert rules(template_links, case_of(replace(page, document=read_html(traced)))) == []
