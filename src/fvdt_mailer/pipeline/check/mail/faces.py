"""The two faces of a mail: what readers of the HTML meet, and readers of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fvdt_mailer.pipeline.markup.element import Element

_SILENT = frozenset({"style", "script", "title", "head"})
_URL = re.compile(r"https?://[^\s<>]+|BLANK--\w+_url--")
_ODD = re.compile(r"[\[\](){}<>*_\\]|https?:\S*|www\.\S*|\S+@\S+")
_TELLING = 8
_AFTER = ").,;:!?"  # what a sentence may put behind an address
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What can be read: words without the marks between them, and where links lead.

    `mentions` are addresses that stand among the words, as they do in all of a text.
    """

    words: str
    links: frozenset[str]
    mentions: frozenset[str]

    def says(self, text: str) -> bool:
        """True when these words stand there in a row, whatever stands between them."""
        words = words_of(text)
        return not words or f" {words} " in self.words


def html_face(root: Element) -> Face:
    """What a reader of the HTML meets; what is not displayed is left out."""
    shown = " ".join(_shown(root))
    return Face(
        words=_padded(shown), links=frozenset(_hrefs(root)), mentions=frozenset(addresses(shown))
    )


def text_face(text: str) -> Face:
    """What a reader of the text part meets."""
    found = frozenset(addresses(text))
    return Face(words=_padded(text), links=found, mentions=found)


def words_of(text: str) -> str:
    """The words alone, in small letters, with one space between."""
    return " ".join(_WORD.findall(text.replace("\u00ad", "").casefold()))


def telling(prose: str) -> str:
    """Some words in a row that are printed as they stand: no mark or address is among them."""
    pieces = _ODD.split(prose)
    words = words_of(max(pieces, key=len)).split()
    # A mark may stand in the middle of a word.
    whole = words if len(pieces) == 1 else words[1:-1]
    return " ".join(whole[:_TELLING])


def addresses(text: str) -> Iterator[str]:
    """The addresses that stand in a text."""
    return (address(found[0]) for found in _URL.finditer(text))


def without_addresses(text: str) -> str:
    """The text without the addresses that stand in it."""
    return _URL.sub("", text)


def address(url: str) -> str:
    """The address without what a sentence put behind it."""
    return url.rstrip(_AFTER)


def _padded(text: str) -> str:
    return f" {words_of(text)} "


def _shown(root: Element) -> list[str]:
    """The texts that are displayed, in order: a walk without recursion, for a mail nests deep."""
    shown: list[str] = []
    left: list[Element | str] = [root]
    while left:
        node = left.pop()
        if isinstance(node, str):
            shown.append(node)
        elif not _is_silent(node):
            left.extend(reversed(node.children))
    return shown


def _is_silent(element: Element) -> bool:
    style = element.attributes.get("style", "")
    return element.tag in _SILENT or ("none" in style and element.style.get("display") == "none")


def _hrefs(root: Element) -> Iterator[str]:
    for anchor in root.all("a", "area"):
        href = anchor.attributes.get("href", "").strip()
        if _URL.match(href) and not anchor.is_hidden:
            yield address(href)
