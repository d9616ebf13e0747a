"""Progress on a terminal, and a run that stops politely on Ctrl-C."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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

from fvdt_mailer.app.deliver import Watch
from fvdt_mailer.model.delivery import Delivery, Outcome


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
def watched(
    label: str, total: int, *, limit: int | None, pause: Callable[[], None]
) -> Iterator[Watch]:
    """A run with a bar; the first Ctrl-C or SIGTERM ends it after the mail in hand."""
    with progress(label, total) as advance, _polite_stop() as is_stopped:

        def on_outcome(_delivery: Delivery, _outcome: Outcome) -> None:
            advance(1)

        yield Watch(on_outcome=on_outcome, is_stopped=is_stopped, pause=pause, limit=limit)


@contextmanager
def _polite_stop() -> Iterator[Callable[[], bool]]:
    asked: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)
        click.echo("Finishing the mail in hand; send again to go on.", err=True)

    before = {name: signal.signal(name, stop) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(asked)
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _without_colour() -> bool | None:
    context = click.get_current_context(silent=True)
    return True if context is not None and context.color is False else None
