from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import default
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fvdt_mailer.model.address import Address
from fvdt_mailer.model.audience import SegmentKey
from fvdt_mailer.model.delivery import Recipient
from fvdt_mailer.model.language import Language
from fvdt_mailer.model.message import Message
from fvdt_mailer.model.project import Project
from fvdt_mailer.model.rendition import Blank, Rendition
from fvdt_mailer.pipeline.message.compose import Greeting, Mould, compose, mould
from fvdt_mailer.pipeline.message.headers import one_line
from fvdt_mailer.pipeline.message.identity import base_url, list_id, message_id
from fvdt_mailer.pipeline.message.tokens import Copy, Purpose, copy_of, reader_of, token

SECRET = bytes(range(32))
KEY = SegmentKey(("voeding", "energie"), Language.NL)
FROZEN_AT = datetime(2013, 6, 1, 7, 30, tzinfo=UTC)
GREETING = Greeting(anonymous="Beste lezer,", by_name="Beste {name},")
TEXT = """\
BLANK--greeting--

.NET voor beginners
From  here\ton = één\u2028regel
Afmelden: BLANK--unsubscribe_url--
Voorkeuren (BLANK--preferences_url--) van BLANK--address--"""
HTML = """\
<!doctype html><html lang="nl"><body style="margin:0"><p>BLANK--greeting--</p>
<p>.NET é &amp; co  </p><p title="BLANK--greeting--">BLANK--address--</p>
<a href="BLANK--unsubscribe_url--">x</a> <a href="BLANK--preferences_url--">y</a>
</body></html>
"""
NASTY = [
    *("", " ", ".", "..", ".dot", "From ", "From me", "=", "=2E", "a  b", "a\tb", "ü" * 120),
    *(
        "👩‍👩‍👧‍👦" * 12,
        "שלום עולם",
        '"An"',
        "\\",
        "Peeters, An",
        "=?utf-8?q?=0ABcc:_x@example.org?=",
    ),
    *("An\r\nBcc: x@example.org", "An\r\n\r\n.", "An\nX: y", "An\r.\r", "\u2028", "\u202e", "\0"),
    *("x" * 10_000, "é" * 3000, "<script>alert(1)</script>", "\"><img src=x onerror='x'>", "&lt;"),
    *("{name}", "{0.__class__}", "%s", "BLANK--address--", "--=_", "\ud800"),
]
ANY_NAME = st.text(max_size=60) | st.lists(st.sampled_from(NASTY[:25]), max_size=5).map("".join)

FIELDS = [
    *("To", "Message-ID", "List-Unsubscribe", "Date", "From", "Reply-To", "Subject", "List-Id"),
    *("List-Unsubscribe-Post", "Precedence", "MIME-Version", "Content-Language", "Content-Type"),
]


def project(**changes: object) -> Project:
    settings_of_a_person: dict[str, object] = {
        "name": "Fabrieken voor de Toekomst",
        "public_url": "https://nieuwsbrief.example.org",
        "organisation": {
            "name": "POM",
            "address": "Koning Leopold III-laan 66, Brugge",
            "email": "info@example.org",
            "website": "https://example.org",
            "privacy_url": "https://example.org/privacy",
        },
        "sender": {
            "from": "Fabrieken voor de Toekomst <nieuws@example.org>",
            "reply_to": "Redactie <redactie@example.org>",
            "bounces": "bounces@mail.example.org",
        },
        "clusters": {"voeding": {"heading": "Voeding", "name": "voeding"}},
        "dkim": "smarthost",
    }
    return Project.model_validate({**settings_of_a_person, **changes})


def rendition(*, subject: str = "Juni", text: str = TEXT, html: str = HTML) -> Rendition:
    return Rendition(
        key=KEY, subject=subject, preheader="", html=html, text=text, activities=("lezing",)
    )


def moulded(
    shared: Rendition | None = None, *, of: Project | None = None, trial: str = ""
) -> Mould:
    return mould(
        shared or rendition(),
        project=of or project(),
        edition_id="2013-06",
        frozen_at=FROZEN_AT,
        greeting=GREETING,
        trial=trial,
    )


