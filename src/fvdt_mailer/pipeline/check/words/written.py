"""The texts of an edition, each with the place it was written in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.activity import Activity
from fvdt_mailer.model.edition import Edition
from fvdt_mailer.model.folder import Folder, KeyPath, Origin
from fvdt_mailer.model.language import Language, Localised

_OF_ACTIVITY = ("text", "text_past", "text_cancelled", "text_standalone", "reason")
_OF_CAMPAIGN = ("subject", "preheader", "headline", "lead_in", "fallback")
_PARAGRAPHS = ("intro", "closing")
_NAMES_OF_ACTIVITY = ("kind", "title", "topic", "venue", "municipality", "related")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenText:
    """One text in one language, where it stands, and the activity it tells about, if any."""

    origin: Origin
    path: KeyPath
    text: str
    language: Language
    activity: Activity | None = None

    def problem(self, rule: str, text: str, hint: str, *, severity: Severity) -> Problem:
        """A problem at the place of this text."""
        return Problem(
            rule=rule,
            file=self.origin.file,
            line=self.origin.line(*self.path),
            key=str(self.path[0]),
            text=text,
            hint=hint,
            severity=severity,
        )


def texts_of(folder: Folder, edition: Edition) -> Iterator[WrittenText]:
    """Every text a person wrote for this edition: the campaign's, then its activities'."""
    default = folder.project.language
    origin = folder.campaign_origins[edition.id]
    for key in _OF_CAMPAIGN:
        yield from _texts(getattr(edition.campaign, key), origin, (key,), default)
    for key in _PARAGRAPHS:
        for place, text in enumerate(getattr(edition.campaign, key)):
            yield from _texts(text, origin, (key, place), default)
    if callout := edition.campaign.callout:
        yield from _texts(callout.text, origin, ("callout", "text"), default)
    for entry in edition.entries:
        origin = folder.activity_origins[entry.activity.id]
        for key in _OF_ACTIVITY:
            text = getattr(entry.activity, key)
            yield from _texts(text, origin, (key,), default, entry.activity)


def names_of(folder: Folder, edition: Edition) -> Iterator[WrittenText]:
    """Every short text of this edition that is printed as it stands: titles, places, labels."""
    default = folder.project.language
    if callout := edition.campaign.callout:
        origin = folder.campaign_origins[edition.id]
        yield from _texts(callout.title, origin, ("callout", "title"), default)
        yield from _texts(callout.label, origin, ("callout", "label"), default)
    for entry in edition.entries:
        activity = entry.activity
        origin = folder.activity_origins[activity.id]
        for key in _NAMES_OF_ACTIVITY:
            yield from _texts(getattr(activity, key), origin, (key,), default, activity)
        for place, link in enumerate(activity.links):
            yield from _texts(link.label, origin, ("links", place, "label"), default, activity)
        if activity.image:
            yield from _texts(activity.image.alt, origin, ("image", "alt"), default, activity)


def _texts(
    localised: Localised | None,
    origin: Origin,
    path: KeyPath,
    default: Language,
    activity: Activity | None = None,
) -> Iterator[WrittenText]:
    for language, text in localised.texts if localised else ():
        yield WrittenText(
            origin=origin,
            path=path if language is None else (*path, language.value),
            text=text,
            language=language or default,
            activity=activity,
        )
