"""Due deliveries, claimed in batches and handed to one connection after the other."""

from __future__ import annotations

from collections import deque
from threading import Lock

from fvdt_mailer.app.watch import Watch
from fvdt_mailer.model.delivery import Delivery
from fvdt_mailer.ports import Clock, Ledger

_BATCH = 100


class Feed:
    """Hands out each due delivery once, at the pace and up to the limit of the run."""

    def __init__(
        self, edition_id: str, *, ledger: Ledger, clock: Clock, watch: Watch, fence: int
    ) -> None:
        self._edition_id = edition_id
        self._ledger = ledger
        self._fence = fence
        self._clock = clock
        self._watch = watch
        self._lock = Lock()
        self._claimed: deque[Delivery] = deque()
        self._left = watch.limit
        self._is_dry = False

    def next(self, *, is_patient: bool) -> Delivery | None:
        """The next delivery; None when there is none, or none yet and the caller has no patience.

        A connection that holds a mail half handed over has none: it finishes that first.
        """
        if self.is_over or not self._watch.pace.admit(is_patient=is_patient):
            return None
        with self._lock:
            return self._take()

    @property
    def is_over(self) -> bool:
        """True when nothing more is due, the limit is reached, or the run is to stop."""
        return self._is_dry or self._left == 0 or self._watch.stop.is_set()

    def _take(self) -> Delivery | None:
        if self.is_over:
            return None
        if not self._claimed:
            self._claimed.extend(self._batch())
        if not self._claimed:
            self._is_dry = True
            return None
        if self._left is not None:
            self._left -= 1
        return self._claimed.popleft()

    def _batch(self) -> tuple[Delivery, ...]:
        # What is claimed is no longer looked at for suppressions: at a slow pace, take few.
        size = self._watch.pace.within_a_second(_BATCH)
        wanted = size if self._left is None else min(size, self._left)
        return self._ledger.claim(
            self._edition_id, limit=wanted, now=self._clock(), fence=self._fence
        )
