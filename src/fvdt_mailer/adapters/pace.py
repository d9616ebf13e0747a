"""Keeping to a rate, by the monotonic clock."""

from __future__ import annotations

import time


class Pace:
    """Calls return at least `interval` seconds apart; no mails are saved up while idle."""

    def __init__(self, interval: float) -> None:
        self._interval = interval
        self._next = 0.0

    def __call__(self) -> None:
        """Wait until the next mail may leave."""
        if not self._interval:
            return
        time.sleep(max(0.0, self._next - time.monotonic()))
        self._next = max(self._next, time.monotonic()) + self._interval
