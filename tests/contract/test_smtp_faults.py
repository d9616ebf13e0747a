"""Whatever a server does at whatever step, every message's fate is told, and told right."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest

from contract.smtp_servers import PATIENT, Fault, Scripted, Then, message, plain
from fvdt_mailer.adapters.smtp.timers import Timers
from fvdt_mailer.errors import TransportDown
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.delivery import Blame, Outcome, State
from fvdt_mailer.model.message import Message

STEPS = ("MAIL", "RCPT", "DATA", "content")
OURS = (State.DEFERRED, Blame.US)
LATER = (State.DEFERRED, Blame.RECIPIENT)
REFUSED = (State.FAILED, Blame.RECIPIENT)
UNWANTED = (State.FAILED, Blame.MESSAGE)
UNKNOWN = (State.IN_DOUBT, Blame.US)
BRIEF = 0.5


def lost_at(step: str) -> tuple[State, Blame]:
    return UNKNOWN if step == "content" else OURS


def fate(outcome: Outcome) -> tuple[State, Blame]:
    return outcome.state, outcome.blame


def short(step: str) -> Timers:
    match step:
        case "MAIL":
            return replace(PATIENT, mail=BRIEF)
        case "RCPT":
            return replace(PATIENT, rcpt=BRIEF)
        case "DATA":
            return replace(PATIENT, data=BRIEF)
        case "greeting":
            return replace(PATIENT, greeting=BRIEF)
        case "EHLO":
            return replace(PATIENT, ehlo=BRIEF)
        case _:
            return replace(PATIENT, final_dot=BRIEF)


# The connection stays in use after these: the server and we agree on where we are.
REFUSALS = [
    ("MAIL", b"550 5.1.8 sender's domain does not exist\r\n", OURS),
    ("MAIL", b"451 4.3.0 try later\r\n", OURS),
    ("MAIL", b"552 5.3.4 too big\r\n", UNWANTED),
    ("RCPT", b"550 5.1.1 no such user\r\n", REFUSED),
    ("RCPT", b"550-5.1.1 no such\r\n550 5.1.1 user\r\n", REFUSED),
    ("RCPT", b"450 4.2.0 greylisted\r\n", LATER),
    ("RCPT", b"554 5.7.1 relay access denied\r\n", OURS),
    ("DATA", b"451 4.3.0 try later\r\n", OURS),
    ("DATA", b"554 5.5.1 no valid recipients\r\n", OURS),
    ("content", b"451 4.3.0 try later\r\n", OURS),
    ("content", b"550 5.7.26 not authenticated\r\n", OURS),
    ("content", b"554 5.6.0 no\r\n", UNWANTED),
    ("content", b"554\r\n", UNWANTED),
]

# The connection is never used again after these.
GARBAGE = [
    b"hello there\r\n",
    b"\r\n",
    b"\xff\xfe\x00\r\n",
    b"99 too small\r\n",
    b"650 too big\r\n",
    b"250+odd\r\n",
    b"250-one\r\n550 other\r\n",
    b"250-more\r\n" * 100 + b"250 than a hundred lines\r\n",
    (b"250-" + b"x" * 8000 + b"\r\n") * 9 + b"250 more than 64 kB\r\n",
    b"250 bare line feed\n",
    b"250 bare carriage return\r250 ok\r" + b"x" * 9000,
]


@pytest.mark.parametrize("at", [1, 2], ids=["fresh", "reused"])
@pytest.mark.parametrize(("step", "reply", "expected"), REFUSALS)
def test_a_refusal_is_a_value_and_the_session_goes_on(
    step: str, reply: bytes, expected: tuple[State, Blame], at: int
) -> None:
    fault = Fault(step=step, reply=reply, at=at)
    with Scripted(fault) as server, plain(server.port).connect() as connection:
        outcomes = [connection.deliver(message(number)) for number in range(1, at + 2)]
        assert server.sessions == 1
    assert fate(outcomes.pop(at - 1)) == expected
    assert {outcome.state for outcome in outcomes} == {State.SENT}
    assert server.commands[-1] == "QUIT"


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_refused_transaction_is_reset(step: str) -> None:
    with (
        Scripted(Fault(step=step, reply=b"451 later\r\n")) as server,
        plain(server.port).connect() as connection,
    ):
        connection.deliver(message())
    assert server.commands[-2:] == ["RSET", "QUIT"]


def breaks(fault: Fault, expected: tuple[State, Blame], timers: Timers = PATIENT) -> Scripted:
    """Asserts one fate, one redial, one copy of every other message, and nothing tried twice."""
    with Scripted(fault) as server, plain(server.port, timers=timers).connect() as connection:
        outcomes = [connection.deliver(message(number)) for number in range(1, fault.at + 2)]
    assert fate(outcomes.pop(fault.at - 1)) == expected
    assert {outcome.state for outcome in outcomes} == {State.SENT}
    assert server.sessions == 2
    assert server.transactions == fault.at + 1
    return server


@pytest.mark.parametrize("at", [1, 2], ids=["fresh", "reused"])
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    "reply", [b"", b"250", b"250-half\r\n"], ids=["nothing", "unended", "half"]
)
def test_a_server_that_hangs_up_is_left_and_replaced(step: str, reply: bytes, at: int) -> None:
    breaks(Fault(step=step, reply=reply, then=Then.HANG_UP, at=at), lost_at(step))


@pytest.mark.parametrize("at", [1, 2], ids=["fresh", "reused"])
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("then", [Then.GO_ON, Then.HANG_UP])
def test_421_defers_the_message_and_ends_the_session(step: str, then: Then, at: int) -> None:
    fault = Fault(step=step, reply=b"421 4.3.2 shutting down\r\n", then=then, at=at)
    assert "QUIT" not in breaks(fault, OURS).commands[:-1]


@pytest.mark.parametrize("at", [1, 2], ids=["fresh", "reused"])
@pytest.mark.parametrize("step", STEPS)
def test_a_silent_server_is_given_up_and_never_listened_to_again(step: str, at: int) -> None:
    breaks(Fault(step=step, then=Then.SILENCE, at=at), lost_at(step), short(step))


@pytest.mark.parametrize("step", STEPS)
def test_a_reply_that_drips_in_is_bounded_as_a_whole(step: str) -> None:
    breaks(Fault(step=step, reply=b"2", then=Then.DRIBBLE), lost_at(step), short(step))


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    "reply",
    [b"250-" + b"x" * 500 + b"\r\n", b"x" * 4096, b"250-\r\n"],
    ids=["lines", "one line", "empty lines"],
)
def test_a_reply_without_end_is_cut_off(step: str, reply: bytes) -> None:
    breaks(Fault(step=step, reply=reply, then=Then.FLOOD), lost_at(step))


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("reply", GARBAGE)
def test_garbage_is_not_taken_for_an_answer(step: str, reply: bytes) -> None:
    breaks(Fault(step=step, reply=reply), lost_at(step))


@pytest.mark.parametrize("at", [1, 2], ids=["fresh", "reused"])
@pytest.mark.parametrize(
    ("step", "reply"),
    [
        ("MAIL", b"250 ok\r\n250 ok\r\n"),
        ("RCPT", b"250 ok\r\n354 go ahead\r\n"),
        ("DATA", b"354 go ahead\r\n250 2.0.0 queued already\r\n"),
        ("DATA", b"250 ok\r\n"),
        ("MAIL", b"354 go ahead\r\n"),
    ],
)
def test_an_answer_before_the_question_is_not_believed(step: str, reply: bytes, at: int) -> None:
    server = breaks(Fault(step=step, reply=reply, at=at), OURS)
    assert len([content for content in server.contents if content]) == at


def test_an_intermediate_reply_to_the_content_leaves_doubt() -> None:
    breaks(Fault(step="content", reply=b"354 more please\r\n"), UNKNOWN)


def test_words_after_the_last_reply_cost_the_session_and_not_the_message() -> None:
    sent = (State.SENT, Blame.NONE)
    server = breaks(Fault(step="content", reply=b"250 ok\r\n250 and again\r\n"), sent)
    assert server.commands.count("QUIT") == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault(step="RSET", reply=b"500 what?\r\n"),
        Fault(step="RSET", reply=b"oops\r\n"),
        Fault(step="RSET", then=Then.HANG_UP),
    ],
)
def test_a_failed_reset_costs_the_session_and_not_the_refusal(fault: Fault) -> None:
    refusal = Fault(step="RCPT", reply=b"550 5.1.1 no such user\r\n")
    with Scripted(refusal, fault) as server, plain(server.port).connect() as connection:
        assert fate(connection.deliver(message(1))) == REFUSED
        assert connection.deliver(message(2)).state is State.SENT
    assert server.sessions == 2


def test_a_server_that_leaves_amid_the_content_certainly_has_not_the_message() -> None:
    # More than all socket buffers hold, so that the dot cannot have left.
    large = message(content=b"Subject: large\r\n\r\n" + b"0123456789abcdef\r\n" * 1_500_000)
    fault = Fault(step="DATA", reply=b"354 go ahead\r\n", then=Then.HANG_UP)
    with Scripted(fault) as server, plain(server.port).connect() as connection:
        assert fate(connection.deliver(large)) == OURS


def test_a_server_that_breaks_in_amid_the_content_never_gets_the_final_dot() -> None:
    large = message(content=b"Subject: large\r\n\r\n" + b"0123456789abcdef\r\n" * 1_500_000)
    fault = Fault(step="DATA", reply=b"354 go ahead\r\n", then=Then.INTERRUPT)
    with Scripted(fault) as server, plain(server.port).connect() as connection:
        outcome = connection.deliver(large)
    assert fate(outcome) == OURS
    assert "421 4.4.2 enough" in outcome.reply
    assert server.contents == []


def test_a_server_that_stops_reading_amid_the_content_is_given_up() -> None:
    large = message(content=b"Subject: large\r\n\r\n" + b"0123456789abcdef\r\n" * 1_500_000)
    fault = Fault(step="DATA", reply=b"354 go ahead\r\n", then=Then.SILENCE)
    timers = replace(PATIENT, block=BRIEF)
    with Scripted(fault) as server, plain(server.port, timers=timers).connect() as connection:
        assert fate(connection.deliver(large)) == OURS


@pytest.mark.parametrize(
    "farewell", [b"", b"421 4.4.2 idle too long\r\n"], ids=["without a word", "with 421"]
)
def test_a_session_that_ended_while_idle_is_replaced_unnoticed(farewell: bytes) -> None:
    taken = b"250 2.0.0 taken\r\n"
    fault = Fault(step="content", reply=taken + farewell, then=Then.HANG_UP)
    with Scripted(fault) as server, plain(server.port).connect() as connection:
        outcomes = [connection.deliver(message(number)) for number in (1, 2)]
    assert [outcome.state for outcome in outcomes] == [State.SENT, State.SENT]
    assert len(server.contents) == 2


def test_a_server_that_is_gone_stops_the_run_before_the_next_message() -> None:
    fault = Fault(step="content", reply=b"421 4.3.2 shutting down\r\n")
    gone = Fault(step="greeting", reply=b"554 5.3.2 closed for good\r\n", at=2)
    with Scripted(fault, gone) as server, plain(server.port).connect() as connection:
        assert fate(connection.deliver(message(1))) == OURS
        with pytest.raises(TransportDown, match="closed for good"):
            connection.deliver(message(2))
    assert server.transactions == 1


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault(step="greeting", reply=b"421 4.3.2 too busy\r\n"), "421 4.3.2 too busy"),
        (Fault(step="greeting", reply=b"554 5.7.1 go away\r\n"), "554 5.7.1 go away"),
        (Fault(step="greeting", reply=b"+OK POP3 ready\r\n"), "does not speak SMTP"),
        (Fault(step="greeting", reply=b"220 hi\r\n250 ok\r\n"), "more than was asked"),
        (Fault(step="greeting", then=Then.HANG_UP), "hung up.*smtps://"),
        (Fault(step="greeting", then=Then.SILENCE), "did not answer in time.*smtps://"),
        (Fault(step="EHLO", reply=b"550 5.7.1 bad name\r\n"), "550 5.7.1 bad name.*smtp.helo"),
        (Fault(step="EHLO", then=Then.SILENCE), "did not answer in time"),
        (Fault(step="EHLO", reply=b"250-x\r\n", then=Then.FLOOD), "has no end"),
        (Fault(step="EHLO", reply=b"421 no\r\n", then=Then.HANG_UP), "421 no"),
    ],
)
def test_a_session_that_cannot_begin_is_said_in_the_servers_words(fault: Fault, words: str) -> None:
    with (
        Scripted(fault) as server,
        pytest.raises(TransportDown, match=words),
        plain(server.port, timers=short(fault.step)).connect(),
    ):
        pytest.fail("it opened")


def test_the_words_of_a_server_cannot_forge_a_line() -> None:
    reply = b"550-5.1.1 no\x1b[2J\r\n550 5.1.1 \xe2\x80\xa8Bcc: x\r\n"
    with (
        Scripted(Fault(step="RCPT", reply=reply)) as server,
        plain(server.port).connect() as connection,
    ):
        outcome = connection.deliver(message())
    assert outcome.reply == "550 5.1.1 no\\x1b[2J  Bcc: x"


@pytest.mark.parametrize(
    "content",
    [
        b"Subject: x\n\r\n",
        b"Subject: x\r\r\n",
        b"Subject: x\r\n\r\nbare\nline feed\r\n",
        b"Subject: x\r\n\r\nsmuggled\n.\r\nMAIL FROM:<evil@example.org>\r\n",
        b"Subject: x\r\n\r\nsmuggled\r.\r\n",
        b"Subject: x\r\n\r\n\0\r\n",
        b"Subject: " + b"x" * 990 + b"\r\n",
        b"Subject: x\r\n\r\n" + b"y" * 999,
        b"x" * 998 + b"\r\n" + b"y" * 999 + b"\r\n",
    ],
)
def test_content_that_is_not_wire_ready_never_leaves(content: bytes) -> None:
    with Scripted() as server, plain(server.port).connect() as connection:
        assert fate(connection.deliver(message(content=content))) == UNWANTED
    assert server.transactions == 0


@pytest.mark.parametrize(
    "local",
    ["a>\r\nDATA\r\n", "a\nb", "a\x00", "a b", "a>", "<a", "a\x7f", "a\x85", "a\u2028", "a\t"],
)
def test_an_address_can_never_become_a_command(local: str) -> None:
    address = Address(local, "example.org")
    for envelope in (
        replace(message().envelope, rcpt_to=address),
        replace(message().envelope, mail_from=address),
    ):
        with Scripted(offers=("SMTPUTF8",)) as server, plain(server.port).connect() as connection:
            assert fate(connection.deliver(replace(message(), envelope=envelope))) == UNWANTED
        assert [command.split()[0] for command in server.commands] == ["EHLO", "QUIT"]


def deliver(one: Message, *offers: str) -> tuple[Outcome, Scripted]:
    with Scripted(offers=offers) as server, plain(server.port).connect() as connection:
        return connection.deliver(one), server


@pytest.mark.parametrize("offers", [(), ("SIZE",), ("SIZE 0",), ("size 10240000",), ("SIZE x",)])
def test_a_message_within_the_size_the_server_takes_leaves(offers: tuple[str, ...]) -> None:
    outcome, server = deliver(message(), *offers)
    assert outcome.state is State.SENT
    declared = f"MAIL FROM:<bounces@example.org> SIZE={len(message().content)}"
    plainly = "MAIL FROM:<bounces@example.org>"
    assert server.commands[1] == (declared if offers else plainly)


def test_a_message_larger_than_the_server_takes_never_leaves() -> None:
    outcome, server = deliver(message(), "SIZE 100")
    assert fate(outcome) == UNWANTED
    assert "the server takes 100" in outcome.reply
    assert server.transactions == 0


def test_an_international_address_goes_to_a_server_that_can_carry_it() -> None:
    outcome, server = deliver(message(to="zoë@example.org"), "SMTPUTF8", "8BITMIME")
    assert outcome.state is State.SENT
    assert server.commands[1].endswith("BODY=8BITMIME SMTPUTF8")
    assert server.commands[2] == "RCPT TO:<zoë@example.org>"


def test_an_international_address_fails_with_a_reason_where_it_cannot_be_carried() -> None:
    outcome, server = deliver(message(to="zoë@example.org"), "8BITMIME")
    assert fate(outcome) == UNWANTED
    assert "SMTPUTF8" in outcome.reply
    assert server.transactions == 0


def test_octets_outside_ascii_leave_only_where_8bitmime_is_offered() -> None:
    eight_bit = message(content="Subject: x\r\n\r\nreünie\r\n".encode())
    assert fate(deliver(eight_bit)[0]) == UNWANTED
    outcome, server = deliver(eight_bit, "8BITMIME")
    assert outcome.state is State.SENT
    assert server.commands[1].endswith(" BODY=8BITMIME")


def test_no_timer_is_shorter_than_the_standard_asks() -> None:
    # RFC 5321 4.5.3.2: in minutes 5, 5, 5, 2, 3 and 10.
    timers = Timers()
    assert (timers.greeting, timers.mail, timers.rcpt) >= (300, 300, 300)
    assert (timers.data, timers.block, timers.final_dot) >= (120, 180, 600)


def test_small_things_leave_at_once() -> None:
    with Scripted() as server, plain(server.port).connect() as connection:
        wire = connection.open().wire
        assert wire.socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_we_greet_with_our_name_or_else_with_our_number() -> None:
    with Scripted() as server, plain(server.port, helo="news.example.org").connect():
        pass
    assert server.commands == ["EHLO news.example.org", "QUIT"]
    with Scripted() as server, plain(server.port).connect():
        pass
    assert server.commands == ["EHLO [127.0.0.1]", "QUIT"]


@pytest.mark.parametrize("reply", [b"garbage\r\n", b""])
def test_a_rude_farewell_disturbs_nothing(reply: bytes) -> None:
    fault = Fault(step="QUIT", reply=reply, then=Then.HANG_UP)
    with Scripted(fault) as server, plain(server.port).connect() as connection:
        outcome = connection.deliver(message())
    assert outcome.state is State.SENT


def test_a_farewell_is_not_waited_for_long() -> None:
    fault = Fault(step="QUIT", then=Then.SILENCE)
    timers = replace(PATIENT, quit=BRIEF)
    with Scripted(fault) as server, plain(server.port, timers=timers).connect():
        pass
    assert server.commands[-1] == "QUIT"
