"""How the words of a document look: colour, ground, size and height of a line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from fvdt_mailer.pipeline.markup.cascade import Cascade, Scheme
from fvdt_mailer.pipeline.markup.css_values import colour_in, hexadecimal, length
from fvdt_mailer.pipeline.markup.element import Document, Element

_FONT = re.compile(
    r"(?P<size>\d*\.?\d+(?:px|pt|em|rem|%))(?:\s*/\s*(?P<line>\d*\.?\d+(?:px|pt|em|rem|%|)))?"
)
_SIZES = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0,
    "x-large": 24.0, "xx-large": 32.0,
}  # fmt: skip
# What every client begins with (the HTML standard, section 15.3).
_OF_TAG: Mapping[str, float] = {
    "h1": 2.0, "h2": 1.5, "h3": 1.17, "h5": 0.83, "h6": 0.67, "small": 0.83, "sub": 0.83,
    "sup": 0.83, "big": 1.2,
}  # fmt: skip
_BOLD_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "th", "b", "strong"})
_LINK = "#0000ee"
_NORMAL_LINE = 1.2
_Line: TypeAlias = tuple[float, float | None]
_BOLD = 600  # a weight of 600 is drawn bold where the font has no such weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """How the words directly in an element look.

    Colours are `#rrggbb`, or empty when they cannot be worked out; sizes are pixels. `line` is
    the height of a line. `is_coloured` and `is_grounded` say that somebody chose them.
    """

    colour: str = "#000000"
    ground: str = "#ffffff"
    size: float = 16.0
    factor: float = _NORMAL_LINE
    fixed_line: float | None = None
    is_bold: bool = False
    is_hidden: bool = False
    is_coloured: bool = False
    is_grounded: bool = False
    declared: Mapping[str, str]

    @property
    def line(self) -> float:
        """The height of a line in pixels."""
        return self.factor * self.size if self.fixed_line is None else self.fixed_line

    @property
    def is_seen(self) -> bool:
        """True when words in it are shown at all."""
        return not self.is_hidden and self.size > 0


# A check asks for the same few documents again and again.
@lru_cache(maxsize=16)
def appearances(document: Document, scheme: Scheme) -> Mapping[Element, Appearance]:
    """How each element looks to clients that read the sheets in the head."""
    cascade = Cascade(document, scheme)
    looks = {document.root: Appearance(declared={})}
    for element in document.root.elements:
        around = looks[element.parent or document.root]
        looks[element] = _appearance(element, cascade.winning(element), around)
    return looks


def _appearance(element: Element, declared: Mapping[str, str], around: Appearance) -> Appearance:
    own_ground = _ground(element, declared, around)
    ground = around.ground if own_ground is None else own_ground
    own_colour = _colour(element, declared, ground)
    is_link = element.tag == "a" and "href" in element.attributes
    size, (factor, fixed) = _type(element, declared, around)
    return Appearance(
        colour=own_colour or (_LINK if is_link and own_colour is None else around.colour),
        ground=ground,
        size=size,
        factor=factor,
        fixed_line=fixed,
        is_bold=_is_bold(element, declared, around),
        is_hidden=around.is_hidden or _is_hidden(element, declared),
        is_coloured=around.is_coloured or bool(own_colour),
        is_grounded=around.is_grounded or own_ground is not None,
        declared=declared,
    )


def _colour(element: Element, declared: Mapping[str, str], ground: str) -> str | None:
    """The colour an element brings; "" for that of what is around, None when it says nothing."""
    value = declared.get("color") or (element.tag == "font" and element.attributes.get("color"))
    return hexadecimal(value, ground) if value else None


def _ground(element: Element, declared: Mapping[str, str], around: Appearance) -> str | None:
    """The background an element brings; None when what is around shows through."""
    value = declared.get("background-color") or colour_in(declared.get("background", ""))
    value = value or _with_hash(element.attributes.get("bgcolor", ""))
    if not value or value.lower() in {"transparent", "inherit", "none", "unset", "initial"}:
        return None
    return hexadecimal(value, around.ground)


def _with_hash(colour: str) -> str:
    return f"#{colour}" if re.fullmatch(r"[0-9a-fA-F]{6}", colour) else colour


def _type(element: Element, declared: Mapping[str, str], around: Appearance) -> tuple[float, _Line]:
    size, line = declared.get("font-size", ""), declared.get("line-height", "")
    if short := _FONT.search(declared.get("font", "")):
        size, line = size or short["size"], line or short["line"] or ""
    pixels = _SIZES.get(size) or length(size, around.size)
    if pixels is None:
        pixels = around.size * _OF_TAG.get(element.tag, 1.0)
    return pixels, _line(line, pixels, around)


def _line(line: str, size: float, around: Appearance) -> _Line:
    """A factor of the size, and the pixels that take its place where somebody gave these."""
    if re.fullmatch(r"\d*\.?\d+", line) and float(line):
        return float(line), None
    if line == "normal":
        return _NORMAL_LINE, None
    fixed = length(line, size)
    return around.factor, around.fixed_line if fixed is None else fixed


def _is_bold(element: Element, declared: Mapping[str, str], around: Appearance) -> bool:
    weight = declared.get("font-weight", "").lower()
    if weight.isdecimal():
        return int(weight) >= _BOLD
    if weight in {"bold", "bolder", "normal", "lighter"}:
        return weight.startswith("bold")
    return element.tag in _BOLD_TAGS or around.is_bold


def _is_hidden(element: Element, declared: Mapping[str, str]) -> bool:
    return (
        declared.get("display") == "none"
        or declared.get("visibility") == "hidden"
        or (declared.get("max-height") in {"0", "0px"} and declared.get("overflow") == "hidden")
        or "hidden" in element.attributes
        or element.tag in {"head", "style", "script", "title", "template"}
    )
