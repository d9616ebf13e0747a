"""Activities that readers of a language read in another one."""

from __future__ import annotations

from collections.abc import Iterator

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.language import Language
from fvdt_mailer.pipeline.check.case import Case


def untranslated(case: Case) -> Iterator[Problem]:
    """A note for each activity that a campaign in several languages tells in one of them only."""
    spoken = _spoken(case)
    told: dict[tuple[str, Language], Language] = {}
    for letter in case.letters:
        for section in letter.sections:
            for paragraph in section.paragraphs:
                told[paragraph.activity, letter.key.language] = paragraph.prose.language
    for (activity, readers), language in told.items():
        if readers not in spoken or language is readers:
            continue
        origin = case.folder.activity_origins[activity]
        yield Problem(
            rule="untranslated",
            file=origin.file,
            line=origin.line("text"),
            text=f"readers in {readers} read this in {language}",
            hint=f"add its words in {readers}: text, kind and topic or title",
            severity=Severity.NOTE,
        )


def _spoken(case: Case) -> frozenset[Language]:
    """The languages the campaign itself is written in; others are not meant to be translated."""
    return frozenset(language for language, _ in case.edition.campaign.headline.texts if language)
