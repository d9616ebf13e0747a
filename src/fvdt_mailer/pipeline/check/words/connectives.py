"""Prose that leans on a neighbour which some readers do not get."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.language import Language
from fvdt_mailer.pipeline.check.case import Case

_LEANING = {
    Language.NL: re.compile(
        r"(?:Ook|Daarnaast|Vervolgens|Bovendien|Daarna|Nadien|Verder|Tot slot)\b"
        r"|[^.!?]*\bis het de beurt aan\b"
    ),
    Language.FR: re.compile(r"(?:Ensuite|De plus|Par ailleurs|Enfin|Également|Puis)\b"),
    Language.EN: re.compile(r"(?:Also|Then|Next|Moreover|Furthermore|Finally|In addition)\b"),
}


def dangling(case: Case) -> Iterator[Problem]:
    """A warning for each activity that opens a section with a word that looks back."""
    seen: set[str] = set()
    for letter in case.letters:
        for section in letter.sections:
            first = section.paragraphs[0] if section.paragraphs else None
            if first is None or first.activity in seen:
                continue
            leaning = _LEANING[first.prose.language].match(first.prose.text)
            if leaning is None:
                continue
            seen.add(first.activity)
            origin = case.folder.activity_origins[first.activity]
            yield Problem(
                rule="dangling-connective",
                file=origin.file,
                line=origin.line("text"),
                key="text",
                text=f'"{leaning[0]}" opens the section for readers of {letter.key}',
                hint='give the activity a "text_standalone" that leans on nothing',
                severity=Severity.WARNING,
            )
