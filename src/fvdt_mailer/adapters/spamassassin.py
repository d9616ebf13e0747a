"""Every mail of a case judged by the SpamAssassin that is installed, without the network."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import BinaryIO

from fvdt_mailer.errors import NotReady, Problem
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.outside.spam import REPORT, Hit, hits, spam_problems

_SECONDS = 60
_LONGEST = 20_000_000  # bytes
# What it learned from other mail is left aside, and nothing is learned from ours.
_SETTINGS = ("use_bayes 0", "use_txrep 0", "report_safe 0", "clear_report_template")
_COMMAND = (
    "--local", "--test-mode", "--nocreate-prefs",
    *(f"--cf={setting}" for setting in _SETTINGS),
    *(f"--cf=report {line}" for line in REPORT),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SpamAssassin:
    """Judges mails as they would leave."""

    program: Path
    seconds: float = _SECONDS

    @classmethod
    def find(cls, environ: Mapping[str, str]) -> SpamAssassin:
        """The one in PATH; NotReady says how to install it."""
        program = shutil.which("spamassassin", path=environ.get("PATH"))
        if program is None:
            raise NotReady(
                "mails were not judged by SpamAssassin; for that: apt-get install spamassassin"
            )
        return cls(program=Path(program))

    @property
    def name(self) -> str:
        """What it looks with."""
        return "SpamAssassin"

    def inspect(self, case: Case) -> Iterator[Problem]:
        """The rules that whoever writes can do something about, and their sum."""
        yield from spam_problems(case, self.judge(page.mail for page in case.pages))

    def judge(self, mails: Iterable[bytes]) -> tuple[tuple[Hit, ...], ...]:
        """What each mail meets, in no order: one run reads them all, since it starts slowly."""
        with TemporaryDirectory() as home:
            paths = []
            for number, mail in enumerate(mails):
                paths.append(Path(home) / f"{number}.eml")
                paths[-1].write_bytes(mail)
            found = hits(self._output(paths, Path(home))) if paths else ()
        if len(found) != len(paths):
            raise _failed(f"reported on {len(found)} of {len(paths)} mails")
        return found

    def _output(self, paths: Sequence[Path], home: Path) -> str:
        """What it says, as far as reports on these could ever be long."""
        complaints = home / "complaints"
        try:
            with complaints.open("wb") as errors, self._started(paths, home, errors) as running:
                output, is_late = _read(running, self.seconds)
        except OSError as error:
            raise _failed(f"could not be started: {error.strerror}") from error
        if is_late or len(output) == _LONGEST:
            raise _failed(f"did not end within {self.seconds:g} seconds, or said far too much")
        if running.returncode:
            said = complaints.read_text(errors="replace").strip().rpartition("\n")[2]
            raise _failed(f"stopped: {said or f'exit status {running.returncode}'}")
        return output.decode(errors="replace")

    def _started(
        self, paths: Sequence[Path], home: Path, errors: BinaryIO
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - a program in PATH, with our own arguments
            [self.program, *_COMMAND, *paths],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            # A home of its own: no preferences of a user, and none that must be writable.
            env={"PATH": os.defpath, "HOME": str(home), "LC_ALL": "C"},
        )


def _read(running: subprocess.Popen[bytes], seconds: float) -> tuple[bytes, bool]:
    """What a program says until it ends, and whether it had to be ended in the end."""
    assert running.stdout is not None
    timer = Timer(seconds, running.kill)
    timer.start()
    try:
        output = running.stdout.read(_LONGEST)
        if len(output) == _LONGEST:
            running.kill()
        running.wait()
        return output, not timer.is_alive()
    finally:
        timer.cancel()
        running.kill()


def _failed(what: str) -> NotReady:
    return NotReady(f"SpamAssassin {what}; run it again, or leave it out with --quick")
