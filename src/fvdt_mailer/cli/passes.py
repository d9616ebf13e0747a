"""Runs over frozen editions, and the waiting between them, as a person follows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from fvdt_mailer.cli.settings import Settings

if TYPE_CHECKING:
    from datetime import datetime

    from fvdt_mailer.app.mailer import Mailer
    from fvdt_mailer.app.working import Report, Worker
    from fvdt_mailer.errors import MailerError
    from fvdt_mailer.model.rate import Rate
    from fvdt_mailer.ports import Transport


@dataclass(frozen=True, slots=True, kw_only=True)
class Passes:
    """One run after the other through one way out, until `stop` is set."""

    mailer: Mailer
    transport: Transport
    connections: int
    rate: Rate | None
    stop: Event

    def run(self, edition_id: str, *, limit: int | None = None) -> None:
        """Send what is due of an edition now; MailerError when that ends early."""
        from fvdt_mailer.cli.progress import followed

        owed = self.mailer.accounts.tally(edition_id).owed
        with followed(
            f"Sending {edition_id}",
            min(limit or owed, owed),
            stop=self.stop,
            limit=limit,
            connections=self.connections,
            rate=self.rate,
        ) as watch:
            self.mailer.deliver(edition_id, self.transport, watch)

    def wait_until_due(self, edition_id: str) -> bool:
        """True once a mail of it may leave; False when that was stopped, or another sent it."""
        from fvdt_mailer.app.working import wait_until_due

        return wait_until_due(
            self.mailer, edition_id, wait=self.stop.wait, report=self._report(edition_id)
        )

    def worker(self, send: Callable[[str], None], *, only: str | None = None) -> Worker:
        """What goes on with an edition, or with all, whenever mails are due."""
        from fvdt_mailer.app.working import Worker

        return Worker(self.mailer, send, wait=self.stop.wait, report=self._report(only), only=only)

    def _report(self, edition_id: str | None) -> Report:
        from fvdt_mailer.app.working import Report
        from fvdt_mailer.cli.tally import when

        zone = self.mailer.folder.project.timezone
        whose = f"of {edition_id} " if edition_id else ""

        def waiting(moment: datetime | None) -> None:
            if moment is None:
                click.echo("Nothing is owed; waiting for what is queued. Ctrl-C stops.", err=True)
                return
            until = when(moment.astimezone(zone), now=self.mailer.clock())
            click.echo(
                f"The next mail {whose}is due at {until}; waiting. Ctrl-C stops waiting.", err=True
            )

        def failed(edition: str, error: MailerError, again: datetime) -> None:
            at = when(again.astimezone(zone), now=self.mailer.clock())
            word = click.style(f"Again at {at}:", fg="yellow", bold=True)
            click.echo(f"{word} {edition}: {error}", err=True)

        return Report(waiting=waiting, failed=failed)


def passes(settings: Settings, mailer: Mailer, *, stop: Event, eml: Path | None = None) -> Passes:
    """Runs through the server of mailer.yaml, or into the folder `eml`."""
    from fvdt_mailer.wiring import open_transport

    project = mailer.folder.project
    smtp = project.smtp if eml is None else None
    return Passes(
        mailer=mailer,
        transport=open_transport(project, settings.root(), eml=eml),
        connections=smtp.connections if smtp else 1,
        rate=project.smtp.rate if project.smtp else None,
        stop=stop,
    )
