"""Commands that send: test and send."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fvdt_mailer.cli.report import last_line, number, print_problems
from fvdt_mailer.cli.settings import Settings, pass_settings
from fvdt_mailer.errors import FilesError, NotReady

if TYPE_CHECKING:
    from fvdt_mailer.app.mailer import Mailer
    from fvdt_mailer.model.plan import Plan

_EML = click.option(
    "--eml",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write the mails as .eml files into DIR instead of sending them.",
)


@click.command(
    epilog="""\b
Examples:
  fvdt-mailer test 2026-12                        to the test_readers of mailer.yaml
  fvdt-mailer test 2026-12 --to an@example.org
"""
)
@click.argument("campaign")
@click.option("--to", multiple=True, metavar="ADDR", help="Where to; may be given more than once.")
@_EML
@pass_settings
def test(settings: Settings, campaign: str, to: tuple[str, ...], eml: Path | None) -> None:
    """Send one real mail per segment, with [TEST] in the subject."""
    from fvdt_mailer.app.trial import send_trial, trial_addresses
    from fvdt_mailer.cli.progress import progress
    from fvdt_mailer.wiring import open_transport

    with settings.mailer() as mailer:
        addresses = trial_addresses(mailer.folder.project, to)
        transport = open_transport(mailer.folder.project, settings.root(), eml=eml)
        plan = mailer.plan(campaign)
        print_problems(plan.problems)
        total = len(addresses) * len(plan.renditions)
        with progress("Testing", total) as advance:
            send_trial(mailer, plan, transport, addresses, on_sent=lambda: advance(1))
    names = ", ".join(str(address) for address in addresses)
    last_line(f"Sent {number(total, 'test mail')} to {names}. Next: fvdt-mailer send {campaign}")


@click.command(
    epilog="""\b
Examples:
  fvdt-mailer send 2026-12 --dry-run    who would get what; nothing is sent
  fvdt-mailer send 2026-12              asks for the number of mails first
  fvdt-mailer send 2026-12 --yes        does not ask
  fvdt-mailer send 2026-12 --limit 20   twenty now; run it again for the rest
"""
)
@click.argument("campaign")
@click.option("--dry-run", is_flag=True, help="Say who would get what, and send nothing.")
@click.option("--yes", is_flag=True, help="Do not ask for the number of mails.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Send at most N mails now.")
@_EML
@pass_settings
def send(
    settings: Settings,
    campaign: str,
    *,
    dry_run: bool,
    yes: bool,
    limit: int | None,
    eml: Path | None,
) -> int:
    """Send a campaign to everyone who is owed it.

    Each reader is mailed once; run it again to go on where it stopped.
    What is written with --eml counts as sent. Ctrl-C finishes the mail in hand.
    """
    from fvdt_mailer.cli.tally import exit_code, what_next

    with settings.mailer(writes=not dry_run) as mailer:
        plan, owed = _owed(mailer, campaign)
        if dry_run:
            last_line(f"Dry run: {number(owed, 'mail')} would leave; nothing was sent.")
            return 0
        if owed:
            _send_now(settings, mailer, campaign, plan, limit=limit or owed, is_sure=yes, eml=eml)
        tally = mailer.accounts.tally(campaign)
        last_line(what_next(campaign, tally, due=mailer.first_due(campaign)))
        return exit_code(tally)


def _owed(mailer: Mailer, campaign: str) -> tuple[Plan | None, int]:
    """What is still to be planned and queued, and how many mails are owed."""
    from fvdt_mailer.cli.tally import print_plan

    frozen = mailer.accounts.frozen(campaign)
    if frozen is not None:
        tally = mailer.accounts.tally(campaign)
        click.echo(f"{campaign} was queued on {frozen.frozen_at:%Y-%m-%d %H:%M}, and goes on.")
        return None, tally.owed
    plan = mailer.plan(campaign)
    print_problems(plan.problems)
    if plan.errors:
        raise FilesError(())
    print_plan(plan)
    if not plan.mailed:
        raise NotReady(_nobody(plan))
    return plan, plan.mailed


def _nobody(plan: Plan) -> str:
    if not plan.segments:
        return "there are no readers yet; run: fvdt-mailer audience import FILE"
    return f"there is nobody to mail; see: fvdt-mailer segments {plan.edition.id}"


def _send_now(
    settings: Settings,
    mailer: Mailer,
    campaign: str,
    plan: Plan | None,
    *,
    limit: int,
    is_sure: bool,
    eml: Path | None,
) -> None:
    from fvdt_mailer.cli.progress import watched
    from fvdt_mailer.cli.tally import print_tally
    from fvdt_mailer.wiring import open_transport, pace

    project = mailer.folder.project
    transport = open_transport(project, settings.root(), eml=eml)
    owed = plan.mailed if plan else mailer.accounts.tally(campaign).owed
    mails = min(limit, owed)
    if not is_sure:
        _confirm(mails)
    if plan is not None:
        mailer.queue(plan)
    try:
        with watched("Sending", mails, limit=limit, pause=pace(project)) as watch:
            mailer.deliver(campaign, transport, watch)
    finally:
        print_tally(mailer.accounts.tally(campaign))


def _confirm(mails: int) -> None:
    typed = click.prompt(f"Type {mails} to send {number(mails, 'mail')}", default="", type=str)
    if typed.strip() != str(mails):
        raise click.Abort
