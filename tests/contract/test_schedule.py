"""What holds for every schedule: nothing leaves before its moment, and what is due is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from contract.stores import (
    EDITION,
    FENCE,
    LATER,
    NOW,
    claim,
    deferred,
    edition,
    hold,
    opened,
    queue,
    record,
    recover,
    sent,
    states,
)
from fvdt_mailer.adapters.store.opening import Store
from fvdt_mailer.errors import SenderBusy
from fvdt_mailer.model.delivery import State
from fvdt_mailer.ports import Schedule

MOMENT = NOW + timedelta(days=2)
TICK = timedelta(microseconds=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as store:
        yield store


def scheduled(store: Store, *names: str, at: datetime = MOMENT) -> dict[str, int]:
    """The June edition for these readers, to leave from that moment on."""
    ids = queue(store, *names)
    assert store.schedule.move(EDITION, to=at, fence=FENCE)
    return ids


def test_the_store_serves_the_port(store: Store) -> None:
    schedule: Schedule = store.schedule
    assert schedule.owing() == {}


def test_nothing_is_claimed_before_the_moment_and_all_of_it_from_then_on(store: Store) -> None:
    scheduled(store, "an", "bram")
    assert claim(store, now=MOMENT - TICK) == ()
    assert len(claim(store, now=MOMENT)) == 2


def test_the_moment_is_frozen_with_the_edition(store: Store) -> None:
    frozen = replace(edition(), not_before=MOMENT, program="1.2.3")
    store.ledger.enter(frozen, [])
    assert store.accounts.frozen(EDITION) == frozen
    assert frozen.dated == MOMENT
    assert edition().dated == NOW


def test_an_edition_is_due_from_its_freeze_or_from_its_moment(store: Store) -> None:
    queue(store, "an")
    queue(store, edition_id="2013-07")
    store.schedule.move("2013-07", to=MOMENT, fence=FENCE)
    assert store.schedule.owing() == {EDITION: NOW, "2013-07": MOMENT}


def test_what_waits_for_another_try_is_due_at_the_first_of_them(store: Store) -> None:
    ids = queue(store, "an", "bram", "celine")
    claim(store)
    record(
        store,
        deferred(ids["an"], until=LATER + timedelta(hours=1)),
        deferred(ids["bram"], until=LATER),
        sent(ids["celine"]),
    )
    assert store.schedule.owing() == {EDITION: LATER}


@pytest.mark.parametrize("state", [State.CLAIMED, State.FINALIZING])
def test_what_a_crash_left_behind_is_due_at_once(store: Store, state: State) -> None:
    ids = queue(store, "an")
    claim(store)
    if state is State.FINALIZING:
        record(store, finalizing=[ids["an"]])
    assert states(store) == {"an": state}
    assert store.schedule.owing() == {EDITION: NOW}


def test_what_is_settled_is_due_no_more(store: Store) -> None:
    ids = queue(store, "an", "bram")
    claim(store)
    record(store, sent(ids["an"]), finalizing=[ids["bram"]])
    recover(store)
    assert store.schedule.owing() == {}


def test_a_moment_can_be_moved_until_a_mail_was_taken_up(store: Store) -> None:
    scheduled(store, "an", "bram")
    assert store.schedule.move(EDITION, to=LATER, fence=FENCE)
    assert len(claim(store, limit=1, now=LATER)) == 1
    recover(store)
    assert not store.schedule.move(EDITION, to=MOMENT, fence=FENCE)
    assert store.schedule.owing() == {EDITION: LATER}


def test_what_was_withdrawn_is_gone_and_can_be_queued_again(store: Store) -> None:
    queue(store, "an", "bram")
    assert store.schedule.withdraw(EDITION, fence=FENCE)
    assert store.accounts.frozen(EDITION) is None
    assert store.accounts.tally(EDITION).frozen == 0
    store.ledger.enter(edition(), [])
    assert store.accounts.frozen(EDITION) == edition()


def test_a_sender_of_what_was_withdrawn_and_queued_again_is_kept_out(store: Store) -> None:
    queue(store, "an")
    store.schedule.withdraw(EDITION, fence=FENCE)
    queue(store, "an")
    assert hold(store) == FENCE + 1
    with pytest.raises(SenderBusy):
        claim(store, fence=FENCE)


def test_what_has_begun_cannot_be_withdrawn(store: Store) -> None:
    ids = queue(store, "an", "bram")
    claim(store, limit=1)
    record(store, deferred(ids["an"], until=LATER))
    assert not store.schedule.withdraw(EDITION, fence=FENCE)
    assert store.accounts.tally(EDITION).frozen == 2


def test_withdrawing_leaves_other_editions_alone(store: Store) -> None:
    queue(store, "an")
    queue(store, edition_id="2013-07")
    store.schedule.withdraw(EDITION, fence=FENCE)
    assert store.accounts.editions() == ("2013-07",)
    assert store.accounts.tally("2013-07").is_balanced


def test_who_does_not_hold_it_moves_and_withdraws_nothing(store: Store) -> None:
    queue(store, "an")
    hold(store)
    with pytest.raises(SenderBusy):
        store.schedule.move(EDITION, to=MOMENT, fence=FENCE)
    with pytest.raises(SenderBusy):
        store.schedule.withdraw(EDITION, fence=FENCE)
    assert store.schedule.owing() == {EDITION: NOW}
