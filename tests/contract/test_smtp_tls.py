"""Neither a mail nor a password leaves in clear, or to a server that is not the one meant."""

from __future__ import annotations

import ssl
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from contract.smtp_servers import (
    HOST,
    PASSWORD,
    PATIENT,
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

SIGN_IN = "AUTH PLAIN LOGIN"
BOTH = pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def ca(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return path


def server_context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    return context


def to(server: Scripted, security: Security, ca: Path | None) -> SmtpTransport:
    endpoint = Endpoint(
        host=HOST,
        port=server.port,
        security=security,
        user=USER,
        password=PASSWORD,
        ca=str(ca or ""),
    )
    return SmtpTransport(endpoint=endpoint, timers=PATIENT)


def scripted(context: ssl.SSLContext, security: Security, *faults: Fault) -> Scripted:
    if security is Security.TLS:
        return Scripted(*faults, offers=(SIGN_IN,), tls=context)
    return Scripted(*faults, offers=("STARTTLS", SIGN_IN), starttls=context)


def refuses(server: Scripted, security: Security, ca: Path | None, words: str) -> Scripted:
    """Asserts that no session opens, and that the server learns nothing."""
    with (
        server,
        pytest.raises(TransportDown, match=words) as caught,
        to(server, security, ca).connect(),
    ):
        pytest.fail("it opened")
    assert not credentials_in(server.commands)
    assert server.transactions == 0
    assert PASSWORD not in str(caught.value)
    return server


@BOTH
def test_a_server_that_proves_its_name_gets_mail_and_password(
    security: Security, authority: trustme.CA, ca: Path
) -> None:
    context = server_context(authority.issue_cert(HOST))
    with scripted(context, security) as server, to(server, security, ca).connect() as connection:
        assert connection.deliver(message()).state is State.SENT
    assert credentials_in(server.commands)
    assert server.transactions == 1


@BOTH
def test_a_certificate_of_another_name_is_refused(
    security: Security, authority: trustme.CA, ca: Path
) -> None:
    context = server_context(authority.issue_cert("mail.example.org"))
    refuses(scripted(context, security), security, ca, "not valid for that")


@BOTH
def test_an_expired_certificate_is_refused(
    security: Security, authority: trustme.CA, ca: Path
) -> None:
    expired = authority.issue_cert(
        HOST,
        not_before=datetime(2013, 1, 1, tzinfo=UTC),
        not_after=datetime(2013, 6, 17, tzinfo=UTC),
    )
    context = server_context(expired)
    refuses(scripted(context, security), security, ca, "has expired; have the server's")


@BOTH
def test_a_certificate_of_an_unknown_authority_is_refused(security: Security, ca: Path) -> None:
    context = server_context(trustme.CA().issue_cert(HOST))
    refuses(scripted(context, security), security, ca, "not known here; when it is your own server")


@BOTH
def test_without_a_file_of_ours_only_the_systems_authorities_count(
    security: Security, authority: trustme.CA
) -> None:
    context = server_context(authority.issue_cert(HOST))
    refuses(scripted(context, security), security, None, "name its authority's file in smtp.ca")


def test_a_server_that_lost_its_starttls_gets_nothing(ca: Path) -> None:
    server = refuses(Scripted(offers=(SIGN_IN,)), Security.STARTTLS, ca, "offers no STARTTLS")
    assert server.commands == ["EHLO [127.0.0.1]"]


@pytest.mark.parametrize(
    "reply", [b"454 4.7.0 not now\r\n", b"502 5.5.1 never\r\n", b"354 what?\r\n"]
)
def test_a_refused_starttls_is_no_reason_to_go_on_in_clear(reply: bytes, ca: Path) -> None:
    fault = Fault(step="STARTTLS", reply=reply)
    server = Scripted(fault, offers=("STARTTLS", SIGN_IN))
    refuses(server, Security.STARTTLS, ca, "refused STARTTLS")
    assert server.commands[-1] == "STARTTLS"


def test_words_slipped_in_before_tls_are_not_believed(authority: trustme.CA, ca: Path) -> None:
    context = server_context(authority.issue_cert(HOST))
    injected = b"220 2.0.0 go ahead\r\n250-evil\r\n250 AUTH PLAIN\r\n"
    fault = Fault(step="STARTTLS", reply=injected)
    refuses(scripted(context, Security.STARTTLS, fault), Security.STARTTLS, ca, "more than was")


def test_what_was_offered_in_clear_counts_for_nothing(authority: trustme.CA, ca: Path) -> None:
    context = server_context(authority.issue_cert(HOST))
    in_clear = Fault(step="EHLO", reply=b"250-evil\r\n250-STARTTLS\r\n250 SIZE 1\r\n")
    server = scripted(context, Security.STARTTLS, in_clear)
    with server, to(server, Security.STARTTLS, ca).connect() as connection:
        assert connection.deliver(message()).state is State.SENT
    assert [command.split()[0] for command in server.commands[:4]] == [
        "EHLO",
        "STARTTLS",
        "EHLO",
        "AUTH",
    ]


def test_a_server_that_speaks_in_clear_where_tls_is_due_gets_nothing(ca: Path) -> None:
    server = refuses(Scripted(offers=(SIGN_IN,)), Security.TLS, ca, "no TLS session.*smtp://")
    assert not any(command.startswith("AUTH") for command in server.commands)


@pytest.mark.parametrize("then", [Then.HANG_UP, Then.SILENCE])
def test_a_server_that_breaks_off_the_handshake_gets_nothing(then: Then, ca: Path) -> None:
    fault = Fault(step="STARTTLS", reply=b"220 go ahead\r\n", then=then)
    server = Scripted(fault, offers=("STARTTLS", SIGN_IN))
    transport = to(server, Security.STARTTLS, ca)
    hurried = replace(transport, timers=replace(PATIENT, starttls=0.5))
    with server, pytest.raises(TransportDown, match="no TLS session"), hurried.connect():
        pytest.fail("it opened")
    assert not credentials_in(server.commands)


def test_tls_is_at_least_1_2_and_names_are_checked(ca: Path) -> None:
    context = client_context(Endpoint(host=HOST, port=1, security=Security.TLS, ca=str(ca)))
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED


@pytest.mark.parametrize("text", [None, "no certificate"])
def test_an_authority_that_cannot_be_read_is_said(text: str | None, tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    endpoint = Endpoint(host=HOST, port=1, security=Security.TLS, ca=str(path))
    with pytest.raises(TransportDown, match=r"cannot read the certificate authority.*smtp\.ca"):
        client_context(endpoint)


# --- signing in


def at_home(server: Scripted) -> SmtpTransport:
    endpoint = Endpoint(
        host=HOST, port=server.port, security=Security.PLAIN, user=USER, password=PASSWORD
    )
    return SmtpTransport(endpoint=endpoint, timers=PATIENT)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (b"535 5.7.8 bad credentials\r\n", "bad credentials.*check the user"),
        (b"454 4.7.0 busy\r\n", "busy.*try again later"),
        (b"421 4.7.0 too many\r\n", "too many.*try again later"),
        (b"334 tell me more\r\n", "334 tell me more"),
        (b"250 sure\r\n", "250 sure"),
    ],
)
def test_a_refused_password_stops_the_run_and_is_not_tried_again(reply: bytes, words: str) -> None:
    with (
        Scripted(Fault(step="AUTH", reply=reply), offers=(SIGN_IN,)) as server,
        pytest.raises(TransportDown, match=words),
        at_home(server).connect(),
    ):
        pytest.fail("it opened")
    assert server.sessions == 1
    assert len([command for command in server.commands if command.startswith("AUTH")]) == 1
    assert server.transactions == 0


def test_a_password_that_a_server_repeats_is_not_shown() -> None:
    reply = f"535 5.7.8 {PASSWORD} is wrong for {USER}\r\n".encode()
    with (
        Scripted(Fault(step="AUTH", reply=reply), offers=(SIGN_IN,)) as server,
        pytest.raises(TransportDown) as caught,
        at_home(server).connect(),
    ):
        pytest.fail("it opened")
    assert PASSWORD not in str(caught.value)
    assert PASSWORD not in repr(at_home(server))


def test_plain_is_preferred_and_login_is_spoken_where_it_is_all_there_is() -> None:
    with Scripted(offers=("AUTH LOGIN PLAIN",)) as server, at_home(server).connect():
        pass
    assert server.commands[1].startswith("AUTH PLAIN ")
    asks = Fault(step="AUTH", reply=b"334 VXNlcm5hbWU6\r\n")
    with (
        Scripted(asks, offers=("AUTH=LOGIN",)) as server,
        pytest.raises(TransportDown, match=r"500 5\.5\.1"),
        at_home(server).connect(),
    ):
        pytest.fail("it opened")
    assert server.commands[1:] == ["AUTH LOGIN", "bmV3c0BleGFtcGxlLm9yZw=="]


@pytest.mark.parametrize("offers", [(), ("AUTH GSSAPI",), ("AUTH",)])
def test_a_server_where_we_cannot_sign_in_is_said(offers: tuple[str, ...]) -> None:
    with (
        Scripted(offers=offers) as server,
        pytest.raises(TransportDown, match="to sign in, and PLAIN or LOGIN is needed"),
        at_home(server).connect(),
    ):
        pytest.fail("it opened")
    assert not credentials_in(server.commands)


def test_a_name_that_is_not_found_is_said_with_what_to_do() -> None:
    # RFC 6761: never resolved; the other is no name at all.
    for host in ("mail.invalid", "a..b"):
        endpoint = Endpoint(host=host, port=465, security=Security.TLS)
        with (
            pytest.raises(TransportDown, match=r"is not found; correct smtp\.url"),
            SmtpTransport(endpoint=endpoint, timers=PATIENT).connect(),
        ):
            pytest.fail("it opened")


def test_a_tls_session_that_ended_while_idle_is_replaced(authority: trustme.CA, ca: Path) -> None:
    context = server_context(authority.issue_cert(HOST))
    drop = Fault(step="content", reply=b"250 2.0.0 taken\r\n", then=Then.HANG_UP)
    with scripted(context, Security.TLS, drop) as server:
        transport = to(server, Security.TLS, ca)
        with transport.connect() as connection:
            assert connection.deliver(message(1)).state is State.SENT
            assert connection.deliver(message(2)).state is State.SENT
    assert server.sessions == 2
