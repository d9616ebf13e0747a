from __future__ import annotations

import html
import re
from quopri import decodestring

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fvdt_mailer.model.rendition import Blank
from fvdt_mailer.pipeline.message.encode import Escape, Runs, chain, encode, splice

FRAGMENTS = st.sampled_from(
    [
        *(".", "..", "From ", "From", "=", "=2E", " ", "  ", "\t", "\r\n", "\n", "\r", "--", "<"),
        *(
            "é",
            "👩‍👧",
            "\0",
            "\x7f",
            "\u2028",
            "&amp;",
            '"',
            "x" * 74,
            "x" * 75,
            "x" * 76,
            "ü" * 40,
        ),
    ]
)
PROSE = st.lists(FRAGMENTS | st.text(max_size=8), max_size=24).map("".join)
WITH_BLANKS = st.lists(PROSE | st.sampled_from([blank.mark for blank in Blank]), max_size=8).map(
    "".join
)
VALUES = st.fixed_dictionaries(dict.fromkeys(Blank, PROSE))


def decoded(octets: bytes) -> str:
    return decodestring(octets).decode("utf-8").replace("\r\n", "\n")


def normalised(text: str) -> str:
    return re.sub("\r\n|\r", "\n", text)


def filled(text: str, values: dict[Blank, str], escape: Escape) -> str:
    """What a reader must see, said without the encoder: each mark replaced, none of them twice."""
    pieces = re.split("(BLANK--[a-z_]+--)", text)
    marks = {blank.mark: values[blank] for blank in Blank}
    seen = (
        (html.escape(marks[piece]) if escape is Escape.HTML else marks[piece])
        if piece in marks
        else piece
        for piece in pieces
    )
    return "".join(normalised(piece) for piece in seen)


def relaxed(body: bytes) -> bytes:
    """RFC 6376 3.4.4, but for the empty lines at the end: those are not the encoder's."""
    lines = (re.sub(rb"[ \t]+", b" ", line).rstrip(b" ") for line in body.split(b"\r\n"))
    return b"\r\n".join(lines)


def keeps_its_promises(octets: bytes) -> bool:
    lines = octets.split(b"\r\n")
    return (
        octets.isascii()
        and re.search(rb"[\r\n]", b"".join(lines)) is None
        and all(len(line) <= 76 for line in lines)
        and not any(line.startswith((b".", b"From ")) for line in lines)
        and re.search(rb"=(?![0-9A-F]{2}|\r\n)", octets) is None
        and re.search(rb"[^ -~\r\n]", octets) is None
        and relaxed(octets) == octets
    )


@given(PROSE)
def test_any_text_reads_back(text: str) -> None:
    octets = splice(encode(text, escape=Escape.NOTHING), {})
    assert keeps_its_promises(octets)
    assert decoded(octets) == normalised(text)


@given(WITH_BLANKS, VALUES, st.sampled_from(Escape))
@example("BLANK--greeting--\n", dict.fromkeys(Blank, ""), Escape.NOTHING)
@example("a BLANK--greeting--\n", dict.fromkeys(Blank, ""), Escape.NOTHING)
@example("BLANK--greeting--.", dict.fromkeys(Blank, "."), Escape.NOTHING)
@example("BLANK--greeting----address--", dict.fromkeys(Blank, "BLANK"), Escape.HTML)
def test_filling_slots_is_the_same_as_encoding_the_filled_text(
    text: str, values: dict[Blank, str], escape: Escape
) -> None:
    octets = splice(encode(text, escape=escape), values)
    assert keeps_its_promises(octets)
    assert decoded(octets) == filled(text, values, escape)
    whole = splice(encode(filled(text, values, escape).replace("BLANK", "B"), escape=escape), {})
    assert decoded(whole) == decoded(octets).replace("BLANK", "B")


