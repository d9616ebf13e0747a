"""An announcement that carries its activity as a calendar file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from fvdt_mailer.model.campaign import CampaignKind
from fvdt_mailer.model.edition import Edition
from fvdt_mailer.model.event import EventVersion
from fvdt_mailer.model.rendition import Attachment, Rendition
from fvdt_mailer.pipeline.calendar.event import at_version, event_of
from fvdt_mailer.pipeline.calendar.version import told_entries
from fvdt_mailer.pipeline.calendar.write_ics import MEDIA_TYPE, write_ics


def with_calendar(
    renditions: Iterable[Rendition], edition: Edition, versions: Mapping[str, EventVersion]
) -> Iterator[Rendition]:
    """The renditions, each with the calendar file of what it tells where the campaign asks for it.

    Only an announcement attaches one: several files at once open a new calendar in Outlook, and
    weigh on a newsletter. What is over is in nobody's way and gets none.
    """
    campaign = edition.campaign
    is_asked = campaign.attach_calendar and campaign.kind is CampaignKind.ANNOUNCEMENT
    for rendition in renditions:
        if not is_asked:
            yield rendition
            continue
        files = tuple(_files(rendition, edition, versions))
        yield replace(rendition, attachments=(*rendition.attachments, *files))


def _files(
    rendition: Rendition, edition: Edition, versions: Mapping[str, EventVersion]
) -> Iterator[Attachment]:
    for entry in told_entries(edition):
        if entry.activity.id in rendition.activities:
            event = event_of(entry, edition, rendition.key.language)
            yield Attachment(
                filename=f"{entry.activity.id}.ics",
                media_type=MEDIA_TYPE,
                content=write_ics(at_version(event, versions[entry.activity.id])),
            )
