"""Colours that can be read: mixtures and contrast (WCAG 2.2, relative luminance)."""

from __future__ import annotations

from colorsys import hls_to_rgb, rgb_to_hls

_ENOUGH = 4.5  # WCAG 2.2, success criterion 1.4.3
_WHITE, _BLACK = "#ffffff", "#000000"
_STEPS = 40


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: str, other: str, percent: int) -> str:
    """`colour` with `percent` of `other` stirred in."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    mixed = (round(a + (b - a) * percent / 100) for a, b in pairs)
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def legible(colour: str, on: str) -> str:
    """The nearest to `colour` that text on `on` can have: a contrast of at least 4.5.

    Only its lightness changes: a tint keeps the hue that mixing with white would wash out.
    """
    if contrast(colour, on) >= _ENOUGH:
        return colour
    far = max(_WHITE, _BLACK, key=lambda end: contrast(end, on))
    shades = (_lit(colour, far, step / _STEPS) for step in range(1, _STEPS))
    return next((shade for shade in shades if contrast(shade, on) >= _ENOUGH), far)


def _lit(colour: str, far: str, part: float) -> str:
    """`colour` with its lightness a part of the way to white or black."""
    hue, lightness, saturation = rgb_to_hls(*(channel / 255 for channel in _channels(colour)))
    end = 1.0 if far == _WHITE else 0.0
    lit = hls_to_rgb(hue, lightness + (end - lightness) * part, saturation)
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in lit)


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    if channel <= 0.04045:  # noqa: PLR2004 - IEC 61966-2-1
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)