@pytest.mark.parametrize(
    ("text", "octets"),
    [
        ("", b""),
        ("\n", b"\r\n"),
        ("a\n\nb\n", b"a\r\n\r\nb\r\n"),
        (".", b"=2E"),
        ("..\n.x", b"=2E.\r\n=2Ex"),
        ("From here\nFromage\n From x", b"=46rom here\r\nFromage\r\n From x"),
        ("a  b   c ", b"a =20b =20=20c=20"),
        (" a\n a", b" a\r\n a"),
        ("a\tb\t", b"a=09b=09"),
        ("1 = 1", b"1 =3D 1"),
        ("é", b"=C3=A9"),
        ("x" * 75, b"x" * 75),
        ("x" * 76, b"x" * 75 + b"=\r\nx"),
        ("x" * 75 + ".", b"x" * 75 + b"=\r\n=2E"),
        ("x" * 75 + "From me", b"x" * 75 + b"=\r\n=46rom me"),
        ("x" * 74 + "é", b"x" * 74 + b"=\r\n=C3=A9"),
        ("x" * 73 + "=", b"x" * 73 + b"=\r\n=3D"),
        ("x" * 72 + "=", b"x" * 72 + b"=3D"),
        ("." + "x" * 73, b"=2E" + b"x" * 72 + b"=\r\nx"),
        ("a\ud800", b"a?"),
    ],
)
def test_a_text_is_encoded_no_more_than_it_needs(text: str, octets: bytes) -> None:
    assert splice(encode(text, escape=Escape.NOTHING), {}) == octets


def test_a_slot_stands_on_lines_of_its_own() -> None:
    runs = encode("Dag BLANK--greeting--!\n", escape=Escape.NOTHING)
    assert splice(runs, {Blank.GREETING: "An"}) == b"Dag=20=\r\nAn=\r\n!\r\n"
    assert splice(runs, {Blank.GREETING: ""}) == b"Dag=20=\r\n!\r\n"
    assert splice(runs, {Blank.GREETING: ".x"}) == b"Dag=20=\r\n=2Ex=\r\n!\r\n"


def test_a_slot_at_the_start_of_a_line_needs_no_break_before_it() -> None:
    runs = encode("Dag\nBLANK--address--\n", escape=Escape.NOTHING)
    assert splice(runs, {Blank.ADDRESS: "a@example.org"}) == b"Dag\r\na@example.org=\r\n\r\n"


def test_a_value_is_escaped_for_html_only_where_the_text_is_html() -> None:
    values = {Blank.GREETING: "<b>\"An\" & 'Jan'</b>"}
    plain = splice(encode("BLANK--greeting--", escape=Escape.NOTHING), values)
    marked = splice(encode("BLANK--greeting--", escape=Escape.HTML), values)
    assert decoded(plain) == "<b>\"An\" & 'Jan'</b>"
    assert decoded(marked) == "&lt;b&gt;&quot;An&quot; &amp; &#x27;Jan&#x27;&lt;/b&gt;"


def test_a_mark_inside_a_value_is_not_filled() -> None:
    runs = encode("BLANK--greeting--", escape=Escape.NOTHING)
    values = {Blank.GREETING: "BLANK--address--", Blank.ADDRESS: "a@example.org"}
    assert decoded(splice(runs, values)) == "BLANK--address--"


@pytest.mark.parametrize(
    "mark",
    ["BLANK--name--", "BLANK--greeting", "BLANK--", "BLANK----", "BLANK--Greeting--", "BLANK--1--"],
)
def test_a_mark_that_is_no_blank_is_named(mark: str) -> None:
    with pytest.raises(ValueError, match=r"unknown blank BLANK--.*known: BLANK--greeting--"):
        encode(f"Dag {mark} !", escape=Escape.HTML)


def test_all_blanks_are_known() -> None:
    text = " ".join(blank.mark for blank in Blank)
    assert [slot.blank for slot in encode(text, escape=Escape.HTML).slots] == list(Blank)


@given(st.lists(WITH_BLANKS, max_size=4), VALUES)
def test_a_chain_is_its_parts_in_order(texts: list[str], values: dict[Blank, str]) -> None:
    parts = [encode(text, escape=Escape.NOTHING) for text in texts]
    whole = chain([piece for part in parts for piece in (b"[", part, b"]")])
    assert splice(whole, values) == b"".join(b"[%b]" % splice(part, values) for part in parts)
    assert len(whole.runs) == len(whole.slots) + 1


def test_a_line_of_a_million_characters_is_wrapped() -> None:
    octets = splice(encode(".=" * 500_000, escape=Escape.NOTHING), {})
    assert keeps_its_promises(octets)
    assert decoded(octets) == ".=" * 500_000


def test_runs_without_slots_are_the_bytes_themselves() -> None:
    assert splice(Runs(runs=(b"x",)), {}) == b"x"
