"""What holds for every log of approvals: it only grows, and no name stands in it twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from contract.stores import LATER, NOW, opened
from fvdt_mailer.adapters.store.opening import Store
from fvdt_mailer.model.approval import Approval
from fvdt_mailer.ports import Approvals

AN = Approval(
    campaign="2013-06", content_hash="abc", by="An Peeters", at=NOW, mails=87, note="één keer"
)
BRAM = replace(AN, by="Bram Claes", at=LATER, note="")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as store:
        yield store


def test_the_store_serves_the_port(store: Store) -> None:
    approvals: Approvals = store.approvals
    assert approvals.of("2013-06") == ()


def test_approvals_come_back_as_they_were_given_the_oldest_first(store: Store) -> None:
    assert store.approvals.add(BRAM)
    assert store.approvals.add(AN)
    assert store.approvals.of("2013-06") == (AN, BRAM)


def test_the_same_person_adds_nothing_to_the_same_content(store: Store) -> None:
    store.approvals.add(AN)
    assert not store.approvals.add(replace(AN, at=LATER, note="again", mails=1))
    assert store.approvals.of("2013-06") == (AN,)


def test_the_same_person_may_approve_another_content_and_another_campaign(store: Store) -> None:
    again = replace(AN, content_hash="def", at=LATER)
    elsewhere = replace(AN, campaign="2013-07")
    for one in (AN, again, elsewhere):
        assert store.approvals.add(one)
    assert store.approvals.of("2013-06") == (AN, again)
    assert store.approvals.of("2013-07") == (elsewhere,)


def test_approvals_outlive_the_store_that_wrote_them(tmp_path: Path) -> None:
    with opened(tmp_path) as first:
        first.approvals.add(AN)
    with opened(tmp_path) as second:
        assert second.approvals.of("2013-06") == (AN,)
