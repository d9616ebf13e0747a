"""Check campaigns, and gather what is wrong with all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain

from fvdt_mailer.app.mailer import Mailer
from fvdt_mailer.errors import FilesError, Problem
from fvdt_mailer.pipeline.check.check import check
from fvdt_mailer.pipeline.check.page.reproducible import differing
from fvdt_mailer.pipeline.check.silence import by_place
from fvdt_mailer.ports import Inspector


def problems_of(
    mailer: Mailer,
    campaign_id: str | None = None,
    *,
    inspectors: Sequence[Inspector] = (),
    on_step: Callable[[str], None] = lambda _step: None,
) -> tuple[Problem, ...]:
    """Every problem of one campaign, or of all of them, each once, by file and line.

    `on_step` is told what is being looked at. Warnings about files that no campaign tells of
    belong to no campaign, and are there when all are checked.
    """
    found: dict[Problem, Problem] = {}
    for one in [campaign_id] if campaign_id else mailer.folder.campaigns:
        _add(_found(mailer, one, inspectors, on_step), found)
    if campaign_id is None:
        for warning in mailer.warnings:
            found.setdefault(warning, warning)
    return by_place(found.values())


def _found(
    mailer: Mailer,
    campaign_id: str,
    inspectors: Sequence[Inspector],
    on_step: Callable[[str], None],
) -> tuple[Problem, ...]:
    on_step(campaign_id)
    try:
        edition = mailer.edition(campaign_id)
        segments = mailer.segments(edition)
        case, again = (mailer.case(edition, segments) for _ in range(2))
    except FilesError as error:
        return error.problems
    inspected = [*differing(case, again)]
    for inspector in inspectors:
        on_step(f"{campaign_id} in {inspector.name}")
        inspected += inspector.inspect(case)
    return check(case, known=chain(mailer.warnings_about(edition), inspected))


def _add(problems: Iterable[Problem], found: dict[Problem, Problem]) -> None:
    """Silenced in one campaign and not in another is not silenced."""
    for problem in problems:
        bare = replace(problem, silenced="")
        if not problem.silenced or bare not in found:
            found[bare] = problem
