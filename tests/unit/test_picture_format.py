from __future__ import annotations

import pytest

from fvdt_mailer.pipeline.files.picture_format import picture_format


@pytest.mark.parametrize(
    ("first", "name"),
    [
        (b"\x89PNG\r\n\x1a\n\x00", "png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "jpeg"),
        (b"GIF89a\x01\x00", "gif"),
        (b"RIFF\x0a\x00\x00\x00WEBPVP8 ", "webp"),
        (b"\x00\x00\x00 ftypavif\x00", "avif"),
        (b"\x00\x00\x00\x18ftypheic\x00", "heic"),
        (b"II*\x00\x08\x00", "tiff"),
        (b"BM\x36\x00\x0c\x00\x00\x00\x00\x00\x36", "bmp"),
        (b"%PDF-1.7\n", "pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", "svg"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- kaart -->\n<svg>", "svg"),
        (b"<?xml version='1.0'?>\n<svg>", "svg"),
        (b"<!DOCTYPE html><html>", ""),
        (b"BMW-rit", ""),
        (b"Hallo", ""),
        (b"", ""),
    ],
)
def test_first_bytes_say_what_a_file_is(first: bytes, name: str) -> None:
    assert picture_format(first) == name
