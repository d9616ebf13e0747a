"""Which picture format an address leads to, by the slugs of the data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_FORMATS: Mapping[str, str] = {
    **{name: f"image-{name}" for name in ("apng", "avif", "bmp", "gif", "ico", "mp4", "png")},
    **dict.fromkeys(("svg", "svgz"), "image-svg"),
    **dict.fromkeys(("jpg", "jpeg"), "image-jpg"),
    **dict.fromkeys(("tif", "tiff"), "image-tiff"),
    **dict.fromkeys(("heic", "heif"), "image-heif"),
    "webp": "image-webp",
}
_ENDING = re.compile(r"\.([a-z0-9]+)(?:[?#].*)?$", re.DOTALL)


def image_feature(url: str) -> Iterator[str]:
    """The slug of a picture's format, as far as its address tells."""
    if url.lower().startswith("data:"):
        yield "image-base64"
        return
    ending = _ENDING.search(url.lower())
    if ending and ending[1] in _FORMATS:
        yield _FORMATS[ending[1]]
