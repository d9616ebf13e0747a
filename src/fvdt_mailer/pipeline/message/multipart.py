"""The two faces of a rendition as one body: multipart/alternative (RFC 2046 5.1.4)."""

from __future__ import annotations

from hashlib import sha256

from fvdt_mailer.model.rendition import Rendition
from fvdt_mailer.pipeline.message.encode import Escape, Runs, chain, encode
from fvdt_mailer.pipeline.message.headers import structured

_HEX_DIGITS = 32


def alternative(rendition: Rendition) -> Runs:
    """The Content-Type field, the empty line and the body: plain text first, then HTML."""
    boundary = _boundary(rendition)
    kind = structured("Content-Type", f'multipart/alternative; boundary="{boundary}"')
    return chain(
        (
            kind,
            _part("plain", boundary),
            encode(rendition.text, escape=Escape.NOTHING),
            _part("html", boundary),
            encode(rendition.html, escape=Escape.HTML),
            f"\r\n--{boundary}--\r\n".encode("ascii"),
        )
    )


def _boundary(rendition: Rendition) -> str:
    # RFC 2045 6.7 (5): "=_" never occurs in quoted-printable, so no part can hold this.
    content = f"{len(rendition.text)}\0{rendition.text}{rendition.html}"
    digest = sha256(content.encode("utf-8", "replace")).hexdigest()
    return f"=_{digest[:_HEX_DIGITS]}"


def _part(subtype: str, boundary: str) -> bytes:
    kind = structured("Content-Type", f'text/{subtype}; charset="utf-8"')
    transfer = structured("Content-Transfer-Encoding", "quoted-printable")
    return b"".join((b"\r\n--", boundary.encode("ascii"), b"\r\n", kind, transfer, b"\r\n"))
