"""Neither a mail nor a secret leaves in clear, or to a server that is not the one meant."""

from __future__ import annotations

import ssl
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from contract.evil_servers import EVIL, STARTTLS, TLS, Evil, ehlo, speaking, valid
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
from fvdt_mailer.adapters.smtp.tls import client_context
from fvdt_mailer.adapters.smtp.transport import SmtpTransport
from fvdt_mailer.errors import TransportDown
from fvdt_mailer.model.delivery import State
from fvdt_mailer.model.project import Security

BOTH = pytest.mark.parametrize("security", [TLS, STARTTLS])
SECRETS = pytest.mark.parametrize("secret", ["password", "token"])


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def ca(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return path


def to(server: Scripted, security: Security, ca: Path | None, *, secret: str) -> SmtpTransport:
    endpoint = Endpoint(
        host=HOST,
        port=server.port,
        security=security,
        user=USER,
        password=PASSWORD if secret == "password" else "",
        token=(lambda: TOKEN) if secret == "token" else None,
        ca=str(ca or ""),
    )
    return SmtpTransport(endpoint=endpoint, timers=replace(PATIENT, starttls=2))


@SECRETS
@pytest.mark.parametrize("evil", EVIL, ids=lambda evil: evil.name)
def test_an_evil_server_hears_neither_a_mail_nor_a_secret(
    evil: Evil, secret: str, authority: trustme.CA, ca: Path
) -> None:
    with (
        evil.server(authority) as server,
        pytest.raises(TransportDown, match=evil.words) as caught,
        to(server, evil.security, ca, secret=secret).connect(),
    ):
        pytest.fail("it opened")
    assert not credentials_in(server.heard)
    assert b"AUTH" not in server.heard
    assert b"MAIL" not in server.heard
    assert server.sessions == 1
    assert not credentials_in(str(caught.value).encode())
    assert [command.split()[0] for command in server.commands[-1:]] == [evil.last] * bool(evil.last)


@BOTH
@SECRETS
def test_a_server_that_proves_its_name_gets_mail_and_secret(
    security: Security, secret: str, authority: trustme.CA, ca: Path
) -> None:
    with (
        speaking(valid(authority), security) as server,
        to(server, security, ca, secret=secret).connect() as connection,
    ):
        assert connection.deliver(message()).state is State.SENT
    assert credentials_in(server.heard)
    assert server.transactions == 1


@BOTH
def test_without_a_file_of_ours_only_the_systems_authorities_count(
    security: Security, authority: trustme.CA
) -> None:
    with (
        speaking(valid(authority), security) as server,
        pytest.raises(TransportDown, match=r"name its authority's file in smtp\.ca"),
        to(server, security, None, secret="password").connect(),
    ):
        pytest.fail("it opened")
    assert not credentials_in(server.heard)


def test_what_was_offered_in_clear_counts_for_nothing(authority: trustme.CA, ca: Path) -> None:
    with (
        speaking(valid(authority), STARTTLS, ehlo("STARTTLS", "SIZE 1")) as server,
        to(server, STARTTLS, ca, secret="password").connect() as connection,
    ):
        assert connection.deliver(message()).state is State.SENT
    verbs = [command.split()[0] for command in server.commands[:4]]
    assert verbs == ["EHLO", "STARTTLS", "EHLO", "AUTH"]


def test_tls_is_at_least_1_2_and_names_are_checked(ca: Path) -> None:
    context = client_context(Endpoint(host=HOST, port=1, security=TLS, ca=str(ca)))
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED


@pytest.mark.parametrize("text", [None, "no certificate"])
def test_an_authority_that_cannot_be_read_is_said(text: str | None, tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    endpoint = Endpoint(host=HOST, port=1, security=TLS, ca=str(path))
    with pytest.raises(TransportDown, match=r"cannot read the certificate authority.*smtp\.ca"):
        client_context(endpoint)


def test_a_name_that_is_not_found_is_said_with_what_to_do() -> None:
    # RFC 6761: never resolved; the other is no name at all.
    for host in ("mail.invalid", "a..b"):
        endpoint = Endpoint(host=host, port=465, security=TLS)
        with (
            pytest.raises(TransportDown, match=r"is not found; correct smtp\.url"),
            SmtpTransport(endpoint=endpoint, timers=PATIENT).connect(),
        ):
            pytest.fail("it opened")


def test_a_tls_session_that_ended_while_idle_is_replaced(authority: trustme.CA, ca: Path) -> None:
    drop = Fault(step="content", reply=b"250 2.0.0 taken\r\n", then=Then.HANG_UP)
    with speaking(valid(authority), TLS, drop) as server:
        transport = to(server, TLS, ca, secret="password")
        with transport.connect() as connection:
            assert connection.deliver(message(1)).state is State.SENT
            assert connection.deliver(message(2)).state is State.SENT
    assert server.sessions == 2
