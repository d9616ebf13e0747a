"""A document as a tree of elements that know which line of a template wrote them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import tinycss2

# White space, and the characters that pad a preheader or a cell without words.
INVISIBLE = " \t\r\n\f\u00a0\u00ad\u034f\u200b\u200c\u200d\u2007\ufeff"

# What stands in `data-at` while a document is checked: `templates/newsletter.html.j2:17`.
PLACE = "data-at"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a template."""

    file: str
    line: int


@dataclass(slots=True, eq=False, kw_only=True)
class Element:
    """An element, or the document itself (its tag is empty).

    Tags and attribute names are in lower case; an attribute without a value has the value "".
    """

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    place: Place | None = None
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)

    @property
    def elements(self) -> Iterator[Element]:
        """Every element below this one, in the order of the document."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.elements

    @property
    def ancestors(self) -> Iterator[Element]:
        """The elements around this one, the nearest first; the document is not among them."""
        around = self.parent
        while around is not None and around.tag:
            yield around
            around = around.parent

    @property
    def classes(self) -> tuple[str, ...]:
        """The names in its class attribute."""
        return tuple(self.attributes.get("class", "").split())

    @property
    def is_from_prose(self) -> bool:
        """True when no line of a template wrote it: it stands in what a person wrote."""
        return self.parent is not None and self.place is self.parent.place is not None

    @property
    def style(self) -> Mapping[str, str]:
        """The declarations of its style attribute, the last of each property."""
        return declarations(self.attributes.get("style", ""))

    @property
    def text(self) -> str:
        """The words in it, with white space collapsed; those of style and script left out."""
        return " ".join("".join(_texts(self)).split())

    @property
    def own_text(self) -> str:
        """The words directly in it, without those of the elements in it and without padding."""
        own = " ".join(child for child in self.children if isinstance(child, str))
        return " ".join(own.strip(INVISIBLE).split()) if own.strip(INVISIBLE) else ""

    @property
    def is_hidden(self) -> bool:
        """True when it, or something around it, is not displayed."""
        return any(
            element.style.get("display") == "none" or "hidden" in element.attributes
            for element in (self, *self.ancestors)
        )

    def all(self, *tags: str) -> Iterator[Element]:
        """The elements below this one with one of these tags."""
        return (element for element in self.elements if element.tag in tags)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the HTML that a client has to guess at; `hint` says how to mend it.

    `is_grave` says that some guess wrong: a part of the mail is lost, or moves elsewhere.
    """

    text: str
    hint: str
    place: Place | None
    is_grave: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Document:
    """The tree of one document as one kind of client reads it, and what was wrong with it."""

    root: Element
    faults: tuple[Fault, ...]

    def all(self, *tags: str) -> Iterator[Element]:
        """The elements with one of these tags."""
        return self.root.all(*tags)


@lru_cache(maxsize=4096)
def declarations(style: str) -> Mapping[str, str]:
    """The declarations of a style attribute by property, in lower case; broken ones left out."""
    parsed = tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
    return {
        one.lower_name: tinycss2.serialize(one.value).strip()
        for one in parsed
        if one.type == "declaration"
    }


def _texts(element: Element) -> Iterator[str]:
    if element.tag in {"style", "script"}:
        return
    for child in element.children:
        if isinstance(child, str):
            yield child
        else:
            yield from _texts(child)
