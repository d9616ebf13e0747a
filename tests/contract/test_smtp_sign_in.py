"""Signing in with a password or a token, and what is said when a server will not have it."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable

import pytest

from contract.smtp_servers import (
    HOST,
    PASSWORD,
    PATIENT,
    TOKEN,
    USER,
    Fault,
    Scripted,
    Then,
    credentials_in,
    message,
)
from fvdt_mailer.adapters.smtp.endpoint import Endpoint
from fvdt_mailer.adapters.smtp.transport import SmtpTransport
from fvdt_mailer.errors import NotReady, TransportDown
from fvdt_mailer.model.delivery import State
from fvdt_mailer.model.project import Security

PASSWORDS = ("AUTH PLAIN LOGIN",)
TOKENS = ("AUTH PLAIN LOGIN XOAUTH2",)
ASKS = Fault(step="AUTH", reply=b"334 \r\n")
LONG_TOKEN = "eyJhbGciOiJSUzI1NiJ9." + "Kaas_en-Bier" * 200
# What Google puts into its challenge: JSON in base64.
REASON = b64encode(b'{"status":"401","schemes":"bearer","scope":"https://mail.example.org/"}')


def at_home(server: Scripted, *, token: Callable[[], str] | None = None) -> SmtpTransport:
    endpoint = Endpoint(
        host=HOST,
        port=server.port,
        security=Security.PLAIN,
        user=USER,
        password="" if token else PASSWORD,
        token=token,
    )
    return SmtpTransport(endpoint=endpoint, timers=PATIENT)


def refused(
    *faults: Fault,
    offers: tuple[str, ...] = PASSWORDS,
    token: Callable[[], str] | None = None,
    words: str = "",
) -> tuple[Scripted, str]:
    """Asserts that no session opens, and that nothing secret is said of it."""
    with (
        Scripted(*faults, offers=offers) as server,
        pytest.raises(TransportDown, match=words) as caught,
        at_home(server, token=token).connect(),
    ):
        pytest.fail("it opened")
    assert server.transactions == 0
    assert server.sessions == 1
    return server, str(caught.value)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (b"535 5.7.8 bad credentials\r\n", r"bad credentials.*check the user.*smtp\.password"),
        (b"454 4.7.0 busy\r\n", "busy.*try again later"),
        (b"421 4.7.0 too many\r\n", "too many.*try again later"),
        (b"334 tell me more\r\n", "334 tell me more"),
        (b"250 sure\r\n", "250 sure"),
    ],
)
def test_a_refused_password_stops_the_run_and_is_not_tried_again(reply: bytes, words: str) -> None:
    server, _ = refused(Fault(step="AUTH", reply=reply), words=words)
    assert len([command for command in server.commands if command.startswith("AUTH")]) == 1


def test_plain_is_preferred_and_login_is_spoken_where_it_is_all_there_is() -> None:
    with Scripted(offers=("AUTH LOGIN PLAIN",)) as server, at_home(server).connect():
        pass
    assert server.commands[1].startswith("AUTH PLAIN ")
    asks_again = Fault(step="answer", reply=b"334 UGFzc3dvcmQ6\r\n")
    with Scripted(ASKS, asks_again, offers=("AUTH=LOGIN",)) as server, at_home(server).connect():
        pass
    verb, user, password, _ = server.commands[1:]
    assert verb == "AUTH LOGIN"
    assert (b64decode(user), b64decode(password)) == (USER.encode(), PASSWORD.encode())


@pytest.mark.parametrize("offers", [(), ("AUTH GSSAPI",), ("AUTH",), ("AUTH XOAUTH2",)])
def test_a_server_that_takes_no_password_is_said(offers: tuple[str, ...]) -> None:
    server, _ = refused(offers=offers, words="to sign in, and PLAIN or LOGIN is needed")
    assert not credentials_in(server.heard)


@pytest.mark.parametrize("offers", [(), ("AUTH PLAIN LOGIN",), ("AUTH OAUTHBEARER",)])
def test_a_server_that_takes_no_token_is_said(offers: tuple[str, ...]) -> None:
    server, _ = refused(
        offers=offers, token=lambda: TOKEN, words="to sign in, and XOAUTH2 is needed"
    )
    assert not credentials_in(server.heard)


def test_a_token_is_shown_as_the_mechanism_asks() -> None:
    with (
        Scripted(offers=TOKENS) as server,
        at_home(server, token=lambda: f" {TOKEN}\n").connect() as connection,
    ):
        assert connection.deliver(message()).state is State.SENT
    answer = server.commands[1].removeprefix("AUTH XOAUTH2 ")
    assert b64decode(answer) == f"user={USER}\1auth=Bearer {TOKEN}\1\1".encode()


@pytest.mark.parametrize(("length", "is_at_once"), [(336, True), (337, False)])
def test_a_token_too_long_for_a_command_waits_until_it_is_asked_for(
    length: int, *, is_at_once: bool
) -> None:
    # RFC 4954 4: the command stays within 512 octets; Gmail and Dovecot refuse a longer one.
    faults = () if is_at_once else (ASKS,)
    with (
        Scripted(*faults, offers=TOKENS) as server,
        at_home(server, token=lambda: "x" * length).connect(),
    ):
        pass
    assert len(server.commands[1] + "\r\n") <= 512
    assert (server.commands[1] == "AUTH XOAUTH2") is not is_at_once


def test_a_long_token_arrives_whole() -> None:
    with (
        Scripted(ASKS, offers=TOKENS) as server,
        at_home(server, token=lambda: LONG_TOKEN).connect(),
    ):
        pass
    assert server.commands[1] == "AUTH XOAUTH2"
    assert b64decode(server.commands[2]).endswith(LONG_TOKEN.encode() + b"\1\1")


def test_the_reason_why_a_token_is_refused_is_answered_with_an_empty_line() -> None:
    challenge = Fault(step="AUTH", reply=b"334 " + REASON + b"\r\n")
    refusal = Fault(step="answer", reply=b"535-5.7.8 token expired\r\n535 5.7.8 see the manual\r\n")
    server, _ = refused(
        challenge,
        refusal,
        offers=TOKENS,
        token=lambda: TOKEN,
        words=r"token expired see the manual.*what smtp\.oauth_token names",
    )
    assert server.commands[2:] == [""]


def test_a_long_token_that_is_refused_is_answered_so_too() -> None:
    challenge = Fault(step="answer", reply=b"334 " + REASON + b"\r\n")
    refusal = Fault(step="answer", reply=b"535 5.7.8 token expired\r\n")
    server, _ = refused(
        ASKS, challenge, refusal, offers=TOKENS, token=lambda: LONG_TOKEN, words="token expired"
    )
    assert server.commands[3:] == [""]


def test_a_token_is_fetched_for_every_session_anew() -> None:
    tokens = iter(("first", "second"))
    drop = Fault(step="content", reply=b"250 2.0.0 taken\r\n", then=Then.HANG_UP)
    with (
        Scripted(drop, offers=TOKENS) as server,
        at_home(server, token=lambda: next(tokens)).connect() as connection,
    ):
        assert connection.deliver(message(1)).state is State.SENT
        assert connection.deliver(message(2)).state is State.SENT
    shown = [b64decode(command.split()[2]) for command in server.commands if "AUTH" in command]
    assert [b"first" in shown[0], b"second" in shown[1]] == [True, True]


@pytest.mark.parametrize("token", ["", " \n", "two words", "two\nlines", "ya29\0", "zo\u00eb"])
def test_what_is_no_token_never_leaves(token: str) -> None:
    server, words = refused(offers=TOKENS, token=lambda: token, words=r"smtp\.oauth_token")
    assert not any("AUTH" in command for command in server.commands)
    assert "words" not in words


def test_a_token_that_cannot_be_had_now_is_a_server_that_cannot_be_used_now() -> None:
    def missing() -> str:
        raise NotReady("the environment variable X is not set; set it to the secret")

    refused(offers=TOKENS, token=missing, words="X is not set; set it")


ECHOES = [
    "{}",
    "bad command: {}",
    'cannot read "{}"',
    "<{}>,",
    "token={}",
]


@pytest.mark.parametrize("echo", ECHOES)
@pytest.mark.parametrize(
    ("secret", "token"),
    [
        (PASSWORD, None),
        (b64encode(PASSWORD.encode()).decode(), None),
        (b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode(), None),
        (TOKEN, TOKEN),
        (b64encode(f"user={USER}\1auth=Bearer {TOKEN}\1\1".encode()).decode(), TOKEN),
        (LONG_TOKEN, LONG_TOKEN),
        (LONG_TOKEN[:100], LONG_TOKEN),
    ],
)
def test_a_secret_that_a_server_repeats_is_not_shown(
    secret: str, token: str | None, echo: str
) -> None:
    said = f"535 5.7.8 {echo.format(secret)}\r\n".encode()
    is_long = token == LONG_TOKEN
    faults = (ASKS,) if is_long else ()
    refusal = Fault(step="answer" if is_long else "AUTH", reply=said)
    source = (lambda: token or "") if token else None
    _, words = refused(*faults, refusal, offers=TOKENS, token=source, words="signing in")
    assert "(secret)" in words
    assert not any(secret[at : at + 12] in words for at in range(len(secret) - 11))


def test_a_server_that_only_echoes_shows_no_secret() -> None:
    told = b"AUTH PLAIN " + b64encode(f"\0{USER}\0{PASSWORD}".encode()) + b"\r\n"
    _, words = refused(Fault(step="AUTH", reply=told), words="does not speak SMTP.*AUTH PLAIN")
    assert b64encode(PASSWORD.encode()).decode()[4:] not in words
    assert "(secret)" in words


@pytest.mark.parametrize("token", [None, lambda: TOKEN])
def test_no_secret_stands_in_the_text_of_a_transport(token: Callable[[], str] | None) -> None:
    with Scripted() as server:
        text = repr(at_home(server, token=token))
    assert PASSWORD not in text
    assert TOKEN not in text
