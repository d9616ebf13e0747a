"""Choose the words a language greets and surrounds its mails with."""

from __future__ import annotations

from fvdt_mailer.model.language import Language
from fvdt_mailer.pipeline.message.compose import Greeting
from fvdt_mailer.pipeline.phrases.catalogue import Words
from fvdt_mailer.pipeline.phrases.catalogues import catalogue


def words(language: Language) -> Words:
    """The fixed words of a mail in this language."""
    return catalogue(language).words


def greeting(language: Language) -> Greeting:
    """How a mail in this language opens."""
    own = words(language)
    return Greeting(anonymous=own.greeting, by_name=own.greeting_by_name)
