"""Campaigns whose window and activities do not meet."""

from __future__ import annotations

from collections.abc import Iterator

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.edition import Edition, Phase
from fvdt_mailer.model.folder import Folder


def untimely(folder: Folder, edition: Edition) -> Iterator[Problem]:
    """A window that is over, an edition that tells nothing, an announcement of what is past."""
    origin = folder.campaign_origins[edition.id]
    window = edition.campaign.window
    zone = folder.project.timezone
    if window.to is not None and window.to.ends(zone) <= edition.as_of:
        yield Problem(
            rule="window-over",
            file=origin.file,
            line=origin.line("window", "to"),
            key="window",
            text=f"the window ends on {window.to.day}, before the campaign speaks",
            hint="move the window, or set as_of to a moment before its end",
        )
    if not edition.entries:
        yield Problem(
            rule="nothing-to-tell",
            file=origin.file,
            line=origin.line("window"),
            key="window",
            text="no activity falls in the window, so nobody would be mailed",
            hint="widen the window, or add activities",
            severity=Severity.WARNING,
        )
    for entry in edition.entries:
        if entry.activity.id == edition.campaign.activity and entry.phase is Phase.PAST:
            yield Problem(
                rule="announced-past",
                file=origin.file,
                line=origin.line("activity"),
                key="activity",
                text=f'"{entry.activity.id}" is over at the moment the campaign speaks from',
                hint="announce it before it ends",
            )
