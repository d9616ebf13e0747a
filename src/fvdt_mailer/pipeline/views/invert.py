"""Colours turned dark as mail programs turn them, in CIE LCH."""

from __future__ import annotations

import re
from functools import lru_cache
from math import cbrt

# What programs do is not public; these figures are those open preview tools agree on.
_MIDDLE, _DEPTH, _CHROMA = 50.0, 0.75, 0.8
_COLOUR = r"#[0-9a-fA-F]{6}\b"
_DECLARATION = re.compile(
    rf"(?P<property>background-color|border(?:-\w+)*|color)(?P<colon>\s*:\s*[^;\"]*?)(?P<hex>{_COLOUR})"
)
_ATTRIBUTE = re.compile(rf"(?P<name>\sbgcolor=\"?)(?P<hex>{_COLOUR})", re.IGNORECASE)
_WHITE = (0.95047, 1.0, 1.08883)  # D65
_EPSILON, _KAPPA = 216 / 24389, 24389 / 27
_TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_TO_RGB = (
    (3.2404542, -1.5371385, -0.4985314),
    (-0.9692660, 1.8760108, 0.0415560),
    (0.0556434, -0.2040259, 1.0572252),
)


def inverted(html: str, *, is_partial: bool) -> str:
    """The document in the dark colours a program makes of it.

    A partial inversion turns light grounds and dark words and leaves the rest; a full one turns
    every colour.
    """
    ground, words = (_darker, _lighter) if is_partial else (_turned, _turned)

    def declared(found: re.Match[str]) -> str:
        turn = words if found["property"] == "color" else ground
        return found["property"] + found["colon"] + turn(found["hex"])

    html = _ATTRIBUTE.sub(lambda found: found["name"] + ground(found["hex"]), html)
    return _DECLARATION.sub(declared, html)


def _darker(colour: str) -> str:
    return _turned(colour) if _lightness(colour) >= _MIDDLE else colour


def _lighter(colour: str) -> str:
    return _turned(colour) if _lightness(colour) < _MIDDLE else colour


@lru_cache(maxsize=1024)
def _turned(colour: str) -> str:
    lightness, a, b = _lab(colour)
    return _hex(_MIDDLE - (lightness - _MIDDLE) * _DEPTH, a * _CHROMA, b * _CHROMA)


def _lightness(colour: str) -> float:
    return _lab(colour)[0]


def _lab(colour: str) -> tuple[float, float, float]:
    linear = [_expanded(channel / 255) for channel in bytes.fromhex(colour.removeprefix("#"))]
    x, y, z = (
        _companded(sum(weight * part for weight, part in zip(row, linear, strict=True)) / white)
        for row, white in zip(_TO_XYZ, _WHITE, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _hex(lightness: float, a: float, b: float) -> str:
    y = (lightness + 16) / 116
    xyz = [
        _uncompanded(part) * white
        for part, white in zip((y + a / 500, y, y - b / 200), _WHITE, strict=True)
    ]
    channels = (
        _compressed(sum(weight * part for weight, part in zip(row, xyz, strict=True)))
        for row in _TO_RGB
    )
    return "#" + "".join(f"{round(min(max(channel, 0), 1) * 255):02x}" for channel in channels)


def _expanded(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 - IEC 61966-2-1


def _compressed(channel: float) -> float:
    if channel <= 0.0031308:  # noqa: PLR2004 - IEC 61966-2-1
        return 12.92 * channel
    return float(1.055 * channel ** (1 / 2.4) - 0.055)


def _companded(part: float) -> float:
    return cbrt(part) if part > _EPSILON else (_KAPPA * part + 16) / 116


def _uncompanded(part: float) -> float:
    return float(part**3) if part**3 > _EPSILON else (116 * part - 16) / _KAPPA
