from __future__ import annotations

import pytest

from fvdt_mailer.errors import Severity
from fvdt_mailer.model.rendition import Blank
from fvdt_mailer.pipeline.check.outside.browser import (
    SCREENS,
    Barrier,
    Overflow,
    Screen,
    as_read,
    barriers,
    overflows,
)
from fvdt_mailer.pipeline.check.rulebook import RULEBOOK
from pages import FILE, mail_of, page_of

PAGE = page_of(mail_of("<p>x</p>"))
WIDE, NARROW, DARK, NARROW_DARK = SCREENS
REASONS = "Fix any of the following:\n  Element is faint.\n  Element is small\n"


def barrier(
    *,
    screen: Screen = WIDE,
    rule: str = "color-contrast",
    place: str = f"{FILE}:7",
    colours: str = "",
    impact: str = "serious",
) -> Barrier:
    return Barrier(
        page=PAGE,
        screen=screen,
        rule=rule,
        impact=impact,
        address="https://example.org/rule",
        place=place,
        tag="p",
        reasons=REASONS,
        colours=colours,
    )


def test_a_barrier_is_told_at_its_line_with_its_first_reason() -> None:
    (problem,) = barriers(barrier(screen=screen) for screen in SCREENS)
    assert str(problem) == (
        f"{FILE}:7: <p>: element is faint; axe calls this color-contrast: https://example.org/rule"
    )
    assert problem.rule in RULEBOOK


@pytest.mark.parametrize(
    ("screens", "where"),
    [
        ((WIDE,), " in light mode at 640 px"),
        ((NARROW_DARK,), " in dark mode at 320 px"),
        ((DARK, NARROW_DARK), " in dark mode"),
        ((WIDE, NARROW), " in light mode"),
        ((NARROW, NARROW_DARK), " at 320 px"),
        ((WIDE, NARROW_DARK), ""),
    ],
)
def test_it_is_said_where_it_is_seen(screens: tuple[Screen, ...], where: str) -> None:
    (problem,) = barriers(barrier(screen=screen) for screen in screens)
    assert problem.text.startswith(f"<p>{where}: ")


def test_other_colours_are_another_thing_to_mend() -> None:
    colours = ("#ccc on #fff", "#333 on #222", "#ccc on #fff")
    assert len(list(barriers(barrier(colours=one) for one in colours))) == 2


def test_only_what_is_minor_is_a_note() -> None:
    weights = [
        problem.severity
        for impact in ("minor", "moderate", "serious", "critical", "")
        for problem in barriers([barrier(impact=impact)])
    ]
    assert weights == [Severity.NOTE] + [Severity.WARNING] * 4


def test_what_no_template_wrote_is_told_at_the_shell() -> None:
    (problem,) = barriers([barrier(place="")])
    assert (problem.file, problem.line) == ("templates/newsletter.html.j2", None)


def test_a_line_that_is_too_wide_is_told_once_at_its_widest() -> None:
    found = [
        Overflow(page=PAGE, width=width, place=place, tag="div")
        for width, place in ((400, "a.j2:1"), (500, "a.j2:1"), (450, "b.j2:2"), (300, "a.j2:1"))
    ]
    problems = list(overflows(found))
    assert [(p.file, p.line) for p in problems] == [("a.j2", 1), ("b.j2", 2)]
    assert problems[0].text == "<div> makes the mail 500 px wide on a screen of 320 px"
    assert problems[0].rule in RULEBOOK


def test_no_blank_is_left_open() -> None:
    marks = " ".join(blank.mark for blank in Blank)
    html = as_read(page_of(mail_of(f"<p>{marks}</p>")), "https://news.example.org/")
    assert "BLANK--" not in html
    assert "Beste lezer" in html
    assert "https://news.example.org/u/A" in html
    assert f'data-at="{FILE}:4"' in html
