"""What every mail owes its readers: who sends it, why, and how to stop it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.language import Language
from fvdt_mailer.model.project import Organisation
from fvdt_mailer.model.rendition import Blank
from fvdt_mailer.pipeline.check.case import Case, Page
from fvdt_mailer.pipeline.check.mail.faces import Face, address, html_face, text_face
from fvdt_mailer.pipeline.greet import words
from fvdt_mailer.pipeline.layout.press import SHELLS, TEXTS

# A template may give the reason in words of its own.
_REASONS: Mapping[Language, re.Pattern[str]] = {
    Language.NL: re.compile(r" (?:ontvangt|krijgt) .{0,120}(?:omdat|ingeschreven|inschrijving) "),
    Language.FR: re.compile(r" recevez .{0,120}(?:car|parce qu|inscrit|inscription|abonn)"),
    Language.EN: re.compile(
        r" (?:receive|receiving|get|getting) .{0,120}(?:because|signed|subscri)"
    ),
}


def unfulfilled_duties(case: Case) -> Iterator[Problem]:
    """An error for each duty that a template leaves out, in the HTML or in the text."""
    told: set[tuple[str, str, str]] = set()
    for page in case.pages:
        for where, file, face in _faces(page, case):
            for rule, what, mark in _missing(face, page, case.folder.project.organisation):
                if (rule, what, file) not in told:
                    told.add((rule, what, file))
                    yield _problem(rule, file, f"{where} does not show {what}", mark)


def unnamed_enterprise(case: Case) -> Iterator[Problem]:
    """A warning where the organisation has no enterprise number to show."""
    folder = case.folder
    if folder.project.organisation.enterprise_number is None:
        yield Problem(
            rule="no-enterprise-number",
            file=folder.project_origin.file,
            line=folder.project_origin.line("organisation"),
            key="organisation",
            text="there is no enterprise number, which Belgian law asks every mailing to show",
            hint="add enterprise_number: 0123.456.749",
            severity=Severity.WARNING,
        )


def _faces(page: Page, case: Case) -> Iterator[tuple[str, str, Face]]:
    shell, text = (_file(case, names[page.letter.kind]) for names in (SHELLS, TEXTS))
    yield "the HTML", shell, html_face(page.document.root)
    yield "the HTML for classic Outlook", shell, html_face(page.outlook.root)
    yield "the text part", text, text_face(page.rendition.text)


def _missing(face: Face, page: Page, organisation: Organisation) -> Iterator[tuple[str, str, str]]:
    """What is not there: the rule, what it is, and what a template writes for it."""
    shown = {
        "name": ("the name of the organisation", organisation.name),
        "address": ("its address", organisation.address),
        "enterprise_number": ("its enterprise number", organisation.enterprise_number or ""),
        "email": ("its e-mail address", str(organisation.email)),
    }
    for key, (what, value) in shown.items():
        if not face.says(value) and value:
            yield "missing-identity", what, f"organisation.{key}"
    links = {
        Blank.UNSUBSCRIBE_URL.mark: ("unsubscribe", "blank.unsubscribe_url"),
        Blank.PREFERENCES_URL.mark: ("change preferences", "blank.preferences_url"),
        organisation.privacy_url: ("read the privacy statement", "organisation.privacy_url"),
    }
    for url, (deed, mark) in links.items():
        if address(url) not in face.links:
            yield _LINK_RULES[mark], f"a link to {deed}", mark
    language = page.letter.key.language
    if not (face.says(words(language).because) or _REASONS[language].search(face.words)):
        yield "missing-reason", "why readers get this mail", "words.because"


_LINK_RULES: Mapping[str, str] = {
    "blank.unsubscribe_url": "missing-unsubscribe",
    "blank.preferences_url": "missing-preferences",
    "organisation.privacy_url": "missing-privacy",
}


def _file(case: Case, name: str) -> str:
    template = case.folder.templates.get(name)
    return template.file if template else f"templates/{name}"


def _problem(rule: str, file: str, text: str, mark: str) -> Problem:
    # Words of one's own for the reason cannot be told from none at all.
    is_certain = rule != "missing-reason"
    return Problem(
        rule=rule,
        file=file,
        text=text,
        hint=f"print {{{{ {mark} }}}} in its footer",
        severity=Severity.ERROR if is_certain else Severity.WARNING,
    )
