"""Numbers in prose that the data have outgrown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.language import Language
from fvdt_mailer.pipeline.check.case import Case

_NUMBERS = {
    Language.NL: ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht"),
    Language.FR: ("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit"),
    Language.EN: ("one", "two", "three", "four", "five", "six", "seven", "eight"),
}
_COUNTED = re.compile(
    r"\b(?P<number>[0-9]+|\w+)\s+(?:gekozen\s+|chosen\s+)?(?:clusters|sectoren|secteurs|sectors)\b"
)


def stale_counts(case: Case) -> Iterator[Problem]:
    """A warning where a text counts other clusters than the campaign has."""
    clusters = len(case.edition.clusters)
    for text in case.texts:
        if text.activity is not None:
            continue
        for found in _COUNTED.finditer(text.text):
            number = _number(found["number"], text.language)
            if number in {None, clusters}:
                continue
            yield text.problem(
                "stale-count",
                f'"{found[0]}", but this campaign has {clusters} clusters',
                "mend the number or the clusters",
                severity=Severity.WARNING,
            )


def _number(word: str, language: Language) -> int | None:
    if word.isdecimal():
        return int(word)
    numbers = _NUMBERS[language]
    return numbers.index(word.casefold()) + 1 if word.casefold() in numbers else None
