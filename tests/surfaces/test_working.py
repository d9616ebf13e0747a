"""Sending later, again and from elsewhere, by a clock that the test sets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from command import Ended
from fvdt_mailer.adapters.send_lock import FileSendLock
from fvdt_mailer.app.mailer import Mailer
from fvdt_mailer.app.watch import Watch
from fvdt_mailer.app.working import Report, Worker, wait_until_due
from fvdt_mailer.errors import MailerError, NotReady, SenderBusy, TransportDown
from fvdt_mailer.model.delivery import Beat, Blame, Outcome, State
from fvdt_mailer.model.message import Message
from fvdt_mailer.wiring import open_mailer, pace
from newsletters import change_campaign, small_newsletter

Run = Callable[..., Ended]
NOW = datetime(2013, 6, 1, 10, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SENT = Outcome(state=State.SENT, reply="250 2.0.0 ok")
LATER = Outcome(state=State.DEFERRED, blame=Blame.RECIPIENT, reply="450 4.2.0 later")


@dataclass(slots=True)
class Clock:
    """A clock that moves only while somebody waits."""

    now: datetime = NOW
    slept: list[float] = field(default_factory=list)
    stops_after: int = 1000
    asked: int = 0
    meanwhile: Callable[[], object] = lambda: None

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> bool:
        self.asked += 1
        assert self.asked < 10_000, "this never sleeps"
        if seconds:
            self.slept.append(seconds)
            self.now += timedelta(seconds=seconds)
            self.meanwhile()
        return len(self.slept) >= self.stops_after


@dataclass(slots=True)
class Office:
    """A server of the test: what left for whom, and what it says to whom first."""

    left: list[str] = field(default_factory=list)
    first: dict[str, Outcome] = field(default_factory=dict)
    down: int = 0
    before_opening: Callable[[], object] = lambda: None

    @contextmanager
    def connect(self) -> Iterator[Office]:
        if self.down:
            self.down -= 1
            raise TransportDown("nothing listens there; try again")
        yield self

    def deliver(self, message: Message) -> Outcome:
        address = str(message.envelope.rcpt_to)
        self.left.append(address)
        return SENT

    def beat(self, finishing: Message | None, opening: Message | None) -> Beat:
        finished = self.deliver(finishing) if finishing is not None else None
        if opening is None:
            return Beat(finished=finished)
        self.before_opening()
        refused = self.first.pop(str(opening.envelope.rcpt_to), None)
        return Beat(finished=finished, refused=refused, is_open=refused is None)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path, run: Run) -> Path:
    return small_newsletter(tmp_path / "news", run)


@pytest.fixture
def mailer(folder: Path, clock: Clock) -> Iterator[Mailer]:
    with open_mailer(folder, writes=True, clock=clock) as mailer:
        yield mailer


def queued(mailer: Mailer, *, at: datetime | None = None) -> None:
    mailer.queue(mailer.plan("june"), not_before=at)


def watch(clock: Clock) -> Watch:
    return Watch(on_outcome=lambda *_: None, pace=pace(None, wait=clock.wait), jitter=lambda: 0.0)


def sender(mailer: Mailer, office: Office, clock: Clock) -> Callable[[str], None]:
    def send(edition_id: str) -> None:
        mailer.deliver(edition_id, office, watch(clock))

    return send


@dataclass(slots=True)
class Told:
    """What a person was told."""

    waits: list[datetime | None] = field(default_factory=list)
    failures: list[tuple[str, MailerError, datetime]] = field(default_factory=list)

    @property
    def report(self) -> Report:
        return Report(
            waiting=self.waits.append,
            failed=lambda edition, error, again: self.failures.append((edition, error, again)),
        )


def worker(mailer: Mailer, office: Office, clock: Clock, told: Told | None = None) -> Worker:
    return Worker(
        mailer,
        sender(mailer, office, clock),
        wait=clock.wait,
        report=(told or Told()).report,
    )


def tally(mailer: Mailer) -> dict[State, int]:
    return dict(mailer.accounts.tally("june").counts)


# --- a moment to wait for


def test_before_its_moment_a_run_sends_nothing(mailer: Mailer, clock: Clock) -> None:
    queued(mailer, at=NOW + MINUTE)
    office = Office()
    mailer.deliver("june", office, watch(clock))
    assert (office.left, tally(mailer)) == ([], {State.QUEUED: 3})
    clock.now += MINUTE
    mailer.deliver("june", office, watch(clock))
    assert len(office.left) == 3


def test_a_wait_ends_at_its_moment_in_sleeps_of_a_minute_at_most(
    mailer: Mailer, clock: Clock
) -> None:
    moment = NOW + timedelta(minutes=2, seconds=30)
    queued(mailer, at=moment)
    told = Told()
    assert wait_until_due(mailer, "june", wait=clock.wait, report=told.report)
    assert (clock.now, clock.slept, told.waits) == (moment, [60, 60, 30], [moment])


def test_a_wait_can_be_stopped(mailer: Mailer, clock: Clock) -> None:
    queued(mailer, at=NOW + 60 * MINUTE)
    clock.stops_after = 2
    assert not wait_until_due(mailer, "june", wait=clock.wait, report=Told().report)
    assert clock.now == NOW + 2 * MINUTE


def test_a_wait_follows_a_moment_that_is_moved_meanwhile(mailer: Mailer, clock: Clock) -> None:
    queued(mailer, at=NOW + 60 * MINUTE)
    clock.meanwhile = lambda: mailer.move("june", to=NOW + 3 * MINUTE)
    told = Told()
    assert wait_until_due(mailer, "june", wait=clock.wait, report=told.report)
    assert told.waits == [NOW + 60 * MINUTE, NOW + 3 * MINUTE]
    assert clock.now == NOW + 3 * MINUTE


def test_a_wait_ends_when_it_is_withdrawn_meanwhile(mailer: Mailer, clock: Clock) -> None:
    queued(mailer, at=NOW + 60 * MINUTE)
    clock.meanwhile = lambda: mailer.withdraw("june")
    assert not wait_until_due(mailer, "june", wait=clock.wait, report=Told().report)
    assert mailer.accounts.editions() == ()


def test_mails_carry_the_date_of_their_moment(mailer: Mailer, clock: Clock, tmp_path: Path) -> None:
    from fvdt_mailer.adapters.eml_folder import EmlFolderTransport  # noqa: PLC0415

    clock.now = NOW + timedelta(days=3)
    queued(mailer, at=NOW + timedelta(days=10))
    clock.now = NOW + timedelta(days=10, hours=1)
    mailer.deliver("june", EmlFolderTransport(tmp_path / "out"), watch(clock))
    dates = {
        line
        for file in (tmp_path / "out").glob("*.eml")
        for line in file.read_bytes().splitlines()
        if line.startswith(b"Date:")
    }
    assert dates == {b"Date: Tue, 11 Jun 2013 12:00:00 +0200"}


def test_the_days_of_trying_again_count_from_the_moment(mailer: Mailer, clock: Clock) -> None:
    queued(mailer, at=NOW + timedelta(days=10))
    clock.now = NOW + timedelta(days=10)
    mailer.deliver("june", Office(first={"an@example.org": LATER}), watch(clock))
    assert tally(mailer) == {State.SENT: 2, State.DEFERRED: 1}


def test_what_has_begun_can_be_neither_moved_nor_withdrawn(mailer: Mailer, clock: Clock) -> None:
    queued(mailer)
    mailer.deliver("june", Office(first={"an@example.org": LATER}), watch(clock))
    with pytest.raises(NotReady, match="june has begun: its moment can no longer change"):
        mailer.move("june", to=NOW + MINUTE)
    with pytest.raises(NotReady, match="june has begun: it can no longer be taken back"):
        mailer.withdraw("june")
    with pytest.raises(NotReady, match="never queued"):
        mailer.withdraw("july")


def test_a_campaign_without_as_of_speaks_from_the_moment_it_is_sent(
    folder: Path, clock: Clock
) -> None:
    change_campaign(folder, "as_of: 2013-06-01\n", "")
    with open_mailer(folder, writes=True, clock=clock) as mailer:
        assert mailer.plan("june").mailed == 3
        assert mailer.plan("june", at=NOW + timedelta(days=20)).mailed == 0


# --- a worker


def test_a_worker_sends_what_is_scheduled_at_its_moment_and_then_sleeps(
    mailer: Mailer, clock: Clock
) -> None:
    queued(mailer, at=NOW + timedelta(seconds=90))
    clock.stops_after = 3
    office, told = Office(), Told()
    worker(mailer, office, clock, told).until_stopped()
    assert len(office.left) == 3
    assert clock.slept == [60, 30, 60]
    assert told.waits == [NOW + timedelta(seconds=90), None]


def test_a_worker_tries_what_was_deferred_at_its_moment(mailer: Mailer, clock: Clock) -> None:
    queued(mailer)
    office = Office(first={"an@example.org": LATER})
    worker(mailer, office, clock).until_settled()
    assert sorted(office.left) == ["an@example.org", "bram@example.org", "celine@example.com"]
    assert tally(mailer) == {State.SENT: 3}
    assert NOW + 5 * MINUTE <= clock.now < NOW + 6 * MINUTE


def test_a_worker_goes_on_with_what_a_crash_left_behind(mailer: Mailer, clock: Clock) -> None:
    queued(mailer)
    with mailer.lock.hold("june") as fence:
        first, _ = mailer.ledger.claim("june", limit=2, now=NOW, fence=fence)
        mailer.ledger.record(
            "june", outcomes=[], finalizing=[first.recipient.reader_id], fence=fence
        )
    office = Office()
    assert worker(mailer, office, clock).once()
    assert len(office.left) == 2
    assert tally(mailer) == {State.SENT: 2, State.IN_DOUBT: 1}


def test_once_does_what_is_due_and_does_not_wait(mailer: Mailer, clock: Clock) -> None:
    queued(mailer)
    assert worker(mailer, Office(first={"an@example.org": LATER}), clock).once()
    assert (clock.slept, tally(mailer)) == ([], {State.SENT: 2, State.DEFERRED: 1})


def test_a_server_that_is_down_is_tried_again_ever_later_and_nobody_is_lost(
    mailer: Mailer, clock: Clock
) -> None:
    queued(mailer)
    office, told = Office(down=3), Told()
    worker(mailer, office, clock, told).until_settled()
    assert [again for _, _, again in told.failures] == [
        NOW + 1 * MINUTE,
        NOW + 3 * MINUTE,
        NOW + 7 * MINUTE,
    ]
    assert tally(mailer) == {State.SENT: 3}
    assert max(clock.slept) <= 60


def test_a_worker_without_work_looks_again_every_minute(mailer: Mailer, clock: Clock) -> None:
    clock.stops_after = 3
    told = Told()
    worker(mailer, Office(), clock, told).until_stopped()
    assert (clock.slept, told.waits) == ([60, 60, 60], [None])


def test_a_worker_never_loops_without_sleeping(mailer: Mailer, clock: Clock) -> None:
    queued(mailer)
    clock.stops_after = 5
    idle = Worker(mailer, lambda _edition: None, wait=clock.wait, report=Told().report)
    idle.until_stopped()
    assert clock.slept == [1, 1, 1, 1, 1]


def test_one_edition_that_fails_does_not_hold_up_the_others(mailer: Mailer, clock: Clock) -> None:
    queued(mailer)
    sent: list[str] = []

    def send(edition_id: str) -> None:
        sent.append(edition_id)
        if edition_id == "june":
            raise TransportDown("down")

    plan = mailer.plan("june")
    other = plan.edition.campaign.model_copy(update={"id": "july"})
    clock.now += MINUTE
    mailer.queue(replace(plan, edition=replace(plan.edition, campaign=other)))
    assert not Worker(mailer, send, wait=clock.wait, report=Told().report).once()
    assert sent == ["june", "july"]


def test_a_stopped_worker_begins_nothing_more(mailer: Mailer, clock: Clock) -> None:
    queued(mailer)
    clock.stops_after = 0
    office = Office()
    worker(mailer, office, clock).until_stopped()
    assert (office.left, clock.slept) == ([], [])


# --- two senders


@contextmanager
def elsewhere(folder: Path, clock: Clock) -> Iterator[Mailer]:
    """The mailer of another machine: the same store, a lock file of its own."""
    with ExitStack() as stack:
        opening: AbstractContextManager[Mailer] = open_mailer(folder, writes=True, clock=clock)
        mailer = stack.enter_context(opening)
        yield replace(mailer, lock=FileSendLock(folder / "elsewhere", mailer.leases))


def test_a_sender_on_another_machine_is_refused_while_the_first_is_at_work(
    folder: Path, mailer: Mailer, clock: Clock
) -> None:
    queued(mailer)
    with elsewhere(folder, clock) as other:
        refused: list[str] = []

        def second() -> None:
            with pytest.raises(
                SenderBusy, match=r"another sender \(process \d+ on .*\) is at work"
            ):
                other.deliver("june", Office(), watch(clock))
            refused.append("june")

        office = Office(before_opening=second)
        mailer.deliver("june", office, watch(clock))
    assert (len(office.left), len(refused)) == (3, 3)


def test_a_sender_that_was_away_too_long_sends_nothing_of_what_another_took_over(
    folder: Path, mailer: Mailer, clock: Clock
) -> None:
    queued(mailer)
    away = Clock(now=NOW + 2 * MINUTE)
    first, second = Office(), Office()
    with elsewhere(folder, away) as other:

        def stall() -> None:
            if not second.left:
                other.deliver("june", second, watch(away))

        first.before_opening = stall
        with pytest.raises(SenderBusy, match="another sender took it over"):
            mailer.deliver("june", first, watch(clock))
    assert first.left == []
    assert len(second.left) == len(set(second.left)) == 3
    assert tally(mailer) == {State.SENT: 3}


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_jumps_lets_no_mail_leave_twice(
    folder: Path, mailer: Mailer, clock: Clock, hours: int
) -> None:
    queued(mailer)
    away = Clock(now=NOW + timedelta(hours=hours))
    first, second = Office(), Office()
    with elsewhere(folder, away) as other:

        def jump() -> None:
            if first.left and not second.left:
                clock.now += timedelta(hours=hours)
                try:
                    other.deliver("june", second, watch(away))
                except SenderBusy:
                    assert hours < 0

        first.before_opening = jump
        try:
            mailer.deliver("june", first, watch(clock))
        except SenderBusy:
            assert second.left
    left = first.left + second.left
    assert len(left) == len(set(left))
    assert mailer.accounts.tally("june").is_balanced


def test_what_a_stalled_sender_had_handed_over_is_in_doubt_and_not_sent_again(
    folder: Path, mailer: Mailer, clock: Clock
) -> None:
    queued(mailer)
    away = Clock(now=NOW + 2 * MINUTE)
    first, second = Office(), Office()
    with elsewhere(folder, away) as other:

        def stall() -> None:
            if first.left and not second.left:
                other.deliver("june", second, watch(away))

        first.before_opening = stall
        with pytest.raises(SenderBusy):
            mailer.deliver("june", first, watch(clock))
    assert len(first.left) == 1
    assert set(first.left).isdisjoint(second.left)
    assert tally(mailer) == {State.SENT: 2, State.IN_DOUBT: 1}
