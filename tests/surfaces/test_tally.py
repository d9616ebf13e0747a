"""What became of a send, in the words of its last lines."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from fvdt_mailer.cli.tally import balance, duration, exit_code, summary, what_next, when
from fvdt_mailer.model.delivery import State, Tally
from standings import NOW, tally
from world import ZONE

HERE = NOW.astimezone(ZONE)


def test_an_account_names_what_is_settled_and_what_is_owed() -> None:
    full = tally(queued=3, claimed=1, sent=80, deferred=4, failed=3, suppressed=1, in_doubt=2)
    assert balance(full) == (
        "= 80 sent + 3 failed + 1 suppressed + 2 in doubt + 8 still owed: balanced"
    )
    assert balance(tally(sent=2)) == "= 2 sent: balanced"
    assert balance(tally()) == "= 0 still owed: balanced"


def test_an_account_that_does_not_add_up_is_shouted() -> None:
    lost = Tally(frozen=3, counts=((State.SENT, 2),))
    assert balance(lost) == "= 2 sent: NOT BALANCED: please report this"


def test_a_summary_tells_what_was_sent_first_and_nothing_that_is_zero() -> None:
    assert summary(tally(sent=3)) == "3 of 3 sent"
    assert summary(tally(sent=3, in_doubt=1, deferred=2)) == "3 of 6 sent; 1 in doubt; 2 still owed"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (HERE + timedelta(minutes=5), "12:05"),
        (HERE.replace(hour=23, minute=59), "23:59"),
        (HERE + timedelta(hours=12), "2013-06-02 00:00"),
        (HERE - timedelta(days=1), "2013-05-31 12:00"),
    ],
)
def test_a_moment_of_another_day_is_told_with_its_day(moment: datetime, said: str) -> None:
    assert when(moment, now=NOW) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.4, "0 s"),
        (119, "119 s"),
        (120, "2 min"),
        (3599, "1 h 0 min"),
        (7500, "2 h 5 min"),
    ],
)
def test_a_duration_is_told_in_what_a_person_counts_in(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_what_is_owed_later_is_told_with_its_moment_and_what_is_due_without() -> None:
    owed = tally(sent=1, deferred=2)
    later = what_next("june", owed, due=HERE + timedelta(minutes=5), now=NOW)
    assert later == (
        "1 of 3 sent; 2 still owed, the first from 12:05. Go on with: fvdt-mailer send june"
    )
    due = what_next("june", owed, due=HERE, now=NOW)
    assert due == "1 of 3 sent; 2 still owed. Go on with: fvdt-mailer send june"


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (tally(sent=3, failed=1), 0),
        (tally(sent=3, queued=1), 1),
        (tally(sent=3, queued=1, in_doubt=1), 3),
    ],
)
def test_the_exit_code_says_whether_to_run_it_again_or_to_settle_it(
    found: Tally, code: int
) -> None:
    assert exit_code(found) == code
