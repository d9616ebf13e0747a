"""What holds for every transport: a message arrives once, byte for byte."""

from __future__ import annotations

import resource
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.smtp_servers import HOST, PASSWORD, PATIENT, USER, Receiver, closed_port, message
from contract.smtp_servers import plain as plain_to
from fvdt_mailer.adapters.eml_folder import EmlFolderTransport, file_name
from fvdt_mailer.adapters.smtp.endpoint import Endpoint
from fvdt_mailer.adapters.smtp.transport import SmtpTransport
from fvdt_mailer.errors import TransportDown
from fvdt_mailer.model.delivery import State
from fvdt_mailer.model.project import Security
from fvdt_mailer.ports import Transport


@dataclass(frozen=True, kw_only=True)
class Way:
    """A transport, and what came out at its other end."""

    transport: Transport
    contents: Callable[[], list[bytes]]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@contextmanager
def over_smtp(security: Security, authority: trustme.CA, folder: Path) -> Iterator[Way]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(HOST).configure_cert(context)
    ca = folder / "ca.pem"
    authority.cert_pem.write_to_path(ca)
    is_clear = security is Security.PLAIN
    with Receiver(
        tls=context if security is Security.TLS else None,
        starttls=context if security is Security.STARTTLS else None,
    ) as receiver:
        endpoint = Endpoint(
            host=HOST,
            port=receiver.port,
            security=security,
            user="" if is_clear else USER,
            password="" if is_clear else PASSWORD,
            ca=str(ca),
        )
        yield Way(
            transport=SmtpTransport(endpoint=endpoint, timers=PATIENT),
            contents=lambda: list(receiver.contents),
        )


@contextmanager
def into_folder(folder: Path) -> Iterator[Way]:
    yield Way(
        transport=EmlFolderTransport(folder / "out"),
        contents=lambda: [path.read_bytes() for path in sorted((folder / "out").iterdir())],
    )


@pytest.fixture(params=[*Security, "folder"])
def way(request: pytest.FixtureRequest, authority: trustme.CA, tmp_path: Path) -> Iterator[Way]:
    opened = (
        into_folder(tmp_path)
        if request.param == "folder"
        else over_smtp(request.param, authority, tmp_path)
    )
    with opened as found:
        yield found


def test_a_message_arrives_once_and_byte_for_byte(way: Way) -> None:
    with way.transport.connect() as connection:
        outcome = connection.deliver(message())
    assert outcome.state is State.SENT
    assert way.contents() == [message().content]


def test_messages_arrive_in_order_over_one_connection(way: Way) -> None:
    messages = [message(number) for number in range(1, 6)]
    with way.transport.connect() as connection:
        outcomes = [connection.deliver(each) for each in messages]
    assert {outcome.state for outcome in outcomes} == {State.SENT}
    assert way.contents() == [each.content for each in messages]


def test_a_message_of_many_blocks_arrives_whole(way: Way) -> None:
    large = message(content=b"Subject: large\r\n\r\n" + b"0123456789abcdef\r\n" * 60_000)
    with way.transport.connect() as connection:
        outcome = connection.deliver(large)
    assert outcome.state is State.SENT
    assert way.contents() == [large.content]


# Around the size of a block, the last block could hold a part of the dot only.
@pytest.mark.parametrize("size", [0, 2, 65_530, 65_531, 65_533, 65_534, 65_535, 65_536, 65_538])
def test_a_message_that_ends_near_a_block_arrives_whole(size: int) -> None:
    body = (b"x" * 62 + b"\r\n") * 2000
    content = body[-size:] if size else b""
    with Receiver() as receiver, plain_to(receiver.port).connect() as connection:
        assert connection.deliver(message(content=content)).state is State.SENT
        assert receiver.contents == [content]


lines = st.lists(
    st.binary(max_size=40)
    | st.sampled_from([b".", b"..", b". ", b"", b"QUIT", b"a" * 998, b"." * 998])
)


def test_whatever_lines_a_message_has_they_arrive_as_they_are() -> None:
    with Receiver() as receiver, plain_to(receiver.port).connect() as connection:

        @settings(max_examples=60, deadline=None)
        @given(lines)
        def holds(parts: list[bytes]) -> None:
            clean = [part.translate(None, b"\r\n\0") for part in parts]
            content = b"".join(part + b"\r\n" for part in clean)
            assert connection.deliver(message(content=content)).state is State.SENT
            assert receiver.contents[-1] == content

        holds()


def test_a_server_that_is_not_there_is_said_with_what_to_do() -> None:
    with (
        closed_port() as port,
        pytest.raises(TransportDown, match=f"{HOST}:{port}: no server listens there; start it"),
        plain_to(port).connect(),
    ):
        pytest.fail("it opened")


def test_a_folder_that_cannot_be_made_is_said_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with (
        pytest.raises(TransportDown, match="choose another folder"),
        EmlFolderTransport(tmp_path / "file" / "out").connect(),
    ):
        pytest.fail("it opened")


def test_a_disk_that_takes_no_more_leaves_no_half_message(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with EmlFolderTransport(tmp_path).connect() as connection:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
        try:
            with pytest.raises(TransportDown, match="free space"):
                connection.deliver(message(content=b"Subject: x\r\n\r\n" + b"y\r\n" * 100))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == []


def test_a_resend_into_a_folder_replaces_itself(tmp_path: Path) -> None:
    with EmlFolderTransport(tmp_path).connect() as connection:
        connection.deliver(message())
        connection.deliver(message())
    assert [path.name for path in tmp_path.iterdir()] == ["edition.1.eml"]


@given(st.text(max_size=200))
def test_a_file_name_stays_in_its_folder(left: str) -> None:
    name = file_name(f"<{left}@example.org>")
    assert name == Path(name).name
    assert name.endswith(".eml")
    assert not name.startswith((".", "-"))
    assert name.isascii()
    assert len(name) <= 150


close = st.text("a/_.-", max_size=4) | st.builds("a".__mul__, st.integers(110, 130))


@given(close, close)
def test_different_message_ids_have_different_files(one: str, other: str) -> None:
    if one != other:
        assert file_name(f"<{one}@example.org>") != file_name(f"<{other}@example.org>")
