"""What holds for every lease: whoever was taken over writes nothing more, whatever the clocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest

from contract.stores import (
    EDITION,
    FENCE,
    NOW,
    at_moments,
    claim,
    deferred,
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
from fvdt_mailer.model.delivery import Recorded, State
from fvdt_mailer.ports import Leases

MINUTE = timedelta(minutes=1)
Moment = Callable[[datetime], Store]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as store:
        yield store


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Moment]:
    with at_moments(tmp_path) as moment:
        yield moment


def test_the_store_serves_the_port(store: Store) -> None:
    leases: Leases = store.leases
    assert leases.lease("2013-06") is None


def test_each_hold_has_a_higher_fence_even_after_it_was_let_go(store: Store) -> None:
    first = hold(store)
    store.leases.release(EDITION, fence=first)
    assert store.leases.lease(EDITION) is None
    assert hold(store) == first + 1


def test_a_hold_says_who_holds_and_until_when(store: Store) -> None:
    store.leases.acquire(EDITION, holder="process 7 on web1", place="web1")
    lease = store.leases.lease(EDITION)
    assert lease is not None
    assert (lease.holder, lease.until) == ("process 7 on web1", NOW + MINUTE)
    assert lease.is_held(now=NOW + timedelta(seconds=59))
    assert not lease.is_held(now=NOW + MINUTE)


def test_one_at_another_place_waits_a_minute_and_one_at_the_same_place_does_not(
    at: Moment, store: Store
) -> None:
    hold(store, place="here")
    with pytest.raises(SenderBusy, match=r"a sender here.*run this again in a minute"):
        hold(at(NOW + MINUTE - timedelta(seconds=1)), place="there")
    assert hold(store, place="here") == 2
    assert hold(at(NOW + MINUTE), place="there") == 3


def test_letting_go_of_what_another_holds_changes_nothing(store: Store) -> None:
    old = hold(store)
    new = hold(store)
    store.leases.release(EDITION, fence=old)
    lease = store.leases.lease(EDITION)
    assert lease is not None
    assert lease.fence == new


def _claims(store: Store, fence: int) -> object:
    return claim(store, fence=fence)


def _finalizes(store: Store, fence: int) -> None:
    (an,) = store.accounts.deliveries(EDITION, [State.CLAIMED])
    record(store, finalizing=[an.recipient.reader_id], fence=fence)


def _settles(store: Store, fence: int) -> None:
    (an,) = store.accounts.deliveries(EDITION, [State.CLAIMED])
    record(store, sent(an.recipient.reader_id), fence=fence)


def _recovers(store: Store, fence: int) -> object:
    return recover(store, fence=fence)


@pytest.mark.parametrize("write", [_claims, _finalizes, _settles, _recovers])
def test_who_was_taken_over_writes_nothing_more(
    store: Store, write: Callable[[Store, int], object]
) -> None:
    queue(store, "an", "bram")
    claim(store, limit=1, fence=1)
    hold(store)
    before = tuple(store.accounts.deliveries(EDITION, tuple(State)))
    with pytest.raises(SenderBusy, match=r"took it over.*status 2013-06 --watch"):
        write(store, 1)
    assert tuple(store.accounts.deliveries(EDITION, tuple(State))) == before


def test_who_never_held_it_and_who_let_go_of_it_claim_nothing(store: Store) -> None:
    queue(store, "an")
    for fence in (0, 2):
        with pytest.raises(SenderBusy):
            claim(store, fence=fence)
    store.leases.release(EDITION, fence=1)
    with pytest.raises(SenderBusy):
        claim(store, fence=1)


def test_a_late_sender_goes_on_as_long_as_nobody_took_over(at: Moment, store: Store) -> None:
    queue(store, "an")
    late = at(NOW + 10 * MINUTE)
    (an,) = claim(late, now=NOW + 10 * MINUTE)
    record(late, finalizing=[an.recipient.reader_id])
    assert states(store) == {"an": State.FINALIZING}


@pytest.mark.parametrize(
    ("seconds", "until"), [(19, 60), (20, 80), (50, 110), (600, 660), (-1, 59), (-3600, -3540)]
)
def test_a_term_begins_anew_when_a_third_has_passed_or_the_clock_was_set_back(
    store: Store, seconds: int, until: int
) -> None:
    queue(store, "an")
    claim(store, now=NOW + timedelta(seconds=seconds))
    lease = store.leases.lease(EDITION)
    assert lease is not None
    assert lease.until == NOW + timedelta(seconds=until)


def test_recording_renews_the_term_too(at: Moment, store: Store) -> None:
    ids = queue(store, "an")
    claim(store)
    record(at(NOW + MINUTE), sent(ids["an"]))
    lease = store.leases.lease(EDITION)
    assert lease is not None
    assert lease.until == NOW + 2 * MINUTE


# --- whatever happens


class Sender:
    """A machine that sends one edition, step by step; each step may come at any time."""

    def __init__(self, store: Store, edition_id: str, *, clock: datetime) -> None:
        self.store = store
        self.edition_id = edition_id
        self.clock = clock
        self.fence = 0
        self.claimed: list[int] = []
        self.left: list[int] = []

    def begin(self) -> None:
        """Hold it, and put right what the one before may have left behind."""
        self.fence = self.store.leases.acquire(self.edition_id, holder="", place=str(id(self)))
        self.store.ledger.recover(self.edition_id, fence=self.fence)

    def claim(self) -> None:
        taken = self.store.ledger.claim(self.edition_id, limit=1, now=self.clock, fence=self.fence)
        self.claimed += [one.recipient.reader_id for one in taken]

    def finish(self) -> None:
        """What was claimed leaves, once the ledger says that it may."""
        if self.claimed:
            self._record([], [self.claimed[0]])
            self.left.append(self.claimed.pop())

    def put_off(self) -> None:
        """The server asked to come back with what was claimed."""
        if self.claimed:
            self._record([deferred(self.claimed.pop(), until=NOW)], [])

    def settle(self) -> None:
        """The server took what left."""
        if self.left:
            self._record([sent(self.left[-1])], [])

    def _record(self, outcomes: list[Recorded], finalizing: list[int]) -> None:
        self.store.ledger.record(
            self.edition_id, outcomes=outcomes, finalizing=finalizing, fence=self.fence
        )


FIRST = ("claim", "put_off", "claim", "finish", "settle")
SECOND = ("begin", "claim", "finish", "claim", "finish", "settle")


def test_however_two_senders_come_between_each_other_no_mail_leaves_twice(
    store: Store, at: Moment
) -> None:
    """The second one's clock is an hour ahead, so that it takes over whenever it likes."""
    ahead = at(NOW + 60 * MINUTE)
    places = combinations(range(len(FIRST) + len(SECOND)), len(FIRST))
    for number, chosen in enumerate(places):
        edition_id = f"story-{number}"
        queue(store, "an", edition_id=edition_id)
        store.leases.release(edition_id, fence=FENCE)
        first = Sender(store, edition_id, clock=NOW)
        second = Sender(ahead, edition_id, clock=NOW + 60 * MINUTE)
        first.begin()
        steps = {True: iter(FIRST), False: iter(SECOND)}
        for place in range(len(FIRST) + len(SECOND)):
            is_first = place in chosen
            with suppress(SenderBusy):
                getattr(first if is_first else second, next(steps[is_first]))()
        assert len(first.left) + len(second.left) <= 1, chosen
        assert store.accounts.tally(edition_id).is_balanced
    assert number == 461
