"""The catalogue of each language."""

from __future__ import annotations

from typing import assert_never

from fvdt_mailer.model.language import Language
from fvdt_mailer.pipeline.phrases.catalogue import Catalogue
from fvdt_mailer.pipeline.phrases.dutch import Dutch
from fvdt_mailer.pipeline.phrases.english import English
from fvdt_mailer.pipeline.phrases.french import French


def catalogue(language: Language) -> Catalogue:
    """What speaks this language."""
    match language:
        case Language.NL:
            return Dutch()
        case Language.FR:
            return French()
        case Language.EN:
            return English()
        case _:
            assert_never(language)
