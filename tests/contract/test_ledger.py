"""What holds for every ledger: nobody lost, nobody twice, and what is not known is named."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy.exc import IntegrityError

from contract.stores import (
    ALL,
    EDITION,
    LATER,
    NOW,
    VOEDING,
    claim,
    deferred,
    edition,
    entrant,
    failed,
    opened,
    queue,
    record,
    recover,
    sent,
    states,
)
from fvdt_mailer.adapters.store.opening import Store
from fvdt_mailer.errors import SenderBusy
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.campaign import AudienceRule
from fvdt_mailer.model.delivery import Outcome, Recipient, Recorded, State
from fvdt_mailer.ports import Accounts, Ledger, Settlement


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as store:
        yield store


def _recipient(reader_id: int) -> Recipient:
    address = Address(f"reader{reader_id}", "example.org")
    return Recipient(reader_id=reader_id, address=address, name="", segment=VOEDING)


def test_the_store_serves_the_ports_of_the_ledger(store: Store) -> None:
    ledger: Ledger = store.ledger
    accounts: Accounts = store.accounts
    settlement: Settlement = store.accounts
    assert None not in {ledger, accounts, settlement}


# --- entering


def test_every_recipient_is_entered_as_queued_with_name_address_and_segment(store: Store) -> None:
    recipient = Recipient(reader_id=7, address=Address("an", "example.org"), name="An", segment=ALL)
    assert store.ledger.enter(edition(), [recipient]) == 1
    (delivery,) = store.accounts.deliveries(EDITION, [State.QUEUED])
    assert delivery.recipient == recipient
    assert (delivery.attempts, delivery.next_try, delivery.outcome) == (0, None, None)


def test_entering_a_second_time_adds_nothing_and_changes_nothing(store: Store) -> None:
    store.ledger.enter(edition(), map(_recipient, range(3)))
    again = replace(edition(), content_hash="sha256:other")
    assert store.ledger.enter(again, map(_recipient, range(9))) == 0
    assert store.accounts.frozen(EDITION) == edition()
    assert store.accounts.tally(EDITION).frozen == 3


def test_recipients_that_break_off_leave_nothing_behind(store: Store) -> None:
    def breaking() -> Iterator[Recipient]:
        yield from map(_recipient, range(2500))  # more than two batches
        raise RuntimeError("the audience is gone")

    with pytest.raises(RuntimeError, match="the audience is gone"):
        store.ledger.enter(edition(), breaking())
    assert store.accounts.frozen(EDITION) is None
    assert store.accounts.tally(EDITION).counts == ()
    assert store.ledger.enter(edition(), map(_recipient, range(2500))) == 2500


def test_one_reader_cannot_be_entered_twice(store: Store) -> None:
    with pytest.raises(IntegrityError):
        store.ledger.enter(edition(), [_recipient(1), _recipient(1)])
    assert store.accounts.frozen(EDITION) is None


def test_a_recipient_without_a_rendition_stops_the_whole_edition(store: Store) -> None:
    lost = replace(_recipient(2), segment=replace(VOEDING, clusters=("unknown",)))
    with pytest.raises(IntegrityError):
        store.ledger.enter(edition(), [_recipient(1), lost])
    assert store.accounts.frozen(EDITION) is None


def test_entering_does_not_hold_the_recipients_in_memory(store: Store) -> None:
    def peak(recipients: int, edition_id: str) -> int:
        tracemalloc.start()
        store.ledger.enter(edition(edition_id), map(_recipient, range(recipients)))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10, "warm-up")
    assert peak(12_000, "large") < 2 * peak(2_000, "small")


def test_recipients_can_be_streamed_from_the_same_store(store: Store) -> None:
    store.audience.merge((entrant(f"r{i}") for i in range(1500)), dry_run=False)
    entered = store.ledger.enter(
        edition(),
        (
            Recipient(reader_id=r.id, address=r.address, name=r.name, segment=VOEDING)
            for r in store.audience.readers(AudienceRule())
        ),
    )
    assert entered == 1500


# --- claiming


def test_due_deliveries_are_claimed_in_the_order_of_their_readers(store: Store) -> None:
    ids = queue(store, "an", "bram", "celine")
    first = claim(store, limit=2)
    assert [one.recipient.reader_id for one in first] == [ids["an"], ids["bram"]]
    assert {(one.state, one.attempts) for one in first} == {(State.CLAIMED, 1)}
    assert [one.recipient.reader_id for one in claim(store)] == [ids["celine"]]
    assert claim(store) == ()


def test_what_was_claimed_is_what_the_accounts_show(store: Store) -> None:
    queue(store, "an", "bram")
    claimed = claim(store)
    assert tuple(store.accounts.deliveries(EDITION, [State.CLAIMED])) == claimed


def test_a_deferral_is_due_at_its_moment_and_not_before(store: Store) -> None:
    ids = queue(store, "an")
    claim(store)
    record(store, deferred(ids["an"], until=LATER))
    assert claim(store, now=LATER - timedelta(microseconds=1)) == ()
    (again,) = claim(store, now=LATER)
    assert (again.attempts, again.next_try) == (2, None)
    assert again.outcome == deferred(ids["an"], until=LATER).outcome


def test_deferred_and_queued_are_claimed_together_by_reader(store: Store) -> None:
    ids = queue(store, "an", "bram", "celine")
    claim(store, limit=2)
    record(store, deferred(ids["an"], until=NOW), deferred(ids["bram"], until=LATER))
    claimed = claim(store, limit=2, now=LATER)
    assert [one.recipient.reader_id for one in claimed] == [ids["an"], ids["bram"]]


def test_an_address_suppressed_since_the_freeze_is_settled_and_not_claimed(store: Store) -> None:
    queue(store, "an", "bram")
    store.membership.suppress(Address.parse("An@Example.org"), "complaint")
    assert [one.recipient.address.local for one in claim(store)] == ["bram"]
    (settled,) = store.accounts.deliveries(EDITION, [State.SUPPRESSED])
    assert settled.outcome == Outcome(state=State.SUPPRESSED, reply="suppressed: complaint")


def test_the_frozen_address_counts_when_its_reader_has_another_by_now(
    tmp_path: Path, store: Store
) -> None:
    queue(store, "an", "bram")
    _sql(
        tmp_path,
        "UPDATE reader SET address = 'new@example.org', address_key = 'new@example.org'"
        " WHERE address LIKE 'an@%'",
    )
    store.membership.suppress(Address.parse("an@example.org"), "complaint")
    assert [one.recipient.address.local for one in claim(store)] == ["bram"]


@pytest.mark.parametrize("status", ["unconfirmed", "paused", "unsubscribed", "suppressed"])
def test_a_reader_who_is_no_longer_active_is_settled_and_not_claimed(
    tmp_path: Path, store: Store, status: str
) -> None:
    queue(store, "an", "bram")
    _sql(tmp_path, "UPDATE reader SET status = ? WHERE address LIKE 'an@%'", status)
    assert [one.recipient.address.local for one in claim(store)] == ["bram"]
    assert states(store)["an"] is State.SUPPRESSED


def test_a_reader_who_was_erased_since_the_freeze_is_not_claimed(
    tmp_path: Path, store: Store
) -> None:
    queue(store, "an", "bram")
    _sql(tmp_path, "DELETE FROM reader WHERE address LIKE 'an@%'")
    assert [one.recipient.address.local for one in claim(store)] == ["bram"]
    assert states(store)["an"] is State.SUPPRESSED


def test_a_suppressed_deferral_is_settled_too(store: Store) -> None:
    ids = queue(store, "an")
    claim(store)
    record(store, deferred(ids["an"], until=NOW))
    store.membership.suppress(Address.parse("an@example.org"), "complaint")
    assert claim(store, now=LATER) == ()
    assert states(store) == {"an": State.SUPPRESSED}


def test_suppressed_readers_do_not_hide_those_behind_them(store: Store) -> None:
    names = [f"r{number:02}" for number in range(20)]
    queue(store, *names)
    for name in names[:15]:
        store.membership.suppress(Address.parse(f"{name}@example.org"), "bounce")
    assert [one.recipient.address.local for one in claim(store, limit=3)] == names[15:18]


def test_claims_at_the_same_time_never_share_a_delivery(store: Store) -> None:
    queue(store, *(f"r{number}" for number in range(200)))
    claimed: list[int] = []

    def take() -> None:
        while batch := claim(store, limit=7):
            claimed.extend(one.recipient.reader_id for one in batch)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claimed) == len(set(claimed)) == 200


def test_claiming_from_one_edition_leaves_the_others_alone(store: Store) -> None:
    queue(store, "an")
    queue(store, edition_id="2013-07")
    claim(store)
    assert store.accounts.tally("2013-07")[State.QUEUED] == 1


# --- recording


@pytest.mark.parametrize("is_finalized", [False, True])
@pytest.mark.parametrize("state", [State.SENT, State.FAILED, State.SUPPRESSED, State.IN_DOUBT])
def test_an_outcome_is_recorded_for_what_is_under_way(
    store: Store, state: State, *, is_finalized: bool
) -> None:
    ids = queue(store, "an")
    claim(store)
    if is_finalized:
        record(store, finalizing=[ids["an"]])
    outcome = Outcome(state=state, reply="as the server said")
    record(store, Recorded(reader_id=ids["an"], outcome=outcome, next_try=LATER))
    (delivery,) = store.accounts.deliveries(EDITION, tuple(State))
    assert (delivery.state, delivery.outcome, delivery.next_try) == (state, outcome, None)


def test_outcomes_and_finalizing_share_one_record(store: Store) -> None:
    ids = queue(store, "an", "bram")
    claim(store)
    record(store, sent(ids["an"]), finalizing=[ids["bram"]])
    assert states(store) == {"an": State.SENT, "bram": State.FINALIZING}


@pytest.mark.parametrize("late", [sent, failed])
def test_an_outcome_for_what_is_not_under_way_changes_nothing(
    store: Store, late: Callable[[int], Recorded]
) -> None:
    ids = queue(store, "an", "bram", "celine")
    claim(store, limit=2)
    record(store, sent(ids["an"]), failed(ids["bram"]))
    before = tuple(store.accounts.deliveries(EDITION, tuple(State)))
    record(store, *(late(reader_id) for reader_id in ids.values()))
    assert tuple(store.accounts.deliveries(EDITION, tuple(State))) == before


def test_a_delivery_that_is_not_claimed_cannot_be_finalized_but_outcomes_are_kept(
    store: Store,
) -> None:
    ids = queue(store, "an", "bram")
    claim(store, limit=1)
    with pytest.raises(SenderBusy, match="run it again"):
        record(store, sent(ids["an"]), finalizing=[ids["bram"]])
    assert states(store) == {"an": State.SENT, "bram": State.QUEUED}


@pytest.mark.parametrize("state", [State.QUEUED, State.CLAIMED, State.FINALIZING])
def test_a_state_that_is_no_outcome_is_refused(store: Store, state: State) -> None:
    ids = queue(store, "an")
    claim(store)
    with pytest.raises(ValueError, match="not an outcome"):
        record(store, Recorded(reader_id=ids["an"], outcome=Outcome(state=state)))


def test_a_deferral_without_its_next_moment_is_refused(store: Store) -> None:
    ids = queue(store, "an")
    claim(store)
    with pytest.raises(ValueError, match="next try"):
        record(store, Recorded(reader_id=ids["an"], outcome=Outcome(state=State.DEFERRED)))


# --- recovering


def test_recovery_queues_what_was_claimed_and_doubts_what_was_finalizing(store: Store) -> None:
    ids = queue(store, "an", "bram", "celine", "dirk")
    claim(store, limit=3)
    record(store, sent(ids["an"]), finalizing=[ids["bram"]])
    assert recover(store) == 1
    assert states(store) == {
        "an": State.SENT,
        "bram": State.IN_DOUBT,
        "celine": State.QUEUED,
        "dirk": State.QUEUED,
    }
    assert recover(store) == 0


def test_what_is_in_doubt_is_not_claimed_again(store: Store) -> None:
    ids = queue(store, "an")
    claim(store)
    record(store, finalizing=[ids["an"]])
    recover(store)
    assert claim(store, now=LATER) == ()


_SENDER = """
import sys
from pathlib import Path
from contract.stores import claim, opened, record, sent
with opened(Path(sys.argv[1])) as store:
    first, second, third = claim(store, limit=3)
    record(store, finalizing=[first.recipient.reader_id])
    record(store, sent(first.recipient.reader_id), finalizing=[second.recipient.reader_id])
    print("the last dot is leaving", flush=True)
    sys.stdin.read()
