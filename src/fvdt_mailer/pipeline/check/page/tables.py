"""Tables: those that lay out say so, and those that hold data say what heads what."""

from __future__ import annotations

from collections.abc import Iterator

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.pipeline.check.case import Case, Page
from fvdt_mailer.pipeline.markup.element import Element

# Apple Mail on iOS showed what lay in 14 tables, and left out what lay in more.
_DEEPEST = 14
_SPACING = ("border", "cellpadding", "cellspacing")
_SCOPES = frozenset({"col", "row", "colgroup", "rowgroup"})
_WARNING = Severity.WARNING


def poor_tables(case: Case) -> Iterator[Problem]:
    """A warning for each table that reads as data and is none, or the other way round."""
    for page in case.pages:
        for table in page.document.all("table"):
            yield from _deep(page, table)
        for document in (page.document, page.outlook):
            for table in document.all("table"):
                if any(_headers(table)) and not _is_layout(table):
                    yield from _unscoped(page, table)
                else:
                    yield from _layout(page, table)


def _layout(page: Page, table: Element) -> Iterator[Problem]:
    if not _is_layout(table):
        yield page.problem(
            "layout-table",
            table,
            'a table for layout has no role="presentation"',
            "add it; a table of data has <th> cells instead",
            severity=_WARNING,
        )
    missing = [name for name in _SPACING if name not in table.attributes]
    if missing:
        yield page.problem(
            "table-spacing",
            table,
            f"a table for layout has no {', '.join(missing)}",
            "write " + " ".join(f'{name}="0"' for name in missing),
            severity=_WARNING,
        )


def _unscoped(page: Page, table: Element) -> Iterator[Problem]:
    for header in _headers(table):
        if header.attributes.get("scope", "").lower() not in _SCOPES:
            yield page.problem(
                "header-scope",
                header,
                "a <th> does not say what it heads",
                'add scope="col" above a column, scope="row" before a row',
                severity=_WARNING,
            )


def _deep(page: Page, table: Element) -> Iterator[Problem]:
    depth = 1 + sum(around.tag == "table" for around in table.ancestors)
    if depth == _DEEPEST + 1:
        yield page.problem(
            "deep-tables",
            table,
            f"this table lies in {_DEEPEST} others",
            "put fewer tables in each other; a <div> or padding often does",
            severity=_WARNING,
        )


def _is_layout(table: Element) -> bool:
    return table.attributes.get("role", "").lower() in {"presentation", "none"}


def _headers(table: Element) -> Iterator[Element]:
    """The header cells of the table itself, not of tables in it."""
    for child in table.children:
        if isinstance(child, Element) and child.tag != "table":
            if child.tag == "th":
                yield child
            elif child.tag != "td":
                yield from _headers(child)
