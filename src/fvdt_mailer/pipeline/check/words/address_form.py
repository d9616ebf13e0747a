"""Readers addressed as `u` in one text and as `je` in another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.language import Language
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.words.bare import unquoted
from fvdt_mailer.pipeline.check.words.written import WrittenText, names_of

# "14 u" and "14u" are hours, "U.S." and "U-vorm" are not readers.
_FORMAL = re.compile(r"(?<![\d\w-])(?<!\d[ \u00a0])(?:u|uw|uzelf)(?![\w-]|\.\w)", re.IGNORECASE)
_FAMILIAR = re.compile(r"(?<![\w-])(?:je|jij|jou|jouw|jezelf|jullie)(?![\w-]|\.\w)", re.IGNORECASE)


def mixed_address(case: Case) -> Iterator[Problem]:
    """A warning for each Dutch text that addresses readers as most of the others do not."""
    texts = [
        text
        for text in chain(case.texts, names_of(case.folder, case.edition))
        if text.language is Language.NL
    ]
    formal = _those_with(_FORMAL, texts)
    familiar = _those_with(_FAMILIAR, texts)
    if familiar and not formal:
        yield _at_odds_with_ours(*familiar[0])
        return
    # The fixed sentences say "u", so that a tie is settled for them.
    other, minority = ("u", familiar) if len(formal) >= len(familiar) else ("je", formal)
    for text, word in minority if formal and familiar else ():
        yield text.problem(
            "mixed-address",
            f'this text says "{word}", where the rest of the mail says "{other}"',
            "address readers in one way",
            severity=Severity.WARNING,
        )


def _those_with(form: re.Pattern[str], texts: list[WrittenText]) -> list[tuple[WrittenText, str]]:
    found = ((text, form.search(unquoted(text.text))) for text in texts)
    return [(text, match[0]) for text, match in found if match]


def _at_odds_with_ours(text: WrittenText, word: str) -> Problem:
    return text.problem(
        "mixed-address",
        f'the texts say "{word}", where the fixed sentences of the mail say "u"',
        'write "u", or silence this with your reason',
        severity=Severity.NOTE,
    )
