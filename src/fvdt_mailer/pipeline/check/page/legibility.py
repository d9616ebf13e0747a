"""Whether what is written can be read: contrast, size, and room between lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.language import Written
from fvdt_mailer.model.letter import Letter
from fvdt_mailer.pipeline.check.case import Case, Page
from fvdt_mailer.pipeline.layout.colour import contrast
from fvdt_mailer.pipeline.markup.appearance import Appearance, appearances
from fvdt_mailer.pipeline.markup.cascade import Scheme
from fvdt_mailer.pipeline.markup.element import Element

_ENOUGH, _ENOUGH_LARGE = 4.5, 3.0  # WCAG 2.2, success criterion 1.4.3
_LARGE, _LARGE_BOLD = 24.0, 18.66  # pixels: 18 and 14 points
_ILLEGIBLE, _MOST = 1.5, 21.0
_SMALLEST, _SMALLEST_PROSE = 14.0, 16.0
_RECOGNISED = 16  # characters: enough to tell one paragraph from the others
_TIGHTEST = 1.4
_A_LINE = 70  # characters: more than a phone shows on a line
_WORD = re.compile(r"\w")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = frozenset({"p", "td", "th", "li", "dd", "div", "blockquote"})
_WARNING = Severity.WARNING

_Looks: TypeAlias = Mapping[Element, Appearance]
_Pair: TypeAlias = tuple[Scheme, str, str]


def hard_to_read(case: Case) -> Iterator[Problem]:
    """What is too faint on a light or a dark screen, too small, or too tight."""
    # A pair of colours is one thing to mend, wherever it shows; so is a size.
    faint: dict[_Pair, tuple[Page, Element, float]] = {}
    sized: dict[str, Problem] = {}
    for page in case.pages:
        light = appearances(page.document, Scheme.LIGHT)
        for problem in _sizes(page, light):
            sized.setdefault(problem.text, problem)
        for scheme in Scheme:
            for element, look in _with_words(appearances(page.document, scheme)):
                if scheme is Scheme.DARK and _is_alike(look, light[element]):
                    continue  # dark rules have nothing to do with it
                if _contrast(look) < _needed(look):
                    pair = scheme, look.colour, look.ground
                    faint.setdefault(pair, (page, element, _needed(look)))
    yield from sized.values()
    for pair, (page, element, needed) in faint.items():
        yield _faint(page, element, pair, needed)


def _with_words(looks: _Looks) -> Iterator[tuple[Element, Appearance]]:
    for element, look in looks.items():
        if look.is_seen and _WORD.search(element.own_text):
            yield element, look


def _contrast(look: Appearance) -> float:
    if not look.colour or not look.ground:
        return _MOST
    return contrast(look.colour, look.ground)


def _is_alike(look: Appearance, other: Appearance) -> bool:
    return (look.colour, look.ground) == (other.colour, other.ground)


def _needed(look: Appearance) -> float:
    is_large = look.size >= (_LARGE_BOLD if look.is_bold else _LARGE)
    return _ENOUGH_LARGE if is_large else _ENOUGH


def _faint(page: Page, element: Element, pair: _Pair, needed: float) -> Problem:
    scheme, colour, ground = pair
    ratio, is_dark = contrast(colour, ground), scheme is Scheme.DARK
    return page.problem(
        "low-contrast-dark" if is_dark else "low-contrast",
        element,
        f"{'on a dark screen, ' if is_dark else ''}words in <{element.tag}> are {colour} on "
        f"{ground}: a contrast of {ratio:.2f}, where {needed} is needed",
        "mend the colours in dark.css"
        if is_dark
        else "mend the colours in base.css, or those of the theme or cluster in mailer.yaml",
        severity=Severity.ERROR if ratio < _ILLEGIBLE else _WARNING,
    )


def _sizes(page: Page, looks: _Looks) -> Iterator[Problem]:
    prose = {_opening(words.text) for words in _prose(page.letter)}
    for element, look in _with_words(looks):
        if look.size < _SMALLEST:
            text = f"words of {look.size:g} pixels"
            hint = f"make them {_SMALLEST:g} pixels or more"
            yield page.problem("small-text", element, text, hint, severity=_WARNING)
        elif look.size < _SMALLEST_PROSE and _opening(element.own_text) in prose:
            text = f"running text of {look.size:g} pixels"
            hint = f"set it in {_SMALLEST_PROSE:g} pixels or more"
            yield page.problem("small-prose", element, text, hint, severity=_WARNING)
        yield from _tight(page, element, look)


def _prose(letter: Letter) -> Iterator[Written]:
    """The paragraphs that people wrote: what readers came for."""
    yield from (*letter.intro, *letter.closing)
    for section in letter.sections:
        yield from (paragraph.prose for paragraph in section.paragraphs)
        if section.fallback:
            yield section.fallback


def _opening(text: str) -> str:
    """The first words, by which a paragraph is found again in a page."""
    return " ".join(text[:_RECOGNISED].split())


def _tight(page: Page, element: Element, look: Appearance) -> Iterator[Problem]:
    if element.tag not in _BLOCKS or look.line >= _TIGHTEST * look.size:
        return
    if len(element.text) > _A_LINE:
        yield page.problem(
            "tight-lines",
            element,
            f"lines of {look.line:g} pixels for words of {look.size:g}",
            f"give it a line-height of {_TIGHTEST:g} or more",
            severity=_WARNING,
        )
