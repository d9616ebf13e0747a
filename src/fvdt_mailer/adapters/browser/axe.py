"""Every page of a case looked at in Chromium, with axe-core."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from fvdt_mailer.adapters.browser.pictures import Pictures
from fvdt_mailer.adapters.browser.scripts import BARRIERS, OVERFLOWS
from fvdt_mailer.adapters.browser.tab import Tab, open_tab
from fvdt_mailer.errors import Problem
from fvdt_mailer.pipeline.check.case import Case, Page
from fvdt_mailer.pipeline.check.outside.browser import (
    NARROW,
    SCREENS,
    Barrier,
    Overflow,
    Screen,
    as_read,
    barriers,
    overflows,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Axe:
    """Looks at mails as Chromium shows them, light and dark, on a phone and on a desk."""

    program: Path
    pictures: Pictures

    @property
    def name(self) -> str:
        """What it looks with."""
        return "Chromium"

    def inspect(self, case: Case) -> Iterator[Problem]:
        """Barriers, and what is too wide for a phone, each at the template line that wrote it."""
        faults: list[Barrier] = []
        wide: list[Overflow] = []
        axe = _axe()
        with open_tab(self.program, self.pictures.at) as tab:
            for page in case.pages:
                tab.show(as_read(page, self.pictures.public_url))
                tab.run(axe)
                for screen in SCREENS:
                    tab.turn(screen)
                    faults += _barriers(tab, page, screen)
                    wide += _overflows(tab, page) if screen.width == NARROW else ()
        yield from barriers(faults)
        yield from overflows(wide)


def _barriers(tab: Tab, page: Page, screen: Screen) -> Iterator[Barrier]:
    nodes: Any = tab.await_result(BARRIERS)
    return (Barrier(page=page, screen=screen, **node) for node in nodes)


def _overflows(tab: Tab, page: Page) -> Iterator[Overflow]:
    causes: Any = tab.run(OVERFLOWS)
    return (Overflow(page=page, **cause) for cause in causes)


def _axe() -> str:
    folder = Path(str(files("fvdt_mailer"))) / "vendored" / "axe-core"
    return (folder / "axe.min.js").read_text(encoding="utf-8")
