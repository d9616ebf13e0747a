"""Notations in another form than the rest of the mail has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from fvdt_mailer.errors import Problem
from fvdt_mailer.model.language import Language
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.words import dutch, english, french
from fvdt_mailer.pipeline.check.words.notation import Notation, otherwise
from fvdt_mailer.pipeline.check.words.written import names_of

_NOTATIONS: Mapping[Language, tuple[Notation, ...]] = {
    Language.NL: dutch.NOTATIONS,
    Language.FR: french.NOTATIONS,
    Language.EN: english.NOTATIONS,
}


def house_style(case: Case) -> Iterator[Problem]:
    """Every notation that the language of a text has in another form."""
    for text in chain(case.texts, names_of(case.folder, case.edition)):
        yield from otherwise(text, _NOTATIONS[text.language])
