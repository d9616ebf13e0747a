"""Signatures that someone else verifies."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from fvdt_mailer.pipeline.message.dkim import Algorithm, Seal, SigningKey, canonical

AT = datetime(2026, 1, 1, 9, tzinfo=UTC)
RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ED_KEY = Ed25519PrivateKey.generate()
SHARED = (
    b"Date: Tue, 01 Dec 2026 10:00:00 +0100\r\n",
    b"From: Fabrieken <news@example.org>\r\n",
    b"Subject: =?utf-8?q?Agenda_van_december_=E2=80=93?=\r\n =?utf-8?q?_nieuw?=\r\n",
    b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
    b"MIME-Version: 1.0\r\n",
    b'Content-Type: text/plain; charset="utf-8"\r\n',
)
OWN = ("To", "Message-ID", "List-Unsubscribe")
BODY = b"Beste lezer,\r\n\r\nTot ziens.\r\n"


def pem(key: rsa.RSAPrivateKey | Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def published(key: rsa.RSAPrivateKey | Ed25519PrivateKey) -> Callable[..., bytes]:
    """The public half as the DNS would give it."""
    if isinstance(key, rsa.RSAPrivateKey):
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        raw = key.public_key().public_bytes(serialization.Encoding.DER, form)
        record = b"v=DKIM1; k=rsa; p=" + b64encode(raw)
    else:
        raw = key.public_key().public_bytes_raw()
        record = b"v=DKIM1; k=ed25519; p=" + b64encode(raw)

    def answer(name: bytes, timeout: int = 5) -> bytes:
        del timeout
        assert name == b"mail2026._domainkey.example.org."
        return record

    return answer


def seal(key: rsa.RSAPrivateKey | Ed25519PrivateKey) -> Seal:
    signing = SigningKey.parse(pem(key), domain="example.org", selector="mail2026")
    return Seal.prepare(signing, shared=SHARED, own=OWN, at=AT)


def own(reader: str = "an@example.org", token: str = "abc") -> tuple[bytes, ...]:
    return (
        f"To: {reader}\r\n".encode(),
        f"Message-ID: <{token}@example.org>\r\n".encode(),
        f"List-Unsubscribe: <https://news.example.org/u/{token}>,\r\n"
        f" <mailto:news@example.org?subject={token}>\r\n".encode(),
    )


def message(key: rsa.RSAPrivateKey | Ed25519PrivateKey, fields: tuple[bytes, ...]) -> bytes:
    signature = seal(key).field(fields, body_hash=sha256(BODY).digest())
    return b"".join((signature, *SHARED, *fields, b"\r\n", BODY))


keys = pytest.mark.parametrize("key", [RSA_KEY, ED_KEY], ids=["rsa", "ed25519"])


@keys
def test_another_implementation_verifies_the_signature(
    key: rsa.RSAPrivateKey | Ed25519PrivateKey,
) -> None:
    assert dkim.verify(message(key, own()), dnsfunc=published(key))


@given(st.from_regex(r"[a-z0-9+=_-]{1,40}", fullmatch=True), st.text("abcdef-_09", min_size=1))
def test_the_signature_holds_for_every_reader(local: str, token: str) -> None:
    signed = message(ED_KEY, own(f"{local}@example.org", token))
    assert dkim.verify(signed, dnsfunc=published(ED_KEY))


@keys
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"Tot ziens", b"Tot nooit"),
        (b"Subject: ", b"Subject: not "),
        (b"an@example.org", b"eve@example.org"),
        (b"/u/abc", b"/u/xyz"),
        (b"One-Click", b"Two-Click"),
        (b"To: ", b"From: eve@example.org\r\nTo: "),
        (b"To: ", b"Subject: another\r\nTo: "),
        (b"To: ", b"Reply-To: eve@example.org\r\nTo: "),
        (b"To: ", b"Cc: eve@example.org\r\nTo: "),
    ],
)
def test_what_is_changed_or_added_on_the_way_breaks_it(
    key: rsa.RSAPrivateKey | Ed25519PrivateKey, before: bytes, after: bytes
) -> None:
    signed = message(key, own())
    assert before in signed
    tampered = signed.replace(before, after, 1)
    assert not dkim.verify(tampered, dnsfunc=published(key))


@keys
def test_the_same_message_is_signed_with_the_same_bytes(
    key: rsa.RSAPrivateKey | Ed25519PrivateKey,
) -> None:
    assert message(key, own()) == message(key, own())


def test_no_line_of_a_signature_is_long_and_none_limits_the_body() -> None:
    signature = seal(RSA_KEY).field(own(), body_hash=sha256(BODY).digest())
    assert max(map(len, signature.split(b"\r\n"))) <= 80
    assert re.search(rb"\bl=", signature) is None
    assert b"c=relaxed/relaxed" in signature


def test_the_algorithm_follows_from_the_key() -> None:
    assert seal(RSA_KEY).key.algorithm is Algorithm.RSA
    assert seal(ED_KEY).key.algorithm is Algorithm.ED25519


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nonsense", "not an unencrypted private key"),
        (pem(ec.generate_private_key(ec.SECP256R1())), "neither RSA nor Ed25519"),
    ],
)
def test_a_key_that_cannot_sign_is_refused_with_the_reason(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        SigningKey.parse(text, domain="example.org", selector="s")


@pytest.mark.parametrize(
    ("field", "relaxed"),
    [
        # RFC 6376 3.4.5
        (b"A: X\r\n", b"a:X\r\n"),
        (b"B : Y\t\r\n\tZ  \r\n", b"b:Y Z\r\n"),
        (b"Subject: a  b\r\n\t c\r\n", b"subject:a b c\r\n"),
    ],
)
def test_a_field_is_relaxed_as_the_standard_says(field: bytes, relaxed: bytes) -> None:
    assert canonical(field) == relaxed
