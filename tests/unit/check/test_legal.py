"""What every mail owes its readers, in both of its parts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cases import case, told
from fvdt_mailer.errors import Severity
from fvdt_mailer.model.project import Project
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.mail.legal import unfulfilled_duties, unnamed_enterprise
from pages import case_of, mail_of, page_of
from world import PROJECT, edition, folder

NUMBER = "0123.456.749"
ORGANISATION = PROJECT.organisation.model_copy(update={"enterprise_number": NUMBER})
NUMBERED = PROJECT.model_copy(update={"organisation": ORGANISATION})
HTML = """\
<p><strong>Agentschap</strong><br>Straat 1<br>8000 Brugge<br>Ondernemingsnummer 0123.456.749</p>
<p><a href="mailto:info@example.org">info@example.org</a></p>
<p>U krijgt deze nieuwsbrief omdat u erop ingeschreven bent.</p>
<p><a href="BLANK--unsubscribe_url--">Uitschrijven</a>
<a href="BLANK--preferences_url--">Voorkeuren</a>
<a href="https://www.example.org/privacy">Privacy</a></p>"""
TEXT = """\
Agentschap
Straat 1, 8000 Brugge
Ondernemingsnummer 0123.456.749
E-mail: info@example.org
U krijgt deze nieuwsbrief omdat u
erop ingeschreven bent.
Uitschrijven:
BLANK--unsubscribe_url--
Voorkeuren:
BLANK--preferences_url--
Privacy:
https://www.example.org/privacy
"""
LEFT_OUT = {
    "Agentschap": ("missing-identity", "the name of the organisation"),
    "8000 Brugge": ("missing-identity", "its address"),
    NUMBER: ("missing-identity", "its enterprise number"),
    "info@example.org": ("missing-identity", "its e-mail address"),
    "BLANK--unsubscribe_url--": ("missing-unsubscribe", "a link to unsubscribe"),
    "BLANK--preferences_url--": ("missing-preferences", "a link to change preferences"),
    "https://www.example.org/privacy": ("missing-privacy", "a link to read the privacy statement"),
    "U krijgt": ("missing-reason", "why readers get this mail"),
}


def mailed(html: str = HTML, text: str = TEXT, project: Project = NUMBERED) -> Case:
    told_of = replace(edition(), project=project)
    page = page_of(mail_of(html), text=text, edition=told_of)
    return case_of(page, edition=told_of, world=folder(project=project))


def test_a_mail_that_says_all_it_owes_is_left_alone() -> None:
    assert list(unfulfilled_duties(mailed())) == []


@pytest.mark.parametrize("words", LEFT_OUT)
def test_what_the_html_leaves_out_is_told_at_its_template(words: str) -> None:
    rule, what = LEFT_OUT[words]
    html = HTML.replace(words, "x")
    found = list(unfulfilled_duties(mailed(html)))
    assert {(p.rule, p.file) for p in found} == {(rule, "templates/newsletter.html.j2")}
    assert found[0].text == f"the HTML does not show {what}"
    assert found[0].is_error is (rule != "missing-reason")


@pytest.mark.parametrize("words", LEFT_OUT)
def test_what_the_text_leaves_out_is_told_at_its_template(words: str) -> None:
    rule, what = LEFT_OUT[words]
    (problem,) = unfulfilled_duties(mailed(text=TEXT.replace(words, "x")))
    assert (problem.rule, problem.file) == (rule, "templates/newsletter.txt.j2")
    assert problem.text == f"the text part does not show {what}"


def test_what_is_not_displayed_does_not_count() -> None:
    hidden = HTML.replace("<strong>", '<strong style="display:none">')
    assert "missing-identity" in {p.rule for p in unfulfilled_duties(mailed(hidden))}


def test_what_classic_outlook_alone_does_not_show_is_told() -> None:
    link = '<a href="BLANK--unsubscribe_url--">Uitschrijven</a>'
    html = HTML.replace(link, f"<!--[if !mso]><!-->{link}<!--<![endif]-->")
    (problem,) = unfulfilled_duties(mailed(html))
    assert problem.text == "the HTML for classic Outlook does not show a link to unsubscribe"


def test_a_reason_in_words_of_ones_own_is_a_reason() -> None:
    own = "U ontvangt dit omdat u lid bent."
    html = HTML.replace("U krijgt deze nieuwsbrief omdat u erop ingeschreven bent.", own)
    assert list(unfulfilled_duties(mailed(html))) == []


def test_a_duty_is_told_once_however_many_mails_leave_it_out() -> None:
    looked_at = mailed(text="x")
    twice = replace(looked_at, pages=looked_at.pages * 2)
    assert list(unfulfilled_duties(twice)) == list(unfulfilled_duties(looked_at))


def test_an_organisation_without_an_enterprise_number_is_questioned() -> None:
    (problem,) = unnamed_enterprise(case(told("Kom.")))
    assert (problem.rule, problem.severity) == ("no-enterprise-number", Severity.WARNING)
    assert problem.file == "mailer.yaml"
    assert list(unnamed_enterprise(case(told("Kom."), project=NUMBERED))) == []


def test_without_an_enterprise_number_none_is_looked_for_in_the_mail() -> None:
    looked_at = mailed(HTML.replace(NUMBER, ""), TEXT.replace(NUMBER, ""), project=PROJECT)
    assert list(unfulfilled_duties(looked_at)) == []
