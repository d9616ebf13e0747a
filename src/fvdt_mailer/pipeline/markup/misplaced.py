"""Elements in places where HTML lets no client leave them (the HTML standard, section 13.2.6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from fvdt_mailer.pipeline.markup.element import Element

_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_BELONGS_IN: Mapping[str, frozenset[str]] = {
    "tr": _GROUPS | {"table"},
    "td": frozenset({"tr"}),
    "th": frozenset({"tr"}),
    "caption": frozenset({"table"}),
    "li": frozenset({"ul", "ol", "menu"}),
    "dt": frozenset({"dl", "div"}),
    "dd": frozenset({"dl", "div"}),
} | {group: frozenset({"table"}) for group in _GROUPS}
_HOLDS_ONLY: Mapping[str, frozenset[str]] = {
    "table": _GROUPS | {"tr", "caption", "colgroup", "col", "style", "script"},
    "tr": frozenset({"td", "th", "style", "script"}),
} | {group: frozenset({"tr", "style", "script"}) for group in _GROUPS}
_ENDS_PARAGRAPH = frozenset(
    {"address", "article", "aside", "blockquote", "center", "div", "dl", "fieldset", "figure"}
    | {"footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "menu"}
    | {"nav", "ol", "p", "pre", "section", "table", "ul"}
)
_ENDS_HEAD = _ENDS_PARAGRAPH | {"a", "b", "br", "em", "img", "span", "strong", "td", "tr"}
# What is around these does not close what is inside them.
_APART = frozenset({"td", "th", "caption", "button", "object"})


class Misplaced(NamedTuple):
    """What a client makes of an element, what to do, and the tag around it that it ends."""

    text: str
    hint: str
    ends: str = ""


def misplaced(tag: str, parent: Element) -> Misplaced | None:
    """What a client makes of `tag` inside `parent`, when it is not what was written."""
    if not parent.tag:
        return None
    return _between_cells(tag, parent.tag) or _in_other_company(tag, parent)


def is_misplaced_text(text: str, parent: Element) -> bool:
    """True for words between the cells of a table, which clients move above the table."""
    return parent.tag in _HOLDS_ONLY and not text.isspace()


def _between_cells(tag: str, around: str) -> Misplaced | None:
    if around in _HOLDS_ONLY and tag not in _HOLDS_ONLY[around] and ":" not in tag:
        text = f"<{tag}> in <{around}>, outside its cells: clients move it above the table"
        return Misplaced(text, "put it in a cell, or before the table")
    if tag in _BELONGS_IN and around not in _BELONGS_IN[tag]:
        homes = " or ".join(f"<{home}>" for home in sorted(_BELONGS_IN[tag]))
        return Misplaced(f"<{tag}> in <{around}>: it is dropped or moved", f"put it in {homes}")
    return None


def _in_other_company(tag: str, parent: Element) -> Misplaced | None:
    if tag == "a" and "a" in _around(parent):
        text = "<a> in <a>: the outer link ends where the inner one begins"
        return Misplaced(text, "close the one before the other begins", ends="a")
    if parent.tag == "head" and tag in _ENDS_HEAD:
        text = f"<{tag}> in <head>: the head ends there, and what follows is no head"
        return Misplaced(text, "put it in the body")
    if tag in _ENDS_PARAGRAPH and _is_in_paragraph(parent):
        text = f"<{tag}> in <p>: the paragraph ends where <{tag}> begins, with its style"
        return Misplaced(text, "close the paragraph first, or make it a <div>", ends="p")
    return None


def _is_in_paragraph(parent: Element) -> bool:
    for element in (parent, *parent.ancestors):
        if element.tag == "p":
            return True
        if element.tag in _APART:
            return False
    return False


def _around(parent: Element) -> set[str]:
    return {element.tag for element in (parent, *parent.ancestors)}
