"""Values of DSN parameters, as RFC 3461 4 writes them."""

from __future__ import annotations

from typing import Final

_FIRST, _LAST = ord("!"), ord("~")
_ESCAPES: Final = {
    octet: f"+{octet:02X}"
    for octet in range(256)
    if not _FIRST <= octet <= _LAST or chr(octet) in "+="
}


def xtext(text: str) -> str:
    """The text with every octet escaped that cannot stand in a parameter: visible ASCII only."""
    return text.encode().decode("latin-1").translate(_ESCAPES)
