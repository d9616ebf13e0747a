"""What an import of an audience file did, or would do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportTally:
    """Counts of one import; `suppressed` readers were left alone."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    suppressed: int = 0

    @property
    def rows(self) -> int:
        """All rows that were looked at."""
        return self.new + self.changed + self.unchanged + self.suppressed
