"""An activity as an event in a reader's calendar.

An activity with a clock time but no end gets none here either: RFC 5545 3.6.1 has it end the
moment it starts, calendars show a line instead of a block, and no reader plans on an hour that
somebody made up. What is known by its day alone takes that whole day without filling it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never
from urllib.parse import quote, urlsplit

from fvdt_mailer.model.activity import LinkKind, Status
from fvdt_mailer.model.campaign import Layout
from fvdt_mailer.model.edition import Edition, Entry
from fvdt_mailer.model.event import Event, EventStatus, EventVersion
from fvdt_mailer.model.language import Language
from fvdt_mailer.model.letter import Closing, Paragraph
from fvdt_mailer.pipeline.calendar.hosted import page_path
from fvdt_mailer.pipeline.calendar.span import span_of
from fvdt_mailer.pipeline.layout.prose import to_text
from fvdt_mailer.pipeline.layout.values import one_line
from fvdt_mailer.pipeline.message.identity import base_url
from fvdt_mailer.pipeline.phrases.catalogue import Words
from fvdt_mailer.pipeline.tell import Teller, tell

_URI = "%/:?#[]@!$&'()*+,;=~"  # RFC 3986 2.2; what is percent-encoded already stays so


def event_of(entry: Entry, edition: Edition, language: Language) -> Event:
    """The event of one activity in one language, in its first version as of the edition."""
    teller = teller_for(edition, language)
    project, activity = edition.project, entry.activity
    paragraph = tell(entry, teller, opens_section=True)
    return Event(
        uid=f"{activity.id}@{urlsplit(base_url(project)).hostname}",
        changed_at=edition.as_of,
        span=span_of(activity, project.timezone),
        status=_status(activity.status),
        summary=_summary(paragraph),
        location=" ".join(paragraph.where.split()),
        description="\n\n".join(_description(paragraph, teller.speech.words)),
        url=_url(paragraph, edition, language),
    )


def at_version(event: Event, version: EventVersion) -> Event:
    """The event as that version of it."""
    return replace(event, sequence=version.sequence, changed_at=version.changed_at)


def teller_for(edition: Edition, language: Language) -> Teller:
    """Who tells an activity by itself: title, day, place and price stand apart from its prose."""
    campaign = edition.campaign.model_copy(update={"layout": Layout.CARDS})
    return Teller(edition=replace(edition, campaign=campaign), language=language)


def _status(status: Status) -> EventStatus:
    """How a calendar is to show it.

    Postponed is cancelled here: the day that stands in a calendar is the wrong one, and a
    tentative event would keep it. Once a new day is written and the activity is confirmed, the
    same event comes back on that day. Fully booked is still taking place.
    """
    match status:
        case Status.CONFIRMED | Status.SOLD_OUT:
            return EventStatus.CONFIRMED
        case Status.POSTPONED | Status.CANCELLED:
            return EventStatus.CANCELLED
        case Status.DRAFT:
            return EventStatus.TENTATIVE
        case _:
            assert_never(status)


def _summary(paragraph: Paragraph) -> str:
    title = one_line(paragraph.title)
    return title[:1].upper() + title[1:]


def _description(paragraph: Paragraph, words: Words) -> Iterator[str]:
    """The prose, what taking part costs, and where the links lead."""
    if paragraph.prose.text:
        yield to_text(paragraph.prose.text)
    if paragraph.price and not paragraph.is_struck:
        yield f"{words.price}{words.colon}{paragraph.price}"
    if paragraph.closings:
        yield "\n".join(_said(closing, words) for closing in paragraph.closings)


def _said(closing: Closing, words: Words) -> str:
    return f"{one_line(closing.sentence).rstrip(' .!:')}{words.colon}{closing.url}"


def _url(paragraph: Paragraph, edition: Edition, language: Language) -> str:
    """Where a reader learns more: its own page when it is called off or has no such link."""
    for kind in (LinkKind.INFO, LinkKind.REGISTRATION):
        for closing in paragraph.closings:
            if closing.kind is kind:
                return quote(closing.url, safe=_URI)
    return f"{base_url(edition.project)}/{page_path(paragraph.activity, language)}"
