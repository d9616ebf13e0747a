"""State the facts of an activity in one language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fvdt_mailer.model.activity import Activity
from fvdt_mailer.model.language import Language, Localised
from fvdt_mailer.pipeline.phrases.catalogue import Catalogue, Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """Facts in one language; not `is_whole` when a word exists in another language only."""

    facts: Facts
    is_whole: bool


def state(activity: Activity, speech: Catalogue, default: Language) -> Stated:
    """The facts of `activity` in the language of `speech`, as far as they were written in it."""
    kind = _in(activity.kind, speech, default)
    known_kind = speech.kind(kind) if kind else ""
    translated = (activity.topic, activity.related)
    is_whole = known_kind is not None and all(
        text is None or text.written(speech.language, default).language is speech.language
        for text in translated
    )
    facts = Facts(
        first=activity.start.day,
        last=last_day(activity),
        starts=None if activity.all_day else activity.start.clock,
        ends=None if activity.all_day or activity.end is None else activity.end.clock,
        kind=known_kind or "",
        title=_in(activity.title, speech, default),
        topic=_in(activity.topic, speech, default),
        organisers=activity.organisers,
        speakers=activity.speakers,
        venue=_in(activity.venue, speech, default),
        municipality=_in(activity.municipality, speech, default),
        is_online=activity.online,
        is_free=activity.price is not None and activity.price.is_free,
        price=price_of(activity, speech),
        related=_in(activity.related, speech, default),
    )
    return Stated(facts=facts, is_whole=is_whole)


def last_day(activity: Activity) -> date:
    """The last calendar day of an activity."""
    return activity.end.day if activity.end else activity.start.day


def price_of(activity: Activity, speech: Catalogue) -> str:
    """What taking part costs, in words; empty when not known."""
    if activity.price is None:
        return ""
    if activity.price.amount is None:
        return activity.price.words
    return speech.price(activity.price.amount)


def _in(text: Localised | None, speech: Catalogue, default: Language) -> str:
    return text.written(speech.language, default).text if text else ""
