"""Lines of plain text that a mail reader of 80 columns shows unbroken."""

from __future__ import annotations

import textwrap

COLUMNS = 72


def wrap(text: str) -> str:
    """The text in lines of at most 72 columns; a longer word, such as a URL, stays whole."""
    return textwrap.fill(text, COLUMNS, break_long_words=False, break_on_hyphens=False)
