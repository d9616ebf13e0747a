"""Writing the ledger for several connections in one durable commit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

from fvdt_mailer.model.delivery import Recorded
from fvdt_mailer.ports import Ledger


@dataclass(slots=True, kw_only=True)
class _Slip:
    outcomes: Sequence[Recorded]
    finalizing: Sequence[int]
    is_written: bool = False
    error: BaseException | None = field(default=None)


class Book:
    """The ledger of one edition, as connections that run side by side write it.

    While one of them waits for the disk the others lay down what they have; whoever gets the pen
    next writes it all in one commit. So a commit is shared by as many as were waiting.
    """

    def __init__(self, edition_id: str, ledger: Ledger, *, fence: int) -> None:
        self._edition_id = edition_id
        self._ledger = ledger
        self._fence = fence
        self._pen = Lock()
        self._tray = Lock()
        self._slips: list[_Slip] = []

    def record(self, outcomes: Sequence[Recorded], finalizing: Sequence[int]) -> None:
        """All of it is durable when this returns; whatever stopped it is raised."""
        if not (outcomes or finalizing):
            return
        slip = _Slip(outcomes=outcomes, finalizing=finalizing)
        with self._tray:
            self._slips.append(slip)
        with self._pen:
            if not slip.is_written:
                self._write()
        if slip.error is not None:
            raise slip.error

    def _write(self) -> None:
        with self._tray:
            slips, self._slips = self._slips, []
        try:
            self._ledger.record(
                self._edition_id,
                outcomes=[one for slip in slips for one in slip.outcomes],
                finalizing=[one for slip in slips for one in slip.finalizing],
                fence=self._fence,
            )
        except BaseException as error:
            for slip in slips:
                slip.error = error
            raise
        finally:
            for slip in slips:
                slip.is_written = True
