"""The languages readers are written to in, and text a person wrote in one or more of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema


class Language(StrEnum):
    """A language with a catalogue of phrases (BCP 47 primary subtag)."""

    NL = "nl"
    FR = "fr"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Written:
    """A text together with the language it is in."""

    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class Localised:
    """A text as a person wrote it: once for every language, or once per language."""

    texts: tuple[tuple[Language | None, str], ...]

    def written(self, language: Language, default: Language) -> Written:
        """The text in `language`, else in the `default` language, else in the first one given."""
        for wanted in (language, default):
            for known, text in self.texts:
                if (known or default) is wanted:
                    return Written(text, wanted)
        known, text = self.texts[0]
        return Written(text, known or default)

    def __str__(self) -> str:
        return self.texts[0][1]


def _localised(value: object) -> Localised:
    match value:
        case Localised():
            return value
        case str():
            return Localised(((None, _filled(value)),))
        case Mapping() if value:
            return Localised(tuple(_pair(key, text) for key, text in value.items()))
        case _:
            raise ValueError("expected text, or text per language: {nl: ..., fr: ..., en: ...}")


def _pair(key: object, text: object) -> tuple[Language, str]:
    if key not in set(Language):
        raise ValueError(f'unknown language "{key}"; known: {", ".join(Language)}')
    if not isinstance(text, str):
        raise ValueError(f"expected text for {key}")
    return Language(str(key)), _filled(text)


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError("there is no text; write it, or leave the key out")
    return text.strip()


def _plain(value: Localised) -> str | dict[str, str]:
    if value.texts[0][0] is None:
        return value.texts[0][1]
    return {str(language): text for language, text in value.texts}


Text = Annotated[
    Localised,
    BeforeValidator(_localised),
    PlainSerializer(_plain),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "minLength": 1},
                {
                    "type": "object",
                    "properties": {
                        language.value: {
                            "type": "string",
                            "minLength": 1,
                            "description": f"The text for readers in {language.value}.",
                        }
                        for language in Language
                    },
                    "additionalProperties": False,
                    "minProperties": 1,
                },
            ]
        }
    ),
]
