"""What a file is, by its first bytes, whatever its name says."""

from __future__ import annotations

import re

# As many bytes as `picture_format` needs to see.
ENOUGH = 1024

_SIGNS: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("jpeg", re.compile(rb"\xff\xd8\xff")),
    ("gif", re.compile(rb"GIF8[79]a")),
    ("webp", re.compile(rb"RIFF....WEBP", re.DOTALL)),
    # ISO/IEC 23008-12: the brand stands behind the size and type of the first box.
    ("avif", re.compile(rb"....ftyp(?:avif|avis)", re.DOTALL)),
    ("heic", re.compile(rb"....ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)", re.DOTALL)),
    ("tiff", re.compile(rb"II\*\x00|MM\x00\*")),
    ("bmp", re.compile(rb"BM.{4}\x00{4}", re.DOTALL)),
    ("ico", re.compile(rb"\x00\x00\x01\x00")),
    ("pdf", re.compile(rb"%PDF-")),
    ("svg", re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml.*<)?(?:!--.*--\s*>\s*<)?svg", re.DOTALL)),
)


def picture_format(first: bytes) -> str:
    """png, jpeg, gif, webp and the like; empty when these bytes begin no picture we know."""
    return next((name for name, sign in _SIGNS if sign.match(first)), "")
