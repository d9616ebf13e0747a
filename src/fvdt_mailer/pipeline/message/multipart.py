"""A rendition as one body: its two faces (RFC 2046 5.1.4), and beside them what travels along.

Without attachments the body is multipart/alternative: plain text, then HTML. With them it is
multipart/mixed, and that alternative is its first part. Attachments go as base64, whose lines
keep every promise of `encode` whatever the files hold, and give back each byte.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

from fvdt_mailer.model.rendition import Attachment, Rendition
from fvdt_mailer.pipeline.message.encode import Escape, Runs, chain, encode
from fvdt_mailer.pipeline.message.headers import structured

_HEX_DIGITS = 32
_LINE = 76  # RFC 2045 6.8
_LONGEST_STEM, _LONGEST_SUFFIX = 48, 9  # what a field folds into a line of 76
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def body(rendition: Rendition) -> Runs:
    """The Content-Type field, the empty line and the body."""
    alternative = _alternative(rendition)
    if not rendition.attachments:
        return alternative
    boundary = _mixed_boundary(rendition)
    return chain(
        (
            _multipart("mixed", boundary),
            _delimiter(boundary),
            alternative,
            *(part for one in rendition.attachments for part in _attachment(one, boundary)),
            f"\r\n--{boundary}--\r\n".encode("ascii"),
        )
    )


def _alternative(rendition: Rendition) -> Runs:
    boundary = _boundary(rendition)
    return chain(
        (
            _multipart("alternative", boundary),
            _face("plain", boundary),
            encode(rendition.text, escape=Escape.NOTHING),
            _face("html", boundary),
            encode(rendition.html, escape=Escape.HTML),
            f"\r\n--{boundary}--\r\n".encode("ascii"),
        )
    )


def _face(subtype: str, boundary: str) -> bytes:
    kind = structured("Content-Type", f'text/{subtype}; charset="utf-8"')
    transfer = structured("Content-Transfer-Encoding", "quoted-printable")
    return b"".join((_delimiter(boundary), kind, transfer, b"\r\n"))


def _attachment(attachment: Attachment, boundary: str) -> Iterator[bytes]:
    name = _safe_name(attachment.filename)
    yield _delimiter(boundary)
    yield structured("Content-Type", attachment.media_type)
    yield structured("Content-Disposition", f'attachment; filename="{name}"')
    yield structured("Content-Transfer-Encoding", "base64")
    yield b"\r\n"
    encoded = b64encode(attachment.content)
    yield b"\r\n".join(encoded[start : start + _LINE] for start in range(0, len(encoded), _LINE))


def _safe_name(filename: str) -> str:
    """The name in characters that every file system and header takes as they are."""
    plain = _UNSAFE.sub("-", filename).strip("-.")
    stem, dot, suffix = plain.rpartition(".") if "." in plain else (plain, "", "")
    return f"{stem[:_LONGEST_STEM].strip('-.') or 'file'}{dot}{suffix[:_LONGEST_SUFFIX]}"


def _multipart(subtype: str, boundary: str) -> bytes:
    return structured("Content-Type", f'multipart/{subtype}; boundary="{boundary}"')


def _delimiter(boundary: str) -> bytes:
    return f"\r\n--{boundary}\r\n".encode("ascii")


def _boundary(rendition: Rendition) -> str:
    # RFC 2045 6.7 (5): "=_" never occurs in quoted-printable, so no part can hold this.
    content = f"{len(rendition.text)}\0{rendition.text}{rendition.html}"
    digest = sha256(content.encode("utf-8", "replace")).hexdigest()
    return f"=_{digest[:_HEX_DIGITS]}"


def _mixed_boundary(rendition: Rendition) -> str:
    """Another one than that of the alternative inside; base64 holds no "=_" either."""
    digest = sha256(_boundary(rendition).encode("ascii"))
    for one in rendition.attachments:
        for part in (one.filename.encode(), one.media_type.encode(), one.content):
            digest.update(len(part).to_bytes(8, "big") + part)
    return f"=_{digest.hexdigest()[:_HEX_DIGITS]}"
