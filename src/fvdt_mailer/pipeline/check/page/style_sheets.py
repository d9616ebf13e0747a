"""Style sheets and style attributes that clients cannot read as they were meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fvdt_mailer.errors import Problem, Severity, did_you_mean
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.page.properties import COLOURS, PREFIXES, PROPERTIES
from fvdt_mailer.pipeline.check.page.sources import attributes, templates_of
from fvdt_mailer.pipeline.layout.sheets import Sheet
from fvdt_mailer.pipeline.layout.trace import css_line
from fvdt_mailer.pipeline.markup.css_values import hexadecimal
from fvdt_mailer.pipeline.markup.element import Element, Place
from fvdt_mailer.pipeline.markup.read_css import Declaration, StyleSheet, read_css, read_style

_CLOSED = re.compile(r"/\*.*?\*/", re.DOTALL)
_MODERN = re.compile(r"(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark|var)\(")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Styles:
    """A style sheet or a style attribute as it was read, and how to find its lines.

    `css` is what `sheet` was read from; `is_inline` holds for a style attribute.
    """

    sheet: StyleSheet
    css: str
    file: str
    first_line: int
    is_traced: bool = False
    is_inline: bool = False

    def problem(
        self, rule: str, offset: int, text: str, hint: str, *, severity: Severity
    ) -> Problem:
        """A problem at the line of the template where `offset` stands."""
        line = (
            css_line(self.css, offset)
            if self.is_traced
            else self.first_line + self.css.count("\n", 0, offset)
        )
        return Problem(
            rule=rule, file=self.file, line=line, text=text, hint=hint, severity=severity
        )


def styles_of(case: Case) -> Iterator[Styles]:
    """The sheets, the style elements that templates write, and the style attributes in them."""
    for sheet in case.sheets:
        yield _of_sheet(sheet)
    for element in _style_elements(case):
        yield _of_element(element)
    for template in templates_of(case):
        for attribute in attributes(template, "style"):
            css = attribute.with_printed("0")
            yield Styles(
                sheet=read_style(css),
                css=css,
                file=attribute.place.file,
                first_line=attribute.place.line,
                is_inline=True,
            )


def broken_css(case: Case) -> Iterator[Problem]:
    """An error for what cannot be read, a warning for properties and colours nobody knows."""
    for styles in styles_of(case):
        for fault in styles.sheet.faults:
            yield styles.problem(
                "broken-css", fault.offset, fault.text, fault.hint, severity=Severity.ERROR
            )
        for rule in styles.sheet.rules:
            yield from _unknown(styles, rule.declarations)
    for sheet in case.sheets:
        yield from _open_comment(case, sheet)


def _unknown(styles: Styles, declarations: Iterable[Declaration]) -> Iterator[Problem]:
    broken = {fault.offset for fault in styles.sheet.faults}
    for one in declarations:
        if one.offset in broken:
            continue
        if one.name not in PROPERTIES and not one.name.startswith(PREFIXES):
            yield styles.problem(
                "unknown-property",
                one.offset,
                f'no client knows the property "{one.name}"',
                did_you_mean(one.name, PROPERTIES),
                severity=Severity.WARNING,
            )
        if one.name in COLOURS and _is_no_colour(one.value, styles):
            yield styles.problem(
                "bad-colour",
                one.offset,
                f'"{one.value}" is no colour',
                "write # and six hexadecimal digits, such as #1f4e5f",
                severity=Severity.WARNING,
            )


def _is_no_colour(value: str, styles: Styles) -> bool:
    is_printed = styles.is_inline and value == "0"
    is_modern = _MODERN.match(value.lower()) is not None
    return bool(value) and not is_printed and not is_modern and hexadecimal(value) is None


def _open_comment(case: Case, sheet: Sheet) -> Iterator[Problem]:
    """A comment that is never closed: in the traced sheet, the next mark of a line closes it."""
    if "/*" not in _CLOSED.sub("", sheet.css):
        return
    sources = (one.text for one in case.folder.templates.values() if one.file == sheet.file)
    bare = _CLOSED.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), next(sources, sheet.css))
    yield Problem(
        rule="broken-css",
        file=sheet.file,
        line=bare.count("\n", 0, bare.find("/*")) + 1,
        text="this comment is never closed",
        hint="close it with */",
    )


def _style_elements(case: Case) -> Iterator[Element]:
    """The style elements that a template writes, each line once; the sheets are none of them."""
    seen: set[Place | None] = set()
    for page in case.pages:
        for document in (page.document, page.outlook):
            for style in document.all("style"):
                if style.place not in seen and not style.is_from_prose:
                    seen.add(style.place)
                    yield style


def _of_sheet(sheet: Sheet) -> Styles:
    return Styles(
        sheet=read_css(sheet.traced),
        css=sheet.traced,
        file=sheet.file,
        first_line=1,
        is_traced=True,
    )


def _of_element(style: Element) -> Styles:
    css = "".join(child for child in style.children if isinstance(child, str))
    place = style.place
    return Styles(
        sheet=read_css(css),
        css=css,
        file=place.file if place else "templates",
        first_line=place.line if place else 1,
    )
