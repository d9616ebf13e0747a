"""Words for what is not words: pictures, what Outlook draws, and what is hidden from hearing."""

from __future__ import annotations

from collections.abc import Iterator

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.pipeline.check.case import Case, Page
from fvdt_mailer.pipeline.markup.element import Element

_FOCUSABLE = frozenset({"a", "button", "input", "select", "textarea", "area"})


def unheard(case: Case) -> Iterator[Problem]:
    """Pictures without alt, drawings without words, and links hidden from who hears the mail."""
    for page in case.pages:
        for element in page.document.root.elements:
            yield from _picture(page, element)
            yield from _hidden(page, element)
        for element in page.outlook.root.elements:
            if element.tag.startswith("v:"):
                yield from _drawing(page, element)


def _picture(page: Page, element: Element) -> Iterator[Problem]:
    if element.tag == "img" and "alt" not in element.attributes:
        yield page.problem(
            "missing-alt",
            element,
            "a picture without alt",
            'say what it shows: alt="..."; alt="" when it only decorates',
        )


def _hidden(page: Page, element: Element) -> Iterator[Problem]:
    if element.attributes.get("aria-hidden") != "true":
        return
    reached = next((one for one in (element, *element.elements) if _is_focusable(one)), None)
    if reached is not None:
        yield page.problem(
            "hidden-link",
            reached,
            f'<{reached.tag}> can be reached, and aria-hidden="true" hides it from hearing',
            "take aria-hidden out, or the link",
            severity=Severity.WARNING,
        )


def _is_focusable(element: Element) -> bool:
    attributes = element.attributes
    if attributes.get("tabindex", "").lstrip("+").isdecimal():
        return True
    return element.tag in _FOCUSABLE and (element.tag != "a" or "href" in attributes)


def _drawing(page: Page, element: Element) -> Iterator[Problem]:
    """Facts/rendering.md R25: links and headings inside VML are out of reach."""
    inside = next(element.all("a", "h1", "h2", "h3", "h4", "h5", "h6"), None)
    is_drawn = element.parent is not None and not element.parent.tag.startswith("v:")
    if "href" in element.attributes or inside is not None:
        what = f"<{inside.tag}>" if inside else "a link"
        text = f"{what} in <{element.tag}> is out of reach for keyboard and screen reader"
        hint = "make it a link with padding, without VML"
    elif is_drawn and not element.attributes.get("alt"):
        text = f"<{element.tag}> has no alt"
        hint = 'say what it shows: alt="..."; alt="" when it only decorates'
    else:
        return
    yield page.problem("vml", element, text, hint, severity=Severity.WARNING)
