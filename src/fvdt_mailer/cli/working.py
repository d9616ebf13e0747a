"""The command that stays, and sends whatever becomes due: worker."""

from __future__ import annotations

from threading import Event

import click

from fvdt_mailer.cli.settings import Settings, pass_settings


@click.command(
    epilog="""\b
Examples:
  fvdt-mailer worker           stays, until Ctrl-C or SIGTERM
  fvdt-mailer worker --once    sends what is due now and ends; for cron
"""
)
@click.option("--once", is_flag=True, help="Send what is due now, and end.")
@pass_settings
def worker(settings: Settings, *, once: bool) -> int:
    """Send whatever is due of every campaign that was queued.

    What was scheduled leaves at its moment, what the server deferred is tried again, and what a
    crash left behind goes on. It queues nothing itself.
    """
    from fvdt_mailer.cli.passes import passes
    from fvdt_mailer.cli.progress import polite_stop
    from fvdt_mailer.cli.tally import DONE, IN_DOUBT, STOPPED, summary
    from fvdt_mailer.model.delivery import State

    codes, stop = {DONE}, Event()
    with (
        settings.mailer(writes=True) as mailer,
        polite_stop(stop, "Stopping after the mails in hand."),
    ):
        runs = passes(settings, mailer, stop=stop)

        def send(edition_id: str) -> None:
            runs.run(edition_id)
            tally = mailer.accounts.tally(edition_id)
            click.echo(f"{edition_id}: {summary(tally)}.")
            codes.add(IN_DOUBT if tally[State.IN_DOUBT] else DONE)

        working = runs.worker(send)
        if not once:
            working.until_stopped()
        elif not working.once():
            codes.add(STOPPED)
    return max(codes)
