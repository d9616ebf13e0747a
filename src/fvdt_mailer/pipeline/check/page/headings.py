"""Headings by which whoever hears the mail walks through it."""

from __future__ import annotations

from collections.abc import Iterator

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.pipeline.check.case import Case, Page
from fvdt_mailer.pipeline.markup.accessible_name import accessible_name
from fvdt_mailer.pipeline.markup.element import Element

_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_WARNING = Severity.WARNING


def lost_headings(case: Case) -> Iterator[Problem]:
    """A warning where there is not one h1, where a level is skipped, and where one is empty."""
    for page in case.pages:
        headings = [one for one in page.document.all(*_TAGS) if not one.is_hidden]
        yield from _one_first(page, [one for one in headings if one.tag == "h1"])
        before: Element | None = None
        for heading in headings:
            yield from _heading(page, heading, before)
            before = heading


def _one_first(page: Page, first: list[Element]) -> Iterator[Problem]:
    if not first:
        yield page.problem(
            "heading-order",
            next(page.document.all("body"), None),
            "the mail has no <h1>",
            "make its headline one",
            severity=_WARNING,
        )
    for heading in first[1:]:
        yield page.problem(
            "heading-order",
            heading,
            "the mail has more than one <h1>",
            "only its headline is one; below it stand <h2> and <h3>",
            severity=_WARNING,
        )


def _heading(page: Page, heading: Element, before: Element | None) -> Iterator[Problem]:
    if not accessible_name(heading):
        yield page.problem(
            "empty-heading",
            heading,
            f"an <{heading.tag}> without words",
            "leave it out when there is nothing to say",
            severity=_WARNING,
        )
    if before is not None and _level(heading) > _level(before) + 1:
        yield page.problem(
            "heading-order",
            heading,
            f"<{heading.tag}> follows <{before.tag}>",
            f"make it <h{_level(before) + 1}>, and let its class say how large it is",
            severity=_WARNING,
        )


def _level(heading: Element) -> int:
    return int(heading.tag[1])
