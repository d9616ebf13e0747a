"""Make text inert in a spreadsheet, so that no cell of an export is run as a formula.

A spreadsheet takes a cell for a formula when it opens with = + - @ (also their full-width forms),
a tab or a line end. It may also cut a line at another delimiter than the one it was written with,
so what follows a delimiter inside a text counts too. An apostrophe before it makes it text; a
spreadsheet shows `'=1+1`, and reading the file here takes that apostrophe away again.
"""

from __future__ import annotations

import re

_FORMULA = r"(?=[\s']*[=+\-@＝＋－＠\t\r\n])"
_OPENING = re.compile(rf"(^|[;,\t\r\n]){_FORMULA}")
_DEFUSED = re.compile(rf"(^|[;,\t\r\n])'{_FORMULA}")


def defuse(text: str) -> str:
    """The text with an apostrophe wherever a spreadsheet could see a formula begin."""
    return _OPENING.sub(r"\1'", text)


def restore(text: str) -> str:
    """The text that was defused: `restore(defuse(text)) == text`."""
    return _DEFUSED.sub(r"\1", text)
