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
    assert next_try(attempts, now=NOW) == NOW + timedelta(minutes=minutes)


@given(st.integers(0, 10_000))
def test_a_later_attempt_never_waits_less(attempts: int) -> None:
    assert next_try(attempts, now=NOW) <= next_try(attempts + 1, now=NOW)


def test_a_delivery_is_given_up_after_four_days() -> None:
    assert not is_given_up(NOW, now=NOW + timedelta(days=4, seconds=-1))
    assert is_given_up(NOW, now=NOW + timedelta(days=4))
