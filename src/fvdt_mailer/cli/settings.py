"""What the options before a command say, and the mailer they open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from fvdt_mailer.app.mailer import Mailer


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The options of the whole command line; `has_colour` is None when the terminal decides."""

    project: Path | None
    has_colour: bool | None

    def root(self) -> Path:
        """The project folder."""
        from fvdt_mailer.adapters.project_files import find_project

        return find_project(self.project or Path.cwd())

    @contextmanager
    def mailer(self, *, writes: bool = False) -> Iterator[Mailer]:
        """The mailer of the project folder; one that only reads makes no store of its own."""
        from fvdt_mailer.wiring import open_mailer

        with open_mailer(self.root(), writes=writes) as mailer:
            yield mailer


pass_settings = click.make_pass_decorator(Settings)
