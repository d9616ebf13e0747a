"""Lines of plain text that a mail reader of 80 columns shows unbroken."""

from __future__ import annotations

import textwrap

COLUMNS = 72
_DASH = "- "


def wrap(text: str) -> str:
    """The text in lines of at most 72 columns; a longer word, such as a URL, stays whole."""
    return textwrap.fill(text, COLUMNS, break_long_words=False, break_on_hyphens=False)


def item(text: str) -> str:
    """The same as an item of a list: a dash, and further lines below its first word."""
    first, *others = textwrap.wrap(
        text, COLUMNS - len(_DASH), break_long_words=False, break_on_hyphens=False
    ) or [""]
    return "\n".join([_DASH + first, *(" " * len(_DASH) + line for line in others)])


def underlined(lines: str, mark: str) -> str:
    """A heading, with a line of `mark` as long as its longest line below it."""
    return f"{lines}\n{mark * max(map(len, lines.splitlines()), default=0)}"