def recipient(
    name: str = "An Peeters", *, reader_id: int = 7, address: str = "an@example.org"
) -> Recipient:
    return Recipient(reader_id=reader_id, address=Address.parse(address), name=name, segment=KEY)


def composed(name: str = "An Peeters", *, of: Project | None = None) -> Message:
    return compose(moulded(of=of), recipient(name), secret=SECRET)


def parsed(message: Message) -> EmailMessage:
    read = message_from_bytes(message.content, policy=default)
    assert isinstance(read, EmailMessage)
    assert not read.defects
    return read


def unfolded(message: Message) -> dict[str, str]:
    """The fields as they stand on the wire, folds taken out, nothing decoded."""
    head, _, _ = message.content.partition(b"\r\n\r\n")
    fields = head.replace(b"\r\n ", b" ").decode("ascii").split("\r\n")
    return dict(field.split(": ", 1) for field in fields)


def parts(message: Message) -> tuple[str, str]:
    plain, marked = parsed(message).iter_parts()
    assert [plain.get_content_type(), marked.get_content_type()] == ["text/plain", "text/html"]
    assert not plain.defects
    assert not marked.defects
    return _decoded(plain), _decoded(marked)


def _decoded(part: MIMEPart) -> str:
    octets = part.get_payload(decode=True)
    assert isinstance(octets, bytes)
    return octets.decode("utf-8").replace("\r\n", "\n")


def values(name: str) -> Mapping[Blank, str]:
    said = one_line(name)
    unsubscribe, preferences = (
        token(SECRET, purpose=purpose, reader_id=7, list_id=list_id(project()))
        for purpose in ("unsubscribe", "preferences")
    )
    return {
        Blank.GREETING: "Beste " + said + "," if said else "Beste lezer,",
        Blank.ADDRESS: "an@example.org",
        Blank.UNSUBSCRIBE_URL: f"https://nieuwsbrief.example.org/u/{unsubscribe}",
        Blank.PREFERENCES_URL: f"https://nieuwsbrief.example.org/p/{preferences}",
    }


def substituted(text: str, filling: Mapping[Blank, str]) -> str:
    by_mark = {blank.mark: value for blank, value in filling.items()}
    lines = re.sub("\r\n|\r", "\n", text)
    return re.sub("BLANK--[a-z_]+--", lambda mark: by_mark[mark[0]], lines)


def assert_ready_for_the_wire(message: Message) -> None:
    content = message.content
    assert content.isascii()
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")
    assert not re.search(rb"[^ -~]", b"".join(lines))
    assert max(map(len, lines)) <= 998
    assert not [line for line in lines if line.startswith((b".", b"From "))]
    body = content.partition(b"\r\n\r\n")[2]
    assert max(map(len, body.split(b"\r\n"))) <= 76
    # RFC 6376 3.4.4: relaxed body canonicalisation has nothing left to change.
    assert not re.search(rb"[ \t]{2}|[ \t]\r\n|(\r\n){2}\Z", body)


@settings(max_examples=60)
@given(ANY_NAME, st.text(max_size=60), st.text(max_size=90), st.text(max_size=90))
def test_whatever_people_write_the_message_holds_that_and_nothing_else(
    name: str, subject: str, text: str, marked: str
) -> None:
    shared = rendition(subject=subject, text=text + TEXT + text, html=marked + HTML + marked)
    message = compose(moulded(shared), recipient(name), secret=SECRET)
    assert_ready_for_the_wire(message)
    assert parsed(message).keys() == FIELDS
    assert parsed(message)["Subject"] == one_line(subject)
    assert [box.addr_spec for box in parsed(message)["To"].addresses] == ["an@example.org"]
    filling = values(name)
    escaped = {blank: html.escape(value) for blank, value in filling.items()}
    assert parts(message) == (
        substituted(shared.text, filling),
        substituted(shared.html, escaped),
    )


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_name_adds_no_field_and_no_element(name: str) -> None:
    message = composed(name)
    assert_ready_for_the_wire(message)
    assert parsed(message).keys() == FIELDS
    assert [box.addr_spec for box in parsed(message)["To"].addresses] == ["an@example.org"]
    plain, marked = parts(message)
    assert plain == substituted(TEXT, values(name))
    assert _elements(marked) == _elements(parts(composed("An"))[1])


