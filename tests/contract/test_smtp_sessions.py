"""A session that has had its share is ended politely between two mails, and replaced."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from contract.smtp_servers import HOST, PATIENT, Fault, Scripted, closed_port, message, plain
from contract.test_smtp_beat import beats, in_a_row
from fvdt_mailer.adapters.smtp.endpoint import Endpoint
from fvdt_mailer.adapters.smtp.transport import SmtpConnection, SmtpTransport
from fvdt_mailer.errors import TransportDown
from fvdt_mailer.model.delivery import Outcome, State
from fvdt_mailer.model.per_connection import PerConnection
from fvdt_mailer.model.project import Security

MAILS = [message(number) for number in range(1, 6)]


@dataclass
class Watch:
    """A clock that moves by so many seconds every time it is looked at."""

    step: float
    now: float = 1000.0

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def connection(server: Scripted, share: str, *, step: float = 0.0) -> SmtpConnection:
    endpoint = plain(server.port).endpoint
    return SmtpConnection(endpoint, PATIENT, PerConnection.parse(share), clock=Watch(step))


def handed_over(
    share: str, *faults: Fault, offers: tuple[str, ...] = (), step: float = 0.0
) -> tuple[list[Outcome], Scripted]:
    with Scripted(*faults, offers=offers) as server:
        opened = connection(server, share, step=step)
        outcomes = in_a_row(opened, MAILS)
        opened.close()
    return outcomes, server


def verbs(server: Scripted) -> list[str]:
    """What each session opened and ended with, and its mails."""
    words = [command.split(" ")[0] for command in server.commands]
    return [word for word in words if word in ("EHLO", "MAIL", "QUIT")]


@beats
def test_after_so_many_mails_a_session_is_left_with_a_farewell(offers: tuple[str, ...]) -> None:
    outcomes, server = handed_over("2 mails", offers=offers)
    assert {outcome.state for outcome in outcomes} == {State.SENT}
    assert len(set(server.contents)) == len(server.contents) == len(MAILS)
    two = ["EHLO", "MAIL", "MAIL", "QUIT"]
    assert verbs(server) == [*two, *two, "EHLO", "MAIL", "QUIT"]


@beats
def test_after_so_many_minutes_too(offers: tuple[str, ...]) -> None:
    # Three looks at the clock, 30 s apart, make a minute and a half.
    outcomes, server = handed_over("1 min", offers=offers, step=30)
    assert {outcome.state for outcome in outcomes} == {State.SENT}
    assert len(set(server.contents)) == len(server.contents) == len(MAILS)
    assert server.sessions > 1
    assert verbs(server).count("QUIT") == server.sessions


@beats
@pytest.mark.parametrize("share", ["5 mails", "6 mails", "1 min"])
def test_a_session_within_its_share_is_kept(share: str, offers: tuple[str, ...]) -> None:
    outcomes, server = handed_over(share, offers=offers)
    assert {outcome.state for outcome in outcomes} == {State.SENT}
    assert server.sessions == 1


def test_refused_mails_count_too() -> None:
    # A server counts transactions, whatever becomes of them.
    refusals = [Fault(step="RCPT", reply=b"550 5.1.1 no\r\n", at=number) for number in (1, 2)]
    outcomes, server = handed_over("2 mails", *refusals)
    assert [outcome.state for outcome in outcomes] == [*[State.FAILED] * 2, *[State.SENT] * 3]
    assert verbs(server)[:4] == ["EHLO", "MAIL", "MAIL", "QUIT"]


def test_mails_handed_over_alone_count_as_well() -> None:
    with Scripted() as server:
        opened = connection(server, "1 mail")
        outcomes = [opened.deliver(one) for one in MAILS[:2]]
        opened.close()
    assert [outcome.state for outcome in outcomes] == [State.SENT, State.SENT]
    assert verbs(server) == ["EHLO", "MAIL", "QUIT"] * 2


def test_the_next_mail_is_not_begun_by_the_beat_that_ends_a_session() -> None:
    with Scripted() as server:
        opened = connection(server, "1 mail")
        assert opened.beat(None, MAILS[0]).is_open
        beat = opened.beat(MAILS[0], MAILS[1])
        assert beat.finished is not None
        assert (beat.finished.state, beat.refused, beat.is_open) == (State.SENT, None, False)
        opened.close()
    assert server.transactions == 1


def test_a_server_that_is_gone_by_then_has_nothing_of_the_next_mail() -> None:
    with Scripted() as server:
        opened = connection(server, "1 mail")
        assert opened.deliver(MAILS[0]).state is State.SENT
        with closed_port() as port:
            opened.endpoint = Endpoint(host=HOST, port=port, security=Security.PLAIN)
            with pytest.raises(TransportDown, match="no server listens there"):
                opened.beat(None, MAILS[1])
    assert server.transactions == 1


def test_without_a_share_a_session_is_kept() -> None:
    with Scripted() as server, plain(server.port).connect() as opened:
        assert {outcome.state for outcome in in_a_row(opened, MAILS)} == {State.SENT}
    assert server.sessions == 1


def test_a_transport_gives_each_of_its_connections_the_share() -> None:
    with Scripted() as server:
        transport = SmtpTransport(
            endpoint=plain(server.port).endpoint,
            timers=PATIENT,
            per_connection=PerConnection.parse("1 mail"),
        )
        with transport.connect() as opened:
            in_a_row(opened, MAILS)
    assert server.sessions == len(MAILS)
