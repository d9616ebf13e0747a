"""What every client and every screen reader looks for first: the head and the wrapper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.pipeline.check.case import Case, Page
from fvdt_mailer.pipeline.markup.element import Document, Element

_LEAST_ZOOM = 2.0  # WCAG 2.2, success criterion 1.4.4: text can be resized to 200 percent
_WARNING = Severity.WARNING


def weak_head(case: Case) -> Iterator[Problem]:
    """What is missing before the first word: doctype, metas, title."""
    has_dark = any("prefers-color-scheme" in sheet.css for sheet in case.sheets)
    for page in case.pages:
        head = next(page.document.all("head"), None)
        yield from _doctype(page)
        yield from _metas(page, head, has_dark=has_dark)
        title = next(page.document.all("title"), None)
        if title is None or not title.text:
            yield page.problem(
                "missing-title",
                title or head,
                "the mail has no <title>" if title is None else "the <title> of the mail is empty",
                "put {{ subject }} in it",
                severity=_WARNING,
            )


def unnamed_language(case: Case) -> Iterator[Problem]:
    """A warning where the language or the direction is not said, or not that of the letter."""
    for page in case.pages:
        html = next(page.document.all("html"), None)
        article = _article(page.document)
        yield from _language(page, html, "<html>")
        if article is None:
            yield page.problem(
                "missing-article",
                next(page.document.all("body"), html),
                'nothing around the letter has role="article"',
                'wrap it: <div role="article" aria-roledescription="email" '
                'aria-label="{{ subject }}" lang="{{ language }}" dir="ltr">',
                severity=_WARNING,
            )
            continue
        yield from _language(page, article, 'the element with role="article"')
        if not article.attributes.get("aria-label", "").strip():
            yield page.problem(
                "missing-article",
                article,
                'the element with role="article" has no name',
                'give it aria-label="{{ subject }}"',
                severity=_WARNING,
            )


def _doctype(page: Page) -> Iterator[Problem]:
    if not re.match(r"\s*<!doctype html\s*>", page.traced, re.IGNORECASE):
        yield page.problem(
            "missing-doctype",
            next(page.document.all("html"), None),
            "the mail does not begin with <!DOCTYPE html>",
            "write that before everything else",
            severity=_WARNING,
        )


def _metas(page: Page, head: Element | None, *, has_dark: bool) -> Iterator[Problem]:
    metas = list(page.document.all("meta"))
    named = {meta.attributes.get("name", "").lower(): meta for meta in metas}
    charset = next((meta for meta in metas if "charset" in meta.attributes), None)
    wanted: Mapping[str, bool] = {
        '<meta charset="utf-8">': charset is not None,
        '<meta name="viewport" content="width=device-width, initial-scale=1">': "viewport" in named,
        '<meta name="color-scheme" content="light dark">': "color-scheme" in named or not has_dark,
        '<meta name="supported-color-schemes" content="light dark">': (
            "supported-color-schemes" in named or not has_dark
        ),
    }
    for written, is_there in wanted.items():
        if not is_there:
            yield page.problem(
                "missing-meta", head, f"the head has no {written}", "add it", severity=_WARNING
            )
    if charset is not None and charset.attributes["charset"].lower() != "utf-8":
        yield page.problem(
            "wrong-charset",
            charset,
            f'the mail is sent as utf-8, and says charset="{charset.attributes["charset"]}"',
            'write <meta charset="utf-8">',
        )
    if (viewport := named.get("viewport")) is not None:
        yield from _zoom(page, viewport)


def _zoom(page: Page, viewport: Element) -> Iterator[Problem]:
    content = re.sub(r"\s", "", viewport.attributes.get("content", "").lower())
    largest = re.search(r"maximum-scale=([0-9.]+)", content)
    is_fixed = re.search(r"user-scalable=(no|0)\b", content) is not None
    if is_fixed or (largest and float(largest[1].strip(".") or 0) < _LEAST_ZOOM):
        yield page.problem(
            "zoom-disabled",
            viewport,
            "this viewport keeps readers from enlarging the mail",
            "leave out user-scalable and maximum-scale",
            severity=_WARNING,
        )


def _article(document: Document) -> Element | None:
    elements = document.root.elements
    return next((one for one in elements if one.attributes.get("role") == "article"), None)


def _language(page: Page, element: Element | None, called: str) -> Iterator[Problem]:
    attributes = element.attributes if element else {}
    said, own = attributes.get("lang", ""), page.letter.key.language.value
    if said.split("-")[0].lower() != own:
        yield page.problem(
            "missing-lang",
            element,
            f'{called} says lang="{said}" in a letter in "{own}"'
            if said
            else f"{called} has no lang",
            'write lang="{{ language }}"',
            severity=_WARNING,
        )
    if attributes.get("dir", "").lower() not in {"ltr", "rtl", "auto"}:
        yield page.problem(
            "missing-dir", element, f"{called} has no dir", 'write dir="ltr"', severity=_WARNING
        )
