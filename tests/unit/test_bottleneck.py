"""What limits a send, in plain words, and how long it takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from fvdt_mailer.model.delivery import Blame, State
from fvdt_mailer.model.rate import Rate
from fvdt_mailer.model.standing import Remark
from fvdt_mailer.pipeline.bottleneck import bottleneck, seconds_left
from standings import LEASE, MINUTE, NOW, standing, tally

POLICY = Remark(
    reply="550 5.7.1 not from here", state=State.DEFERRED, blame=Blame.US, times=1, last=NOW
)


def test_what_owes_nothing_is_limited_by_nothing() -> None:
    assert bottleneck(standing(tally=tally(sent=9, in_doubt=1))) == ""


def test_before_its_moment_it_is_the_moment() -> None:
    assert "its moment" in bottleneck(standing(scheduled=NOW + MINUTE, lease=None))
    assert "its moment" not in bottleneck(standing(scheduled=NOW))


def test_when_all_that_is_owed_waits_the_server_asked_for_it() -> None:
    waiting = standing(tally=tally(sent=9, deferred=1), due=NOW + MINUTE, lease=None)
    assert bottleneck(waiting) == "the server asked to come back later"
    assert "come back later" not in bottleneck(replace(waiting, due=NOW))
    assert "come back later" not in bottleneck(replace(waiting, tally=tally(queued=1, deferred=1)))


@pytest.mark.parametrize("lease", [None, replace(LEASE, until=NOW)])
def test_when_nobody_sends_the_command_is_named(lease: object) -> None:
    assert bottleneck(standing(lease=lease)) == (
        "nobody is sending it; go on with: fvdt-mailer send 2013-06"
    )


def test_when_the_server_turns_us_down_it_is_quoted() -> None:
    turned_down = standing(remarks=(POLICY,), pace=5)
    assert bottleneck(turned_down) == 'the server turns us down: "550 5.7.1 not from here"'


@pytest.mark.parametrize(
    "remark",
    [
        replace(POLICY, last=NOW - timedelta(seconds=1)),
        replace(POLICY, blame=Blame.RECIPIENT),
        replace(POLICY, state=State.IN_DOUBT),
    ],
)
def test_an_older_refusal_and_one_of_a_reader_limit_nothing(remark: Remark) -> None:
    assert "turns us down" not in bottleneck(standing(remarks=(remark,), pace=5))


@pytest.mark.parametrize(("pace", "is_limit"), [(49.0, True), (45.0, True), (40.0, False)])
def test_a_rate_that_is_reached_is_the_limit(pace: float, *, is_limit: bool) -> None:
    said = bottleneck(standing(rate=Rate(50, "s"), pace=pace))
    assert (said == "the rate set in mailer.yaml (50/s)") is is_limit


def test_one_connection_waits_for_each_answer() -> None:
    assert "one connection" in bottleneck(standing(connections=1, pace=5))


def test_several_connections_wait_for_the_server_and_it_is_said_how_long() -> None:
    assert bottleneck(standing(pace=8)) == (
        "the server's answers, over 4 connections: each takes 0.5 s"
    )
    assert bottleneck(standing()) == "the server's answers, over 4 connections"


def test_the_time_left_is_that_of_what_is_due_at_the_speed_observed() -> None:
    assert seconds_left(standing(pace=5)) == 10
    owed = tally(queued=50, deferred=50)
    assert seconds_left(standing(pace=5, tally=owed)) == 10


def test_the_time_left_is_unknown_before_anything_was_answered_or_while_nobody_sends() -> None:
    assert seconds_left(standing()) is None
    assert seconds_left(standing(pace=5, lease=None)) is None
    assert seconds_left(standing(pace=5, tally=tally(deferred=3))) is None
