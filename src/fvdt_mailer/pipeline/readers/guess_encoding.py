"""Which encoding a text file is in, from its bytes alone."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins with the mark of UTF-16, so it is asked first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_STRAY = re.compile("[\udc80-\udcff]")
_WIDE = re.compile("[^\x00-\x7f\udc80-\udcff]")


def guess_encoding(chunks: Iterable[bytes]) -> str:
    """The name of a codec: by its mark, else UTF-8, else Windows-1252 as spreadsheets write it.

    One broken letter does not turn a file into Windows-1252, which would spoil all others: what
    is UTF-8 for the most part is read so, and the reader of the rows finds the broken one.
    """
    decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
    stray = wide = 0
    for number, chunk in enumerate(chunks):
        if number == 0 and (marked := _marked(chunk)):
            return marked
        text = decoder.decode(chunk)
        if not text.isascii():
            strays = len(_STRAY.findall(text))
            stray, wide = stray + strays, wide + len(_WIDE.findall(text))
    stray += len(decoder.getstate()[0])
    return "cp1252" if stray > wide else "utf-8"


def _marked(start: bytes) -> str | None:
    for bom, name in _BOMS:
        if start.startswith(bom):
            return name
    # Without a mark, UTF-16 of Latin text shows as every second byte empty.
    if start[1::2].count(0) > len(start) // 4:
        return "utf-16-le"
    if start[::2].count(0) > len(start) // 4:
        return "utf-16-be"
    return None