def _elements(marked: str) -> list[tuple[str, tuple[str, ...]]]:
    found: list[tuple[str, tuple[str, ...]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, tuple(key for key, _ in attrs)))

    reader = Reader()
    reader.feed(marked)
    reader.close()
    return found


@given(st.binary(max_size=40), st.integers(0, 2**40))
@example(b".\r\nFrom x", 0)
def test_any_edition_text_keeps_the_wire_rules(noise: bytes, reader_id: int) -> None:
    text = noise.decode("latin-1") * 5 + Blank.ADDRESS.mark
    message = compose(
        moulded(rendition(text=text, html=text)), recipient(reader_id=reader_id), secret=SECRET
    )
    assert_ready_for_the_wire(message)


def test_the_fields_say_what_the_project_says() -> None:
    fields = unfolded(composed())
    assert list(fields) == FIELDS
    url, preferences = values("An")[Blank.UNSUBSCRIBE_URL], values("An")[Blank.PREFERENCES_URL]
    text = url.rpartition("/")[2]
    assert preferences.rpartition("/")[2] != text
    boundary = fields["Content-Type"].partition('"')[2].rstrip('"')
    assert boundary.startswith("=_")
    assert fields == {
        "Date": "Sat, 01 Jun 2013 09:30:00 +0200",
        "From": "Fabrieken voor de Toekomst <nieuws@example.org>",
        "Reply-To": "Redactie <redactie@example.org>",
        "To": "An Peeters <an@example.org>",
        "Subject": "Juni",
        "Message-ID": composed().message_id,
        "List-Id": '"Fabrieken voor de Toekomst" <newsletter.nieuwsbrief.example.org>',
        "List-Unsubscribe": f"<{url}>, <mailto:redactie@example.org?subject=unsubscribe%20{text}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "bulk",
        "MIME-Version": "1.0",
        "Content-Language": "nl",
        "Content-Type": f'multipart/alternative; boundary="{boundary}"',
    }


def test_each_mail_returns_to_an_address_of_its_own() -> None:
    shared = moulded()
    first, second = (compose(shared, recipient(reader_id=n), secret=SECRET) for n in (7, 8))
    for message, reader_id in ((first, 7), (second, 8)):
        mail_from = message.envelope.mail_from
        assert (mail_from.local[:8], mail_from.domain) == ("bounces+", "mail.example.org")
        assert len(mail_from.local) <= 64
        assert copy_in(mail_from.local) == Copy(edition_id="2013-06", reader_id=reader_id)
        assert str(message.envelope.rcpt_to) == "an@example.org"


def test_notices_name_the_edition_and_the_reader() -> None:
    for message in (composed(), composed(of=project(sender={"from": "nieuws@example.org"}))):
        assert message.envelope_id.startswith("2013-06.")
        assert copy_in(message.envelope_id) == Copy(edition_id="2013-06", reader_id=7)


def test_what_returns_to_is_in_the_envelope_only() -> None:
    message = composed()
    token = message.envelope.mail_from.local.removeprefix("bounces+")
    assert message.envelope_id == f"2013-06.{token}"
    assert token.encode() not in message.content
    settings_of_sender = {**project().sender.model_dump(by_alias=True), "verp": False}
    without = composed(of=project(sender=settings_of_sender))
    assert str(without.envelope.mail_from) == "bounces@mail.example.org"
    assert without.content == message.content


