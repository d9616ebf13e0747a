"""The command that says how a send stands: status."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fvdt_mailer.cli.report import last_line
from fvdt_mailer.cli.settings import Settings, pass_settings

if TYPE_CHECKING:
    from fvdt_mailer.app.mailer import Mailer


@click.command(
    epilog="""\b
Examples:
  fvdt-mailer status                    every campaign that was queued
  fvdt-mailer status 2026-12 --watch    follow it while it is sent from elsewhere
  fvdt-mailer status 2026-12 --missing  who did not get it, and why
  fvdt-mailer status 2026-12 --json     for a program
"""
)
@click.argument("campaign", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--watch", is_flag=True, help="Follow it every second, until nothing is owed.")
@click.option("--missing", is_flag=True, help="List who did not get it, and why.")
@pass_settings
def status(
    settings: Settings, campaign: str | None, *, as_json: bool, watch: bool, missing: bool
) -> int:
    """Say how many mails stand in each state, and what the rest waits for.

    For one campaign: per segment and domain too, what the server said, how fast it goes and what
    limits it.
    """
    if watch and (campaign is None or as_json or missing):
        raise click.UsageError("--watch follows one campaign, without --json and --missing")
    with settings.mailer() as mailer:
        names = (campaign,) if campaign else mailer.accounts.editions()
        if as_json:
            from fvdt_mailer.cli.standing_json import as_document

            click.echo(as_document(mailer, names, missing=missing))
        elif watch and campaign:
            from fvdt_mailer.cli.watching import follow

            last_line(follow(mailer, campaign))
        else:
            _print(mailer, names, is_full=campaign is not None, missing=missing)
    return 0


def _print(mailer: Mailer, names: tuple[str, ...], *, is_full: bool, missing: bool) -> None:
    from fvdt_mailer.app.standing import standing
    from fvdt_mailer.cli.standing_text import details, missing_lines, next_step
    from fvdt_mailer.cli.tally import exit_code, print_tally

    zone = mailer.folder.project.timezone
    for name in names:
        now = standing(mailer, name)
        click.echo(click.style(name, bold=True))
        print_tally(now.tally)
        for line in details(now, zone) if is_full else ():
            click.echo(line)
        for line in missing_lines(mailer, name) if missing else ():
            click.echo(line)
        last_line(next_step(now), colour="yellow" if exit_code(now.tally) else "green")
    if not names:
        last_line("Nothing was queued yet. Next: fvdt-mailer send CAMPAIGN --dry-run")
