"""A text as quoted-printable runs with slots (RFC 2045 6.7), so that a reader costs a join.

Whatever fills the slots, the result keeps five promises. Lines end in CRLF and hold at most 76
ASCII characters. None opens with a dot, so there is nothing to stuff (RFC 5321 4.5.2). None
opens with `From `. No two blanks follow each other and none ends a line, so DKIM's relaxed body
canonicalisation (RFC 6376 3.4.4) changes nothing: the bytes that are signed are those on the wire.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from fvdt_mailer.model.rendition import Blank

_ROOM = 75  # RFC 2045 6.7 (5): 76 with the "=" of a soft line break
_CRLF = b"\r\n"
_SOFT = b"=\r\n"
_LINE_ENDS = re.compile("\r\n|\r|\n")
_MARK = re.compile(r"BLANK--[A-Za-z_]*(?:--)?")
_AS_IT_IS = re.compile(rb"(?!\.|From )[!-<>-~]+(?: [!-<>-~]+)*")
_ESCAPED = re.compile(rb"[^ !-<>-~]|(?<= ) | \Z")
_HEX = tuple(b"=%02X" % byte for byte in range(256))


class Escape(StrEnum):
    """What a value must not be mistaken for where it is filled in."""

    NOTHING = "nothing"
    HTML = "html"


class Slot(NamedTuple):
    """Where a value goes, and how it is escaped there."""

    blank: Blank
    escape: Escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """Encoded bytes with a slot between each two; every slot stands at the start of a line."""

    runs: tuple[bytes, ...]
    slots: tuple[Slot, ...] = ()


def encode(text: str, *, escape: Escape) -> Runs:
    """Encode once what all readers share; ValueError names a mark that is no blank."""
    slots: list[Slot] = []
    runs: list[bytes] = []
    start = 0
    for mark in _MARK.finditer(text):
        slots.append(Slot(_blank(mark), escape))
        runs.append(_up_to_a_fresh_line(text[start : mark.start()]))
        start = mark.end()
    return Runs(runs=(*runs, _quoted(text[start:])), slots=tuple(slots))


def splice(runs: Runs, values: Mapping[Blank, str]) -> bytes:
    """The finished bytes for one reader: each slot filled with its value, on lines of its own."""
    return b"".join(spliced(runs, values))


def spliced(runs: Runs, values: Mapping[Blank, str]) -> tuple[bytes, ...]:
    """The same in pieces, of which the runs are those of every reader."""
    first, *others = runs.runs
    filled = {
        slot: _up_to_a_fresh_line(_escaped(values[slot.blank], slot.escape))
        for slot in set(runs.slots)
    }
    pieces = [first]
    for slot, run in zip(runs.slots, others, strict=True):
        pieces += (filled[slot], run)
    return tuple(pieces)


def chain(parts: Sequence[Runs | bytes]) -> Runs:
    """The parts one after the other, as runs with as few pieces as slots allow."""
    runs: list[bytes] = [b""]
    slots: list[Slot] = []
    for part in parts:
        first, *others = (part,) if isinstance(part, bytes) else part.runs
        runs[-1] += first
        runs += others
        slots += () if isinstance(part, bytes) else part.slots
    return Runs(runs=tuple(runs), slots=tuple(slots))


def _blank(mark: re.Match[str]) -> Blank:
    for blank in Blank:
        if blank.mark == mark[0]:
            return blank
    known = ", ".join(blank.mark for blank in Blank)
    raise ValueError(f"unknown blank {mark[0]}; known: {known}")


def _escaped(value: str, escape: Escape) -> str:
    return html.escape(value) if escape is Escape.HTML else value


def _up_to_a_fresh_line(text: str) -> bytes:
    """Encoded, with a soft break where the text itself does not end in a line break."""
    quoted = _quoted(text)
    return quoted if not quoted or quoted.endswith(_CRLF) else quoted + _SOFT


def _quoted(text: str) -> bytes:
    octets = text.encode("utf-8", "replace")
    if len(octets) <= _ROOM and _AS_IT_IS.fullmatch(octets):
        return octets
    lines = _LINE_ENDS.split(text)
    return _CRLF.join(
        physical for line in lines for physical in _wrapped(line.encode("utf-8", "replace"))
    )


def _wrapped(line: bytes) -> Iterator[bytes]:
    if len(line) <= _ROOM and _AS_IT_IS.fullmatch(line):
        yield line
        return
    escaped = _ESCAPED.sub(lambda found: _HEX[found[0][0]], line)
    start = 0
    while True:
        opening = _opening(escaped, start)
        start += bool(opening)
        end = _cut(escaped, start + _ROOM - len(opening))
        if end >= len(escaped):
            yield opening + escaped[start:]
            return
        yield opening + escaped[start:end] + b"="
        start = end


def _opening(escaped: bytes, start: int) -> bytes:
    """What stands for the next character where a line may not open with that itself."""
    if escaped.startswith((b".", b"From "), start):
        return _HEX[escaped[start]]
    return b""


def _cut(escaped: bytes, end: int) -> int:
    """The nearest place not after `end` that splits no escape."""
    equals = escaped.rfind(b"=", max(end - 2, 0), end) if end < len(escaped) else -1
    return end if equals < 0 else equals
