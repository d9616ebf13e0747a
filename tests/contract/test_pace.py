from __future__ import annotations

import pytest

from fvdt_mailer.adapters.pace import SteadyPace
from fvdt_mailer.model.rate import Rate


class Wrist:
    """A clock that moves only when someone waits, or is late."""

    def __init__(self, *, is_stopped: bool = False) -> None:
        self.now = 100.0
        self.is_stopped = is_stopped

    def wait(self, seconds: float) -> bool:
        self.now += seconds
        return self.is_stopped

    def pace(self, interval: float) -> SteadyPace:
        return SteadyPace(interval, clock=lambda: self.now, wait=self.wait)


def moments(interval: float, lateness: list[float]) -> list[float]:
    wrist = Wrist()
    pace = wrist.pace(interval)
    passed = []
    for late in lateness:
        wrist.now += late
        assert pace.admit(is_patient=True)
        passed.append(wrist.now)
    return passed


def test_mails_leave_an_interval_apart() -> None:
    assert moments(0.5, [0, 0, 0]) == [100.0, 100.5, 101.0]


def test_idle_time_is_not_saved_up_for_a_burst() -> None:
    assert moments(0.5, [0, 10, 0, 0]) == [100.0, 110.0, 110.5, 111.0]


def test_without_a_rate_nobody_waits() -> None:
    assert moments(0.0, [0, 0, 0]) == [100.0, 100.0, 100.0]


def test_who_has_no_patience_is_not_kept_and_takes_no_turn() -> None:
    wrist = Wrist()
    pace = wrist.pace(0.5)
    assert pace.admit(is_patient=False)
    assert not pace.admit(is_patient=False)
    assert pace.admit(is_patient=True)
    assert wrist.now == 100.5


def test_a_stop_ends_the_wait_without_a_mail() -> None:
    pace = Wrist(is_stopped=True).pace(0.5)
    assert pace.admit(is_patient=True)
    assert not pace.admit(is_patient=True)


@pytest.mark.parametrize(
    ("interval", "most"), [(0.0, 100), (0.001, 100), (0.1, 10), (1.0, 1), (60.0, 1)]
)
def test_at_a_slow_pace_little_is_taken_up_at_once(interval: float, most: int) -> None:
    assert Wrist().pace(interval).within_a_second(100) == most


@pytest.mark.parametrize(
    ("written", "interval"), [("50/s", 0.02), ("600/min", 0.1), ("3600/h", 1.0), ("1 / s", 1.0)]
)
def test_a_rate_is_an_interval_between_mails(written: str, interval: float) -> None:
    assert Rate.parse(written).interval == pytest.approx(interval)


@pytest.mark.parametrize("written", ["50", "0/s", "-1/s", "50/d", "fast", "1.5/s"])
def test_what_is_no_rate_says_how_to_write_one(written: str) -> None:
    with pytest.raises(ValueError, match="write 50/s, 600/min or 20000/h"):
        Rate.parse(written)
