"""Styles in elements that classic Outlook skips, and colours that stand alone."""

from __future__ import annotations

from collections.abc import Iterator

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.page.style_sheets import styles_of
from fvdt_mailer.pipeline.markup.appearance import appearances
from fvdt_mailer.pipeline.markup.cascade import Scheme

_WARNING = Severity.WARNING


def skipped_by_outlook(case: Case) -> Iterator[Problem]:
    """A warning for !important and for a background shorthand in a style attribute."""
    for styles in styles_of(case):
        if not styles.is_inline:
            continue
        for one in styles.sheet.rules[0].declarations:
            if one.is_important:
                yield styles.problem(
                    "inline-important",
                    one.offset,
                    f'"{one.name}" says !important in a style attribute',
                    "leave !important out: a style attribute wins anyway",
                    severity=_WARNING,
                )
            if one.name == "background":
                yield styles.problem(
                    "background-shorthand",
                    one.offset,
                    '"background" in a style attribute leaves Outlook without a colour',
                    "write background-color; a picture goes into background-image",
                    severity=_WARNING,
                )


def colours_alone(case: Case) -> Iterator[Problem]:
    """A warning for words on a ground they have no colour for, and for colour on no ground."""
    for page in case.pages:
        for element, look in appearances(page.document, Scheme.LIGHT).items():
            if not element.own_text or not look.is_seen:
                continue
            own = element.style
            if "background-color" in own and "color" not in own:
                yield page.problem(
                    "background-alone",
                    element,
                    f"<{element.tag}> has a background of its own, and its words no colour",
                    "give it a color that stands out against its background-color",
                    severity=_WARNING,
                )
            elif look.is_coloured and not look.is_grounded:
                yield page.problem(
                    "colour-alone",
                    element,
                    f"<{element.tag}> has words in a colour, and nothing around it a background",
                    "give it, or what is around it, a background-color",
                    severity=_WARNING,
                )
