"""What may stand between DATA and the final dot (RFC 5321 2.3.8, 4.5.2, 4.5.3.1.6)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

_LONGEST: Final = 998
_SHARED: Final = 2048
_MOST_SHARED: Final = 4096


class _Look(NamedTuple):
    """What there is to know of some whole lines before they leave."""

    flaw: str
    has_dots: bool


def flaw(pieces: Sequence[bytes]) -> str:
    """Why these bytes may not leave, or nothing."""
    return next((look.flaw for look in _looks(pieces) if look.flaw), "")


def wire_form(pieces: Sequence[bytes]) -> bytes:
    """The content with every leading dot doubled and its last line ended, up to the final dot."""
    content = b"".join(pieces)
    if any(look.has_dots for look in _looks(pieces)):
        content = content.replace(b"\r\n.", b"\r\n..")
        content = b"." + content if content.startswith(b".") else content
    is_ended = content.endswith(b"\r\n") or not content
    return content + (b".\r\n" if is_ended else b"\r\n.\r\n")


def _looks(pieces: Sequence[bytes]) -> tuple[_Look, ...]:
    """Whole lines looked at: the long pieces once for all messages that share them.

    Bytes keep their hash, so that what was looked at before costs no more than its name.
    """
    shared = [piece for piece in pieces if len(piece) >= _SHARED]
    if not all(piece.endswith(b"\r\n") for piece in pieces[:-1] if piece):
        return (_look(b"".join(pieces)),)
    own = b"".join(piece for piece in pieces if len(piece) < _SHARED)
    return (*map(_shared_look, shared), _look(own))


def _look(lines: bytes) -> _Look:
    has_dots = lines.startswith(b".") or b"\r\n." in lines
    return _Look(flaw=_flaw(lines), has_dots=has_dots)


_shared_look = lru_cache(maxsize=_MOST_SHARED)(_look)


def _flaw(lines: bytes) -> str:
    if b"\0" in lines:
        return "the message holds a NUL"
    breaks = lines.count(b"\r\n")
    # A server that takes a bare CR or LF for a line end can be made to see two messages in one.
    if lines.count(b"\r") != breaks or lines.count(b"\n") != breaks:
        return "the message holds a CR or LF that is not part of a CRLF"
    if _has_long_line(lines):
        return f"the message holds a line of more than {_LONGEST} octets"
    return ""


def _has_long_line(content: bytes) -> bool:
    """Leaps from line end to line end, the farthest within reach each time."""
    start = 0
    while len(content) - start > _LONGEST:
        end = content.rfind(b"\r\n", start, start + _LONGEST + 2)
        if end < 0:
            return True
        start = end + 2
    return False
