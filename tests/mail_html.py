"""A rendered mail read back, as tests look at it."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

VOID = {"meta", "img", "br"}


class Elements(HTMLParser):
    """Every element with its attributes, and whether they close in the order they opened."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.unbalanced: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.unbalanced += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.unbalanced.append(tag)

    def named(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element with this tag."""
        return [attributes for name, attributes in self.found if name == tag]

    def headings(self) -> list[str]:
        """The tags of the headings, in order."""
        return [tag for tag, _ in self.found if re.fullmatch(r"h\d", tag)]

    def link(self, url: str) -> dict[str, str]:
        """The attributes of the one link to this address."""
        (found,) = [link for link in self.named("a") if link["href"] == url]
        return found


def for_outlook(html: str) -> str:
    """The HTML with what only classic Outlook reads."""
    return re.sub(r"<!--\[if mso\]>(.*?)<!\[endif\]-->", r"\1", html, flags=re.DOTALL)


def seen(html: str) -> str:
    """The words a reader sees: no style sheets, comments or hidden preheader."""
    bare = re.sub(r"<style.*?</style>|<!--.*?-->|<head>.*?</head>", "", html, flags=re.DOTALL)
    bare = re.sub(r'<div style="display:none.*?</div>', "", bare, flags=re.DOTALL)
    spaced = re.sub(r"</?(p|td|th|h[1-6]|tr|table|div|br|li)\b[^>]*>", " ", bare)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", spaced)).split())


def told(text: str) -> str:
    """The words of a text without white space and the lines that hold only an address."""
    lines = (line for line in text.splitlines() if not re.fullmatch(r"\s*https?://\S+\s*", line))
    return " ".join(" ".join(lines).split())


def declarations(style: str) -> dict[str, str]:
    """The declarations of a style attribute."""
    pairs = (one.partition(":") for one in style.split(";") if one)
    return {name: value for name, _, value in pairs}
