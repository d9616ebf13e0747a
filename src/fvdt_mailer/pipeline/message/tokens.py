"""Proof in a link that a reader was sent it: an HMAC over purpose, list and reader."""

from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from enum import StrEnum

_ID_BYTES = 8
_MAC_BYTES = 16
_LARGEST = 2**63 - 1  # the largest row id of SQLite and PostgreSQL
# 8 + 16 bytes are exactly 32 base64url characters: no padding and no spare bits, so two
# different spellings never decode to the same bytes (RFC 4648 3.5 names that trap).
_SHAPE = re.compile(r"[A-Za-z0-9_-]{32}")


class Purpose(StrEnum):
    """What a token in a mail lets its holder do."""

    UNSUBSCRIBE = "unsubscribe"
    PREFERENCES = "preferences"


def token(secret: bytes, *, purpose: str, reader_id: int, list_id: str) -> str:
    """The one token of this reader for this purpose on this list: 32 URL-safe characters."""
    if not 0 <= reader_id <= _LARGEST:
        raise ValueError(f"a reader id lies between 0 and {_LARGEST}, not {reader_id}")
    return _sealed(secret, purpose=purpose, reader_id=reader_id, list_id=list_id)


def reader_of(secret: bytes, token: str, *, purpose: str, list_id: str) -> int | None:
    """The reader this token was made for, or None; never raises, whatever the text.

    Test mails carry the tokens of reader 0. No reader has that id: they act on nobody.
    """
    if _SHAPE.fullmatch(token) is None:
        return None
    reader_id = int.from_bytes(urlsafe_b64decode(token)[:_ID_BYTES], "big")
    expected = _sealed(secret, purpose=purpose, reader_id=reader_id, list_id=list_id)
    # The whole text is compared, in constant time: only the spelling we write is accepted.
    return reader_id if hmac.compare_digest(token, expected) else None


def _sealed(secret: bytes, *, purpose: str, reader_id: int, list_id: str) -> str:
    # Lengths go first, so that no purpose can borrow characters from a list, or the reverse.
    claim = f"{len(purpose)}:{purpose},{len(list_id)}:{list_id},{reader_id}"
    mac = hmac.digest(secret, claim.encode(), "sha256")[:_MAC_BYTES]
    return urlsafe_b64encode(reader_id.to_bytes(_ID_BYTES, "big") + mac).decode("ascii")
