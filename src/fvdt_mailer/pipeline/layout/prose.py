"""A person's prose: plain text in which emphasis, strong emphasis and links are marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_SCHEMES = re.compile(r"(?:https?://|mailto:)[^\s]", re.IGNORECASE)
_SPACES = re.compile(r"\s{2,}|[\t\n\r\f\v]")


def to_html(text: str) -> Markup:
    """The prose as inline HTML, every other character escaped."""
    return Markup(_Reader().renderInline(_even(text)))  # noqa: S704 - the renderer escapes text


def to_text(text: str) -> str:
    """The words alone on one line; a link stands behind its words in parentheses."""
    (line,) = _Reader().parseInline(_even(text))
    return " ".join("".join(_words(line.children or ())).split())


class _Reader(MarkdownIt):
    """Knows three marks; no quotes are turned, no HTML passes, no URL becomes a link by itself."""

    def __init__(self) -> None:
        super().__init__("zero")
        self.enable(["emphasis", "link", "escape"])

    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it asks this name
        return _SCHEMES.match(url) is not None


def _even(text: str) -> str:
    """Runs of white space, as a web editor leaves them, become one space."""
    return _SPACES.sub(" ", text.strip())


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    said: list[str] = []
    url = ""
    for token in tokens:
        match token.type:
            case "link_open":
                url, said = str(token.attrs["href"]), []
            case "link_close" if "".join(said) not in {url, url.removeprefix("mailto:")}:
                yield f" ({url.removeprefix('mailto:')})"
            case _:
                said.append(token.content)
                yield token.content
