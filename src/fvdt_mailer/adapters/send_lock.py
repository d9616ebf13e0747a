"""Keeping a campaign to one sender on this machine, with a lock of the kernel."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from fvdt_mailer.errors import SenderBusy, StoreFailed


class FileSendLock:
    """One lock file per edition in `folder`.

    flock(2) belongs to the open file: the kernel lets go when the process ends, however it ends,
    and no clock is involved. The files stay, for removing one would let two senders in.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def hold(self, edition_id: str) -> Iterator[None]:
        """Hold the campaign while the block runs; SenderBusy when another sender does."""
        file = self._open(edition_id)
        try:
            self._lock(file, edition_id)
            yield
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
                f"follow it with: fvdt-mailer status {edition_id}"
            ) from error
        except OSError as error:
            raise StoreFailed(
                f"{self._folder}: this disk has no locks ({error.strerror}); "
                "keep the project on a local disk"
            ) from error
        with suppress(OSError):  # the number is a courtesy to the next one; the lock is held
            os.ftruncate(file, 0)
            os.write(file, str(os.getpid()).encode())


def _holder(file: int) -> str:
    """The process that holds the lock, where it has written its number."""
    written = os.pread(file, 20, 0)
    return f" (process {written.decode()})" if written.isdigit() else ""