def test_a_test_mail_returns_to_nobodys_address() -> None:
    nobody = recipient("", reader_id=0)
    message = compose(moulded(trial="2013-06-01T09:30"), nobody, secret=SECRET)
    assert copy_in(message.envelope.mail_from.local) == Copy(edition_id="2013-06", reader_id=0)


def copy_in(text: str) -> Copy | None:
    return copy_of(SECRET, text, editions=["2013-05", "2013-06"], list_id=list_id(project()))


def test_without_reply_to_and_bounces_everything_returns_to_from() -> None:
    message = composed(of=project(sender={"from": "nieuws+a&b@example.org"}))
    assert str(message.envelope.mail_from) == "nieuws+a&b@example.org"
    assert "Reply-To" not in unfolded(message)
    assert "<mailto:nieuws+a%26b@example.org?" in unfolded(message)["List-Unsubscribe"]


def test_the_links_are_the_readers_own() -> None:
    plain, _ = parts(composed())
    found = re.findall(r"https://nieuwsbrief\.example\.org/(.)/([\w-]+)", plain)
    purposes = {"u": Purpose.UNSUBSCRIBE, "p": Purpose.PREFERENCES}
    assert [letter for letter, _ in found] == ["u", "p"]
    for letter, text in found:
        reader_id = reader_of(SECRET, text, purpose=purposes[letter], list_id=list_id(project()))
        assert reader_id == 7


def test_a_long_unsubscribe_uri_is_neither_encoded_nor_folded() -> None:
    url = f"https://nieuwsbrief.example.org/{'a' * 160}"
    message = composed(of=project(public_url=url))
    head = message.content.partition(b"\r\n\r\n")[0]
    uri = re.search(rb"List-Unsubscribe: <([^>]*)>,\r\n <mailto:[!-~]*>\r\n", head)
    assert uri is not None
    assert uri[1].startswith(url.encode() + b"/u/")
    assert len(uri[1]) > 200


def test_an_unsubscribe_uri_that_fits_no_line_is_refused_before_anyone_is_mailed() -> None:
    with pytest.raises(ValueError, match="every link begins with it"):
        project(public_url=f"https://example.org/{'a' * 200}")


@pytest.mark.parametrize(
    ("changes", "offered"),
    [
        ({}, True),
        ({"dkim": None}, False),
        ({"dkim": {"domain": "example.org", "selector": "s", "key": "env:K"}}, True),
        ({"public_url": "http://nieuwsbrief.example.org"}, False),
    ],
)
def test_one_click_is_offered_only_when_signed_and_over_https(
    changes: dict[str, object], *, offered: bool
) -> None:
    message = composed(of=project(**changes))
    assert ("List-Unsubscribe-Post" in parsed(message)) is offered
    assert "List-Unsubscribe" in parsed(message)
    assert "Return-Path" not in parsed(message)


@pytest.mark.parametrize(
    ("url", "base", "name"),
    [
        ("https://a.example.org", "https://a.example.org", "newsletter.a.example.org"),
        ("https://a.example.org/", "https://a.example.org", "newsletter.a.example.org"),
        ("https://A.example.org/Nieuws/", "https://A.example.org/Nieuws", "nieuws.a.example.org"),
        ("http://a.example.org:8025/x/y", "http://a.example.org:8025/x/y", "x-y.a.example.org"),
        ("https://müller.example/é", "https://xn--mller-kva.example/%C3%A9",
         "c3-a9.xn--mller-kva.example"),
        ("https://a.example.org/%20", "https://a.example.org/%20", "20.a.example.org"),
    ],
)  # fmt: skip
def test_links_and_list_follow_from_the_public_url(url: str, base: str, name: str) -> None:
    assert base_url(project(public_url=url)) == base
    assert list_id(project(public_url=url)) == name
    plain, _ = parts(composed(of=project(public_url=url)))
    assert f"{base}/u/" in plain
    assert f"{base}/p/" in plain


def test_a_list_keeps_its_name_when_the_newsletter_is_renamed() -> None:
    assert list_id(project(name="Iets anders")) == list_id(project())


