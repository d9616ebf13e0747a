"""The mails of the worked example, each campaign in each language."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from command import ROOT
from fvdt_mailer.app.viewing import View, view
from fvdt_mailer.model.language import Language
from fvdt_mailer.pipeline.views.view import View as Seen
from fvdt_mailer.wiring import open_mailer

if TYPE_CHECKING:
    from playwright.sync_api import Page

Opened: TypeAlias = "Callable[[str, Seen], Page]"
MAILS = tuple(
    (path.stem, language)
    for path in sorted((ROOT / "campaigns").glob("*.yaml"))
    for language in Language
)


@cache
def mail(campaign: str, language: Language) -> View:
    """What readers of all clusters get, as it was sent."""
    with open_mailer(ROOT, writes=False) as mailer:
        return view(mailer, campaign, clusters=(), language=language)
