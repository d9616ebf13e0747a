from __future__ import annotations

import re
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fvdt_mailer.model.address import Address, Mailbox
from fvdt_mailer.pipeline.message.headers import (
    mailboxes,
    one_line,
    quoted_string,
    structured,
    unstructured,
)

AN = Address.parse("an@example.org")
NASTY = [
    "",
    " ",
    ".",
    ".dot",
    "From ",
    "From the start",
    "=",
    "a  b",
    "a\tb",
    "ü" * 120,
    "👩‍👩‍👧‍👦" * 20,
    "שלום עולם",
    '"An"',
    "An \\ Peeters \\",
    "Peeters, An (nv) <x@example.org>; y: z",
    "=?utf-8?q?=0ABcc:_all@example.org?=",
    "=?utf-8?b?CkJjYzogYWxs?= and more",
    "a?=b =?c",
    "An\r\nBcc: all@example.org",
    "An\r\n\r\nbody",
    "An\nBcc: all@example.org",
    "An\rBcc: all@example.org",
    "An\u2028Bcc: all@example.org",
    "An\u2029\x85\x0b\x0c\x1c\x1d\x1eBcc: x",
    "An\0Peeters",
    "\ud800 half a character",
    "trailing\n",
    "é" * 5000,
    "x" * 10_000,
    "word " * 2000,
    "a" * 66 + " " + "b" * 75,
    "a" * 70 + " b",
    "," + "x" * 70,
    "a" * 67 + " " + "b" * 76,
    "\u202eevil\u202c \u2066x\u2069",
    "\u200fname\u200e",
    "\u00a0An\u00a0",
]
NAMES = st.text() | st.lists(st.sampled_from([*NASTY[:27], " ", "x"])).map("".join)


def parsed(field: bytes) -> EmailMessage:
    message = message_from_bytes(field + b"\r\n", policy=default)
    assert isinstance(message, EmailMessage)
    return message


def shown_name(field: bytes) -> str:
    """The display name of a single mailbox, encoded-words decoded as RFC 2047 6.2 says.

    The address parser of the standard library keeps the white space between encoded-words of a
    phrase, which 6.2 forbids; its older decoder does not, but knows no quoted-strings.
    """
    (box,) = parsed(field)["To"].addresses
    if b"=?" not in field:
        return str(box.display_name)
    (value,) = message_from_bytes(field + b"\r\n").get_all("To", [])
    return str(make_header(decode_header(value.rpartition(" <")[0])))


def well_formed(field: bytes) -> bool:
    lines = field.split(b"\r\n")
    return (
        field.isascii()
        and lines[-1] == b""
        and not re.search(rb"[\r\n\0-\x1f\x7f]", b"".join(lines))
        and all(len(line) <= 76 for line in lines)
        and all(line.startswith(b" ") and line.strip() for line in lines[1:-1])
    )


@given(NAMES)
def test_any_text_becomes_one_line_that_stays_as_it_is(text: str) -> None:
    line = one_line(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", line)
    assert "  " not in line
    assert line == line.strip(" ") == one_line(line)
    line.encode()


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("An\r\nBcc: x", "An Bcc: x"),
        ("An\u2028\0\x85Peeters", "An Peeters"),
        ("  An \t Peeters ", "An Peeters"),
        ("\u202eAn\u202c", "An"),
        ("a \u202e b", "a b"),
        ("\ud83d", "\ufffd"),
        ("👩‍👧 \u200fשלום\u00a0x", "👩‍👧 \u200fשלום\u00a0x"),
        ("Zoë", "Zoë"),
    ],
)
def test_what_would_break_a_line_becomes_one_space(written: str, line: str) -> None:
    assert one_line(written) == line


@given(NAMES)
def test_any_subject_is_one_field_and_reads_back(text: str) -> None:
    field = unstructured("Subject", text)
    assert well_formed(field)
    message = parsed(field)
    assert message.keys() == ["Subject"]
    assert message["Subject"] == one_line(text)
    assert message.get_payload() == ""


@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_subject_is_one_field_and_reads_back(text: str) -> None:
    field = unstructured("Subject", text)
    assert well_formed(field)
    assert parsed(field).items() == [("Subject", one_line(text))]


@given(NAMES)
@example("a" * 69)
@example("a" * 71)
@example('"' * 34 + "é")
def test_any_name_is_one_mailbox_and_reads_back(name: str) -> None:
    field = mailboxes("To", Mailbox(AN, name))
    assert well_formed(field)
    assert parsed(field).keys() == ["To"]
    assert [box.addr_spec for box in parsed(field)["To"].addresses] == [str(AN)]
    assert shown_name(field) == one_line(name)


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_name_is_one_mailbox_and_reads_back(name: str) -> None:
    field = mailboxes("To", Mailbox(AN, name))
    assert well_formed(field)
    assert parsed(field).keys() == ["To"]
    assert [box.addr_spec for box in parsed(field)["To"].addresses] == [str(AN)]
    assert shown_name(field) == one_line(name)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("", b"To: an@example.org\r\n"),
        ("An Peeters", b"To: An Peeters <an@example.org>\r\n"),
        ("A. Peeters", b'To: "A. Peeters" <an@example.org>\r\n'),
        ('An "x\\"', b'To: "An \\"x\\\\\\"" <an@example.org>\r\n'),
        ("Zoë", b"To: =?utf-8?q?Zo=C3=AB?= <an@example.org>\r\n"),
        ("Zöë", b"To: =?utf-8?b?WsO2w6s=?= <an@example.org>\r\n"),
        ("Zoë Peeters-Janssens", b"To: =?utf-8?q?Zo=C3=AB_Peeters-Janssens?= <an@example.org>\r\n"),
    ],
)
def test_a_name_is_written_in_the_plainest_form_that_holds_it(name: str, field: bytes) -> None:
    assert mailboxes("To", Mailbox(AN, name)) == field


