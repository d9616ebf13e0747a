"""Processes that wait, that are stopped, and that take over from each other."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

import pytest

from command import Ended, launch
from fvdt_mailer.wiring import open_mailer
from newsletters import READERS, small_newsletter
from sink import Sink, listening

Run = Callable[..., Ended]
Start = Callable[..., subprocess.Popen[str]]
SEND = ("send", "june", "--yes")
PATIENCE = 60


@pytest.fixture
def sink() -> Iterator[Sink]:
    with listening() as sink:
        yield sink


@pytest.fixture
def folder(tmp_path: Path, run: Run, sink: Sink) -> Path:
    return small_newsletter(tmp_path / "news", run, port=sink.port)


@pytest.fixture
def start(folder: Path) -> Iterator[Start]:
    """Starts a command in a process of its own, which ends with the test at the latest."""
    with ExitStack() as stack:

        def start(*arguments: str) -> subprocess.Popen[str]:
            process = stack.enter_context(launch(*arguments, cwd=folder))
            stack.callback(process.kill)
            return process

        yield start


def queue(folder: Path, *, after: timedelta) -> datetime:
    """The campaign is queued, and leaves from that moment on."""
    moment = datetime.now(UTC) + after
    with open_mailer(folder, writes=True) as mailer:
        mailer.queue(mailer.plan("june"), not_before=moment)
    return moment


def read_until(process: subprocess.Popen[str], words: str) -> None:
    """It has said this on its standard error."""
    assert process.stderr is not None
    for line in process.stderr:
        if words in line:
            return
    raise AssertionError(f"it ended without saying: {words}")


def ends(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Its exit code, and the last line it printed."""
    out, err = process.communicate(timeout=PATIENCE)
    lines = out.replace("\xa0", " ").strip().splitlines()
    return process.returncode, lines[-1] if lines else err


def row(run: Run, folder: Path) -> dict[str, object]:
    (found,) = json.loads(run("status", "june", "--json", cwd=folder).out)["campaigns"]
    assert isinstance(found, dict)
    return found


def test_what_was_scheduled_leaves_at_its_moment_and_not_before(
    folder: Path, sink: Sink, start: Start
) -> None:
    arrived: list[datetime] = []
    sink.before_reply = lambda _count: arrived.append(datetime.now(UTC))
    moment = queue(folder, after=timedelta(seconds=2))
    code, said = ends(start(*SEND))
    assert (code, said) == (0, "Done: 3 of 3 sent.")
    assert len(arrived) == 3
    assert min(arrived) >= moment


def test_who_schedules_waits_and_may_leave_it_to_a_worker(
    folder: Path, sink: Sink, run: Run, start: Start
) -> None:
    brussels = ZoneInfo("Europe/Brussels")
    moment = f"{datetime.now(brussels) + timedelta(days=7):%Y-%m-%d} 09:00"
    waiting = start(*SEND, "--at", moment)
    read_until(waiting, f"due at {moment}; waiting. Ctrl-C stops waiting.")
    waiting.send_signal(signal.SIGINT)
    code, said = ends(waiting)
    assert (code, said) == (
        1,
        f"0 of 3 sent; 3 still owed, the first from {moment}. Go on with: fvdt-mailer send june",
    )
    assert (row(run, folder)["queued"], sink.mails) == (3, [])


def test_a_worker_sends_what_becomes_due_and_stops_politely(
    folder: Path, sink: Sink, start: Start
) -> None:
    moment = queue(folder, after=timedelta(seconds=2))
    done, arrived = Event(), list[datetime]()

    def count(mails: int) -> None:
        arrived.append(datetime.now(UTC))
        if mails == len(READERS):
            done.set()

    sink.before_reply = count
    worker = start("worker")
    assert done.wait(PATIENCE)
    read_until(worker, "Nothing is owed; waiting")
    worker.send_signal(signal.SIGTERM)
    assert ends(worker) == (0, "june: 3 of 3 sent.")
    assert min(arrived) >= moment


def test_a_worker_goes_on_at_once_after_a_kill(
    folder: Path, sink: Sink, run: Run, start: Start
) -> None:
    sender: subprocess.Popen[str]
    sink.before_reply = lambda count: sender.kill() if count == 2 else None
    sender = start(*SEND)
    sender.communicate(timeout=PATIENCE)
    assert sender.returncode == -signal.SIGKILL
    sink.before_reply = None
    ended = run("worker", "--once", cwd=folder)
    assert (ended.code, ended.out.strip()) == (3, "june: 2 of 3 sent; 1 in doubt.")
    assert sorted(sink.readers) == sorted(READERS)


def test_waiting_for_what_was_put_off_can_be_stopped(
    folder: Path, sink: Sink, run: Run, start: Start
) -> None:
    sink.replies = {"an@example.org": "450 4.2.0 come back later"}
    waiting = start(*SEND, "--wait")
    read_until(waiting, "The next mail of june is due at ")
    assert (row(run, folder)["sent"], row(run, folder)["sender"]) == (2, "")
    waiting.send_signal(signal.SIGTERM)
    code, said = ends(waiting)
    assert (code, said.startswith("2 of 3 sent; 1 still owed, the first from ")) == (1, True)


def test_waiting_ends_by_itself_when_nothing_is_owed(sink: Sink, start: Start) -> None:
    assert ends(start(*SEND, "--wait")) == (0, "Done: 3 of 3 sent.")
    assert len(sink.mails) == 3


def test_a_running_send_is_followed_from_another_terminal_to_its_end(
    folder: Path, sink: Sink, run: Run, start: Start
) -> None:
    begun, go_on = Event(), Event()

    def hold(count: int) -> None:
        if count == 1:
            begun.set()
            go_on.wait(PATIENCE)

    sink.before_reply = hold
    sender = start(*SEND)
    assert begun.wait(PATIENCE)
    standing = row(run, folder)
    assert standing["sender"] == f"process {sender.pid} on {os.uname().nodename}"
    assert "is sending it. Follow it" in run("status", "june", cwd=folder).out
    watching = start("status", "june", "--watch")
    go_on.set()
    assert ends(watching) == (0, "Done: 3 of 3 sent.")
    assert ends(sender) == (0, "Done: 3 of 3 sent.")


def test_a_second_signal_stops_at_once_and_nobody_is_lost(
    folder: Path, sink: Sink, run: Run, start: Start
) -> None:
    stopped = Event()

    def interrupt(count: int) -> None:
        if count == 2:
            sender.send_signal(signal.SIGTERM)
            read_until(sender, "Finishing the mails in hand")
            sender.send_signal(signal.SIGTERM)
            stopped.wait(PATIENCE)

    sink.before_reply = interrupt
    sender = start(*SEND)
    sender.wait(timeout=PATIENCE)
    stopped.set()
    sink.before_reply = None
    assert sender.returncode == 1
    assert run(*SEND, cwd=folder).code == 3
    found = row(run, folder)
    assert (found["sent"], found["in_doubt"], found["balanced"]) == (2, 1, True)
