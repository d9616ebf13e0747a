"""What can be asked of one use of a feature."""

from __future__ import annotations

import re

from fvdt_mailer.pipeline.check.clients.limit import Question
from fvdt_mailer.pipeline.check.clients.use import Use
from fvdt_mailer.pipeline.markup.element import Element

_NEGATIVE = re.compile(r"(?<![\w.)])-\.?[0-9]")
_CELLS = frozenset({"td", "th"})
_BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}
)
_SIDES = frozenset({"top", "right", "bottom", "left", "inset"})


def if_value(pattern: str) -> Question:
    """Asks whether the pattern is found in the value."""
    has = re.compile(pattern, re.IGNORECASE)
    return lambda use: has.search(use.value) is not None


def if_tag(*tags: str) -> Question:
    """Asks whether the element is one of these."""
    return lambda use: use.tag in tags


def if_attribute(name: str) -> Question:
    """Asks whether the element has this attribute."""
    return lambda use: name in use.element.attributes


def both(one: Question, other: Question) -> Question:
    """Asks two things."""
    return lambda use: one(use) and other(use)


def unless(question: Question) -> Question:
    """Asks the opposite."""
    return lambda use: not question(use)


def is_zero(use: Use) -> bool:
    """True for a length of nothing."""
    return bool(use.pixels) and not any(use.pixels)


def is_space(use: Use) -> bool:
    """True for a length that takes room."""
    return any(use.pixels) or "%" in use.value or "em" in use.value


def is_negative(use: Use) -> bool:
    """True when a length is below nothing."""
    return _NEGATIVE.search(use.value) is not None


def is_block(use: Use) -> bool:
    """True for an element that stands on lines of its own, and is no cell or table."""
    return use.tag in _BLOCKS


def is_wide_border(use: Use) -> bool:
    """True for a border over eight pixels."""
    return max(use.pixels, default=0) > 8  # noqa: PLR2004 - the tester's own figure


def is_bordered_block(use: Use) -> bool:
    """True for a border that can be seen, around a paragraph or a division."""
    return use.tag in {"p", "div"} and any(use.pixels) and "none" not in use.value


def has_ground(use: Use) -> bool:
    """True when a plain colour is there where a picture or a gradient is not."""
    return "bgcolor" in use.element.attributes or "background-color" in use.declared


def has_several_pictures(use: Use) -> bool:
    """True for a list of pictures."""
    return "," in re.sub(r"\([^()]*\)", "", use.value)


def is_moved(use: Use) -> bool:
    """True for an element that is put somewhere else."""
    return use.value != "relative" or bool(use.declared.keys() & _SIDES)


def is_cropped(use: Use) -> bool:
    """True for an element that hides what is higher than it may be."""
    return use.value != "visible" and bool(use.declared.keys() & {"height", "max-height"})


def is_unbounded(use: Use) -> bool:
    """True when nothing but CSS keeps an element from all the width of the window."""
    return not _is_sized(use) and not _widths(use)


def is_wider(use: Use) -> bool:
    """True when an element gets all of what is around it, and that is wider than it should be.

    Cells beside each other hold what is in them, as the tables in a conditional comment do for
    what other programs size by CSS.
    """
    if _is_sized(use):
        return False
    is_beside = any(len(_cells(one)) > 1 for one in use.element.ancestors if one.tag == "tr")
    return not is_beside and min(_widths(use), default=0) > max(use.pixels, default=float("inf"))


def has_no_height(use: Use) -> bool:
    """True for a height that only CSS gives; a spacer gets it from its line as well."""
    is_spacer = "line-height" in use.declared
    return use.tag in {"body", "span", "div", "p"} and not is_spacer and any(use.pixels)


def is_off_centre(use: Use) -> bool:
    """True for an automatic margin without an align attribute that does the same."""
    if "auto" not in use.value:
        return False
    around = (use.element, *use.element.ancestors)
    return all("center" not in {one.tag, one.attributes.get("align", "")} for one in around)


def shows_its_tables(use: Use) -> bool:
    """True when a table within what is hidden would be seen."""
    return use.declared.get("mso-hide") != "all" and any(use.element.all("table"))


def has_words(use: Use) -> bool:
    """True when there is something to read in the element."""
    return bool(use.element.text)


def has_picture(use: Use) -> bool:
    """True when there is a picture in the element."""
    return any(use.element.all("img"))


def leads_to_a_name(use: Use) -> bool:
    """True when a link within the mail finds an anchor of that name."""
    *_, root = (use.element, *use.element.ancestors)
    return any(one.attributes.get("name") == use.value[1:] for one in root.all("a"))


def is_in_the_body(use: Use) -> bool:
    """True for what stands among the words."""
    return any(one.tag == "body" for one in use.element.ancestors)


def _is_sized(use: Use) -> bool:
    """True when its width does not depend on CSS."""
    if use.tag == "img":
        return "width" in use.element.attributes
    return use.value in {"100%", "auto", "none"} or use.tag in {"table", *_CELLS}


def _widths(use: Use) -> tuple[int, ...]:
    """The widths in pixels that attributes around it give."""
    widths = (one.attributes.get("width", "") for one in use.element.ancestors)
    return tuple(int(width) for width in widths if width.isdecimal())


def _cells(row: Element) -> tuple[Element, ...]:
    cells = (child for child in row.children if isinstance(child, Element))
    return tuple(cell for cell in cells if cell.tag in _CELLS)
