"""The hash of a content: the same until what readers get, or who gets it, changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from fvdt_mailer.model.audience import Segment, SegmentKey
from fvdt_mailer.model.language import Language
from fvdt_mailer.model.plan import Plan
from fvdt_mailer.model.project import Project
from fvdt_mailer.model.rendition import Attachment, Rendition
from world import NOW, PROJECT, edition

KEY = SegmentKey(("voeding",), Language.NL)
ICS = Attachment(
    filename="zee.ics",
    media_type="text/calendar; charset=utf-8",
    content=b"BEGIN:VEVENT\r\nDTSTAMP:20130601T080000Z\r\nLAST-MODIFIED:20130601T080000Z\r\n"
    b"DTSTART:20130617T120000Z\r\nEND:VEVENT\r\n",
)
RENDITION = Rendition(
    key=KEY,
    subject="Juni",
    preheader="Eerst",
    html="<p>Zee</p>",
    text="Zee",
    activities=("zee",),
    attachments=(ICS,),
)
OTHER = replace(RENDITION, key=replace(KEY, language=Language.FR))


def plan(*renditions: Rendition, project: Project = PROJECT, **campaign: Any) -> Plan:
    found = replace(edition(**campaign), project=project)
    segments = (Segment(key=KEY, readers=6, activities=("zee",)),)
    return Plan(
        edition=found, segments=segments, renditions=renditions or (RENDITION,), problems=()
    )


def project(**fields: object) -> Project:
    written = PROJECT.model_dump(by_alias=True, exclude_unset=True)
    return Project.model_validate({**written, **fields})


HASH = plan().content_hash


def test_the_same_content_has_the_same_hash() -> None:
    assert plan().content_hash == HASH
    assert plan(OTHER, RENDITION).content_hash == plan(RENDITION, OTHER).content_hash
    assert len(HASH) == 64


@pytest.mark.parametrize(
    "changed",
    [
        replace(RENDITION, subject="juni"),
        replace(RENDITION, preheader="Dan"),
        replace(RENDITION, html="<p>zee</p>"),
        replace(RENDITION, text="zee"),
        OTHER,
        replace(RENDITION, attachments=()),
        replace(RENDITION, attachments=(ICS, ICS)),
        replace(RENDITION, attachments=(replace(ICS, filename="see.ics"),)),
        replace(RENDITION, attachments=(replace(ICS, media_type="text/plain"),)),
        replace(
            RENDITION, attachments=(replace(ICS, content=ICS.content.replace(b"17T", b"18T")),)
        ),
    ],
)
def test_whatever_readers_get_otherwise_changes_it(changed: Rendition) -> None:
    assert plan(changed).content_hash != HASH


def test_one_more_rendition_changes_it() -> None:
    assert plan(RENDITION, OTHER).content_hash != HASH


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "Fabriek"},
        {"public_url": "https://other.example.org"},
        {"timezone": "UTC"},
        {"sender": {"from": "Fabriek <news@example.org>"}},
        {"sender": {"from": "Fabrieken <news@example.org>", "reply_to": "an@example.org"}},
        {"sender": {"from": "Fabrieken <news@example.org>", "bounces": "an@example.org"}},
        {"dkim": "smarthost"},
        {"dkim": {"domain": "example.org", "selector": "a", "key": "env:KEY"}},
    ],
)
def test_what_every_mail_says_of_its_sender_changes_it(fields: dict[str, object]) -> None:
    assert plan(project=project(**fields)).content_hash != HASH


@pytest.mark.parametrize(
    "fields",
    [
        {"smtp": {"url": "smtps://mail.example.org:465"}},
        {"approval": "required"},
        {"test_readers": ["an@example.org"]},
    ],
)
def test_how_a_mail_travels_changes_nothing_of_it(fields: dict[str, object]) -> None:
    assert plan(project=project(**fields)).content_hash == HASH


def test_where_a_key_is_kept_changes_nothing_of_a_mail() -> None:
    hashes = {
        plan(
            project=project(dkim={"domain": "example.org", "selector": "a", "key": key})
        ).content_hash
        for key in ("env:ONE", "file:two.pem")
    }
    assert len(hashes) == 1


@pytest.mark.parametrize("rule", [{"tags": ["pers"]}, {"languages": "nl"}, {"received": "zee"}])
def test_another_rule_for_the_readers_changes_it(rule: dict[str, object]) -> None:
    assert plan(audience=rule).content_hash != HASH


def test_the_number_of_readers_changes_nothing_of_the_content() -> None:
    more = replace(plan(), segments=(Segment(key=KEY, readers=7, activities=("zee",)),))
    assert more.content_hash == HASH


@pytest.mark.parametrize("stamp", [b"DTSTAMP", b"LAST-MODIFIED"])
def test_when_a_calendar_file_was_made_changes_nothing_of_what_it_says(stamp: bytes) -> None:
    later = ICS.content.replace(stamp + b":20130601T08", stamp + b":20130601T09")
    assert later != ICS.content
    changed = replace(RENDITION, attachments=(replace(ICS, content=later),))
    assert plan(changed).content_hash == HASH


def test_the_moment_it_is_planned_at_changes_nothing() -> None:
    later = replace(plan(), edition=replace(edition(), as_of=NOW + timedelta(hours=1)))
    assert later.content_hash == HASH


def test_the_border_between_two_texts_counts() -> None:
    moved: Callable[[str, str], Rendition] = lambda html, text: replace(  # noqa: E731
        RENDITION, html=html, text=text
    )
    assert plan(moved("ab", "c")).content_hash != plan(moved("a", "bc")).content_hash
