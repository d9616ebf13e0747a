"""Proof of what a mail was sent for: an HMAC over purpose, list and reader."""

from __future__ import annotations

import hmac
import re
from base64 import b32decode, b32encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_ID_BYTES = 8
_MAC_BYTES = 16
_LARGEST = 2**63 - 1  # the largest row id of SQLite and PostgreSQL
# 8 + 16 bytes are exactly 32 base64url characters: no padding and no spare bits, so two
# different spellings never decode to the same bytes (RFC 4648 3.5 names that trap).
_SHAPE = re.compile(r"[A-Za-z0-9_-]{32}")
# 8 + 12 bytes are exactly 32 base32 characters. A guess costs its maker a mail, so that 96 bits
# are plenty; and 31 characters are left for the name of the mailbox (RFC 5321 4.5.3.1.1).
_BOUNCE_MAC_BYTES = 12
_BOUNCE_SHAPE = re.compile(r"(?:.*[+.])?([A-Za-z2-7]{32})", re.DOTALL)


class Purpose(StrEnum):
    """What a token in a mail lets its holder do."""

    UNSUBSCRIBE = "unsubscribe"
    PREFERENCES = "preferences"
    BOUNCE = "bounce"


_BOUNCE_CLAIM = f"{len(Purpose.BOUNCE)}:{Purpose.BOUNCE}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One reader's copy of an edition."""

    edition_id: str
    reader_id: int


def token(secret: bytes, *, purpose: str, reader_id: int, list_id: str) -> str:
    """The one token of this reader for this purpose on this list: 32 URL-safe characters."""
    _require_id(reader_id)
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


def bounce_token(secret: bytes, *, reader_id: int, edition_id: str, list_id: str) -> str:
    """The one token of a reader's copy of an edition: 32 small letters and digits.

    It stands in addresses, and servers on the way may change small letters into capitals.
    """
    _require_id(reader_id)
    return _bounce_sealed(secret, reader_id=reader_id, edition_id=edition_id, list_id=list_id)


def copy_of(secret: bytes, text: str, *, editions: Iterable[str], list_id: str) -> Copy | None:
    """The copy whose token ends this local part or envelope id, or None; never raises.

    It is looked for among `editions`, all those that bounces may still come for. The copies of
    reader 0 are test mails.
    """
    found = _BOUNCE_SHAPE.fullmatch(text)
    if found is None:
        return None
    written = found[1].lower()
    reader_id = int.from_bytes(b32decode(written, casefold=True)[:_ID_BYTES], "big")
    copy = None
    for edition_id in editions:
        expected = _bounce_sealed(
            secret, reader_id=reader_id, edition_id=edition_id, list_id=list_id
        )
        if hmac.compare_digest(written, expected):
            copy = Copy(edition_id=edition_id, reader_id=reader_id)
    return copy


def _require_id(reader_id: int) -> None:
    if not 0 <= reader_id <= _LARGEST:
        raise ValueError(f"a reader id lies between 0 and {_LARGEST}, not {reader_id}")


def _sealed(secret: bytes, *, purpose: str, reader_id: int, list_id: str) -> str:
    # Lengths go first, so that no purpose can borrow characters from a list, or the reverse.
    claim = f"{len(purpose)}:{purpose},{len(list_id)}:{list_id},{reader_id}"
    mac = hmac.digest(secret, claim.encode(), "sha256")[:_MAC_BYTES]
    return urlsafe_b64encode(reader_id.to_bytes(_ID_BYTES, "big") + mac).decode("ascii")


def _bounce_sealed(secret: bytes, *, reader_id: int, edition_id: str, list_id: str) -> str:
    where = f"{len(list_id)}:{list_id},{len(edition_id)}:{edition_id}"
    claim = f"{_BOUNCE_CLAIM},{where},{reader_id}"
    mac = hmac.digest(secret, claim.encode(), "sha256")[:_BOUNCE_MAC_BYTES]
    return b32encode(reader_id.to_bytes(_ID_BYTES, "big") + mac).decode("ascii").lower()
