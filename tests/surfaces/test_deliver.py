"""A run over several connections: who gets what, whatever the server does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Event, Lock

import pytest

from contract.smtp_servers import Fault, Scripted, Then
from contract.stores import EDITION, edition, opened, queue, sent
from fvdt_mailer.adapters.pace import SteadyPace
from fvdt_mailer.adapters.smtp.endpoint import Endpoint
from fvdt_mailer.adapters.smtp.transport import SmtpTransport
from fvdt_mailer.adapters.store.opening import Store
from fvdt_mailer.adapters.threads import Threads
from fvdt_mailer.app.book import Book
from fvdt_mailer.app.deliver import Run, deliver
from fvdt_mailer.app.strikes import Strikes
from fvdt_mailer.app.watch import Watch
from fvdt_mailer.errors import TransportDown
from fvdt_mailer.model.delivery import Blame, Outcome, State
from fvdt_mailer.model.project import Smtp
from sink import listening

READERS = tuple(f"reader{number}" for number in range(40))
REFUSES_US = b"550 5.7.1 your server is not welcome\r\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as store:
        queue(store, *READERS)
        yield store


class Impatient(Event):
    """A stop on which nobody waits for long."""

    def wait(self, timeout: float | None = None) -> bool:
        del timeout
        return self.is_set()


def run(
    store: Store, port: int, *, connections: int = 4, limit: int | None = None
) -> list[Outcome]:
    """What became of each mail, in the order it was known."""
    outcomes: list[Outcome] = []
    stop = Impatient()
    watch = Watch(
        on_outcome=lambda _delivery, outcome: outcomes.append(outcome),
        pace=SteadyPace(0.0, wait=stop.wait),
        jitter=lambda: 0.0,
        stop=stop,
        limit=limit,
        connections=connections,
    )
    transport = SmtpTransport(endpoint=Endpoint.parse(Smtp(url=f"smtp://127.0.0.1:{port}"), None))
    one = Run(
        edition=edition(),
        ledger=store.ledger,
        clock=lambda: edition().frozen_at,
        secret=b"key",
        signing=(),
        watch=watch,
        fence=store.leases.acquire(EDITION, holder="test", place="here"),
    )
    deliver(one, transport, Threads())
    return outcomes


@pytest.mark.parametrize("connections", [1, 3, 8])
def test_every_reader_is_mailed_once_over_any_number_of_connections(
    store: Store, connections: int
) -> None:
    with listening() as sink:
        outcomes = run(store, sink.port, connections=connections)
    assert Counter(sink.readers) == Counter(f"{name}@example.org" for name in READERS)
    assert len(outcomes) == len(READERS)
    assert store.accounts.tally(EDITION)[State.SENT] == len(READERS)


def test_a_limit_holds_over_all_connections_together(store: Store) -> None:
    with listening() as sink:
        run(store, sink.port, limit=7)
        assert len(sink.mails) == 7
        run(store, sink.port)
    assert len(set(sink.readers)) == len(sink.mails) == len(READERS)


def test_a_server_that_refuses_us_is_left_after_five_mails_in_a_row(store: Store) -> None:
    with listening() as sink:
        sink.refusal = REFUSES_US.decode().strip()
        with pytest.raises(TransportDown, match="not welcome"):
            run(store, sink.port, connections=1)
    tally = store.accounts.tally(EDITION)
    assert (tally[State.DEFERRED], tally[State.QUEUED]) == (5, len(READERS) - 5)


def test_a_good_outcome_between_them_clears_the_strikes(store: Store) -> None:
    refused = [Fault(step="RCPT", reply=REFUSES_US, at=at) for at in (1, 2, 3, 4, 6, 7, 8, 9)]
    with Scripted(*refused, offers=("PIPELINING",)) as server:
        run(store, server.port, connections=1)
    tally = store.accounts.tally(EDITION)
    assert (tally[State.DEFERRED], tally[State.SENT]) == (8, len(READERS) - 8)


def test_a_server_that_restarts_amid_a_run_costs_no_reader_a_mail(store: Store) -> None:
    faults = [
        Fault(step="MAIL", reply=b"421 4.3.2 restarting\r\n", then=Then.HANG_UP, at=5),
        Fault(step="greeting", reply=b"421 4.3.2 not yet\r\n", then=Then.HANG_UP, at=2),
        Fault(step="greeting", reply=b"421 4.3.2 not yet\r\n", then=Then.HANG_UP, at=3),
    ]
    with Scripted(*faults) as server:
        run(store, server.port, connections=1)
    tally = store.accounts.tally(EDITION)
    assert (tally[State.SENT], tally[State.DEFERRED]) == (len(READERS) - 1, 1)
    assert server.sessions == 4


def test_a_server_that_stays_away_ends_the_run_and_leaves_the_rest_queued(store: Store) -> None:
    gone = [
        Fault(step="greeting", reply=b"554 5.3.2 closed\r\n", then=Then.HANG_UP, at=at)
        for at in range(2, 10)
    ]
    away = Fault(step="content", reply=b"421 4.3.2 closing\r\n", then=Then.HANG_UP, at=3)
    with Scripted(away, *gone) as server, pytest.raises(TransportDown, match="closed"):
        run(store, server.port, connections=1)
    tally = store.accounts.tally(EDITION)
    assert (tally[State.SENT], tally[State.DEFERRED]) == (2, 1)
    assert tally[State.QUEUED] == len(READERS) - 3


def test_without_a_server_nothing_is_attempted(store: Store) -> None:
    with pytest.raises(TransportDown, match="no server listens"):
        run(store, 1)
    assert store.accounts.tally(EDITION)[State.QUEUED] == len(READERS)


def test_what_a_server_may_own_is_in_doubt_and_is_not_sent_again(store: Store) -> None:
    lost = Fault(step="content", then=Then.HANG_UP, at=3)
    with Scripted(lost) as server:
        run(store, server.port, connections=1)
        run(store, server.port, connections=1)
    tally = store.accounts.tally(EDITION)
    assert (tally[State.IN_DOUBT], tally[State.SENT]) == (1, len(READERS) - 1)
    assert len(server.contents) == len(READERS)


def test_connections_that_write_at_once_share_commits_and_each_is_durable(tmp_path: Path) -> None:
    hands = 8
    with opened(tmp_path) as store:
        ids = tuple(queue(store, *READERS[:hands]).values())
        fence = store.leases.acquire(EDITION, holder="test", place="here")
        store.ledger.claim(EDITION, limit=hands, now=edition().frozen_at, fence=fence)
        book, barrier, lock = Book(EDITION, store.ledger, fence=fence), Barrier(hands), Lock()
        waiting, durable = list(ids), []

        def write() -> None:
            with lock:
                reader_id = waiting.pop()
            barrier.wait()
            book.record([], (reader_id,))
            book.record([sent(reader_id)], ())
            found = store.accounts.deliveries(EDITION, (State.SENT,))
            durable.append(reader_id in {one.recipient.reader_id for one in found})

        Threads().work(write, times=hands)
        assert durable == [True] * hands


def test_what_was_under_way_at_the_same_moment_is_one_strike() -> None:
    rests: list[float] = []
    strikes = Strikes(rest=rests.append, jitter=lambda: 0.0)
    refused = Outcome(state=State.DEFERRED, blame=Blame.US, reply="421 4.3.2 restarting")
    for _ in range(8):
        strikes.note(refused, begun_in=0)
    strikes.rest()
    assert rests == [1.0]
    assert strikes.verdict is None


def test_each_strike_doubles_the_rest_and_the_fifth_is_the_last() -> None:
    rests: list[float] = []
    strikes = Strikes(rest=rests.append, jitter=lambda: 1.0)
    refused = Outcome(state=State.DEFERRED, blame=Blame.US, reply="550 5.7.1 no")
    for _ in range(5):
        strikes.note(refused, begun_in=strikes.round)
        strikes.rest()
    assert rests == [1.5, 3.0, 6.0, 12.0]
    assert strikes.verdict is not None


def test_an_error_of_one_connection_is_raised_when_all_have_ended() -> None:
    done: list[int] = []

    def job() -> None:
        done.append(1)
        if len(done) == 1:
            raise ValueError("one of them")

    with pytest.raises(ValueError, match="one of them"):
        Threads().work(job, times=3)
    assert len(done) == 3
