"""HTML that clients have to guess at, for classic Outlook and for all others."""

from __future__ import annotations

from collections.abc import Iterator

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.pipeline.check.case import Case, Page
from fvdt_mailer.pipeline.markup.element import Element, Fault


def broken_html(case: Case) -> Iterator[Problem]:
    """An error where some client loses or moves a part, a warning where all guess right."""
    for page in case.pages:
        told = {(fault.text, fault.place) for fault in page.document.faults}
        for fault in page.document.faults:
            yield _problem(page, fault, "")
        for fault in page.outlook.faults:
            if (fault.text, fault.place) not in told:
                yield _problem(page, fault, "for classic Outlook, ")


def duplicate_ids(case: Case) -> Iterator[Problem]:
    """A warning for each element with an id that another one before it has."""
    for page in case.pages:
        seen: dict[str, Element] = {}
        for element in page.document.root.elements:
            own = element.attributes.get("id", "")
            if own and seen.setdefault(own, element) is not element:
                yield page.problem(
                    "duplicate-id",
                    element,
                    f'the id "{own}" is used more than once in a mail',
                    "give each element an id of its own, or leave it out",
                    severity=Severity.WARNING,
                )


def _problem(page: Page, fault: Fault, for_whom: str) -> Problem:
    return page.problem(
        "broken-html" if fault.is_grave else "unclosed-html",
        fault.place,
        for_whom + fault.text,
        fault.hint,
        severity=Severity.ERROR if fault.is_grave else Severity.WARNING,
    )
