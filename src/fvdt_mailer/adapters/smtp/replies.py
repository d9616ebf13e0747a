"""Reading replies, whatever a server sends (RFC 5321 4.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from time import monotonic
from typing import Final

from fvdt_mailer.adapters.smtp.wire import Lost, Wire
from fvdt_mailer.pipeline.verdict import Reply, printable

_LINE: Final = re.compile(rb"([2-5][0-9]{2})(?:([ -])(.*))?", re.DOTALL)
_ENHANCED: Final = re.compile(r"([245]\.[0-9]{1,3}\.[0-9]{1,3})(?: +|$)")
_MOST_LINES: Final = 100
_MOST_OCTETS: Final = 65_536
_LONGEST_LINE: Final = 8_192  # RFC 5321 4.5.3.1.5 says 512; servers are more talkative


def read_reply(wire: Wire, *, seconds: float) -> Reply:
    """One whole reply, read within that time in all; Lost when it is none or has no bounds."""
    return _parsed(tuple(_lines(wire, until=monotonic() + seconds)))


@lru_cache(maxsize=256)
def _parsed(lines: tuple[bytes, ...]) -> Reply:
    """The reply these lines are: most of what a server says it said before."""
    codes, texts = zip(*map(_taken_apart, lines), strict=True)
    if len(set(codes)) != 1:
        raise Lost("the server's reply has lines with different codes")
    found = _ENHANCED.match(texts[0])
    if found is None:
        return Reply(code=codes[0], text="\n".join(texts))
    bare = (text.removeprefix(found[1]).lstrip(" ") for text in texts)
    return Reply(code=codes[0], enhanced=found[1], text="\n".join(bare))


def _taken_apart(line: bytes) -> tuple[int, str]:
    return int(line[:3]), line[4:].decode("utf-8", "backslashreplace")


def _lines(wire: Wire, *, until: float) -> Iterator[bytes]:
    octets = 0
    for _ in range(_MOST_LINES):
        line = wire.read_line(until=until, longest=_LONGEST_LINE)
        octets += len(line)
        found = _LINE.fullmatch(line)
        if found is None:
            words = printable(line[:200].decode("utf-8", "backslashreplace"))
            raise Lost(f'the server does not speak SMTP; it said "{words}"')
        yield line
        if found[2] != b"-":
            return
        if octets > _MOST_OCTETS:
            break
    raise Lost("the server's reply has no end")
