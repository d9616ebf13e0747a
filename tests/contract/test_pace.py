from __future__ import annotations

import pytest

from fvdt_mailer.adapters.pace import Pace
from fvdt_mailer.model.rate import Rate


class Wrist:
    """A clock that moves only when someone waits, or is late."""

    def __init__(self) -> None:
        self.now = 100.0

    def wait(self, seconds: float) -> None:
        self.now += seconds


def moments(wrist: Wrist, interval: float, lateness: list[float]) -> list[float]:
    pace = Pace(interval, clock=lambda: wrist.now, wait=wrist.wait)
    passed = []
    for late in lateness:
        wrist.now += late
        pace()
        passed.append(wrist.now)
    return passed


def test_mails_leave_an_interval_apart() -> None:
    assert moments(Wrist(), 0.5, [0, 0, 0]) == [100.0, 100.5, 101.0]


def test_idle_time_is_not_saved_up_for_a_burst() -> None:
    assert moments(Wrist(), 0.5, [0, 10, 0, 0]) == [100.0, 110.0, 110.5, 111.0]


def test_without_a_rate_nobody_waits() -> None:
    assert moments(Wrist(), 0.0, [0, 0, 0]) == [100.0, 100.0, 100.0]


@pytest.mark.parametrize(
    ("written", "interval"), [("50/s", 0.02), ("600/min", 0.1), ("3600/h", 1.0), ("1 / s", 1.0)]
)
def test_a_rate_is_an_interval_between_mails(written: str, interval: float) -> None:
    assert Rate.parse(written).interval == pytest.approx(interval)


@pytest.mark.parametrize("written", ["50", "0/s", "-1/s", "50/d", "fast", "1.5/s"])
def test_what_is_no_rate_says_how_to_write_one(written: str) -> None:
    with pytest.raises(ValueError, match="write 50/s, 600/min or 20000/h"):
        Rate.parse(written)
