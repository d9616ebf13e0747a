"""Where a person can mend what a mail uses."""

from __future__ import annotations

from dataclasses import dataclass

from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.clients.base_lines import base_line
from fvdt_mailer.pipeline.check.clients.use import Use
from fvdt_mailer.pipeline.layout.press import SHELLS


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A line of a file, and the key on it where the file is YAML."""

    file: str
    line: int
    key: str = ""


def spot(use: Use, case: Case) -> Spot:
    """The line of the sheet, the settings or the template that asks for it."""
    base = case.sheets[0]
    if use.is_declared and (line := base_line(use, base.traced)):
        return Spot(base.file, line)
    settings = case.folder.project_origin
    if use.value and use.value == case.folder.project.theme.logo:
        return Spot(settings.file, settings.line("theme", "logo"), "theme.logo")
    place = use.element.place
    return Spot(place.file, place.line) if place else Spot(_shell(case), 1)


def _shell(case: Case) -> str:
    return f"templates/{SHELLS[case.edition.campaign.kind]}"
