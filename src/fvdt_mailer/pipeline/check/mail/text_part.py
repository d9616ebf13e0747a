"""The text part of a mail against its HTML: the same news, the same links, and nothing odd."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.letter import Paragraph
from fvdt_mailer.model.rendition import Blank
from fvdt_mailer.pipeline.check.case import Case, Page
from fvdt_mailer.pipeline.check.mail.faces import (
    Face,
    address,
    html_face,
    telling,
    text_face,
    without_addresses,
)
from fvdt_mailer.pipeline.check.words.written import names_of
from fvdt_mailer.pipeline.layout.press import TEXTS

# That these are there is a duty, which is looked at apart.
_OWED = frozenset(blank.mark for blank in Blank)
_COLUMNS = 78  # RFC 5322 2.1.1
_URL_ALONE = re.compile(r"\s*[<(]?(?:https?://|mailto:|BLANK--)\S+\s*")
_TAG = re.compile(
    r"</?(?:p|br|a|b|i|u|em|strong|span|div|ul|ol|li|h[1-6]|table|tr|td|img|font)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#[0-9]{2,5}|#x[0-9a-f]{2,5});", re.IGNORECASE)
_PADDING = re.compile("[\u00ad\u034f\u200b\u200c\u200d\u2060\ufeff]{2,}")


def unlike_parts(case: Case) -> Iterator[Problem]:
    """An activity or a link that only readers of the HTML find, or only readers of the text."""
    told: set[object] = set()
    for page in case.pages:
        html, text = html_face(page.document.root), text_face(page.rendition.text)
        for key, problem in chain(
            _untold(page, html, text, case), _unlinked(page, html, text, case)
        ):
            if key not in told:
                told.add(key)
                yield problem


def odd_text(case: Case) -> Iterator[Problem]:
    """What stands in the text part and was not meant for readers, once per template."""
    told: set[tuple[str, str]] = set()
    own = frozenset(
        found[0]
        for text in chain(case.texts, names_of(case.folder, case.edition))
        for found in chain(_TAG.finditer(text.text), _ENTITY.finditer(text.text))
    )
    for page in case.pages:
        for problem in _odd(page, own, case):
            if (problem.rule, problem.file) not in told:
                told.add((problem.rule, problem.file))
                yield problem


def html_in_words(case: Case) -> Iterator[Problem]:
    """A warning for each text with a character in HTML's own code: it is printed as it stands."""
    for text in chain(case.texts, names_of(case.folder, case.edition)):
        found = _ENTITY.search(text.text)
        if found:
            yield text.problem(
                "html-in-text",
                f"readers would see {found[0]} as it stands",
                "write the character itself, *emphasis*, or [words](https://...)",
                severity=Severity.WARNING,
            )


def _untold(page: Page, html: Face, text: Face, case: Case) -> Iterator[tuple[object, Problem]]:
    for section in page.letter.sections:
        for paragraph in section.paragraphs:
            for where, face, file in (
                ("HTML", html, None),
                ("text part", text, _text_template(page, case)),
            ):
                if not _tells(face, paragraph):
                    said = f'the {where} does not tell "{paragraph.activity}"'
                    hint = "print the prose or the title of each paragraph of each section"
                    yield ("untold", where), _problem(page, "untold-activity", said, hint, file)


def _unlinked(page: Page, html: Face, text: Face, case: Case) -> Iterator[tuple[object, Problem]]:
    owed = _OWED | {address(case.folder.project.organisation.privacy_url)}
    for anchor in page.document.all("a"):
        url = address(anchor.attributes.get("href", ""))
        if url in html.links - text.links - owed:
            said = f"the text part does not lead to {url}, as the HTML does here"
            hint = "print it on a line of its own in the text"
            problem = page.problem("text-link", anchor, said, hint, severity=Severity.WARNING)
            yield ("html", anchor.place), problem
    for url in sorted(text.links - html.links - html.mentions - owed):
        file = _text_template(page, case)
        said = f"the HTML does not lead to {url}, as the text part does"
        hint = "let the two templates print the same links"
        yield "text", _problem(page, "text-link", said, hint, file, severity=Severity.WARNING)
        return


def _odd(page: Page, own: frozenset[str], case: Case) -> Iterator[Problem]:
    file, text = _text_template(page, case), page.rendition.text
    if not text.strip():
        hint = "write the mail in it as well"
        yield _problem(page, "empty-text", "the text part is empty", hint, file)
        return
    words = without_addresses(text)
    residue = (found[0] for found in chain(_TAG.finditer(words), _ENTITY.finditer(words)))
    for code in (code for code in residue if code not in own):
        # What a template wrote itself stands there without the trace of its line.
        said = f"the text part shows {re.sub(r' .*', '>', code)}"
        hint = "take it out, or let what brings it along pass through the filter text"
        yield _problem(page, "html-in-text", said, hint, file, severity=Severity.WARNING)
    if _PADDING.search(text):
        said, hint = "invisible characters fill up the text part", "print them in the HTML only"
        yield _problem(page, "text-padding", said, hint, file, severity=Severity.WARNING)
    long = next((line for line in text.splitlines() if _is_long(line)), "")
    if long:
        said = f'a line of {len(long)} characters in the text part: "{long[:30]}..."'
        hint = "let it pass through the filter wrap"
        yield _problem(page, "text-line", said, hint, file, severity=Severity.WARNING)
    if _ends_early(page):
        said, hint = "an activity follows after the footer of the text part", "put the footer last"
        yield _problem(page, "text-footer", said, hint, file, severity=Severity.WARNING)


def _tells(face: Face, paragraph: Paragraph) -> bool:
    """True where its words are, or at least its name: a template may leave the rest to a page."""
    return face.says(telling(paragraph.prose.text)) or face.says(paragraph.title.text)


def _is_long(line: str) -> bool:
    return len(line) > _COLUMNS and not _URL_ALONE.fullmatch(line)


def _ends_early(page: Page) -> bool:
    """True when readers pass the way out before the last activity (R37)."""
    text = page.rendition.text
    links = (
        closing.url for s in page.letter.sections for p in s.paragraphs for closing in p.closings
    )
    last = max((text.rfind(url) for url in links), default=-1)
    way_out = text.rfind(Blank.UNSUBSCRIBE_URL.mark)
    return -1 < way_out < last


def _text_template(page: Page, case: Case) -> str:
    name = TEXTS[page.letter.kind]
    template = case.folder.templates.get(name)
    return template.file if template else f"templates/{name}"


def _problem(
    page: Page,
    rule: str,
    text: str,
    hint: str,
    file: str | None,
    *,
    severity: Severity = Severity.ERROR,
) -> Problem:
    if file is None:
        return page.problem(rule, None, text, hint, severity=severity)
    return Problem(rule=rule, file=file, text=text, hint=hint, severity=severity)
