"""Outlook's conditional comments: what classic Outlook reads, and what everyone else does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

FOR_OUTLOOK = "<!--[if mso]>...<![endif]-->"
FOR_OTHERS = "<!--[if !mso]><!-->...<!--<![endif]-->"

_IF = r"<!--\[if (?P<condition>[^\]]*)\]>"
_HIDDEN = re.compile(rf"{_IF}(?!\s*<!--)(?P<inside>(?:(?!<!--).)*?)<!\[endif\]-->", re.DOTALL)
_REVEALED = re.compile(
    rf"{_IF}\s*(?:<!--\s*-->|-->|<!-->)(?P<inside>.*?)<!--\s*<!\[endif\]-->", re.DOTALL
)
_BARE = re.compile(r"<!\[if (?P<condition>[^\]]*)\]>(?P<inside>.*?)<!\[endif\]>", re.DOTALL)
# Comments, and what HTML reads as one: instructions, and declarations other than a doctype.
_COMMENT = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?:\?|!(?!--|doctype\b))[^>]*(?:>|\Z)", re.DOTALL | re.IGNORECASE
)
_MARK = re.compile(
    r"(?P<revealed><!--\[if [^\]]*\]>\s*(?:<!--\s*-->|-->|<!-->))"
    r"|(?P<hidden><!--\[if [^\]]*\]>)"
    r"|(?P<bare><!\[if [^\]]*\]>)"
    r"|(?P<end_revealed><!--\s*<!\[endif\]-->)"
    r"|(?P<end_hidden><!\[endif\]-->)"
    r"|(?P<end_bare><!\[endif\]>)"
    r"|(?P<comment><!--)"
)
_EXACT = "<!--[if !mso]><!-->"


class Branch(StrEnum):
    """Which side of the conditional comments a client takes."""

    OUTLOOK = "outlook"
    OTHERS = "others"


@dataclass(frozen=True, slots=True, kw_only=True)
class Misread:
    """A conditional comment that clients read differently, and where it begins.

    `is_grave` says that a part of the mail is lost for someone, or shown to whom it is not for.
    """

    mark: str
    text: str
    offset: int
    is_grave: bool


def resolve(html: str, branch: Branch) -> str:
    """The HTML without comments, as clients of that branch read it; lines are kept."""
    is_outlook = branch is Branch.OUTLOOK

    def hidden(found: re.Match[str]) -> str:
        shows = is_outlook and _is_for_outlook(found["condition"])
        return _spread(found, found["inside"]) if shows else _lines(found)

    def revealed(found: re.Match[str]) -> str:
        shows = not is_outlook or _is_for_outlook(found["condition"])
        return _spread(found, found["inside"]) if shows else _lines(found)

    html = _HIDDEN.sub(hidden, html)
    html = _BARE.sub(revealed, _REVEALED.sub(revealed, html))
    return _COMMENT.sub(_lines, html)


def misread(html: str) -> Iterator[Misread]:
    """Conditional comments that some clients misread; what follows a grave one is not judged."""
    opened: re.Match[str] | None = None
    end = 0
    while mark := _MARK.search(html, end):
        end = mark.end()
        if mark.lastgroup == "comment" and (opened is None or opened.lastgroup != "hidden"):
            end = html.find("-->", end) + len("-->")
            if end < len("-->"):
                yield _misread(mark, "this comment is never closed", is_grave=True)
                return
            continue
        if fault := _fault(mark, opened):
            yield _misread(mark, fault, is_grave=True)
            return
        if _is_odd(mark):
            yield _misread(mark, "some mail programs take this form amiss", is_grave=False)
        opened = mark if opened is None else None
    if opened is not None:
        yield _misread(opened, "this conditional comment is never closed", is_grave=True)


def _fault(mark: re.Match[str], opened: re.Match[str] | None) -> str:
    kind = str(mark.lastgroup)
    if opened is None:
        if kind.startswith("end_"):
            return "this closes no conditional comment"
        return _to_nobody(mark)
    if opened.lastgroup == "hidden" and mark[0].startswith("<!--"):
        return "a comment inside a conditional comment ends it early, except in Outlook"
    if not kind.startswith("end_"):
        return "a conditional comment inside another is not read alike"
    if kind != f"end_{opened.lastgroup}":
        return f"this does not close {opened[0]}"
    return ""


def _to_nobody(mark: re.Match[str]) -> str:
    is_lost = mark.lastgroup == "hidden" and "!" in mark[0].removeprefix("<!")
    return "nobody gets to see what stands in this" if is_lost else ""


def _is_odd(mark: re.Match[str]) -> bool:
    return mark.lastgroup == "bare" or (mark.lastgroup == "revealed" and mark[0] != _EXACT)


def _misread(mark: re.Match[str], text: str, *, is_grave: bool) -> Misread:
    return Misread(mark=mark[0], text=text, offset=mark.start(), is_grave=is_grave)


def _is_for_outlook(condition: str) -> bool:
    return "mso" in condition and "!" not in condition


def _spread(found: re.Match[str], inside: str) -> str:
    """What stands inside, on the lines it was written on."""
    before = found[0][: found.start("inside") - found.start()].count("\n")
    after = found[0].count("\n") - before - inside.count("\n")
    return "\n" * before + inside + "\n" * after


def _lines(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")
