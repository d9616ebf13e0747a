"""What holds for every reading of the ledger, for secrets, and for suppression."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from contract.stores import (
    EDITION,
    LATER,
    NOW,
    claim,
    deferred,
    edition,
    failed,
    opened,
    queue,
    record,
    recover,
    sent,
    states,
)
from fvdt_mailer.adapters.store.opening import Store
from fvdt_mailer.errors import StoreFailed
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.delivery import Blame, Outcome, State
from fvdt_mailer.ports import Membership, Secrets


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as store:
        yield store


def test_an_edition_comes_back_as_it_was_frozen(store: Store) -> None:
    frozen = replace(edition(), frozen_at=NOW.replace(microsecond=123456))
    store.ledger.enter(frozen, [])
    assert store.accounts.frozen(EDITION) == frozen


def test_an_edition_that_was_never_queued_is_none(store: Store) -> None:
    assert store.accounts.frozen(EDITION) is None
    assert store.accounts.tally(EDITION).frozen == 0


def test_an_edition_outlives_the_store_that_wrote_it(tmp_path: Path) -> None:
    with opened(tmp_path) as first:
        first.ledger.enter(edition(), [])
    with opened(tmp_path) as second:
        assert second.accounts.frozen(EDITION) == edition()


def test_settings_of_another_version_are_named_with_what_to_do(store: Store) -> None:
    store.ledger.enter(edition(), [])
    _break_settings(store)
    with pytest.raises(StoreFailed, match=r"another version.*finish it with that version"):
        store.accounts.frozen(EDITION)


def test_editions_are_told_in_the_order_of_their_freeze(store: Store) -> None:
    store.ledger.enter(replace(edition("zomer"), frozen_at=NOW), [])
    store.ledger.enter(replace(edition("herfst"), frozen_at=LATER), [])
    store.ledger.enter(replace(edition("lente"), frozen_at=NOW - timedelta(days=90)), [])
    assert store.accounts.editions() == ("lente", "zomer", "herfst")


def test_a_tally_counts_every_state_and_balances(store: Store) -> None:
    ids = queue(store, "an", "bram", "celine", "dirk")
    claim(store, limit=3)
    record(store, sent(ids["an"]), failed(ids["bram"]), deferred(ids["celine"], until=LATER))
    tally = store.accounts.tally(EDITION)
    assert dict(tally.counts) == {
        State.SENT: 1,
        State.FAILED: 1,
        State.DEFERRED: 1,
        State.QUEUED: 1,
    }
    assert (tally.is_balanced, tally.is_complete, tally.owed) == (True, False, 2)


def test_a_delivery_that_went_missing_unbalances_the_tally(store: Store) -> None:
    queue(store, "an", "bram")
    _lose_a_delivery(store)
    assert not store.accounts.tally(EDITION).is_balanced


def test_deliveries_are_told_by_address_and_only_in_the_states_asked_for(store: Store) -> None:
    ids = queue(store, "dirk", "bram", "an", "celine")
    claim(store)
    record(store, sent(ids["dirk"]), sent(ids["an"]), failed(ids["bram"]))
    told = store.accounts.deliveries(EDITION, [State.SENT, State.FAILED])
    assert [one.recipient.address.local for one in told] == ["an", "bram", "dirk"]


def test_a_delivery_tells_what_the_server_said_and_whose_doing_it_was(store: Store) -> None:
    ids = queue(store, "an")
    claim(store)
    record(store, deferred(ids["an"], until=LATER))
    (told,) = store.accounts.deliveries(EDITION, [State.DEFERRED])
    assert told.next_try == LATER
    assert told.outcome == Outcome(
        state=State.DEFERRED, blame=Blame.RECIPIENT, reply="450 4.2.0 greylisted"
    )


def _in_doubt(store: Store) -> None:
    ids = queue(store, "an", "bram", "celine")
    claim(store)
    record(store, sent(ids["an"]), failed(ids["bram"]), finalizing=[ids["celine"]])
    recover(store)


def test_resolving_as_sent_settles_only_what_is_in_doubt(store: Store) -> None:
    _in_doubt(store)
    assert store.accounts.resolve(EDITION, to=State.SENT) == 1
    assert states(store) == {"an": State.SENT, "bram": State.FAILED, "celine": State.SENT}
    assert store.accounts.resolve(EDITION, to=State.SENT) == 0


def test_an_assumed_delivery_can_be_told_from_one_the_server_confirmed(store: Store) -> None:
    _in_doubt(store)
    store.accounts.resolve(EDITION, to=State.SENT)
    an, celine = store.accounts.deliveries(EDITION, [State.SENT])
    assert an.outcome is not None
    assert celine.outcome is not None
    assert an.outcome.reply == "250 2.0.0 ok"
    assert "assumed" in celine.outcome.reply


def test_resolving_as_queued_makes_it_due_again(store: Store) -> None:
    _in_doubt(store)
    assert store.accounts.resolve(EDITION, to=State.QUEUED) == 1
    (again,) = claim(store)
    assert again.recipient.address.local == "celine"
    assert (again.attempts, again.outcome) == (2, None)


@pytest.mark.parametrize("state", set(State) - {State.SENT, State.QUEUED})
def test_nothing_is_resolved_into_another_state(store: Store, state: State) -> None:
    with pytest.raises(ValueError, match="sent or queued"):
        store.accounts.resolve(EDITION, to=state)


# --- secrets


def test_a_secret_is_32_bytes_that_stay_the_same(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        secrets: Secrets = store.secrets
        first = secrets.secret("links")
    with opened(tmp_path) as store:
        assert store.secrets.secret("links") == first
        assert store.secrets.secret("other") != first
    assert len(first) == 32


def test_two_stores_do_not_share_a_secret(tmp_path: Path) -> None:
    with opened(tmp_path / "one") as one, opened(tmp_path / "two") as two:
        assert one.secrets.secret("links") != two.secrets.secret("links")


def test_secrets_asked_for_at_the_same_time_are_one_secret(tmp_path: Path) -> None:
    answers: list[bytes] = []
    start = threading.Barrier(4)

    def ask() -> None:
        with opened(tmp_path) as store:
            start.wait(timeout=30)
            answers.append(store.secrets.secret("links"))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4
    assert len(set(answers)) == 1


# --- suppression


def test_a_second_suppression_keeps_the_first_reason(store: Store) -> None:
    membership: Membership = store.membership
    queue(store, "an")
    membership.suppress(Address.parse("an@example.org"), "complaint")
    membership.suppress(Address.parse("AN@example.org"), "bounce")
    claim(store)
    (settled,) = store.accounts.deliveries(EDITION, [State.SUPPRESSED])
    assert settled.outcome is not None
    assert settled.outcome.reply == "suppressed: complaint"
    assert store.audience.stats().suppressions == 1


def _break_settings(store: Store) -> None:
    _write(store, 'UPDATE edition SET project = \'{"nom": "Fabriques"}\'')


def _lose_a_delivery(store: Store) -> None:
    _write(store, "DELETE FROM delivery WHERE address LIKE 'an@%'")


def _write(store: Store, statement: str) -> None:
    with store.accounts._database.writing() as connection:
        connection.exec_driver_sql(statement)
