"""Campaigns whose window and activities do not meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.edition import Edition, Entry, Phase
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.facts import last_day

_NOTICE = timedelta(hours=24)


def untimely(case: Case) -> Iterator[Problem]:
    """A window that is over, an edition that tells nothing, an announcement of what is past."""
    edition, window = case.edition, case.edition.campaign.window
    if window.to is not None and window.to.ends(edition.project.timezone) <= edition.as_of:
        text = f"the window ends on {window.to.day}, before the campaign speaks"
        hint = "move the window, or set as_of to a moment before its end"
        yield _problem(case, "window-over", ("window", "to"), text, hint)
    if not edition.entries:
        text = "no activity falls in the window, so nobody would be mailed"
        problem = _problem(
            case, "nothing-to-tell", ("window",), text, "widen the window, or add activities"
        )
        yield replace(problem, severity=Severity.WARNING)
    for entry in edition.entries:
        if entry.activity.id == edition.campaign.activity and entry.phase is Phase.PAST:
            text = f'"{entry.activity.id}" is over at the moment the campaign speaks from'
            yield _problem(
                case, "announced-past", ("activity",), text, "announce it before it ends"
            )


def short_notice(case: Case) -> Iterator[Problem]:
    """A note for an activity that readers hear of when they can hardly come any more."""
    for entry in case.edition.entries:
        if not _is_too_soon(entry, case.edition):
            continue
        origin = case.folder.activity_origins[entry.activity.id]
        yield Problem(
            rule="short-notice",
            file=origin.file,
            line=origin.line("start"),
            key="start",
            text=f"{entry.activity.start} is within a day of the moment the campaign speaks from",
            hint="mail it earlier, or leave it out with pick.exclude",
            severity=Severity.NOTE,
        )


def _is_too_soon(entry: Entry, edition: Edition) -> bool:
    start = entry.activity.start
    if entry.phase is Phase.UNDER_WAY:
        return last_day(entry.activity) == start.day
    starts_in = start.begins(edition.project.timezone) - edition.as_of
    return entry.phase is Phase.UPCOMING and starts_in <= _NOTICE


def _problem(case: Case, rule: str, path: tuple[str, ...], text: str, hint: str) -> Problem:
    origin = case.origin
    line = origin.line(*path)
    return Problem(rule=rule, file=origin.file, line=line, key=path[0], text=text, hint=hint)
