"""Commands that send: test and send."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from fvdt_mailer.cli.planned import AT, appointed, print_approvals, shown_plan
from fvdt_mailer.cli.report import last_line, number, print_problems
from fvdt_mailer.cli.settings import Settings, pass_settings
from fvdt_mailer.errors import NotReady

if TYPE_CHECKING:
    from datetime import datetime

    from fvdt_mailer.app.mailer import Mailer
    from fvdt_mailer.cli.passes import Passes
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
  fvdt-mailer send 2026-12 --at "2026-12-01 09:00"
  fvdt-mailer send 2026-12 --wait       stays until the last one is settled
"""
)
@click.argument("campaign")
@click.option("--dry-run", is_flag=True, help="Say who would get what, and send nothing.")
@click.option("--yes", is_flag=True, help="Do not ask for the number of mails.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Send at most N mails now.")
@AT
@click.option("--wait", is_flag=True, help="Stay, and try again what the server deferred.")
@_EML
@pass_settings
def send(
    settings: Settings,
    campaign: str,
    *,
    dry_run: bool,
    yes: bool,
    limit: int | None,
    at: str | None,
    wait: bool,
    eml: Path | None,
) -> int:
    """Send a campaign to everyone who is owed it.

    Each reader is mailed once; run it again to go on where it stopped. Ctrl-C finishes the mail in
    hand. What is written with --eml counts as sent.

    With --at it is queued as it is now, changes no more, and waits here for its moment. Ctrl-C
    stops the waiting; `worker` sends it too, `--at now` sends it after all, and `withdraw` takes
    it back.
    """
    from fvdt_mailer.cli.tally import exit_code, what_next

    _refuse_contradictions(limit=limit, at=at, wait=wait, eml=eml)
    with settings.mailer(writes=not dry_run) as mailer:
        moment = appointed(mailer, at)
        plan, owed = _owed(mailer, campaign, moment, is_meant=not dry_run)
        if dry_run:
            last_line(f"Dry run: {number(owed, 'mail')} would leave; nothing was sent.")
            return 0
        if owed:
            order = _Order(campaign=campaign, moment=moment, limit=limit, waits=wait, eml=eml)
            _carry_out(settings, mailer, order, plan, mails=min(limit or owed, owed), is_sure=yes)
        tally = mailer.accounts.tally(campaign)
        due, now = mailer.first_due(campaign), mailer.clock()
        last_line(what_next(campaign, tally, due=due, now=now))
        return exit_code(tally)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    campaign: str
    moment: datetime | None
    limit: int | None
    waits: bool
    eml: Path | None


def _refuse_contradictions(
    *, limit: int | None, at: str | None, wait: bool, eml: Path | None
) -> None:
    if wait and limit is not None:
        raise click.UsageError("--limit is for a few now, --wait for all of them: choose one")
    if at is not None and eml is not None:
        raise click.UsageError("--eml writes now, --at sends later: choose one")


def _owed(
    mailer: Mailer, campaign: str, moment: datetime | None, *, is_meant: bool
) -> tuple[Plan | None, int]:
    """What is still to be planned and queued, and how many mails are owed."""
    from fvdt_mailer.app.standing import course

    if campaign in mailer.accounts.editions():
        queued = course(mailer, campaign).frozen.astimezone(mailer.folder.project.timezone)
        click.echo(f"{campaign} was queued on {queued:%Y-%m-%d %H:%M}, and goes on.")
        return None, mailer.accounts.tally(campaign).owed
    plan = shown_plan(mailer, campaign, at=moment)
    if is_meant:
        mailer.require_sendable(plan)
    print_approvals(mailer, plan)
    return plan, plan.mailed


def _carry_out(
    settings: Settings,
    mailer: Mailer,
    order: _Order,
    plan: Plan | None,
    *,
    mails: int,
    is_sure: bool,
) -> None:
    from fvdt_mailer.cli.passes import passes
    from fvdt_mailer.cli.progress import polite_stop
    from fvdt_mailer.cli.tally import print_tally

    stop = Event()
    runs = passes(settings, mailer, stop=stop, eml=order.eml)
    if not is_sure:
        _confirm(mails, order.moment)
    if plan is not None:
        mailer.queue(plan, not_before=order.moment)
    elif order.moment is not None:
        mailer.move(order.campaign, to=order.moment)
    try:
        with polite_stop(stop, "Finishing the mails in hand; send again to go on."):
            _send_now(mailer, order, runs)
    finally:
        print_tally(mailer.accounts.tally(order.campaign))


def _send_now(mailer: Mailer, order: _Order, runs: Passes) -> None:
    """Or at its moment, where it has one; and again and again, where that was asked for."""
    from fvdt_mailer.app.standing import course

    campaign = order.campaign
    scheduled = course(mailer, campaign).scheduled
    if scheduled is not None and mailer.clock() < scheduled and not runs.wait_until_due(campaign):
        if campaign not in mailer.accounts.editions():
            raise NotReady(f"{campaign} was withdrawn meanwhile; nothing of it was sent")
        return
    runs.run(campaign, limit=order.limit)
    if order.waits:
        runs.worker(runs.run, only=campaign).until_settled()


def _confirm(mails: int, moment: datetime | None) -> None:
    at = f" from {moment:%Y-%m-%d %H:%M} on" if moment is not None else ""
    asked = f"Type {mails} to send {number(mails, 'mail')}{at}"
    typed = click.prompt(asked, default="", type=str)
    if typed.strip() != str(mails):
        raise click.Abort
