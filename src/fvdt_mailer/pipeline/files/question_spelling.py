"""Names of organisers in prose, spelled in a way that the organiser does not want."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.activity import Activity
from fvdt_mailer.model.campaign import Campaign
from fvdt_mailer.model.folder import KeyPath, Origin
from fvdt_mailer.model.language import Localised
from fvdt_mailer.model.project import Organiser
from fvdt_mailer.pipeline.files.build_tree import dotted


def right_spelling(organisers: Mapping[str, Organiser], written: str) -> str | None:
    """How the organiser of this forbidden spelling is spelled; None when it is not forbidden."""
    return next((key for key, o in organisers.items() if written in o.forbidden), None)


def question_spelling(
    organisers: Mapping[str, Organiser], noun: Activity | Campaign, origin: Origin
) -> Iterator[Problem]:
    """A warning for each text that holds a forbidden spelling: prose is never corrected."""
    forbidden = [word for organiser in organisers.values() for word in organiser.forbidden if word]
    if not forbidden:
        return
    words = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forbidden))})(?!\w)")
    for path, prose in _prose(noun):
        for written in dict.fromkeys(m[0] for _, text in prose.texts for m in words.finditer(text)):
            yield Problem(
                rule="forbidden-spelling",
                file=origin.file,
                line=origin.line(*path),
                key=dotted(path),
                text=f'"{written}" in this text is a spelling to avoid',
                hint=f'write "{right_spelling(organisers, written)}"',
                severity=Severity.WARNING,
            )


def _prose(noun: Activity | Campaign) -> Iterator[tuple[KeyPath, Localised]]:
    for name in type(noun).model_fields:
        match getattr(noun, name):
            case Localised() as text:
                yield (name,), text
            case tuple() as paragraphs:
                for index, text in enumerate(paragraphs):
                    if isinstance(text, Localised):
                        yield (name, index), text
