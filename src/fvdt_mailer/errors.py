"""What stops a run, and what a person can mend.

    MailerError                 this run cannot go on (exit code 1: run it again)
    ├── FilesError              the person's files are wrong; carries every Problem (exit code 2)
    ├── NotReady                what was asked needs another step first (exit code 1)
    ├── SenderBusy              another sender holds this campaign
    ├── TransportDown           the mail server cannot be used now
    └── StoreFailed             the store cannot be read or written

A refused recipient, a finding and a bounce are values, not exceptions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem weighs: an error stops a send, a warning does not, a note only tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing a person can mend in a file, printed as `file:line: key: text; hint`.

    `silenced` is the reason a campaign gives for leaving it as it is.
    """

    rule: str
    file: str
    text: str
    line: int | None = None
    key: str = ""
    hint: str = ""
    severity: Severity = Severity.ERROR
    silenced: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        subject = f"{place}: {self.key}: " if self.key else f"{place}: "
        return subject + self.text + (f"; {self.hint}" if self.hint else "")

    @property
    def is_error(self) -> bool:
        """True when this problem stops a send."""
        return self.severity is Severity.ERROR


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """A hint with the nearest known word, or the list of all when none is near."""
    # Only mistakes need it, and every command starts with this module.
    from difflib import get_close_matches  # noqa: PLC0415

    words = tuple(known)
    near = get_close_matches(written.casefold(), [word.casefold() for word in words], n=1)
    if near:
        (match, *_) = [word for word in words if word.casefold() == near[0]]
        return f'did you mean "{match}"?'
    return "known: " + ", ".join(words) if words else ""


class MailerError(Exception):
    """This run cannot go on; the text says what to do."""


class FilesError(MailerError):
    """The person's files are wrong; `problems` holds all that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class NotReady(MailerError):
    """What was asked needs another step first."""


class SenderBusy(MailerError):
    """Another sender holds this campaign."""


class TransportDown(MailerError):
    """The mail server cannot be used now; nothing in flight is lost."""


class StoreFailed(MailerError):
    """The store cannot be read or written; what was recorded stays recorded."""
