"""A transport into a folder: every message becomes one .eml file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from fvdt_mailer.errors import TransportDown
from fvdt_mailer.model.delivery import Beat, Outcome, State
from fvdt_mailer.model.message import Message

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9+=_.-]")
_LONGEST: Final = 120


@dataclass(frozen=True, slots=True)
class EmlFolder:
    """A folder that is there, as a connection."""

    folder: Path

    def deliver(self, message: Message) -> Outcome:
        """The whole message stands in its file, or TransportDown; a resend replaces itself."""
        target = self.folder / file_name(message.message_id)
        try:
            _write(target, message.content)
        except OSError as error:
            raise _down(target, error) from error
        return Outcome(state=State.SENT, reply=f"written to {target.name}")

    def beat(self, finishing: Message | None, opening: Message | None) -> Beat:
        """Write the one; the other waits for its content, as with a server."""
        finished = self.deliver(finishing) if finishing is not None else None
        return Beat(finished=finished, is_open=opening is not None)


@dataclass(frozen=True, slots=True)
class EmlFolderTransport:
    """Writes messages into a folder, which is made when it is missing."""

    folder: Path

    @contextmanager
    def connect(self) -> Iterator[EmlFolder]:
        """The folder, ready for messages; TransportDown when it cannot be made."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _down(self.folder, error) from error
        yield EmlFolder(self.folder)


def file_name(message_id: str) -> str:
    """A safe name from the part before the @ of the Message-ID, different for different ids."""
    left, _, _ = message_id.strip().strip("<>").rpartition("@")
    safe = _UNSAFE.sub("_", left)[:_LONGEST].lstrip(".-")
    if safe and safe == left:
        return f"{safe}.eml"
    # What was replaced or cut off may have been the difference.
    return f"{safe or 'message'}-{sha256(message_id.encode()).hexdigest()[:16]}.eml"


def _write(target: Path, content: bytes) -> None:
    """The file is on the disk under its name, or the folder is as it was."""
    with NamedTemporaryFile(dir=target.parent, prefix=".", suffix=".tmp", delete=False) as draft:
        try:
            draft.write(content)
            draft.flush()
            os.fsync(draft.fileno())
            Path(draft.name).replace(target)
        except BaseException:
            with suppress(OSError):
                Path(draft.name).unlink()
            raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """The new name survives a power cut, where folders can be synced at all."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _down(path: Path, error: OSError) -> TransportDown:
    reason = error.strerror or str(error)
    return TransportDown(f"cannot write {path}: {reason}; free space or choose another folder")
