"""What an import of an audience file did, or would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from fvdt_mailer.errors import Problem
from fvdt_mailer.model.audience import Entrant

Row: TypeAlias = Entrant | Problem
"""What reading an audience file gives: an entrant, or one thing that is wrong with a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportTally:
    """Counts of one import; `suppressed` and `unsubscribed` readers were left alone."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    suppressed: int = 0
    unsubscribed: int = 0

    @property
    def rows(self) -> int:
        """All rows that were looked at."""
        return self.new + self.changed + self.unchanged + self.suppressed + self.unsubscribed


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReport:
    """What was wrong with an audience file: the first problems, and how many there are in all.

    `refused` rows have an error and gave no entrant; a warning alone refuses nothing, but a row
    that was left out on purpose has one.
    """

    entrants: int
    refused: int
    errors: tuple[Problem, ...]
    error_count: int
    warnings: tuple[Problem, ...]
    warning_count: int

    @property
    def unlisted(self) -> int:
        """How many errors there are beyond those in `errors`."""
        return self.error_count - len(self.errors)
