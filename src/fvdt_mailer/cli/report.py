"""How results are printed: problems, tallies and last lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from fvdt_mailer.errors import Problem


def print_problems(problems: Iterable[Problem]) -> None:
    """Print every problem on stderr, one a line, and how many there were."""
    found = tuple(problems)
    for problem in found:
        click.echo(f"{_mark(problem)} {problem}", err=True)
    if found:
        click.echo(count_of(found), err=True)


def count_of(problems: Sequence[Problem]) -> str:
    """`2 errors, 1 warning`."""
    errors = sum(problem.is_error for problem in problems)
    warnings = len(problems) - errors
    parts = [number(errors, "error")] if errors else []
    return ", ".join(parts + ([number(warnings, "warning")] if warnings else []))


def number(count: int, noun: str) -> str:
    """`1 mail`, `1 200 mails`."""
    return f"{count:,} {noun if count == 1 else noun + 's'}".replace(",", "\N{NO-BREAK SPACE}")


def last_line(text: str, *, colour: str = "green") -> None:
    """Print what happened and what to do next."""
    click.echo(click.style(text, fg=colour))


def _mark(problem: Problem) -> str:
    if problem.is_error:
        return click.style("error", fg="red", bold=True)
    return click.style("warning", fg="yellow")
