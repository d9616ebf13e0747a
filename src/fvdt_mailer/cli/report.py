"""How results are printed: problems, tallies and last lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import click

from fvdt_mailer.errors import Problem, Severity

SILENCED = "silenced"
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}


def print_problems(problems: Iterable[Problem]) -> None:
    """Print on stderr what stops or harms a mailing, one a line, and how much there is."""
    found = tuple(p for p in problems if p.severity is not Severity.NOTE and not p.silenced)
    for problem in found:
        click.echo(f"{mark(problem)} {problem}", err=True)
    if found:
        click.echo(count_of(found), err=True)


def count_of(problems: Iterable[Problem]) -> str:
    """`2 errors, 1 warning, 3 notes, 1 silenced`; empty when there is nothing."""
    counts = Counter(kind_of(problem) for problem in problems)
    silenced = counts.pop(SILENCED, 0)
    parts = [number(counts[kind], kind) for kind in Severity if counts[kind]]
    return ", ".join(parts + ([f"{silenced} {SILENCED}"] if silenced else []))


def kind_of(problem: Problem) -> str:
    """Its severity, or that the campaign silences it."""
    return SILENCED if problem.silenced else problem.severity.value


def mark(problem: Problem) -> str:
    """The word in front of a problem, in its colour."""
    if problem.silenced:
        return click.style(SILENCED, dim=True)
    colour = _COLOURS[problem.severity]
    return click.style(problem.severity.value, fg=colour, bold=problem.is_error)


def number(count: int, noun: str) -> str:
    """`1 mail`, `1 200 mails`."""
    return f"{count:,} {noun if count == 1 else noun + 's'}".replace(",", "\N{NO-BREAK SPACE}")


def last_line(text: str, *, colour: str = "green") -> None:
    """Print what happened and what to do next."""
    click.echo(click.style(text, fg=colour))
