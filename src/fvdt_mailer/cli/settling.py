"""Commands that change what was queued: resolve and withdraw."""

from __future__ import annotations

import click

from fvdt_mailer.cli.report import last_line, number
from fvdt_mailer.cli.settings import Settings, pass_settings


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
        with mailer.lock.hold(campaign) as fence:
            mailer.ledger.recover(campaign, fence=fence)
            state = State.QUEUED if to == "resend" else State.SENT
            settled = mailer.settlement.resolve(campaign, to=state)
    if to == "resend":
        last_line(f"{number(settled, 'mail')} queued again. Next: fvdt-mailer send {campaign}")
        return
    last_line(f"{number(settled, 'mail')} taken as sent. Next: fvdt-mailer status {campaign}")


@click.command(epilog="\b\nExample:\n  fvdt-mailer withdraw 2026-12")
@click.argument("campaign")
@pass_settings
def withdraw(settings: Settings, campaign: str) -> None:
    """Take back a campaign that was queued and of which nothing has left.

    It is then as if it was never queued: mend it, and send it again.
    """
    with settings.mailer(writes=True) as mailer:
        mails = mailer.accounts.tally(campaign).frozen
        mailer.withdraw(campaign)
    last_line(
        f"Taken back: {number(mails, 'mail')} will not leave. "
        f"Next: fvdt-mailer send {campaign} --dry-run"
    )
