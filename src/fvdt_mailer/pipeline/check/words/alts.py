"""Descriptions of pictures that tell a listener nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.activity import Image
from fvdt_mailer.model.language import Language
from fvdt_mailer.model.letter import Paragraph
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.words.written import WrittenText, names_of

_FILE_NAME = re.compile(
    r".*\.(?:png|jpe?g|gif|webp|svg|bmp)|(?:img|dscn?|image|foto|photo|scan)[ _-]?\d+",
    re.IGNORECASE,
)
_IMAGE_OF = re.compile(
    r"(?:een )?(?:afbeelding|plaatje) van\b|(?:une )?image d(?:e|u|es)\b"
    r"|(?:an? )?(?:image|picture) of\b",
    re.IGNORECASE,
)


def weak_alts(case: Case) -> Iterator[Problem]:
    """A finding for each description that is a file name, or begins with what goes unsaid."""
    for text in names_of(case.folder, case.edition):
        image = text.activity.image if text.activity else None
        if image is None or text.path[:2] != ("image", "alt"):
            continue
        if _is_file_name(text, image):
            yield text.problem(
                "alt-file-name",
                f'"{text.text}" is the name of a file, and is read aloud',
                "say what the picture shows",
                severity=Severity.WARNING,
            )
        if found := _IMAGE_OF.match(text.text):
            yield text.problem(
                "alt-image-of",
                f'screen readers say "{found[0]}" by themselves',
                "begin with what it shows",
                severity=Severity.NOTE,
            )


def foreign_alts(case: Case) -> Iterator[Problem]:
    """A note for each description in another language than the words around the picture."""
    foreign = {
        (paragraph.activity, language): readers
        for letter in case.letters
        for readers in [letter.key.language]
        for section in letter.sections
        for paragraph in section.paragraphs
        for language in _foreign(paragraph, case.folder.project.language)
    }
    for (activity, language), readers in foreign.items():
        origin = case.folder.activity_origins[activity]
        yield Problem(
            rule="alt-language",
            file=origin.file,
            line=origin.line("image", "alt"),
            key="image",
            text=f"readers in {readers} hear the picture described in {language}",
            hint=f"add the description in {readers}",
            severity=Severity.NOTE,
        )


def _is_file_name(text: WrittenText, image: Image) -> bool:
    words = text.text.strip().casefold()
    return words == PurePosixPath(image.file).stem.casefold() or bool(_FILE_NAME.fullmatch(words))


def _foreign(paragraph: Paragraph, default: Language) -> Iterator[Language]:
    if paragraph.image is not None:
        spoken = paragraph.prose.language
        alt = paragraph.image.alt.written(spoken, default).language
        if alt is not spoken:
            yield alt
