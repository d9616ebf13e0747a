"""Conditional comments for classic Outlook that hide or show the wrong thing to someone."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.pipeline.check.case import Case, Page
from fvdt_mailer.pipeline.markup.conditional import FOR_OTHERS, FOR_OUTLOOK, misread
from fvdt_mailer.pipeline.markup.element import PLACE, Place

_AT = re.compile(rf'{PLACE}="(?P<file>[^"]*):(?P<line>[0-9]+)"')
# Facts/rendering.md R11: where a table stands open, only cells may follow.
_BETWEEN_CELLS = re.compile(
    r"<(?:table|thead|tbody|tfoot|tr)\b[^>]*>\s*(?P<after><!(?:--)?\[if )"
    r"|</(?:td|th|tr|thead|tbody|tfoot)\s*>\s*(?P<behind><!(?:--)?\[if )",
    re.IGNORECASE,
)


def odd_conditionals(case: Case) -> Iterator[Problem]:
    """An error where someone loses a part of the mail, a warning for forms few programs know."""
    for page in case.pages:
        for found in misread(page.traced):
            yield page.problem(
                "broken-conditional" if found.is_grave else "odd-conditional",
                _place(case, page, found.offset, found.mark),
                f"{found.text}: {found.mark}",
                f"for Outlook write {FOR_OUTLOOK}, for everyone else {FOR_OTHERS}",
                severity=Severity.ERROR if found.is_grave else Severity.WARNING,
            )


def conditionals_between_cells(case: Case) -> Iterator[Problem]:
    """A warning for each conditional comment that stands between rows or cells."""
    for page in case.pages:
        for found in _BETWEEN_CELLS.finditer(page.traced):
            offset = found.start("after") if found["after"] else found.start("behind")
            yield page.problem(
                "conditional-place",
                _place(case, page, offset, "[if "),
                "a conditional comment between the rows or cells of a table",
                "put it inside a cell, or around the whole table",
                severity=Severity.WARNING,
            )


def _place(case: Case, page: Page, offset: int, mark: str) -> Place | None:
    """The line of a comment, which carries no mark of its own: that of an element beside it.

    That line is right when the comment is there in the template; else the nearest below is.
    """
    before = deque(_AT.finditer(page.traced, 0, offset), maxlen=1)
    after = _AT.search(page.traced, offset)
    near: list[Place] = []
    if after is not None:
        lines = page.traced.count("\n", offset, after.start())
        near.append(Place(after["file"], int(after["line"]) - lines))
    if before:
        lines = page.traced.count("\n", before[0].end(), offset)
        near.append(Place(before[0]["file"], int(before[0]["line"]) + lines))
    for place in near:
        if mark in _line(case, place):
            return place
    # It may come after all that another template wrote: then the first one has it.
    first = _AT.search(page.traced)
    around = [*reversed(near), *([Place(first["file"], 1)] if first else [])]
    return next((found for place in around if (found := _below(case, place, mark))), None)


def _below(case: Case, place: Place, mark: str) -> Place | None:
    """The first line from there on that has the mark; the elements beside a comment may repeat."""
    for number in range(max(place.line, 1), len(_lines(case, place.file)) + 1):
        if mark in _line(case, found := Place(place.file, number)):
            return found
    return None


def _line(case: Case, place: Place) -> str:
    lines = _lines(case, place.file)
    return lines[place.line - 1] if 0 < place.line <= len(lines) else ""


def _lines(case: Case, file: str) -> list[str]:
    sources = (one.text for one in case.folder.templates.values() if one.file == file)
    return next(sources, "").split("\n")
