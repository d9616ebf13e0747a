"""Findings that a campaign means to have, each with the reason it gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from fvdt_mailer.errors import Problem, Severity, did_you_mean
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.rulebook import RULEBOOK


def silenced(problems: Iterable[Problem], case: Case) -> tuple[Problem, ...]:
    """The problems, each once and by file and line, with the reasons of the campaign.

    An error cannot be silenced: it stops a send. A reason that silences nothing is told too.
    """
    found = tuple(dict.fromkeys(problems))
    reasons = case.edition.campaign.silence
    kept = (
        problem if problem.is_error else replace(problem, silenced=reasons.get(problem.rule, ""))
        for problem in found
    )
    return by_place((*kept, *_idle(found, case)))


def by_place(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems by file, line and rule."""
    return tuple(sorted(problems, key=lambda one: (one.file, one.line or 0, one.rule, one.text)))


def _idle(found: tuple[Problem, ...], case: Case) -> Iterator[Problem]:
    for rule in case.edition.campaign.silence:
        about = [problem for problem in found if problem.rule == rule]
        if rule not in RULEBOOK:
            yield _problem(case, rule, f'no rule is called "{rule}"', did_you_mean(rule, RULEBOOK))
        elif any(problem.is_error for problem in about):
            yield _problem(case, rule, f'"{rule}" is an error here', "mend what it names instead")


def _problem(case: Case, rule: str, text: str, hint: str) -> Problem:
    return Problem(
        rule="bad-silence",
        file=case.origin.file,
        line=case.origin.line("silence", rule),
        key="silence",
        text=text,
        hint=hint,
        severity=Severity.WARNING,
    )
