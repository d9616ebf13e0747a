"""Find everything that is wrong with an edition before anyone is mailed."""

from __future__ import annotations

from collections.abc import Iterable

from fvdt_mailer.errors import Problem
from fvdt_mailer.model.edition import Edition
from fvdt_mailer.model.folder import Folder
from fvdt_mailer.model.letter import Letter
from fvdt_mailer.pipeline.check.connectives import dangling
from fvdt_mailer.pipeline.check.counts import stale_counts
from fvdt_mailer.pipeline.check.dates import wrong_dates
from fvdt_mailer.pipeline.check.envelope import unsigned, weak_envelope
from fvdt_mailer.pipeline.check.fillings import doubled_prepositions, unfilled_words
from fvdt_mailer.pipeline.check.timing import untimely
from fvdt_mailer.pipeline.check.written import texts_of


def check(folder: Folder, edition: Edition, letters: Iterable[Letter]) -> tuple[Problem, ...]:
    """Every problem of the edition as these letters tell it, by file and line."""
    texts = tuple(texts_of(folder, edition))
    found = (
        *unfilled_words(texts, edition),
        *doubled_prepositions(texts),
        *wrong_dates(texts, edition),
        *stale_counts(texts, edition),
        *dangling(folder, letters),
        *untimely(folder, edition),
        *weak_envelope(folder, edition),
        *unsigned(folder),
    )
    return tuple(sorted(found, key=lambda problem: (problem.file, problem.line or 0, problem.key)))
