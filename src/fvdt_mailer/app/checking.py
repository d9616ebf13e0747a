"""Check campaigns, and gather what is wrong with all of them."""

from __future__ import annotations

from fvdt_mailer.app.mailer import Mailer
from fvdt_mailer.errors import FilesError, Problem


def problems_of(mailer: Mailer, campaign_id: str | None = None) -> tuple[Problem, ...]:
    """Every problem of one campaign, or of all of them, each once, by file and line."""
    found: dict[Problem, None] = dict.fromkeys(() if campaign_id else mailer.warnings)
    for one in [campaign_id] if campaign_id else mailer.folder.campaigns:
        try:
            found.update(dict.fromkeys(mailer.plan(one).problems))
        except FilesError as error:
            found.update(dict.fromkeys(error.problems))
    return tuple(sorted(found, key=lambda problem: (problem.file, problem.line or 0)))
