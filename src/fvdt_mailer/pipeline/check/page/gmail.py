"""What makes Gmail drop a whole style sheet, or the style of an element."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.pipeline.check.case import Case, Page
from fvdt_mailer.pipeline.check.page.style_sheets import Styles, styles_of

LIMIT = 16 * 1024

_LOUD = re.compile(r"!\s*(?!important)(?i:important)")
_CLOSE = re.compile(r"[^\s;{}/:]+!\s*important", re.IGNORECASE)
_SPACED = re.compile(r"\b(?:rgb|hsl)a?\(\s*[0-9.]+%?(?:deg)?\s+[0-9][^()]*\)?", re.IGNORECASE)
_TRAPS = (
    (_LOUD, '"{}" in capitals', "write !important in small letters"),
    (_CLOSE, '"{}" has no space before the !', "write a space before !important"),
    (_SPACED, '"{}" has spaces between its numbers', "write rgba(0, 0, 0, 0.5), or six digits"),
)


def dropped_by_gmail(case: Case) -> Iterator[Problem]:
    """A warning for each thing on which Gmail drops all that stands around it."""
    for styles in styles_of(case):
        lost = "this style" if styles.is_inline else "the whole style sheet"
        for around, offset in styles.sheet.at_rules:
            if len(around) > 1:
                yield styles.problem(
                    "gmail-drops-css",
                    offset,
                    f'"{around[-1]}" inside "{around[-2]}": Gmail drops {lost}',
                    "put the one outside the other, or in a sheet of its own",
                    severity=Severity.WARNING,
                )
        yield from _traps(styles, lost)


def fetched_css(case: Case) -> Iterator[Problem]:
    """A warning for each style sheet that clients would have to fetch."""
    hint = "put the rules in base.css, enhance.css or dark.css"
    for styles in styles_of(case):
        for around, offset in styles.sheet.at_rules:
            if around[-1].startswith("@import"):
                text = f"{around[-1]} fetches a style sheet"
                yield styles.problem("loads-css", offset, text, hint, severity=Severity.WARNING)
    for page in case.pages:
        for link in page.document.all("link"):
            if "stylesheet" in link.attributes.get("rel", "").lower().split():
                text = "<link> fetches a style sheet"
                yield page.problem("loads-css", link, text, hint, severity=Severity.WARNING)


def too_much_css(case: Case) -> Iterator[Problem]:
    """A warning when the style sheets in the head are more than Gmail keeps."""
    largest = max((style_bytes(page) for page in case.pages), default=0)
    if largest > LIMIT:
        heaviest = max(case.sheets[1:], key=lambda sheet: len(sheet.css))
        yield Problem(
            rule="style-limit",
            file=heaviest.file,
            text=f"the style sheets take {largest / 1024:.1f} KB; Gmail drops what is over 16 KB",
            hint="take out rules that are not used, and comments",
            severity=Severity.WARNING,
        )


def style_bytes(page: Page) -> int:
    """The bytes of all style elements that clients other than classic Outlook read."""
    styles = page.document.all("style")
    return sum(
        len(child.encode())
        for style in styles
        for child in style.children
        if isinstance(child, str)
    )


def _traps(styles: Styles, lost: str) -> Iterator[Problem]:
    for trap, text, hint in _TRAPS:
        for found in trap.finditer(styles.css):
            said = " ".join(found[0].split())
            yield styles.problem(
                "gmail-drops-css",
                found.start(),
                f"{text.format(said)}: Gmail drops {lost}",
                hint,
                severity=Severity.WARNING,
            )
