"""What holds for every memory of what readers were told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from contract.stores import LATER, NOW, opened
from fvdt_mailer.adapters.store.opening import Store
from fvdt_mailer.model.event import EventVersion
from fvdt_mailer.ports import Agenda

TALK = EventVersion(activity="lezing", digest="a-b", changed_at=NOW)
VISIT = EventVersion(activity="bezoek", digest="c-d", changed_at=LATER, sequence=3)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as store:
        yield store


@pytest.fixture
def agenda(store: Store) -> Agenda:
    return store.agenda


def test_nobody_was_told_anything_at_first(agenda: Agenda) -> None:
    assert agenda.versions() == {}


def test_what_was_published_is_known_by_its_activity(agenda: Agenda) -> None:
    agenda.publish([TALK, VISIT])
    assert agenda.versions() == {"lezing": TALK, "bezoek": VISIT}


def test_what_was_published_outlives_the_store(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        store.agenda.publish([VISIT])
    with opened(tmp_path) as store:
        assert store.agenda.versions() == {"bezoek": VISIT}


def test_a_moment_comes_back_to_the_microsecond(agenda: Agenda) -> None:
    exact = replace(TALK, changed_at=NOW.replace(microsecond=123456))
    agenda.publish([exact])
    assert agenda.versions() == {"lezing": exact}


def test_a_later_version_replaces_an_earlier_one_and_leaves_the_others(agenda: Agenda) -> None:
    agenda.publish([TALK, VISIT])
    second = replace(TALK, digest="x-b", changed_at=LATER, sequence=1)
    agenda.publish([second])
    assert agenda.versions() == {"lezing": second, "bezoek": VISIT}


@pytest.mark.parametrize("sequence", [0, 1, 2, 3])
def test_an_earlier_version_never_replaces_a_later_one(agenda: Agenda, sequence: int) -> None:
    agenda.publish([VISIT])
    agenda.publish([replace(VISIT, digest="x-y", sequence=sequence)])
    assert agenda.versions() == {"bezoek": VISIT}


def test_publishing_nothing_changes_nothing(agenda: Agenda) -> None:
    agenda.publish([TALK])
    agenda.publish([])
    assert agenda.versions() == {"lezing": TALK}


def test_publishing_is_all_or_nothing(agenda: Agenda) -> None:
    def interrupted() -> Iterator[EventVersion]:
        yield TALK
        raise InterruptedError

    with pytest.raises(InterruptedError):
        agenda.publish(interrupted())
    assert agenda.versions() == {}
