"""Keeping a campaign to one sender: on this machine by the kernel, between machines by a lease."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from fvdt_mailer.errors import SenderBusy, StoreFailed
from fvdt_mailer.ports import Leases

_PLACE_BYTES = 12
_LONGEST = 80


class FileSendLock:
    """One lock file per edition in `folder`, and a lease for who sends from elsewhere.

    flock(2) belongs to the open file: the kernel lets go when the process ends, however it ends,
    and no clock is involved. So who holds the file knows that a lease which was taken under it is
    left over. The files stay, for removing one would let two senders in.
    """

    def __init__(self, folder: Path, leases: Leases) -> None:
        self._folder = folder
        self._leases = leases

    @contextmanager
    def hold(self, edition_id: str) -> Iterator[int]:
        """Hold the campaign while the block runs, under the fence it gives the block.

        SenderBusy when another sender does.
        """
        file = self._open(edition_id)
        try:
            self._lock(file, edition_id)
            fence = self._leases.acquire(edition_id, holder=_name(), place=_place(file))
            try:
                yield fence
            finally:
                with suppress(StoreFailed):  # then it runs out by itself
                    self._leases.release(edition_id, fence=fence)
        finally:
            os.close(file)

    def _open(self, edition_id: str) -> int:
        path = self._folder / f"send-{quote(edition_id, safe='')}.lock"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreFailed(
                f"{path}: cannot be opened ({error.strerror}); "
                "check the folder and your permissions, then run it again"
            ) from error

    def _lock(self, file: int, edition_id: str) -> None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SenderBusy(
                f"{edition_id}: another sender{_holder(file)} is at work on it; let it finish and "
                f"follow it with: fvdt-mailer status {edition_id} --watch"
            ) from error
        except OSError as error:
            raise StoreFailed(
                f"{self._folder}: this disk has no locks ({error.strerror}); "
                "keep the project on a local disk"
            ) from error


def _name() -> str:
    return f"process {os.getpid()} on {os.uname().nodename}"


def _place(file: int) -> str:
    """What tells this lock file from those of other machines, which do not exclude us."""
    words = _written(file)
    place = words[1] if len(words) > 1 else secrets.token_hex(_PLACE_BYTES)
    line = f"{os.getpid()} {place}"
    with suppress(OSError):  # a courtesy to the next one, who then waits for the lease to run out
        os.pwrite(file, f"{line:<{_LONGEST}}\n".encode(), 0)
    return place


def _holder(file: int) -> str:
    """The process that holds the lock, where it has written its number."""
    words = _written(file)
    return f" (process {words[0]})" if words and words[0].isdigit() else ""


def _written(file: int) -> list[str]:
    return os.pread(file, _LONGEST, 0).decode("ascii", "replace").split()
