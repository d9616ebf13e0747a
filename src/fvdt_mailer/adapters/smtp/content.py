"""What may stand between DATA and the final dot (RFC 5321 2.3.8, 4.5.2, 4.5.3.1.6)."""

from __future__ import annotations

from typing import Final

_LONGEST: Final = 998


def flaw(content: bytes) -> str:
    """Why these bytes may not leave, or nothing."""
    if b"\0" in content:
        return "the message holds a NUL"
    breaks = content.count(b"\r\n")
    # A server that takes a bare CR or LF for a line end can be made to see two messages in one.
    if content.count(b"\r") != breaks or content.count(b"\n") != breaks:
        return "the message holds a CR or LF that is not part of a CRLF"
    if _has_long_line(content):
        return f"the message holds a line of more than {_LONGEST} octets"
    return ""


def dotted(content: bytes) -> bytes:
    """The content with every leading dot doubled and its last line ended."""
    if content.startswith(b"."):
        content = b"." + content
    if b"\r\n." in content:
        content = content.replace(b"\r\n.", b"\r\n..")
    return content if content.endswith(b"\r\n") or not content else content + b"\r\n"


def _has_long_line(content: bytes) -> bool:
    """Leaps from line end to line end, the farthest within reach each time."""
    start = 0
    while len(content) - start > _LONGEST:
        end = content.rfind(b"\r\n", start, start + _LONGEST + 2)
        if end < 0:
            return True
        start = end + 2
    return False
