"""The command that says what is wrong before anyone is mailed: check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fvdt_mailer.cli.report import count_of, last_line
from fvdt_mailer.cli.settings import Settings, pass_settings
from fvdt_mailer.errors import FilesError, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.command(
    epilog="""\b
Examples:
  fvdt-mailer check                     every campaign
  fvdt-mailer check 2026-12 --strict    one campaign; warnings count as errors
  fvdt-mailer check --quick             without Chromium and SpamAssassin
  fvdt-mailer check 2026-12 --online    follow its links too
  fvdt-mailer check --format sarif      for a code review
"""
)
@click.argument("campaign", required=False)
@click.option("--strict", is_flag=True, help="Exit with 2 on warnings too.")
@click.option("--quick", is_flag=True, help="Leave out what needs Chromium or SpamAssassin.")
@click.option("--online", is_flag=True, help="Follow every link; none that acts for a reader.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="How to print what was found.",
)
@pass_settings
def check(
    settings: Settings,
    campaign: str | None,
    *,
    strict: bool,
    quick: bool,
    online: bool,
    form: str,
) -> int:
    """Say what is wrong, before anyone is mailed.

    Looks at every file, and at what each segment of a campaign would read; in Chromium and with
    SpamAssassin too, where they are installed. A finding that is meant so is silenced with
    its reason under `silence` in the campaign.
    """
    from fvdt_mailer.cli.formats import FORMATS

    problems = _problems(settings, campaign, quick=quick, online=online)
    click.echo(FORMATS[form](problems), nl=False)
    is_wrong = any(_is_wrong(problem, strict=strict) for problem in problems)
    if form == "text":
        found = count_of(problems) or "nothing is wrong"
        last_line(f"Checked: {found}.", colour="red" if is_wrong else "green")
    return 2 if is_wrong else 0


def _problems(
    settings: Settings, campaign: str | None, *, quick: bool, online: bool
) -> Sequence[Problem]:
    from fvdt_mailer.app.checking import problems_of
    from fvdt_mailer.cli.progress import spinner
    from fvdt_mailer.wiring import inspectors

    try:
        with settings.mailer() as mailer, spinner("Checking") as on_step:
            found, missing = inspectors(
                settings.root(), mailer.folder.project, quick=quick, online=online
            )
            for lack in missing:
                click.echo(lack, err=True)
            return problems_of(mailer, campaign, inspectors=found, on_step=on_step)
    except FilesError as error:
        return error.problems


def _is_wrong(problem: Problem, *, strict: bool) -> bool:
    if problem.silenced or problem.severity is Severity.NOTE:
        return False
    return problem.is_error or strict
