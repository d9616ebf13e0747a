from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fvdt_mailer.pipeline.retry import is_given_up, next_try
from world import NOW


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 5), (2, 10), (3, 20), (4, 40), (7, 320), (8, 480), (99, 480)]
)
def test_the_wait_is_five_minutes_doubling_to_eight_hours(attempts: int, minutes: int) -> None:
    assert next_try(attempts, now=NOW, jitter=0) == NOW + timedelta(minutes=minutes)


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_a_later_attempt_never_waits_less(attempts: int, jitter: float) -> None:
    sooner, later = (next_try(n, now=NOW, jitter=jitter) for n in (attempts, attempts + 1))
    assert sooner <= later


@given(st.integers(0, 100), st.floats(0, 1))
def test_jitter_puts_off_a_fifth_at_most_and_never_brings_forward(
    attempts: int, jitter: float
) -> None:
    least, most = (next_try(attempts, now=NOW, jitter=each) for each in (0, 1))
    assert most - NOW == (least - NOW) * 1.2
    assert least <= next_try(attempts, now=NOW, jitter=jitter) <= most
    # Greylisting servers turn down whoever comes back within five minutes.
    assert least - NOW >= timedelta(minutes=5)


def test_mails_deferred_together_come_back_apart() -> None:
    moments = {next_try(1, now=NOW, jitter=number / 100) for number in range(100)}
    assert len(moments) == 100


def test_a_delivery_is_given_up_after_four_days() -> None:
    assert not is_given_up(NOW, now=NOW + timedelta(days=4, seconds=-1))
    assert is_given_up(NOW, now=NOW + timedelta(days=4))