"""


def test_a_sender_killed_at_the_last_dot_leaves_exactly_that_mail_in_doubt(
    tmp_path: Path,
) -> None:
    with opened(tmp_path) as store:
        queue(store, "an", "bram", "celine", "dirk")
    sender = subprocess.Popen(
        [sys.executable, "-c", _SENDER, str(tmp_path)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with sender:
        assert sender.stdout is not None
        assert sender.stdout.readline() == "the last dot is leaving\n"
        sender.send_signal(signal.SIGKILL)
    assert sender.returncode == -signal.SIGKILL
    with opened(tmp_path) as store:
        assert recover(store) == 1
        assert states(store) == {
            "an": State.SENT,
            "bram": State.IN_DOUBT,
            "celine": State.QUEUED,
            "dirk": State.QUEUED,
        }
        assert store.accounts.tally(EDITION).is_balanced


# --- whatever happens


class LedgerStories(RuleBasedStateMachine):
    """Any order of commands, compared after each with a ledger that is a plain dictionary."""

    @initialize(readers=st.integers(1, 6))
    def freeze(self, readers: int) -> None:
        self.folder = TemporaryDirectory()
        self.context = opened(Path(self.folder.name))
        self.store = self.context.__enter__()
        self.ids = tuple(queue(self.store, *(f"r{i}" for i in range(readers))).values())
        self.expected = dict.fromkeys(self.ids, State.QUEUED)
        self.next_try: dict[int, datetime] = {}
        self.barred: set[int] = set()
        self.now = NOW

    def teardown(self) -> None:
        if hasattr(self, "context"):
            self.context.__exit__(None, None, None)
            self.folder.cleanup()

    def _in(self, *wanted: State) -> list[int]:
        return [reader for reader in self.ids if self.expected[reader] in wanted]

    def _is_due(self, reader: int) -> bool:
        if self.expected[reader] is State.DEFERRED:
            return self.next_try[reader] <= self.now
        return self.expected[reader] is State.QUEUED

    @rule(limit=st.integers(1, 4))
    def claim(self, limit: int) -> None:
        claimed = claim(self.store, limit=limit, now=self.now)
        taken: list[int] = []
        for reader in filter(self._is_due, self.ids):
            if len(taken) == limit:
                break
            self.expected[reader] = State.SUPPRESSED if reader in self.barred else State.CLAIMED
            taken += [] if reader in self.barred else [reader]
        assert [one.recipient.reader_id for one in claimed] == taken

    @rule(data=st.data())
    def finalize(self, data: st.DataObject) -> None:
        claimed = self._in(State.CLAIMED)
        chosen = data.draw(st.lists(st.sampled_from(claimed), unique=True)) if claimed else []
        record(self.store, finalizing=chosen)
        self.expected |= dict.fromkeys(chosen, State.FINALIZING)

    @rule(
        index=st.integers(0, 5),
        state=st.sampled_from([State.SENT, State.DEFERRED, State.FAILED, State.IN_DOUBT]),
    )
    def settle(self, index: int, state: State) -> None:
        reader = self.ids[index % len(self.ids)]
        until = self.now + timedelta(minutes=5)
        outcome = Outcome(state=state, reply="said")
        record(self.store, Recorded(reader_id=reader, outcome=outcome, next_try=until))
        if self.expected[reader] in {State.CLAIMED, State.FINALIZING}:
            self.expected[reader] = state
            self.next_try[reader] = until

    @rule()
    def crash(self) -> None:
        doubtful = self._in(State.FINALIZING)
        assert recover(self.store) == len(doubtful)
        self.expected |= dict.fromkeys(self._in(State.CLAIMED), State.QUEUED)
        self.expected |= dict.fromkeys(doubtful, State.IN_DOUBT)

    @rule(to=st.sampled_from([State.SENT, State.QUEUED]))
    def resolve(self, to: State) -> None:
        doubtful = self._in(State.IN_DOUBT)
        assert self.store.accounts.resolve(EDITION, to=to) == len(doubtful)
        self.expected |= dict.fromkeys(doubtful, to)

    @rule(index=st.integers(0, 5))
    def suppress(self, index: int) -> None:
        index %= len(self.ids)
        self.store.membership.suppress(Address(f"r{index}", "example.org"), "bounce")
        self.barred.add(self.ids[index])

    @rule()
    def enter_again(self) -> None:
        assert self.store.ledger.enter(edition(), map(_recipient, range(9))) == 0

    @rule(minutes=st.integers(1, 6))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @invariant()
    def the_ledger_is_as_expected_and_balances(self) -> None:
        if not hasattr(self, "store"):
            return
        found = self.store.accounts.deliveries(EDITION, tuple(State))
        assert {one.recipient.reader_id: one.state for one in found} == self.expected
        tally = self.store.accounts.tally(EDITION)
        assert tally.is_balanced
        assert tally.frozen == len(self.ids)


TestLedgerStories = LedgerStories.TestCase
TestLedgerStories.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)


def _sql(folder: Path, statement: str, *values: str) -> None:
    """Do what readers will do by other ways than the ledger."""
    connection = sqlite3.connect(folder / ".mailer" / "mailer.db")
    with connection:
        connection.execute(statement, values)
    connection.close()
