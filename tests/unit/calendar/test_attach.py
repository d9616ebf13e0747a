"""Announcements that carry their activity as a calendar file."""

from __future__ import annotations

from typing import Any

import pytest

from calendars import read
from fvdt_mailer.model.activity import Activity
from fvdt_mailer.model.audience import SegmentKey
from fvdt_mailer.model.event import EventVersion
from fvdt_mailer.model.language import Language
from fvdt_mailer.model.plan import Plan
from fvdt_mailer.model.rendition import Rendition
from fvdt_mailer.pipeline.calendar.attach import with_calendar
from fvdt_mailer.pipeline.calendar.version import versions_of
from world import NOW, activity, edition

TALK = activity(
    "lezing",
    "materialen",
    "2013-06-25 19:30",
    kind="lezing",
    topic={"nl": "vlas", "fr": "le lin"},
)
ANNOUNCED: dict[str, Any] = {"kind": "announcement", "activity": "lezing", "attach_calendar": "yes"}


def rendition(language: Language = Language.NL, *, tells: str = "lezing") -> Rendition:
    return Rendition(
        key=SegmentKey(("materialen",), language),
        subject="Kom",
        preheader="",
        html="<p>Kom</p>",
        text="Kom",
        activities=(tells,),
    )


def carried(
    *activities: Activity, rendered: Rendition | None = None, **fields: Any
) -> tuple[Rendition, ...]:
    found = edition(*activities or (TALK,), **{**ANNOUNCED, **fields})
    told = EventVersion(activity="lezing", digest="", changed_at=NOW, sequence=4)
    versions = versions_of(found, {"lezing": told})
    return tuple(with_calendar([rendered or rendition()], found, versions))


def test_an_announcement_carries_its_activity_in_the_version_and_language_of_its_reader() -> None:
    (french,) = carried(rendered=rendition(Language.FR))
    (attached,) = french.attachments
    assert attached.filename == "lezing.ics"
    assert attached.media_type == "text/calendar; charset=utf-8"
    found = read(attached.content)
    assert (found.summary, found.sequence) == ("Conférence sur le lin", 5)


@pytest.mark.parametrize(
    "fields",
    [
        {"attach_calendar": "no"},
        {"kind": "newsletter", "activity": ""},
    ],
)
def test_other_mails_carry_nothing(fields: dict[str, Any]) -> None:
    assert carried(**fields) == (rendition(),)


def test_what_is_over_is_not_put_into_a_calendar() -> None:
    over = activity("lezing", "materialen", "2013-05-30", text_past="Het was mooi.")
    assert carried(over, as_of="2013-06-01") == (rendition(),)


def test_what_a_rendition_carried_before_it_still_carries() -> None:
    (first,) = carried()
    (twice,) = carried(rendered=first)
    assert twice.attachments == (*first.attachments, *first.attachments)


def test_a_plan_with_another_file_is_another_plan() -> None:
    found = edition(TALK, **ANNOUNCED)
    moved = activity("lezing", "materialen", "2013-06-25 20:30", kind="lezing", topic="vlas")
    plans = [
        Plan(edition=found, segments=(), renditions=renditions, problems=())
        for renditions in ((rendition(),), carried(), carried(moved))
    ]
    assert len({plan.content_hash for plan in plans}) == 3
