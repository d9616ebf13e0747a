"""Following a send from another terminal."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.live import Live
from rich.text import Text

from fvdt_mailer.app.mailer import Mailer
from fvdt_mailer.app.standing import standing
from fvdt_mailer.cli.progress import polite_stop
from fvdt_mailer.cli.standing_text import moments, next_step, pace, remarks
from fvdt_mailer.cli.tally import balance, summary
from fvdt_mailer.model.standing import Standing

_EVERY = 1.0
_WIDTH = 60


def follow(mailer: Mailer, edition_id: str) -> str:
    """Show how it stands every second, until nothing is owed or Ctrl-C; the last line to print."""
    zone = mailer.folder.project.timezone
    stop = Event()
    now = standing(mailer, edition_id, in_parts=False)
    context = click.get_current_context(silent=True)
    console = Console(no_color=True if context and context.color is False else None)
    live = Live(_shown(now, zone), console=console, auto_refresh=False, transient=True)
    with polite_stop(stop, ""), live:
        while now.tally.owed and not stop.wait(_EVERY):
            now = standing(mailer, edition_id, in_parts=False)
            live.update(_shown(now, zone), refresh=True)
    for line in _lines(now, zone):
        click.echo(line)
    return next_step(now)


def _shown(now: Standing, zone: ZoneInfo) -> Text:
    settled = now.tally.frozen - now.tally.owed
    filled = _WIDTH * settled // max(now.tally.frozen, 1)
    bar = Text("━" * filled, "green") + Text("━" * (_WIDTH - filled), "dim")
    return Text("\n").join([*map(Text, _lines(now, zone)), bar])


def _lines(now: Standing, zone: ZoneInfo) -> Iterator[str]:
    yield f"{now.edition_id}: {summary(now.tally)}"
    yield balance(now.tally)
    yield from moments(now, zone)
    yield from pace(now, zone)
    yield from remarks(now, zone)
