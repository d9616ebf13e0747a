"""Which version of an activity readers are told: it counts up when what they planned on changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import assert_never

from fvdt_mailer.model.edition import Edition, Entry, Phase
from fvdt_mailer.model.event import Days, Event, EventVersion, Hours, Span
from fvdt_mailer.model.language import Language
from fvdt_mailer.pipeline.calendar.event import event_of

_HEX_DIGITS = 12


class Aspect(StrEnum):
    """What a change of matters to who planned on an activity, in the order of a digest."""

    START = "start"
    END = "end"
    PLACE = "place"
    STATUS = "status"
    TITLE = "title"


def told_entries(edition: Edition) -> tuple[Entry, ...]:
    """What is told as something to plan on, or no longer to plan on: not what is over."""
    return tuple(entry for entry in edition.entries if entry.phase is not Phase.PAST)


def versions_of(edition: Edition, told: Mapping[str, EventVersion]) -> Mapping[str, EventVersion]:
    """The version of each activity this edition tells, after those that were `told` before."""
    versions = (
        next_version(
            EventVersion(
                activity=entry.activity.id,
                digest=digest(entry, edition),
                changed_at=edition.as_of,
            ),
            told.get(entry.activity.id),
        )
        for entry in told_entries(edition)
    )
    return {version.activity: version for version in versions}


def next_version(found: EventVersion, told: EventVersion | None) -> EventVersion:
    """What was told when nothing of it changed; else one further, changed when it was found so."""
    if told is None:
        return found
    if told.digest == found.digest:
        return told
    return EventVersion(
        activity=found.activity,
        digest=found.digest,
        # A campaign may speak from a moment before the last one did.
        changed_at=max(found.changed_at, told.changed_at),
        sequence=told.sequence + 1,
    )


def changes(told: EventVersion, found: EventVersion) -> tuple[Aspect, ...]:
    """What differs between two versions of an activity."""
    before, after = told.digest.split("-"), found.digest.split("-")
    if len(before) != len(after):
        return tuple(Aspect)
    return tuple(
        aspect for aspect, one, two in zip(Aspect, before, after, strict=True) if one != two
    )


def digest(entry: Entry, edition: Edition) -> str:
    """A word for each aspect, the same as long as its events say the same in every language."""
    events = [event_of(entry, edition, language) for language in Language]
    return "-".join(_word(_said(events, aspect)) for aspect in Aspect)


def _said(events: list[Event], aspect: Aspect) -> Iterator[str]:
    for event in events:
        match aspect:
            case Aspect.START:
                yield _start(event.span).isoformat()
            case Aspect.END:
                yield _end(event.span)
            case Aspect.PLACE:
                yield event.location
            case Aspect.STATUS:
                yield event.status.value
            case Aspect.TITLE:
                yield event.summary
            case _:
                assert_never(aspect)


def _start(span: Span) -> date | datetime:
    return span.first if isinstance(span, Days) else span.starts


def _end(span: Span) -> str:
    match span:
        case Days():
            return span.last.isoformat()
        case Hours():
            return span.ends.isoformat() if span.ends else ""
        case _:
            assert_never(span)


def _word(texts: Iterator[str]) -> str:
    return sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()[:_HEX_DIGITS]
