"""YAML as a person writes it, read as a tree of plain texts."""

from __future__ import annotations

import re

from fvdt_mailer.errors import Problem
from fvdt_mailer.model.folder import Origin
from fvdt_mailer.pipeline.files.build_tree import HIDDEN, Tree, TreeBuilder, hidden_character

LONGEST = 1_000_000

_TAB = re.compile(r"^ *\t", re.MULTILINE)


def read(text: str, *, file: str) -> tuple[Tree | None, Origin, tuple[Problem, ...]]:
    """The tree, the line of every key in it, and all problems; None when nothing can be read.

    A scalar is the text that was written: `no`, `14:00` and `0476123456` mean nothing more here.
    What is refused is left out of the tree, so that the rest can be checked as well.
    """
    written = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    problem = _unreadable(written, file)
    if problem is not None:
        return None, Origin(file=file, lines={}), (problem,)
    builder = TreeBuilder(written, file=file)
    tree = builder.build()
    return tree, Origin(file=file, lines=builder.lines), tuple(builder.problems)


def _unreadable(text: str, file: str) -> Problem | None:
    if len(text) > LONGEST:
        return Problem(
            rule="file-too-large",
            file=file,
            text=f"the file has {len(text):,} characters, and {LONGEST:,} is the most",
            hint="divide it over several files",
        )
    if hidden := HIDDEN.search(text):
        return hidden_character(hidden[0], file=file, line=_line_of(text, hidden.start()))
    if tab := _TAB.search(text):
        others = len(_TAB.findall(text)) - 1
        return Problem(
            rule="yaml-tab",
            file=file,
            line=_line_of(text, tab.end() - 1),
            text="a tab stands at the start of this line"
            + (f" and of {others} more" if others else ""),
            hint="use spaces",
        )
    return None


def _line_of(text: str, index: int) -> int:
    return text.count("\n", 0, index) + 1
