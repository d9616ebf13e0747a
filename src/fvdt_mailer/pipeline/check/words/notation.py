"""A notation that readers of a language know in another form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.pipeline.check.words.bare import bare
from fvdt_mailer.pipeline.check.words.written import WrittenText


@dataclass(frozen=True, slots=True, kw_only=True)
class Notation:
    """What is looked for, and how it is written instead: empty when it is right as it is."""

    rule: str
    pattern: re.Pattern[str]
    better: Callable[[re.Match[str]], str]
    hint: str = "write {better}"
    severity: Severity = Severity.NOTE


def otherwise(text: WrittenText, notations: Iterable[Notation]) -> Iterator[Problem]:
    """A finding for each notation that the text has in another form."""
    words = bare(text.text)
    for notation in notations:
        better = {m[0].strip(): notation.better(m) for m in notation.pattern.finditer(words)}
        better = {word: right for word, right in better.items() if right}
        if better:
            yield text.problem(
                notation.rule,
                f"{_listed(better)} in this text",
                notation.hint.format(better=_listed(better.values())),
                severity=notation.severity,
            )


def click_here(pattern: str, better: str) -> Notation:
    """Words that ask to click without saying what for."""
    return Notation(
        rule="click-here",
        pattern=re.compile(pattern, re.IGNORECASE),
        better=lambda _: better,
        hint="say what the link leads to, such as {better}",
        severity=Severity.WARNING,
    )


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f'"{word}"' for word in dict.fromkeys(words))
