"""What travels along with a mail keeps the promises of the mail."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fvdt_mailer.model.address import Address
from fvdt_mailer.model.audience import SegmentKey
from fvdt_mailer.model.delivery import Recipient
from fvdt_mailer.model.language import Language
from fvdt_mailer.model.rendition import Attachment, Rendition
from fvdt_mailer.pipeline.message.compose import Greeting, compose, mould
from world import PROJECT

KEY = SegmentKey(("voeding",), Language.NL)
CALENDAR = "text/calendar; charset=utf-8"
AN = Recipient(reader_id=7, address=Address.parse("an@example.org"), name="An Peeters", segment=KEY)
NASTY = b"BLANK--greeting--\r\n.\r\nFrom me\r\n--=_0\r\n  \t \r\n\r\n\r\n" * 3


def attachment(
    content: bytes = b"BEGIN:VCALENDAR\r\n", *, filename: str = "lezing.ics"
) -> Attachment:
    return Attachment(filename=filename, media_type=CALENDAR, content=content)


def content(
    *attachments: Attachment,
    text: str = "BLANK--greeting-- BLANK--unsubscribe_url--",
    html: str = "<p>BLANK--greeting--</p>",
) -> bytes:
    shared = mould(
        Rendition(
            key=KEY,
            subject="Kom",
            preheader="",
            html=html,
            text=text,
            activities=("lezing",),
            attachments=attachments,
        ),
        project=PROJECT,
        edition_id="2013-06",
        frozen_at=datetime(2013, 6, 1, tzinfo=UTC),
        greeting=Greeting(anonymous="Beste lezer,", by_name="Beste {name},"),
    )
    return compose(shared, AN, secret=bytes(32)).content


def parsed(octets: bytes) -> EmailMessage:
    message = message_from_bytes(octets, policy=default)
    assert isinstance(message, EmailMessage)
    for part in message.walk():
        assert not part.defects
    return message


def tree(octets: bytes) -> list[str]:
    return [part.get_content_type() for part in parsed(octets).walk()]


def files(octets: bytes) -> list[tuple[str | None, object]]:
    return [
        (part.get_filename(), part.get_payload(decode=True))
        for part in parsed(octets).iter_attachments()
    ]


def assert_ready_for_the_wire(octets: bytes) -> None:
    assert octets.isascii()
    assert octets.endswith(b"\r\n")
    body = octets.partition(b"\r\n\r\n")[2]
    lines = body.split(b"\r\n")
    assert max(map(len, lines)) <= 76
    assert not [line for line in lines if line.startswith((b".", b"From "))]
    assert not re.search(rb"[^ -~]", b"".join(lines))
    # RFC 6376 3.4.4: relaxed body canonicalisation has nothing left to change.
    assert not re.search(rb"[ \t]{2}|[ \t]\r\n|(\r\n){2}\Z", body)


def test_a_mail_with_an_attachment_is_mixed_around_its_two_faces() -> None:
    octets = content(attachment())
    assert tree(octets) == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    (part,) = parsed(octets).iter_attachments()
    assert part["Content-Disposition"] == 'attachment; filename="lezing.ics"'
    assert part["Content-Type"] == 'text/calendar; charset="utf-8"'


def test_a_mail_without_attachments_is_its_two_faces() -> None:
    assert tree(content()) == ["multipart/alternative", "text/plain", "text/html"]


def test_both_faces_are_the_readers_own_beside_an_attachment() -> None:
    message = parsed(content(attachment()))
    plain, marked = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert marked is not None
    assert plain.get_content().startswith("Beste An Peeters, https://news.example.org/u/")
    assert marked.get_content().strip() == "<p>Beste An Peeters,</p>"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.binary(max_size=300), min_size=1, max_size=3),
    st.text(max_size=80),
    st.text(max_size=80),
)
@example([NASTY, b"", b"\x00" * 57, b"x" * 58], "a", "b")
def test_whatever_travels_along_arrives_byte_for_byte(
    held: list[bytes], text: str, html: str
) -> None:
    octets = content(*map(attachment, held), text=text, html=html)
    assert_ready_for_the_wire(octets)
    assert tree(octets)[4:] == ["text/calendar"] * len(held)
    assert files(octets) == [("lezing.ics", one) for one in held]


@pytest.mark.parametrize(
    ("filename", "safe"),
    [
        ("lezing.ics", "lezing.ics"),
        ("één les.ics", "n-les.ics"),
        ('a"; x="b.ics', "a-x-b.ics"),
        ("../../.bashrc", "bashrc"),
        ("a\r\nBcc: x@example.org.ics", "a-Bcc-x-example.org.ics"),
        ("", "file"),
        ("...", "file"),
        (f"{'x' * 90}.ics", f"{'x' * 48}.ics"),
        (f"{'x-' * 45}.calendarfile", f"{('x-' * 24)[:-1]}.calendarf"),
    ],
)
def test_a_file_name_is_safe_everywhere(filename: str, safe: str) -> None:
    octets = content(attachment(filename=filename))
    assert_ready_for_the_wire(octets)
    assert files(octets) == [(safe, b"BEGIN:VCALENDAR\r\n")]


def test_the_same_files_give_the_same_bytes_and_others_another_boundary() -> None:
    one, again, other = content(attachment()), content(attachment()), content(attachment(b"x"))
    assert one == again
    boundaries = {parsed(octets).get_boundary() for octets in (one, other)}
    assert len(boundaries) == 2


def test_no_part_can_end_the_whole() -> None:
    message = parsed(content(attachment()))
    outer = str(message.get_boundary())
    (faces, _) = message.iter_parts()
    inner = str(faces.get_boundary())
    assert outer != inner
    stolen = f"\r\n--{outer}--\r\n--{inner}--\r\n"
    octets = content(attachment(stolen.encode()), text=stolen, html=stolen)
    assert len(tree(octets)) == 5
