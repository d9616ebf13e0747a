"""Keeping to a rate, by the monotonic clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock


class SteadyPace:
    """Mails leave at least `interval` seconds apart over all threads; none are saved up.

    `wait` takes seconds and tells whether the run is to stop meanwhile.
    """

    def __init__(
        self,
        interval: float,
        *,
        wait: Callable[[float], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._interval = interval
        self._wait = wait
        self._clock = clock
        self._lock = Lock()
        self._next = clock()

    def admit(self, *, is_patient: bool) -> bool:
        """True when a mail may leave, after waiting for it; False when impatient, or stopped."""
        if not self._interval:
            return True
        with self._lock:
            now = self._clock()
            early = self._next - now
            if early > 0 and not is_patient:
                return False
            self._next = max(self._next, now) + self._interval
        return not (early > 0 and self._wait(early))

    def within_a_second(self, most: int) -> int:
        """How many mails may leave in one second, from 1 to `most`."""
        return min(most, max(1, int(1 / self._interval))) if self._interval else most
