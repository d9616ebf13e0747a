"""The HTML of a mail as a mail program reads it."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import assert_never

from fvdt_mailer.pipeline.markup.conditional import Branch, resolve
from fvdt_mailer.pipeline.views.invert import inverted
from fvdt_mailer.pipeline.views.view import Reading

_STYLE = re.compile(r"<style\b[^>]*>.*?</style\s*>", re.DOTALL | re.IGNORECASE)
_SOURCE = re.compile(r"(<img\b[^>]*?\ssrc=)(\"[^\"]*\"|'[^']*')", re.DOTALL | re.IGNORECASE)
_INLINE = re.compile(r"(\sstyle=\")([^\"]*)(\")", re.IGNORECASE)


def seen(html: str, reading: Reading, *, unsupported: Collection[str] = ()) -> str:
    """The document as that kind of mail program reads it.

    `unsupported` are the properties classic Outlook ignores; they are taken out of style
    attributes. What programs do to colours is an approximation of theirs, which is not public.
    """
    match reading:
        case Reading.AS_SENT:
            return html
        case Reading.WITHOUT_STYLE:
            return _STYLE.sub("", html)
        case Reading.WITHOUT_IMAGES:
            return _SOURCE.sub(r'\1""', html)
        case Reading.OUTLOOK:
            return _as_outlook(html, frozenset(unsupported))
        case Reading.PARTLY_INVERTED | Reading.INVERTED:
            # Programs that invert do not honour the dark colours a mail brings along.
            return inverted(_without_dark(html), is_partial=reading is Reading.PARTLY_INVERTED)
        case _:
            assert_never(reading)


def _without_dark(html: str) -> str:
    return html.replace("prefers-color-scheme", "unknown-feature")


def _as_outlook(html: str, unsupported: frozenset[str]) -> str:
    # It knows no media query, so a sheet that has one is of no use to it.
    resolved = _STYLE.sub(_unless_media, resolve(html, Branch.OUTLOOK))
    return _INLINE.sub(
        lambda found: found[1] + _supported(found[2], unsupported) + found[3], resolved
    )


def _unless_media(found: re.Match[str]) -> str:
    return "" if "@media" in found[0] or "[data-ogs" in found[0] else found[0]


def _supported(style: str, unsupported: frozenset[str]) -> str:
    return ";".join(
        declaration
        for declaration in style.split(";")
        if declaration.partition(":")[0].strip().lower() not in unsupported
    )
