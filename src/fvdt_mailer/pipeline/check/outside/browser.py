"""What a browser shows of a mail that its HTML alone does not tell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.rendition import Blank
from fvdt_mailer.pipeline.check.case import Page
from fvdt_mailer.pipeline.greet import greeting
from fvdt_mailer.pipeline.markup.element import Place

NARROW, WIDE = 320, 640

# What fills a blank is as long as it gets: an address is the one word that nobody can break.
_LONG_ADDRESS = "voornaam.vanderfamilienaam@stadsontwikkelingvoorbeeld.example.org"
_A_TOKEN = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"  # noqa: S105 - the shape of one, for nobody
_FIRST_REASON = re.compile(r"^ +(?P<reason>.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A screen to look at a page on: its width in pixels, and whether its reader likes it dark."""

    width: int
    is_dark: bool


SCREENS = tuple(
    Screen(width=width, is_dark=is_dark) for is_dark in (False, True) for width in (WIDE, NARROW)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Barrier:
    """An element of a page that axe finds fault with on one screen.

    `place` is the template line as it stands in `data-at`; `colours` are ink and ground where the
    fault is in them, and `reasons` what axe says of it, the first first.
    """

    page: Page
    screen: Screen
    rule: str
    impact: str
    address: str
    place: str
    tag: str
    reasons: str
    colours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overflow:
    """An element that makes a page wider than its narrow screen, and how wide."""

    page: Page
    width: int
    place: str
    tag: str


def as_read(page: Page, public_url: str) -> str:
    """The HTML of a page with its blanks filled; its elements still name their places."""
    base = public_url.rstrip("/")
    values = {
        Blank.GREETING: greeting(page.rendition.key.language).anonymous,
        Blank.ADDRESS: _LONG_ADDRESS,
        Blank.UNSUBSCRIBE_URL: f"{base}/u/{_A_TOKEN}",
        Blank.PREFERENCES_URL: f"{base}/p/{_A_TOKEN}",
    }
    html = page.traced
    for blank, value in values.items():
        html = html.replace(blank.mark, value)
    return html


def barriers(found: Iterable[Barrier]) -> Iterator[Problem]:
    """A problem for each rule and line of a template, whatever number of pages it is on."""
    alike: dict[tuple[str, str, str], list[Barrier]] = {}
    for barrier in found:
        alike.setdefault((barrier.rule, barrier.place, barrier.colours), []).append(barrier)
    for same in alike.values():
        first = same[0]
        yield first.page.problem(
            "browser-accessibility",
            _place(first.place),
            f"<{first.tag}>{_where({one.screen for one in same})}: {_reason(first.reasons)}",
            f"axe calls this {first.rule}: {first.address}",
            severity=Severity.NOTE if first.impact == "minor" else Severity.WARNING,
        )


def overflows(found: Iterable[Overflow]) -> Iterator[Problem]:
    """A problem for each line of a template that makes a page too wide for a phone."""
    widest: dict[str, Overflow] = {}
    for overflow in found:
        known = widest.setdefault(overflow.place, overflow)
        if overflow.width > known.width:
            widest[overflow.place] = overflow
    for one in widest.values():
        yield one.page.problem(
            "browser-overflow",
            _place(one.place),
            f"<{one.tag}> makes the mail {one.width} px wide on a screen of {NARROW} px",
            "give it a max-width instead of a width, and let long words break",
            severity=Severity.WARNING,
        )


def _where(screens: Collection[Screen]) -> str:
    schemes, widths = {screen.is_dark for screen in screens}, {screen.width for screen in screens}
    scheme = (" in dark mode" if True in schemes else " in light mode") if len(schemes) == 1 else ""
    return scheme + (f" at {widths.pop()} px" if len(widths) == 1 else "")


def _reason(reasons: str) -> str:
    found = _FIRST_REASON.search(reasons)
    reason = (found["reason"] if found else reasons).strip().rstrip(".")
    return reason[:1].lower() + reason[1:]


def _place(written: str) -> Place | None:
    file, _, line = written.rpartition(":")
    return Place(file, int(line)) if file and line.isdecimal() else None
