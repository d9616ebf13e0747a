"""What holds for every lock on a campaign: one sender, and none after it died."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fvdt_mailer.adapters.send_lock import FileSendLock
from fvdt_mailer.errors import SenderBusy, StoreFailed
from fvdt_mailer.ports import SendLock

_OTHER = """
import sys
from pathlib import Path
from fvdt_mailer.adapters.send_lock import FileSendLock
with FileSendLock(Path(sys.argv[1])).hold(sys.argv[2]):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def other_sender(folder: Path, edition_id: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the campaign."""
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


@pytest.fixture
def lock(tmp_path: Path) -> SendLock:
    return FileSendLock(tmp_path / ".mailer")


def test_a_campaign_held_by_another_process_is_busy_and_says_by_whom(
    tmp_path: Path, lock: SendLock
) -> None:
    with (
        other_sender(tmp_path / ".mailer", "2013-06") as other,
        pytest.raises(SenderBusy, match=f"process {other.pid}.*status 2013-06"),
        lock.hold("2013-06"),
    ):
        pass


def test_two_holders_in_one_process_exclude_each_other(lock: SendLock) -> None:
    with lock.hold("2013-06"), pytest.raises(SenderBusy), lock.hold("2013-06"):
        pass


def test_another_campaign_can_be_held_meanwhile(tmp_path: Path, lock: SendLock) -> None:
    with other_sender(tmp_path / ".mailer", "2013-06"), lock.hold("2013-07"):
        pass


def test_a_campaign_can_be_held_again_after_the_block(lock: SendLock) -> None:
    with lock.hold("2013-06"):
        pass
    with lock.hold("2013-06"):
        pass


def test_a_campaign_can_be_held_again_after_the_block_raised(lock: SendLock) -> None:
    with pytest.raises(RuntimeError), lock.hold("2013-06"):
        raise RuntimeError
    with lock.hold("2013-06"):
        pass


def test_a_refused_sender_leaves_the_campaign_to_its_holder(lock: SendLock) -> None:
    with lock.hold("2013-06"):
        for _ in range(2):
            with pytest.raises(SenderBusy), lock.hold("2013-06"):
                pass


def test_a_killed_sender_frees_its_campaign(tmp_path: Path, lock: SendLock) -> None:
    with other_sender(tmp_path / ".mailer", "2013-06") as other:
        other.send_signal(signal.SIGKILL)
        other.wait()
        with lock.hold("2013-06"):
            pass


def test_a_campaign_cannot_lead_out_of_the_folder(tmp_path: Path, lock: SendLock) -> None:
    with lock.hold("../../elsewhere"):
        assert [path.parent for path in tmp_path.rglob("*.lock")] == [tmp_path / ".mailer"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    lock = FileSendLock(tmp_path / "file" / ".mailer")
    with pytest.raises(StoreFailed, match="check the folder"), lock.hold("2013-06"):
        pass