def test_several_mailboxes_are_listed_with_commas() -> None:
    boxes = (Mailbox(AN, "Zoë"), Mailbox(Address.parse("b@example.org")), Mailbox(AN, "x" * 50))
    field = mailboxes("To", *boxes)
    assert well_formed(field)
    listed = parsed(field)["To"].addresses
    assert [(box.addr_spec, box.display_name) for box in listed] == [
        ("an@example.org", "Zoë"),
        ("b@example.org", ""),
        ("an@example.org", "x" * 50),
    ]


def test_a_field_of_addresses_is_never_empty() -> None:
    with pytest.raises(ValueError, match="at least one address"):
        mailboxes("To")


@pytest.mark.parametrize(
    "address",
    [
        Address("an\r\nBcc: x", "example.org"),
        Address("an", "example.org\r\nBcc: x"),
        Address("an", "example.org>, <b@example.org"),
        Address("an,b", "example.org"),
        Address("a b", "example.org"),
        Address("a\u2028b", "example.org"),
        Address("", "example.org"),
        Address("an", ""),
        Address("a@b", "example.org"),
        Address('"a', "example.org"),
        Address("a(b)", "example.org"),
        Address("an", "müller.example"),
        Address("\ud800", "example.org"),
    ],
)
def test_an_address_that_would_be_more_than_one_is_refused(address: Address) -> None:
    with pytest.raises(ValueError, match=r"cannot stand in a header; parse it with Address\.parse"):
        mailboxes("To", Mailbox(address, "An"))


def test_a_local_part_beyond_ascii_is_written_as_utf_8() -> None:
    field = mailboxes("To", Mailbox(Address.parse("zoë@example.org"), "Zoë"))
    assert field == "To: =?utf-8?q?Zo=C3=AB?= <zoë@example.org>\r\n".encode()


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=80))
def test_no_encoded_word_splits_a_character(text: str) -> None:
    for word in re.findall(rb"=\?[^ \r]+\?=", unstructured("Subject", "é" + text)):
        assert len(word) <= 75
        ((octets, charset),) = decode_header(word.decode("ascii"))
        assert charset == "utf-8"
        octets.decode("utf-8")


@pytest.mark.parametrize(
    "name",
    ["", " ", "Sub ject", "Subject:", "Subject\n", "Subject\r\nBcc", "X\0", "Ünder", "X_Y", "X.Y"],
)
def test_a_header_name_is_letters_digits_and_hyphens(name: str) -> None:
    with pytest.raises(ValueError, match="is not a header name"):
        unstructured(name, "x")
    with pytest.raises(ValueError, match="is not a header name"):
        structured(name, "x")
    with pytest.raises(ValueError, match="is not a header name"):
        mailboxes(name, Mailbox(AN))


@pytest.mark.parametrize(
    "value", ["", " ", " x", "x ", "é", "a\r\nBcc: x", "a\nb", "a\rb", "a\0b", "a\tb", "a\u2028b"]
)
def test_a_structured_value_is_printable_ascii(value: str) -> None:
    with pytest.raises(ValueError, match="printable ASCII"):
        structured("List-Id", value)


@given(
    st.lists(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1), min_size=1)
)
def test_a_structured_value_is_folded_at_spaces_and_never_encoded(words: list[str]) -> None:
    field = structured("List-Unsubscribe", " ".join(words))
    assert field.replace(b"\r\n ", b" ") == f"List-Unsubscribe: {' '.join(words)}\r\n".encode()


def test_a_long_uri_stays_whole() -> None:
    uri = f"<https://example.org/{'x' * 900}>"
    field = structured("List-Unsubscribe", f"{uri}, <mailto:a@example.org>")
    assert uri.encode() in field
    assert max(map(len, field.split(b"\r\n"))) <= 998


def test_a_word_longer_than_a_line_may_be_is_refused() -> None:
    structured("X", "x" * (998 - len("X: ")))
    with pytest.raises(ValueError, match="too long for a line"):
        structured("X", "x" * (999 - len("X: ")))


@given(st.text(st.sampled_from('ab"\\\\,;:<>()[]@.= '), max_size=60))
def test_a_quoted_string_reads_back(text: str) -> None:
    written = one_line(f"x{text}")
    (box,) = parsed(structured("To", f"{quoted_string(written)} <{AN}>"))["To"].addresses
    assert box.display_name == written
