"""The sandbox keeps every mail it is sent, as it came, and lets a person read it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from contract.smtp_servers import message, plain
from fvdt_mailer.adapters.sandbox import Sandbox
from fvdt_mailer.errors import TransportDown
from fvdt_mailer.model.delivery import Outcome, State

LETTER = (
    b"From: Nieuwsbrief <news@example.org>\r\n"
    b"To: lezer@example.org\r\n"
    b"Message-ID: <edition.1@news.example.org>\r\n"
    b"Subject: =?utf-8?q?Caf=C3=A9_in_de_fabriek?=\r\n"
    b"MIME-Version: 1.0\r\n"
    b'Content-Type: multipart/alternative; boundary="b"\r\n'
    b"\r\n"
    b"--b\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n"
    b"\r\n"
    b"Caf=C3=A9\r\n"
    b"--b\r\n"
    b"Content-Type: text/html; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n"
    b"\r\n"
    b"<p>Caf=C3=A9</p>\r\n"
    b"--b--\r\n"
)


def test_a_mail_is_kept_as_it_came_and_can_be_read(tmp_path: Path) -> None:
    with Sandbox(tmp_path) as sandbox, plain(sandbox.port).connect() as connection:
        connection.deliver(message(content=LETTER))
        (received,) = sandbox.received
    assert received.rcpt == "reader1@example.org"
    assert received.message_id == "<edition.1@news.example.org>"
    assert received.subject == "Café in de fabriek"
    assert received.path_eml == tmp_path / "0001-reader1.eml"
    assert received.path_eml.read_bytes() == LETTER
    assert received.path_html is not None
    assert received.path_html.read_text(encoding="utf-8").strip() == "<p>Café</p>"
    assert received.path_text is not None
    assert received.path_text.read_text(encoding="utf-8").strip() == "Café"


def test_what_is_no_proper_mail_is_kept_all_the_same(tmp_path: Path) -> None:
    broken = (
        b"Subject: =?x?q?\r\nMessage-ID: <\r\nContent-Type: text/html; charset=nonsense\r\n\r\n\xff"
    )
    torn = b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'
    with Sandbox(tmp_path) as sandbox, plain(sandbox.port).connect() as connection:
        for content in (broken, torn, b""):
            assert connection.deliver(message(content=content)).state is State.SENT
        kept = [received.path_eml.read_bytes() for received in sandbox.received]
    assert kept == [broken + b"\r\n", torn, b""]


def test_many_connections_at_once_lose_nothing(tmp_path: Path) -> None:
    with Sandbox(tmp_path) as sandbox:

        def deliver(number: int) -> list[Outcome]:
            with plain(sandbox.port).connect() as connection:
                return [connection.deliver(message(number * 100 + n)) for n in range(10)]

        with ThreadPoolExecutor(max_workers=8) as pool:
            outcomes = [outcome for each in pool.map(deliver, range(8)) for outcome in each]
        received = sandbox.received
    assert {outcome.state for outcome in outcomes} == {State.SENT}
    assert {each.rcpt for each in received} == {
        f"reader{number * 100 + n}@example.org" for number in range(8) for n in range(10)
    }
    assert len({each.path_eml for each in received}) == 80


def test_a_second_sandbox_replaces_nothing_in_the_folder(tmp_path: Path) -> None:
    for _ in range(2):
        with Sandbox(tmp_path) as sandbox, plain(sandbox.port).connect() as connection:
            connection.deliver(message())
    kept = sorted(path.name for path in tmp_path.glob("*.eml"))
    assert kept == ["0001-reader1.eml", "0002-reader1.eml"]


@pytest.mark.parametrize("local", ["a/b", "{x}", "a|b", "zoë", "~", "%2e%2e%2f"])
def test_no_address_leads_out_of_the_folder(tmp_path: Path, local: str) -> None:
    with Sandbox(tmp_path) as sandbox, plain(sandbox.port).connect() as connection:
        outcome = connection.deliver(message(to=f"{local}@example.org"))
        (received,) = sandbox.received
    assert outcome.state is State.SENT
    assert received.rcpt == f"{local}@example.org"
    assert received.path_eml.parent == tmp_path
    assert received.path_eml.is_file()
    assert received.path_eml.name.isascii()


def test_a_mail_of_nineteen_megabytes_fits(tmp_path: Path) -> None:
    large = b"Subject: large\r\n\r\n" + (b"x" * 98 + b"\r\n") * 190_000
    with Sandbox(tmp_path) as sandbox, plain(sandbox.port).connect() as connection:
        assert connection.deliver(message(content=large)).state is State.SENT
        (received,) = sandbox.received
    assert received.path_eml.read_bytes() == large


def test_a_mail_beyond_what_it_takes_is_refused_before_it_leaves(tmp_path: Path) -> None:
    larger = b"Subject: larger\r\n\r\n" + (b"x" * 98 + b"\r\n") * 200_000
    with Sandbox(tmp_path) as sandbox, plain(sandbox.port).connect() as connection:
        assert connection.deliver(message(content=larger)).state is State.FAILED
        assert sandbox.received == ()


def test_a_sandbox_closes_under_an_open_connection(tmp_path: Path) -> None:
    with Sandbox(tmp_path) as sandbox:
        connecting = plain(sandbox.port).connect()
        connection = connecting.__enter__()
    with pytest.raises(TransportDown, match="no server listens there"):
        connection.deliver(message())
    connecting.__exit__(None, None, None)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(TransportDown, match="choose another folder"), Sandbox(tmp_path / "file"):
        pytest.fail("it opened")
