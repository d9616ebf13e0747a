"""Part the entrants of an audience file from what is wrong with its other rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fvdt_mailer.errors import FilesError, Problem
from fvdt_mailer.model.audience import Entrant
from fvdt_mailer.model.imported import Row, RowReport

_KEPT = 1000


class Sieve:
    """One pass over rows: entrants go through, problems stay behind for `report`.

    Of a file that is wrong everywhere, the first 1000 problems are kept and the others counted.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self._errors: list[Problem] = []
        self._warnings: list[Problem] = []
        self._counts = {"entrants": 0, "refused": 0, "error_count": 0, "warning_count": 0}
        self._last_line: int | None = None

    def good(self) -> Iterator[Entrant]:
        """The entrants; rows with problems are skipped."""
        for row in self._rows:
            if isinstance(row, Problem):
                self._keep(row)
            else:
                self._counts["entrants"] += 1
                yield row

    def all(self) -> Iterator[Entrant]:
        """The entrants, then FilesError when a row had an error.

        Whoever takes them in one transaction so takes every row, or none.
        """
        yield from self.good()
        if self._errors:
            raise FilesError(self._told())

    @property
    def report(self) -> RowReport:
        """What went by so far."""
        return RowReport(errors=tuple(self._errors), warnings=tuple(self._warnings), **self._counts)

    def _keep(self, problem: Problem) -> None:
        kept, count = (
            (self._errors, "error_count") if problem.is_error else (self._warnings, "warning_count")
        )
        self._counts[count] += 1
        if len(kept) < _KEPT:
            kept.append(problem)
        if problem.is_error and problem.line != self._last_line:
            self._counts["refused"] += 1  # the problems of one row follow each other
            self._last_line = problem.line

    def _told(self) -> Iterator[Problem]:
        yield from self._errors
        unlisted = self.report.unlisted
        if unlisted:
            yield Problem(
                rule="audience-unlisted",
                file=self._errors[0].file,
                text=f"{unlisted} more problems are not listed",
                hint="mend these first",
            )
