"""What holds for every lock on a campaign: one sender, and none after it died."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from contract.stores import NOW, opened
from fvdt_mailer.adapters.send_lock import FileSendLock
from fvdt_mailer.adapters.store.opening import Store, open_store
from fvdt_mailer.errors import SenderBusy, StoreFailed
from fvdt_mailer.ports import SendLock

_OTHER = """
import sys
from pathlib import Path
from contract.stores import opened
from fvdt_mailer.adapters.send_lock import FileSendLock
folder = Path(sys.argv[1])
with opened(folder) as store, FileSendLock(folder / ".mailer", store.leases).hold(sys.argv[2]):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def other_sender(folder: Path, edition_id: str) -> Iterator[subprocess.Popen[str]]:
    """Another process on this machine that holds the campaign."""
    with subprocess.Popen(
        [sys.executable, "-c", _OTHER, str(folder), edition_id],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process


@contextmanager
def other_machine(folder: Path, *, ahead: timedelta = timedelta()) -> Iterator[SendLock]:
    """The lock of a machine that shares the store and nothing else; its clock may differ."""

    def clock() -> datetime:
        return NOW + ahead

    with open_store(folder / ".mailer" / "mailer.db", clock=clock) as store:
        yield FileSendLock(folder / "elsewhere", store.leases)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as store:
        yield store


@pytest.fixture
def lock(tmp_path: Path, store: Store) -> SendLock:
    return FileSendLock(tmp_path / ".mailer", store.leases)


# --- on one machine


def test_a_campaign_held_by_another_process_is_busy_and_says_by_whom(
    tmp_path: Path, lock: SendLock
) -> None:
    with (
        other_sender(tmp_path, "2013-06") as other,
        pytest.raises(SenderBusy, match=f"process {other.pid}.*status 2013-06"),
        lock.hold("2013-06"),
    ):
        pass


def test_two_holders_in_one_process_exclude_each_other(lock: SendLock) -> None:
    with lock.hold("2013-06"), pytest.raises(SenderBusy), lock.hold("2013-06"):
        pass


def test_another_campaign_can_be_held_meanwhile(tmp_path: Path, lock: SendLock) -> None:
    with other_sender(tmp_path, "2013-06"), lock.hold("2013-07"):
        pass


def test_a_campaign_can_be_held_again_after_the_block_under_a_higher_fence(lock: SendLock) -> None:
    with lock.hold("2013-06") as first:
        pass
    with lock.hold("2013-06") as second:
        pass
    assert second > first


def test_a_campaign_can_be_held_again_after_the_block_raised(lock: SendLock) -> None:
    with pytest.raises(RuntimeError), lock.hold("2013-06"):
        raise RuntimeError
    with lock.hold("2013-06"):
        pass


def test_a_refused_sender_leaves_the_campaign_to_its_holder(lock: SendLock, store: Store) -> None:
    with lock.hold("2013-06") as fence:
        for _ in range(2):
            with pytest.raises(SenderBusy), lock.hold("2013-06"):
                pass
        held = store.leases.lease("2013-06")
        assert held is not None
        assert held.fence == fence


def test_a_killed_sender_frees_its_campaign_at_once(tmp_path: Path, lock: SendLock) -> None:
    with other_sender(tmp_path, "2013-06") as other:
        other.send_signal(signal.SIGKILL)
        other.wait()
        with lock.hold("2013-06") as fence:
            assert fence == 2


def test_a_campaign_cannot_lead_out_of_the_folder(tmp_path: Path, lock: SendLock) -> None:
    with lock.hold("../../elsewhere"):
        assert [path.parent for path in tmp_path.rglob("*.lock")] == [tmp_path / ".mailer"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, store: Store) -> None:
    (tmp_path / "file").write_text("")
    lock = FileSendLock(tmp_path / "file" / ".mailer", store.leases)
    with pytest.raises(StoreFailed, match="check the folder"), lock.hold("2013-06"):
        pass


# --- on several machines


def test_a_campaign_held_on_another_machine_is_busy_and_says_by_whom(
    tmp_path: Path, lock: SendLock
) -> None:
    with (
        lock.hold("2013-06"),
        other_machine(tmp_path) as elsewhere,
        pytest.raises(SenderBusy, match=rf"process {os.getpid()} on .*in a minute"),
        elsewhere.hold("2013-06"),
    ):
        pass


def test_what_was_let_go_can_be_held_on_another_machine_at_once(
    tmp_path: Path, lock: SendLock
) -> None:
    with lock.hold("2013-06"):
        pass
    with other_machine(tmp_path, ahead=timedelta(hours=-1)) as elsewhere, elsewhere.hold("2013-06"):
        pass


@pytest.mark.parametrize(("seconds", "is_free"), [(59, False), (60, True)])
def test_a_sender_killed_elsewhere_keeps_its_campaign_for_a_minute(
    tmp_path: Path, seconds: int, *, is_free: bool
) -> None:
    with other_sender(tmp_path, "2013-06") as other:
        other.send_signal(signal.SIGKILL)
        other.wait()
    with other_machine(tmp_path, ahead=timedelta(seconds=seconds)) as elsewhere:
        try:
            with elsewhere.hold("2013-06") as fence:
                assert (fence, is_free) == (2, True)
        except SenderBusy:
            assert not is_free


def test_a_holder_that_was_taken_over_does_not_let_go_of_what_is_no_longer_its_own(
    tmp_path: Path, lock: SendLock, store: Store
) -> None:
    with other_machine(tmp_path, ahead=timedelta(minutes=2)) as elsewhere:
        with lock.hold("2013-06"):
            taken_over = elsewhere.hold("2013-06")
            fence = taken_over.__enter__()
        held = store.leases.lease("2013-06")
        assert held is not None
        assert held.fence == fence
        taken_over.__exit__(None, None, None)
    assert store.leases.lease("2013-06") is None
