"""Styles moved into the elements they apply to. The only module that knows premailer.

premailer is asked for one thing: which declarations each element gets. Its own output is not
used, because it rewrites hrefs, entities and widths; only the style, and the colour and alignment
attributes of table cells, are taken over into the HTML as it was written.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Mapping
from html import escape, unescape
from itertools import count

_NAME = r"[^\s\"'<>/=]+"
_VALUE = r"\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+"
_ATTRIBUTE = re.compile(rf"\s+(?P<name>{_NAME})(?:\s*=\s*(?P<value>{_VALUE}))?")
# Comments (Outlook's conditional ones too) and style sheets are pieces that stay as they are.
_PIECE = re.compile(
    r"<!--.*?-->|<(?P<raw>style|script)\b.*?</(?P=raw)\s*>"
    rf"|<(?P<tag>[a-zA-Z][\w:-]*)(?P<attributes>(?:\s+{_NAME}(?:\s*=\s*(?:{_VALUE}))?)*)"
    r"(?P<end>\s*/?)>",
    re.DOTALL | re.IGNORECASE,
)
_NUMBER = "data-number"
_SHORT_COLOUR = re.compile(r"#([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])(?![0-9a-fA-F])")
# `align` on a table would float the table itself: only cells take what text-align says.
_TAKEN: Mapping[str, tuple[str, ...]] = {
    "body": ("bgcolor",),
    "table": ("bgcolor",),
    "tr": ("bgcolor",),
    "td": ("bgcolor", "align", "valign"),
    "th": ("bgcolor", "align", "valign"),
}


def inline(html: str, css: str, *, keep: Collection[str] = ()) -> str:
    """The same HTML, byte for byte, with `css` in style attributes and only classes in `keep`.

    `html` is a document or a fragment. `css` is a sheet without `base_css_problems`.
    """
    if not any(piece["tag"] for piece in _PIECE.finditer(html)):
        return html
    styled = _styled(_numbered(html), css)
    numbers = count()

    def rewritten(piece: re.Match[str]) -> str:
        if piece["tag"] is None:
            return piece[0]
        return _rewritten(piece, styled.get(next(numbers), {}), keep)

    return _PIECE.sub(rewritten, html)


def _numbered(html: str) -> str:
    """A copy in which every element has its number, without comments and style sheets."""
    numbers = count()

    def with_number(piece: re.Match[str]) -> str:
        if piece["tag"] is None:
            return ""
        number = f' {_NUMBER}="{next(numbers)}"'
        return f"<{piece['tag']}{number}{piece['attributes']}{piece['end']}>"

    return _PIECE.sub(with_number, html)


def _styled(numbered: str, css: str) -> Mapping[int, Mapping[str, str]]:
    """The attributes of each numbered element after premailer has been over it."""
    # Slow to import (it brings an HTTP client that is never used here).
    from premailer import Premailer  # noqa: PLC0415

    inliner = Premailer(
        html=numbered,
        css_text=css,
        allow_network=False,
        allow_loading_external_files=False,
        disable_leftover_css=True,
        disable_validation=True,
        disable_link_rewrites=True,
        align_floating_images=False,
        disable_basic_attributes=["width", "height"],
        strip_important=False,
        cssutils_logging_level=logging.CRITICAL,
    )
    output: str = inliner.transform(pretty_print=False)
    styled = (_attributes(piece["attributes"]) for piece in _PIECE.finditer(output) if piece["tag"])
    return {int(attributes[_NUMBER]): attributes for attributes in styled if _NUMBER in attributes}


def _rewritten(piece: re.Match[str], styled: Mapping[str, str], keep: Collection[str]) -> str:
    written = _attributes(piece["attributes"])
    kept = [
        attribute[0]
        for attribute in _ATTRIBUTE.finditer(piece["attributes"])
        if attribute["name"].lower() not in {"class", "style"}
    ]
    taken = {
        name: styled[name]
        for name in _TAKEN.get(piece["tag"].lower(), ())
        if name in styled and name not in written
    }
    classes = " ".join(name for name in written.get("class", "").split() if name in keep)
    added = {"class": classes} | taken | {"style": _tidy(styled.get("style", ""))}
    new = "".join(
        f' {name}="{escape(value, quote=False)}"' for name, value in added.items() if value
    )
    return f"<{piece['tag']}{''.join(kept)}{new}{piece['end']}>"


def _attributes(text: str) -> dict[str, str]:
    return {
        found["name"].lower(): unescape((found["value"] or "").strip("\"'"))
        for found in _ATTRIBUTE.finditer(text)
    }


def _tidy(style: str) -> str:
    """Colours in six digits again, as old clients want them, and quotes that need no escape."""
    six = _SHORT_COLOUR.sub(r"#\1\1\2\2\3\3", style)
    return six.replace("; ", ";").replace('"', "'")
