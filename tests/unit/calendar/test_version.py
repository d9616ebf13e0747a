"""When calendars are told that something changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fvdt_mailer.model.activity import Activity
from fvdt_mailer.model.event import EventVersion
from fvdt_mailer.pipeline.calendar.version import (
    Aspect,
    changes,
    next_version,
    told_entries,
    versions_of,
)
from world import NOW, activity, edition

LATER = NOW + timedelta(days=3)
BASE: dict[str, object] = {
    "start": "2013-06-17 14:00",
    "end": "2013-06-17 17:00",
    "kind": "seminarie",
    "topic": {"nl": "brood", "fr": "le pain", "en": "bread"},
    "municipality": "Kortrijk",
    "venue": "De Oven",
}


def seminar(**changes: object) -> Activity:
    written = {**BASE, **changes}
    start = str(written.pop("start"))
    return activity("brood", "voeding", start, **written)


def version(
    *told: Activity, before: EventVersion | None = None, at: datetime = NOW
) -> EventVersion:
    found = edition(*told, now=at)
    return versions_of(found, {before.activity: before} if before else {})["brood"]


def test_the_first_version_is_number_0_as_of_the_edition() -> None:
    first = version(seminar())
    assert (first.activity, first.sequence, first.changed_at) == ("brood", 0, NOW)


def test_what_did_not_change_is_the_version_that_was_told() -> None:
    told = version(seminar())
    assert version(seminar(), before=told, at=LATER) == told


@pytest.mark.parametrize(
    ("fields", "aspects"),
    [
        ({"start": "2013-06-18 14:00", "end": "2013-06-18 17:00"}, (Aspect.START, Aspect.END)),
        ({"start": "2013-06-17 13:30"}, (Aspect.START,)),
        ({"end": "2013-06-17 18:00"}, (Aspect.END,)),
        ({"end": None}, (Aspect.END,)),
        ({"all_day": True}, (Aspect.START, Aspect.END)),
        ({"municipality": "Gent"}, (Aspect.PLACE,)),
        ({"venue": {"nl": "De Oven", "fr": "Le Four"}}, (Aspect.PLACE,)),
        ({"address": "Dam 2"}, (Aspect.PLACE,)),
        ({"online": True}, (Aspect.PLACE,)),
        ({"status": "cancelled"}, (Aspect.STATUS,)),
        ({"status": "postponed"}, (Aspect.STATUS,)),
        ({"title": "Broodnodig"}, (Aspect.TITLE,)),
        ({"topic": {"nl": "brood", "fr": "les pains", "en": "bread"}}, (Aspect.TITLE,)),
    ],
)
def test_what_readers_planned_on_counts(
    fields: dict[str, object], aspects: tuple[Aspect, ...]
) -> None:
    told = version(seminar())
    found = version(seminar(**fields), before=told, at=LATER)
    assert (found.sequence, found.changed_at) == (1, LATER)
    assert changes(told, found) == aspects


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "Kom allen."},
        {"price": 25},
        {"organisers": ["Voka"]},
        {"speakers": ["An Voorbeeld"]},
        {"info": "https://example.org/brood"},
        {"status": "sold_out"},
        {"related": {"nl": "de Week", "fr": "la Semaine", "en": "the Week"}},
        {"source": "Voka"},
    ],
)
def test_what_they_did_not_plan_on_does_not(fields: dict[str, object]) -> None:
    told = version(seminar())
    assert version(seminar(**fields), before=told, at=LATER) == told


def test_a_version_never_seems_older_than_the_one_before() -> None:
    told = version(seminar(), at=LATER)
    found = version(seminar(title="Broodnodig"), before=told, at=NOW)
    assert (found.sequence, found.changed_at) == (1, LATER)


@settings(deadline=None)
@given(st.lists(st.sampled_from("abc"), max_size=12))
def test_numbers_rise_by_one_with_each_change_and_never_fall(digests: list[str]) -> None:
    told: EventVersion | None = None
    for number, word in enumerate(digests):
        at = datetime(2013, 6, 1, tzinfo=UTC) + timedelta(hours=number)
        found = EventVersion(activity="brood", digest=word, changed_at=at)
        following = next_version(found, told)
        if told is None:
            assert following == found
        else:
            assert following.sequence == told.sequence + (told.digest != word)
            assert following.changed_at >= told.changed_at
        assert following.digest == word
        told = following


def test_all_that_is_told_has_a_version_but_not_what_is_over() -> None:
    over = activity("wind", "voeding", "2013-05-30", text_past="Het was mooi.")
    found = edition(over, seminar(), activity("weg", "voeding", "2013-06-20", status="cancelled"))
    assert [entry.activity.id for entry in told_entries(found)] == ["brood", "weg"]
    assert set(versions_of(found, {})) == {"brood", "weg"}


def test_a_digest_of_another_making_is_all_changed() -> None:
    told = EventVersion(activity="brood", digest="abc", changed_at=NOW)
    assert changes(told, version(seminar())) == tuple(Aspect)
