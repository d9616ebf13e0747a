"""Words in braces that nothing fills."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta

from fvdt_mailer.errors import Problem, Severity, did_you_mean
from fvdt_mailer.model.edition import Edition
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.words.written import WrittenText
from fvdt_mailer.pipeline.facts import last_day
from fvdt_mailer.pipeline.fill import Token, unfilled
from fvdt_mailer.pipeline.phrases.catalogues import catalogue
from fvdt_mailer.pipeline.tell import values_of

_RANGE = timedelta(days=2)
_BEFORE_DATE = re.compile(r"\b(op|le|on)\s+\{date(?:_long)?\}", re.IGNORECASE)


def unfilled_words(case: Case) -> Iterator[Problem]:
    """An error for each word in braces that the activity, or the campaign, cannot fill."""
    for text in case.texts:
        values = _values(text, case.edition)
        for word in unfilled(text.text, values):
            yield text.problem("unfilled-word", *_words(word, values), severity=Severity.ERROR)


def doubled_prepositions(case: Case) -> Iterator[Problem]:
    """A warning where a range of days brings its own preposition: `op van 17 tot en met 19`."""
    for text in case.texts:
        if text.activity is None or last_day(text.activity) - text.activity.start.day < _RANGE:
            continue
        found = _BEFORE_DATE.search(text.text)
        if found is not None:
            yield text.problem(
                "doubled-preposition",
                f'"{found[0]}" reads badly: an activity of several days brings its own preposition',
                f'leave "{found[1]}" out',
                severity=Severity.WARNING,
            )


def _values(text: WrittenText, edition: Edition) -> Mapping[str, str]:
    if text.activity is not None:
        return values_of(text.activity, edition, catalogue(text.language))
    return {Token.CLUSTER: "cluster"} if text.path[0] == "fallback" else {}


def _words(word: str, values: Mapping[str, str]) -> tuple[str, str]:
    if not values:
        return f"{{{word}}} cannot be filled in here", "write the words out, or {{ for a brace"
    if word in values:
        return f"{{{word}}} has nothing to print", f'give the activity its "{word}", or rephrase'
    return f"{{{word}}} is not a word that can be filled in", did_you_mean(word, values)
