"""Progress on a terminal, and a run that stops politely on Ctrl-C."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from fvdt_mailer.app.watch import Watch
from fvdt_mailer.model.delivery import Delivery, Outcome
from fvdt_mailer.model.rate import Rate


@contextmanager
def progress(label: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A bar on stderr, where that is a terminal; the block calls it with the steps it took."""
    console = Console(stderr=True, no_color=_without_colour())
    known = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    counting = (SpinnerColumn(), TextColumn("{task.completed}"), TimeElapsedColumn())
    bar = Progress(
        TextColumn("{task.description}"),
        *(counting if total is None else known),
        console=console,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task(label, total=total)
        yield lambda steps: bar.advance(task, steps)


@contextmanager
def spinner(label: str) -> Iterator[Callable[[str], None]]:
    """A line on stderr, where that is a terminal; the block calls it with what it is at."""
    console = Console(stderr=True, no_color=_without_colour())
    if not console.is_terminal:
        yield lambda _step: None
        return
    with console.status(f"{label} ...") as status:
        yield lambda step: status.update(f"{label} {step} ...")


@contextmanager
def watched(
    label: str, total: int, *, limit: int | None, connections: int, rate: Rate | None
) -> Iterator[Watch]:
    """A run with a bar; the first Ctrl-C or SIGTERM ends it after the mails in hand."""
    stop = Event()
    with (
        polite_stop(stop, "Finishing the mails in hand; send again to go on."),
        followed(label, total, stop=stop, limit=limit, connections=connections, rate=rate) as watch,
    ):
        yield watch


@contextmanager
def followed(
    label: str, total: int, *, stop: Event, limit: int | None, connections: int, rate: Rate | None
) -> Iterator[Watch]:
    """A run with a bar, which `stop` ends after the mails in hand."""
    from fvdt_mailer.wiring import jitter, pace

    with progress(label, total) as advance:

        def on_outcome(_delivery: Delivery, _outcome: Outcome) -> None:
            advance(1)

        yield Watch(
            on_outcome=on_outcome,
            pace=pace(rate, wait=stop.wait),
            jitter=jitter,
            stop=stop,
            limit=limit,
            connections=min(connections, total),
        )


@contextmanager
def polite_stop(stop: Event, says: str) -> Iterator[None]:
    """`stop` is set by the first Ctrl-C or SIGTERM, which prints that; the second is as a kill."""

    def ask(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            # As a kill would: what is under way is found, and named, by the next run.
            click.echo("Stopped at once; what was under way may be in doubt.", err=True)
            os._exit(1)
        stop.set()
        if says:
            click.echo(says, err=True)

    before = {name: signal.signal(name, ask) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _without_colour() -> bool | None:
    context = click.get_current_context(silent=True)
    return True if context is not None and context.color is False else None
