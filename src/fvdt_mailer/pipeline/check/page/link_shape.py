"""Whether a link can be seen to be one, and be hit by a finger."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.pipeline.check.case import Case, Page
from fvdt_mailer.pipeline.markup.accessible_name import visible_words
from fvdt_mailer.pipeline.markup.appearance import Appearance, appearances
from fvdt_mailer.pipeline.markup.cascade import Scheme
from fvdt_mailer.pipeline.markup.css_values import length
from fvdt_mailer.pipeline.markup.element import Element

_SMALLEST = 24.0  # pixels: WCAG 2.2, success criterion 2.5.8
_GLYPHS = 1.15  # of the size: what an inline link is high without padding
_BLOCKS = frozenset({"p", "td", "th", "li", "dd", "div", "h1", "h2", "h3", "h4", "h5", "h6"})
_WORD = re.compile(r"\w{2,}")


def unclear_links(case: Case) -> Iterator[Problem]:
    """A warning for links in a text without underline, and for links too small to hit."""
    told: set[float] = set()
    for page in case.pages:
        looks = appearances(page.document, Scheme.LIGHT)
        for link in page.document.all("a"):
            look = looks[link]
            if "href" not in link.attributes or not look.is_seen:
                continue
            if _is_in_text(link):
                yield from _undecorated(page, link, looks)
            # Success criterion 2.5.8 leaves out links in a sentence, and those with room around.
            elif (height := _height(look)) < _SMALLEST > _pitch(link, looks) and height not in told:
                told.add(height)
                yield page.problem(
                    "small-target",
                    link,
                    f"a link of its own is {height:.0f} pixels high",
                    "give it display: inline-block and padding, 24 pixels or more in all",
                    severity=Severity.WARNING,
                )


def _undecorated(
    page: Page, link: Element, looks: Mapping[Element, Appearance]
) -> Iterator[Problem]:
    if not _is_underlined(link, looks):
        yield page.problem(
            "link-not-underlined",
            link,
            "a link among other words is not underlined",
            "leave text-decoration: none out here; a colour alone is not seen by all",
            severity=Severity.WARNING,
        )


def _is_in_text(link: Element) -> bool:
    """True when the words around the link, in its paragraph, are more than links."""
    block = next((around for around in link.ancestors if around.tag in _BLOCKS), None)
    if block is None:
        return False
    words = visible_words(block)
    for other in block.all("a"):
        words = words.replace(visible_words(other), "", 1)
    return _WORD.search(words) is not None


def _is_underlined(link: Element, looks: Mapping[Element, Appearance]) -> bool:
    declared = looks[link].declared
    decoration = declared.get("text-decoration-line") or declared.get("text-decoration", "")
    if decoration and "underline" not in decoration:
        inside = (looks[one].declared for one in link.elements)
        return any("underline" in one.get("text-decoration", "") for one in inside)
    return True


def _pitch(link: Element, looks: Mapping[Element, Appearance]) -> float:
    """From the middle of the link to that of another one above or below it, at the least."""
    block = next((around for around in link.ancestors if around.tag in _BLOCKS), None)
    if block is None or sum(1 for _ in block.all("a")) > 1:
        return looks[link].line
    declared, size = looks[block].declared, looks[block].size
    own = "1em" if block.tag == "p" else "0"
    sides = _sides(declared, "margin", own)
    return looks[link].line + max(length(side, size) or 0.0 for side in sides)


def _height(look: Appearance) -> float:
    declared = look.declared
    is_block = declared.get("display", "inline") not in {"inline", ""}
    height = look.line if is_block else look.size * _GLYPHS
    return height + sum(length(side, look.size) or 0.0 for side in _sides(declared, "padding", "0"))


def _sides(declared: Mapping[str, str], box: str, own: str) -> tuple[str, str]:
    """What is declared above and below; `own` is what the element has by itself."""
    sides = declared.get(box, own).split() or [own]
    below = sides[2] if len(sides) > 2 else sides[0]  # noqa: PLR2004 - top, right, bottom
    return declared.get(f"{box}-top", sides[0]), declared.get(f"{box}-bottom", below)
