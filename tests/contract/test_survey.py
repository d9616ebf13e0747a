"""What holds for every survey: its parts add up to the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.stores import (
    ALL,
    EDITION,
    FENCE,
    NOW,
    VOEDING,
    at_moments,
    claim,
    deferred,
    edition,
    entrant,
    failed,
    hold,
    opened,
    queue,
    record,
    recover,
    sent,
)
from fvdt_mailer.adapters.store.opening import Store
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.campaign import AudienceRule
from fvdt_mailer.model.delivery import Blame, Outcome, Recipient, Recorded, State
from fvdt_mailer.model.standing import Remark, Tempo
from fvdt_mailer.ports import Survey

SECOND = timedelta(seconds=1)
Moment = Callable[[datetime], Store]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as store:
        yield store


@pytest.fixture
def later(tmp_path: Path) -> Iterator[Moment]:
    with at_moments(tmp_path) as moment:
        yield moment


def recipients(*addresses: str) -> Iterator[Recipient]:
    for number, text in enumerate(addresses, start=1):
        segment = VOEDING if number % 2 else ALL
        address = Address.parse(text)
        yield Recipient(reader_id=number, address=address, name="", segment=segment)


def test_the_store_serves_the_port(store: Store) -> None:
    survey: Survey = store.survey
    assert survey.course("2013-06") is None


def test_segments_are_told_by_name_with_a_tally_each(store: Store) -> None:
    store.audience.merge([entrant(name) for name in ("an", "bram", "celine")], dry_run=False)
    readers = tuple(store.audience.readers(AudienceRule()))
    store.ledger.enter(
        edition(),
        (
            Recipient(
                reader_id=one.id,
                address=one.address,
                name="",
                segment=ALL if one.address.local == "bram" else VOEDING,
            )
            for one in readers
        ),
    )
    hold(store)
    claim(store, limit=1)
    record(store, sent(readers[0].id))
    by_segment = store.survey.by_segment(EDITION)
    assert list(by_segment) == sorted([str(ALL), str(VOEDING)])
    assert dict(by_segment[str(VOEDING)].counts) == {State.SENT: 1, State.QUEUED: 1}
    assert by_segment[str(ALL)].frozen == 1


def test_domains_are_told_with_the_most_recipients_first_and_no_more_than_asked(
    store: Store,
) -> None:
    domains = ["b.example", "c.example", "a.example", "b.example", "mail.b.example", "a.example"]
    store.ledger.enter(
        edition(), recipients(*(f"r{n}@{domain}" for n, domain in enumerate(domains)))
    )
    told = store.survey.by_domain(EDITION, most=3)
    assert [(name, tally.frozen) for name, tally in told.items()] == [
        ("a.example", 2),
        ("b.example", 2),
        ("c.example", 1),
    ]


_WORD = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?", fullmatch=True)


@settings(max_examples=60, deadline=None)
@given(
    local=st.from_regex(r"[a-z0-9+_-]{1,8}(\.[a-z0-9+_-]{1,8})?", fullmatch=True),
    labels=st.lists(_WORD, min_size=1, max_size=3),
)
def test_a_domain_is_what_stands_behind_the_at(
    tmp_path_factory: pytest.TempPathFactory, local: str, labels: list[str]
) -> None:
    domain = ".".join([*labels, "example"])
    with opened(tmp_path_factory.mktemp("store")) as store:
        store.ledger.enter(
            edition(),
            [Recipient(reader_id=1, address=Address(local, domain), name="", segment=ALL)],
        )
        assert list(store.survey.by_domain(EDITION, most=1)) == [domain]


def test_what_the_server_said_is_told_once_with_how_often_and_the_latest_first(
    later: Moment, store: Store
) -> None:
    ids = queue(store, "an", "bram", "celine", "dirk", "els")
    claim(store)
    record(store, failed(ids["an"]), failed(ids["bram"]), sent(ids["celine"]))
    record(later(NOW + SECOND), deferred(ids["dirk"], until=NOW + 9 * SECOND))
    expected = (
        Remark(
            reply="450 4.2.0 greylisted",
            state=State.DEFERRED,
            blame=Blame.RECIPIENT,
            times=1,
            last=NOW + SECOND,
        ),
        Remark(
            reply="550 5.1.1 no such user",
            state=State.FAILED,
            blame=Blame.RECIPIENT,
            times=2,
            last=NOW,
        ),
    )
    assert store.survey.remarks(EDITION, most=5) == expected
    assert store.survey.remarks(EDITION, most=1) == expected[:1]


def test_a_mail_in_doubt_is_among_what_was_said(store: Store) -> None:
    ids = queue(store, "an")
    claim(store)
    record(store, finalizing=[ids["an"]])
    recover(store)
    (remark,) = store.survey.remarks(EDITION, most=5)
    assert (remark.state, remark.times) == (State.IN_DOUBT, 1)


def test_an_edition_knows_when_it_was_frozen_scheduled_begun_and_finished(
    later: Moment, store: Store
) -> None:
    ids = queue(store, "an", "bram")
    store.schedule.move(EDITION, to=NOW + SECOND, fence=FENCE)
    course = store.survey.course(EDITION)
    assert course is not None
    assert (course.frozen, course.scheduled) == (NOW, NOW + SECOND)
    assert (course.started, course.finished, course.tempo) == (None, None, None)
    claim(store, limit=1, now=NOW + 2 * SECOND)
    record(later(NOW + 3 * SECOND), sent(ids["an"]))
    claim(store, now=NOW + 4 * SECOND)
    course = store.survey.course(EDITION)
    assert course is not None
    assert (course.started, course.finished) == (NOW + 2 * SECOND, None)
    record(later(NOW + 5 * SECOND), failed(ids["bram"]))
    course = store.survey.course(EDITION)
    assert course is not None
    assert (course.started, course.finished) == (NOW + 2 * SECOND, NOW + 5 * SECOND)


def test_the_program_that_froze_it_and_the_content_are_kept(store: Store) -> None:
    store.ledger.enter(replace(edition(), program="1.2.3"), [])
    course = store.survey.course(EDITION)
    assert course is not None
    assert (course.program, course.content_hash) == ("1.2.3", "sha256:abc")


def test_the_tempo_is_of_the_last_minute_in_which_anything_came(
    later: Moment, store: Store
) -> None:
    ids = queue(store, "an", "bram", "celine", "dirk")
    claim(store)
    for name, second in (("an", 0), ("bram", 300), ("celine", 310), ("dirk", 320)):
        record(later(NOW + second * SECOND), sent(ids[name]))
    course = store.survey.course(EDITION)
    assert course is not None
    assert course.tempo == Tempo(outcomes=3, since=NOW + 300 * SECOND, until=NOW + 320 * SECOND)
    assert course.tempo.per_second == 0.1


def test_mails_in_doubt_and_suppressed_are_no_answers_of_a_server(store: Store) -> None:
    ids = queue(store, "an", "bram")
    claim(store)
    gone = Outcome(state=State.SUPPRESSED, reply="suppressed: complaint")
    record(store, Recorded(reader_id=ids["an"], outcome=gone), finalizing=[ids["bram"]])
    recover(store)
    course = store.survey.course(EDITION)
    assert course is not None
    assert course.tempo is None


def test_one_edition_says_nothing_of_another(store: Store) -> None:
    queue(store, "an")
    queue(store, edition_id="2013-07")
    claim(store)
    assert [tally.frozen for tally in store.survey.by_segment("2013-07").values()] == [1]
    course = store.survey.course("2013-07")
    assert course is not None
    assert course.started is None
