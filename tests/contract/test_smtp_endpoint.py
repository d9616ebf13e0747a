"""What mailer.yaml says about the mail server, and what it may not say."""

from __future__ import annotations

import pytest

from fvdt_mailer.adapters.smtp.endpoint import Endpoint, is_loopback
from fvdt_mailer.errors import FilesError
from fvdt_mailer.model.project import Security, Smtp

IN_CLEAR = Security.PLAIN.value


def smtp(url: str, security: str | None = None, helo: str = "") -> Smtp:
    return Smtp.model_validate({"url": url, "security": security, "helo": helo})


@pytest.mark.parametrize(
    ("url", "asked", "host", "port", "security"),
    [
        ("smtps://mail.example.org", None, "mail.example.org", 465, Security.TLS),
        ("smtps://mail.example.org:4650/", None, "mail.example.org", 4650, Security.TLS),
        ("smtps://localhost", None, "localhost", 465, Security.TLS),
        ("smtp://mail.example.org", None, "mail.example.org", 587, Security.STARTTLS),
        ("smtp://Mail.Example.org:25", None, "mail.example.org", 25, Security.STARTTLS),
        ("smtp://mail.example.org", "tls", "mail.example.org", 465, Security.TLS),
        ("smtp://mail.example.org", IN_CLEAR, "mail.example.org", 25, Security.PLAIN),
        ("smtp://localhost", None, "localhost", 25, Security.PLAIN),
        ("smtp://localhost:1025", "starttls", "localhost", 1025, Security.STARTTLS),
        ("smtp://127.0.0.1:1025", None, "127.0.0.1", 1025, Security.PLAIN),
        ("smtp://[::1]:1025", None, "::1", 1025, Security.PLAIN),
        ("smtp://[2001:db8::1]", None, "2001:db8::1", 587, Security.STARTTLS),
    ],
)
def test_the_url_says_where_and_how(
    url: str, asked: str | None, host: str, port: int, security: Security
) -> None:
    endpoint = Endpoint.parse(smtp(url, asked), None)
    assert (endpoint.host, endpoint.port, endpoint.security) == (host, port, security)


def test_clear_text_nobody_asked_for_stays_on_this_machine() -> None:
    assert Endpoint.parse(smtp("smtp://localhost"), None).stays_here
    assert not Endpoint.parse(smtp("smtp://localhost", IN_CLEAR), None).stays_here


def test_a_user_is_written_with_percent_signs_for_what_a_url_cannot_hold() -> None:
    endpoint = Endpoint.parse(smtp("smtps://news%40example.org@mail.example.org"), "word")
    assert (endpoint.user, endpoint.password) == ("news@example.org", "word")


def test_a_password_is_not_in_the_endpoints_text() -> None:
    endpoint = Endpoint.parse(smtp("smtps://news@mail.example.org"), "hunter2")
    assert "hunter2" not in repr(endpoint) + str(endpoint)


def test_the_name_in_the_file_comes_before_the_default() -> None:
    url = "smtps://mail.example.org"
    assert Endpoint.parse(smtp(url), None, helo="example.org").helo == "example.org"
    assert Endpoint.parse(smtp(url, helo="a.example"), None, helo="b.example").helo == "a.example"


@pytest.mark.parametrize(
    ("url", "asked", "password", "words"),
    [
        ("smtps://mail.example.org", "starttls", None, "smtp.security: starttls contradicts"),
        ("smtps://mail.example.org", IN_CLEAR, None, "contradicts smtps://; write smtp://"),
        ("smtps://news@mail.example.org", None, None, "smtp.password: there is no password"),
        ("smtps://news@mail.example.org", None, "", "there is no password"),
        ("smtps://mail.example.org", None, "word", "smtp.url: there is a password and no user"),
        ("smtps://news@mail.example.org", None, "word\n", "look for a line break at its end"),
        ("smtps://news@mail.example.org", None, "wo\0rd", "control character"),
        ("smtps://ne%0Dws@mail.example.org", None, "word", "control character"),
        ("smtp://news@mail.example.org", IN_CLEAR, "word", "never travels in clear"),
        ("smtps://mail.example.org:99999", None, None, "smtp.url: .*write smtps://"),
        ("smtps://mail.example.org:0", None, None, "names no server"),
        ("smtps://[::1", None, None, "smtp.url"),
    ],
)
def test_what_cannot_be_meant_is_a_problem_in_the_file(
    url: str, asked: str | None, password: str | None, words: str
) -> None:
    with pytest.raises(FilesError, match=words) as caught:
        Endpoint.parse(smtp(url, asked), password)
    assert str(caught.value).startswith("mailer.yaml: smtp.")


@pytest.mark.parametrize(
    ("url", "asked", "words"),
    [
        ("smtps://mail.example.org", None, "smtp.url: there is an oauth_token and no user"),
        ("smtps://ne%0Dws@mail.example.org", None, "smtp.url: the user holds a control"),
        ("smtp://news@mail.example.org", IN_CLEAR, "a token never travels in clear"),
    ],
)
def test_a_token_asks_for_a_user_and_for_a_way_where_nobody_listens(
    url: str, asked: str | None, words: str
) -> None:
    with pytest.raises(FilesError, match=words):
        Endpoint.parse(smtp(url, asked), None, token=lambda: "ya29")


def test_a_token_stands_in_for_a_password() -> None:
    endpoint = Endpoint.parse(
        smtp("smtps://news@mail.example.org"), None, token=lambda: "ya29.geheim"
    )
    assert endpoint.token is not None
    assert endpoint.token() == "ya29.geheim"
    assert "geheim" not in repr(endpoint) + str(endpoint)


def test_a_name_to_greet_with_holds_no_second_command() -> None:
    with pytest.raises(FilesError, match=r"smtp\.helo"):
        Endpoint.parse(smtp("smtps://mail.example.org", helo="x\r\nMAIL FROM:<>"), None)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("LOCALHOST", True),
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost.example.org", False),
        ("127.0.0.1.example.org", False),
        ("10.0.0.1", False),
        ("0.0.0.0", False),
    ],
)
def test_loopback_is_only_what_can_mean_nothing_else(host: str, *, expected: bool) -> None:
    assert is_loopback(host) is expected
