"""Beat after beat, in groups or one by one: every message's fate is told, and told right.

A beat hands over the content of one message and opens the next. What holds for a message that is
handed over alone (test_smtp_faults.py) holds in a row of them too, for its neighbours as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from contract.smtp_servers import PATIENT, Fault, Scripted, Then, message, plain
from contract.test_smtp_faults import (
    GARBAGE,
    OURS,
    REFUSALS,
    REFUSED,
    STEPS,
    UNWANTED,
    fate,
    lost_at,
    short,
)
from fvdt_mailer.adapters.smtp.timers import Timers
from fvdt_mailer.adapters.smtp.transport import SmtpConnection
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.delivery import Blame, Outcome, State
from fvdt_mailer.model.message import Message

MANNERS = [(), ("PIPELINING",)]
NAMES = ["one by one", "in groups"]
MAILS = 4

beats = pytest.mark.parametrize("offers", MANNERS, ids=NAMES)
places = pytest.mark.parametrize("at", [1, 2, 4], ids=["fresh", "reused", "last"])


def in_a_row(connection: SmtpConnection, messages: Sequence[Message]) -> list[Outcome]:
    """The fate of each message, handed over as an edition is."""
    fates: dict[str, Outcome] = {}
    waiting, held = list(messages), None
    while waiting or held:
        coming = waiting[0] if waiting else None
        beat = connection.beat(held, coming)
        if held is not None:
            assert beat.finished is not None
            fates[held.message_id] = beat.finished
        held = None
        if coming is not None and beat.refused is not None:
            fates[coming.message_id] = beat.refused
        if coming is not None and (beat.is_open or beat.refused is not None):
            waiting.pop(0)
            held = coming if beat.is_open else None
    return [fates[one.message_id] for one in messages]


def after(
    *faults: Fault,
    offers: tuple[str, ...],
    timers: Timers = PATIENT,
    messages: Sequence[Message] = tuple(map(message, range(1, MAILS + 1))),
    is_lax: bool = False,
) -> tuple[list[Outcome], Scripted]:
    """What becomes of a row of messages at a server with these faults."""
    with (
        Scripted(*faults, offers=offers, is_lax=is_lax) as server,
        plain(server.port, timers=timers).connect() as connection,
    ):
        return in_a_row(connection, messages), server


def only_one(
    fault: Fault,
    expected: tuple[State, Blame],
    *,
    offers: tuple[str, ...],
    timers: Timers = PATIENT,
) -> Scripted:
    """Asserts that the fault decides over one message, and that every other arrives once."""
    outcomes, server = after(fault, offers=offers, timers=timers)
    assert fate(outcomes.pop(fault.at - 1)) == expected
    assert {outcome.state for outcome in outcomes} == {State.SENT}
    taken = [content for content in server.contents if content]
    assert len(taken) == len(set(taken))
    assert len(taken) >= len(outcomes)
    return server


@beats
@places
@pytest.mark.parametrize(("step", "reply", "expected"), REFUSALS)
def test_a_refusal_in_a_row_concerns_one_message(
    step: str, reply: bytes, expected: tuple[State, Blame], at: int, offers: tuple[str, ...]
) -> None:
    server = only_one(Fault(step=step, reply=reply, at=at), expected, offers=offers)
    assert server.sessions == 1
    assert server.commands[-1] == "QUIT"


@beats
@places
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    "reply", [b"", b"250", b"250-half\r\n"], ids=["nothing", "unended", "half"]
)
def test_a_server_that_hangs_up_amid_a_row_is_replaced(
    step: str, reply: bytes, at: int, offers: tuple[str, ...]
) -> None:
    fault = Fault(step=step, reply=reply, then=Then.HANG_UP, at=at)
    only_one(fault, lost_at(step), offers=offers)


@beats
@places
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("then", [Then.GO_ON, Then.HANG_UP])
def test_421_amid_a_row_defers_one_message(
    step: str, then: Then, at: int, offers: tuple[str, ...]
) -> None:
    fault = Fault(step=step, reply=b"421 4.3.2 shutting down\r\n", then=then, at=at)
    only_one(fault, OURS, offers=offers)


@beats
@places
@pytest.mark.parametrize("step", STEPS)
def test_a_server_that_falls_silent_amid_a_row_is_left(
    step: str, at: int, offers: tuple[str, ...]
) -> None:
    fault = Fault(step=step, then=Then.SILENCE, at=at)
    only_one(fault, lost_at(step), offers=offers, timers=short(step))


@beats
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("reply", GARBAGE)
def test_garbage_amid_a_row_costs_one_message(
    step: str, reply: bytes, offers: tuple[str, ...]
) -> None:
    only_one(Fault(step=step, reply=reply, at=2), lost_at(step), offers=offers)


def test_in_groups_a_mail_costs_one_write_and_one_by_one_four() -> None:
    (_, together), (_, apart) = (after(offers=offers) for offers in (("PIPELINING",), ()))
    assert together.sessions == apart.sessions == 1
    assert together.reads < apart.reads / 2


def test_a_server_that_wants_the_content_of_a_refused_mail_never_gets_it() -> None:
    # RFC 2920 3.1 allows the 354; nothing may then follow but an end.
    refusal = Fault(step="RCPT", reply=b"550 5.1.1 no such user\r\n", at=2)
    outcomes, server = after(refusal, offers=("PIPELINING",), is_lax=True)
    assert fate(outcomes[1]) == REFUSED
    assert [outcome.state for outcome in outcomes].count(State.SENT) == MAILS - 1
    assert len([content for content in server.contents if content]) == MAILS - 1


def test_a_server_that_loses_groups_is_then_asked_one_by_one() -> None:
    liar = Fault(step="RCPT", then=Then.SILENCE, at=2)
    outcomes, server = after(liar, offers=("PIPELINING",), timers=replace(PATIENT, rcpt=0.5))
    assert fate(outcomes[1]) == OURS
    assert {outcome.state for outcome in outcomes[2:]} == {State.SENT}
    assert server.sessions == 2
    assert server.reads_of_last_session > MAILS


def test_words_after_the_last_reply_are_taken_for_no_answer_of_the_next() -> None:
    fault = Fault(step="content", reply=b"250 ok\r\n250 and again\r\n", at=2)
    outcomes, _ = after(fault, offers=("PIPELINING",))
    assert [outcome.state for outcome in outcomes].count(State.SENT) == MAILS - 1
    assert fate(outcomes[2]) == OURS


def test_what_cannot_be_sent_never_disturbs_what_is_being_sent() -> None:
    unfit = replace(
        message(2), envelope=replace(message(2).envelope, rcpt_to=Address("a b", "example.org"))
    )
    outcomes, server = after(offers=("PIPELINING",), messages=[message(1), unfit, message(3)])
    assert [fate(outcome) for outcome in outcomes[1:2]] == [UNWANTED]
    assert [outcomes[0].state, outcomes[2].state] == [State.SENT, State.SENT]
    assert server.sessions == 1


def test_no_farewell_is_said_amid_a_message() -> None:
    with Scripted() as server, plain(server.port).connect() as connection:
        assert connection.beat(None, message()).is_open
    assert "QUIT" not in " ".join(server.commands)
    assert server.contents == []
