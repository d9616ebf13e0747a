"""Keeping to a rate, by the monotonic clock."""

from __future__ import annotations

import time
from collections.abc import Callable


class Pace:
    """Calls return at least `interval` seconds apart; no mails are saved up while idle."""

    def __init__(
        self,
        interval: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._interval = interval
        self._clock = clock
        self._wait = wait
        self._next = clock()

    def __call__(self) -> None:
        """Wait until the next mail may leave."""
        if not self._interval:
            return
        early = self._next - self._clock()
        if early > 0:
            self._wait(early)
        self._next = max(self._next, self._clock()) + self._interval
