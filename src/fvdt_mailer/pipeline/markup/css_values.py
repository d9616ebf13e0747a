"""Colours and lengths as a client works them out."""

from __future__ import annotations

import re
from functools import lru_cache

import tinycss2.color3

_LENGTH = re.compile(r"(?P<number>\d*\.?\d+)(?P<unit>px|pt|em|rem|%|)")
_PIXELS = {"px": 1.0, "pt": 4 / 3, "rem": 16.0}
_AS_AROUND = frozenset({"currentcolor", "inherit", "initial", "unset", "revert"})
_UNKNOWN = ""


@lru_cache(maxsize=1024)
def hexadecimal(value: str, on: str = "#ffffff") -> str | None:
    """A colour as `#rrggbb` over `on`; "" for one that is not worked out, None for no colour."""
    if value.strip().lower() in _AS_AROUND:
        return _UNKNOWN
    colour = tinycss2.color3.parse_color(value)
    if colour is None:
        return None
    if not on and colour.alpha < 1:
        return _UNKNOWN
    ground = tinycss2.color3.parse_color(on) if on else colour
    channels = (
        round(255 * (colour.alpha * above + (1 - colour.alpha) * below))
        for above, below in zip(colour[:3], ground[:3], strict=True)
    )
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def length(value: str, size: float) -> float | None:
    """A length in pixels where the font is `size`; None for what is not worked out."""
    found = _LENGTH.fullmatch(value.strip().lower())
    if found is None or (not found["unit"] and float(found["number"])):
        return None
    number = float(found["number"])
    if found["unit"] in {"em", "%"}:
        return number * size / (100 if found["unit"] == "%" else 1)
    return number * _PIXELS.get(found["unit"], 1.0)


def colour_in(background: str) -> str:
    """The colour in a `background` shorthand, as it was written; empty when it has none."""
    words = re.sub(r"url\([^)]*\)|[\w-]*gradient\(.*\)", " ", background)
    pieces = re.findall(r"[\w-]+\([^)]*\)|[^\s,]+", words)
    return next((piece for piece in pieces if hexadecimal(piece) is not None), "")
