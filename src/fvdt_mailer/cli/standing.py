"""Commands about what was sent: status and resolve."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from fvdt_mailer.cli.report import last_line, number
from fvdt_mailer.cli.settings import Settings, pass_settings

if TYPE_CHECKING:
    from fvdt_mailer.app.mailer import Mailer
    from fvdt_mailer.model.delivery import Delivery, Tally


@click.command(
    epilog="""\b
Examples:
  fvdt-mailer status                    every campaign that was queued
  fvdt-mailer status 2026-12 --missing  who did not get it, and why
  fvdt-mailer status 2026-12 --json     for a program
"""
)
@click.argument("campaign", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--missing", is_flag=True, help="List who did not get it, and why.")
@pass_settings
def status(settings: Settings, campaign: str | None, *, as_json: bool, missing: bool) -> int:
    """Say how many mails stand in each state."""
    from fvdt_mailer.cli.tally import exit_code, print_tally, what_next

    with settings.mailer() as mailer:
        if campaign:
            mailer.frozen(campaign)
        campaigns = (campaign,) if campaign else mailer.accounts.editions()
        tallies = {name: mailer.accounts.tally(name) for name in campaigns}
        if as_json:
            click.echo(_json(mailer, tallies, missing=missing))
            return 0
        for name, tally in tallies.items():
            click.echo(click.style(name, bold=True))
            print_tally(tally)
            if missing:
                _print_missing(mailer, name)
            last_line(
                what_next(name, tally, due=mailer.first_due(name)),
                colour="yellow" if exit_code(tally) else "green",
            )
    if not tallies:
        last_line("Nothing was queued yet. Next: fvdt-mailer send CAMPAIGN --dry-run")
    return 0


@click.command(
    epilog="""\b
Examples:
  fvdt-mailer resolve 2026-12 --assume-sent    better one too few than one too many
  fvdt-mailer resolve 2026-12 --resend         same Message-ID: many servers drop a second copy
"""
)
@click.argument("campaign")
@click.option("--resend", "to", flag_value="resend", help="Put them back into the queue.")
@click.option("--assume-sent", "to", flag_value="sent", help="Take them as sent.")
@pass_settings
def resolve(settings: Settings, campaign: str, to: str | None) -> None:
    """Settle the deliveries left in doubt.

    After a crash or a lost reply nobody can know whether the server took a mail.
    """
    if to is None:
        raise click.UsageError("say what to do: --resend or --assume-sent")
    from fvdt_mailer.model.delivery import State

    with settings.mailer(writes=True) as mailer:
        mailer.frozen(campaign)
        with mailer.lock.hold(campaign):
            mailer.ledger.recover(campaign)
            state = State.QUEUED if to == "resend" else State.SENT
            settled = mailer.settlement.resolve(campaign, to=state)
    if to == "resend":
        last_line(f"{number(settled, 'mail')} queued again. Next: fvdt-mailer send {campaign}")
        return
    last_line(f"{number(settled, 'mail')} taken as sent. Next: fvdt-mailer status {campaign}")


def _missing(mailer: Mailer, campaign: str) -> Iterator[Delivery]:
    from fvdt_mailer.model.delivery import State

    unsent = tuple(state for state in State if state is not State.SENT)
    return mailer.accounts.deliveries(campaign, unsent)


def _print_missing(mailer: Mailer, campaign: str) -> None:
    for delivery in _missing(mailer, campaign):
        reply = delivery.outcome.reply if delivery.outcome else ""
        click.echo(f"  {delivery.recipient.address}  {delivery.state.value}  {reply}".rstrip())


def _json(mailer: Mailer, tallies: dict[str, Tally], *, missing: bool) -> str:
    rows = [_row(mailer, name, tally, missing=missing) for name, tally in tallies.items()]
    return json.dumps({"campaigns": rows}, indent=2, ensure_ascii=False)


def _row(mailer: Mailer, name: str, tally: Tally, *, missing: bool) -> dict[str, object]:
    from fvdt_mailer.model.delivery import State

    row: dict[str, object] = {
        "campaign": name,
        "frozen": tally.frozen,
        **{state.value: tally[state] for state in State},
        "balanced": tally.is_balanced,
        "complete": tally.is_complete,
    }
    if missing:
        row["missing"] = [
            {
                "address": str(delivery.recipient.address),
                "state": delivery.state.value,
                "reply": delivery.outcome.reply if delivery.outcome else "",
            }
            for delivery in _missing(mailer, name)
        ]
    return row