@pytest.mark.parametrize("name", ["Één", "=?utf-8?q?x?=", " \t "])
def test_a_list_name_that_needs_encoding_is_left_out(name: str) -> None:
    fields = unfolded(composed(of=project(name=name)))
    assert fields["List-Id"] == "<newsletter.nieuwsbrief.example.org>"


def test_a_message_is_the_same_bytes_whenever_it_is_composed() -> None:
    elsewhere = compose(moulded(), recipient(), secret=SECRET)
    assert elsewhere == composed()


def test_every_reader_edition_and_list_has_a_message_id_of_its_own() -> None:
    made = {
        message_id(list_id=of, edition_id=edition, reader_id=reader_id, domain="example.org")
        for of in ("a", "b")
        for edition in ("1", "11")
        for reader_id in (1, 11)
    }
    assert len(made) == 8
    assert all(re.fullmatch(r"<[0-9a-f]{32}@example\.org>", identity) for identity in made)


def test_a_message_id_does_not_depend_on_what_is_said() -> None:
    other = compose(moulded(rendition(subject="Juli")), recipient("Jan"), secret=SECRET)
    assert other.message_id == composed().message_id


def test_a_trial_says_so_and_is_nobodys_copy() -> None:
    nobody = recipient(reader_id=0)
    elsewhere = recipient(reader_id=0, address="jan@example.org")
    another = replace(nobody, segment=SegmentKey(("energie",), Language.NL))
    first, second = moulded(trial="a"), moulded(trial="b")
    real = compose(moulded(), nobody, secret=SECRET)
    trials = [
        compose(first, nobody, secret=SECRET),
        compose(second, nobody, secret=SECRET),
        compose(first, elsewhere, secret=SECRET),
        compose(first, another, secret=SECRET),
    ]
    assert {parsed(trial)["Subject"] for trial in trials} == {"[TEST] Juni"}
    assert parsed(real)["Subject"] == "Juni"
    assert len({message.message_id for message in (real, *trials)}) == 5
    assert compose(first, nobody, secret=SECRET) == trials[0]
    assert [parts(trial) for trial in trials[:2]] == [parts(real), parts(real)]


def test_only_the_readers_part_differs_between_readers() -> None:
    an = composed("An").content.split(b"\r\n")
    jan = composed("Jan").content.split(b"\r\n")
    assert len(an) == len(jan)
    changed = {left for left, right in zip(an, jan, strict=True) if left != right}
    assert changed == {b"To: An <an@example.org>", b"Beste An,="}


@pytest.mark.parametrize(
    "shared",
    [
        rendition(text="BLANK--name--"),
        rendition(html="<p>BLANK--name--</p>"),
        rendition(subject="BLANK--name--"),
        rendition(subject="Dag BLANK--address--"),
    ],
)
def test_a_blank_that_nothing_fills_stops_the_mould(shared: Rendition) -> None:
    with pytest.raises(ValueError, match="blank"):
        moulded(shared)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        mould(
            rendition(),
            project=project(),
            edition_id="2013-06",
            frozen_at=FROZEN_AT.replace(tzinfo=None),
            greeting=GREETING,
        )


def test_a_reader_beyond_ascii_is_written_to_in_utf_8() -> None:
    message = compose(moulded(), recipient(address="zoë@example.org"), secret=SECRET)
    assert "To: An Peeters <zoë@example.org>\r\n".encode() in message.content
    assert message.envelope.rcpt_to.needs_smtputf8
    body = message.content.partition(b"\r\n\r\n")[2]
    assert body.isascii()
    assert "zoë@example.org" in parts(message)[0]


def test_no_part_can_end_early() -> None:
    boundary = unfolded(composed())["Content-Type"].partition('"')[2].rstrip('"')
    message = composed(f"\r\n--{boundary}--\r\n")
    body = message.content.partition(b"\r\n\r\n")[2]
    assert body.count(boundary.encode()) == 3
    assert f"--{boundary}--" in parts(message)[0]
