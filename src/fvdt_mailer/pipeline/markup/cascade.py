"""Which declaration of an element wins: its own style, or that of a sheet in the head."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import count

from fvdt_mailer.pipeline.markup.element import Document, Element
from fvdt_mailer.pipeline.markup.read_css import Declaration, StyleRule, read_css, read_style
from fvdt_mailer.pipeline.markup.selector import Selector, read_selector


class Scheme(StrEnum):
    """What the reader's screen asks for; `dark` is what the mail itself makes of it."""

    LIGHT = "light"
    DARK = "dark"


class Cascade:
    """The sheets in the head of a document, for clients that read them, in one colour scheme."""

    def __init__(self, document: Document, scheme: Scheme) -> None:
        self._by_name: dict[str, list[tuple[Selector, int, StyleRule]]] = defaultdict(list)
        order = count()
        for rule in _rules(document, scheme):
            for written in rule.selectors:
                selector = read_selector(written)
                if selector is not None:
                    self._by_name[_name(selector)].append((selector, next(order), rule))

    def winning(self, element: Element) -> Mapping[str, str]:
        """The value of each property that is declared for the element."""
        own = _own(element)
        ranked = [(one.is_important, True, (0, 0, 0), place, one) for place, one in enumerate(own)]
        for selector, place, rule in self._pointing_at(element):
            weight = selector.specificity
            ranked += [(one.is_important, False, weight, place, one) for one in rule.declarations]
        ranked.sort(key=lambda rank: rank[:4])
        return {one.name: one.value for *_, one in ranked}

    def _pointing_at(self, element: Element) -> Iterator[tuple[Selector, int, StyleRule]]:
        for name in (*(f".{one}" for one in element.classes), element.tag, ""):
            for selector, place, rule in self._by_name.get(name, ()):
                if selector.points_at(element):
                    yield selector, place, rule


def _own(element: Element) -> tuple[Declaration, ...]:
    style = element.attributes.get("style", "")
    return read_style(style).rules[0].declarations if style else ()


def _rules(document: Document, scheme: Scheme) -> Iterator[StyleRule]:
    for style in document.all("style"):
        sheet = read_css("".join(child for child in style.children if isinstance(child, str)))
        media = style.attributes.get("media", "")
        around = (f"@media {media}",) if media else ()
        yield from (rule for rule in sheet.rules if _applies((*around, *rule.conditions), scheme))


def _applies(conditions: Iterable[str], scheme: Scheme) -> bool:
    """True for what holds on every screen, and for a dark one what is for dark ones alone."""
    return all(
        condition.removeprefix("@media ") in {"all", "screen"}
        or (scheme is Scheme.DARK and _is_dark(condition))
        for condition in conditions
    )


def _is_dark(condition: str) -> bool:
    bare = condition.removeprefix("@media").replace(" ", "").replace("screenand", "")
    return bare == "(prefers-color-scheme:dark)"


def _name(selector: Selector) -> str:
    """What an element that it points at must have: a class, else a tag, else nothing."""
    last = selector.compounds[-1]
    return next((f".{name}" for name in sorted(last.classes)), last.tag)
