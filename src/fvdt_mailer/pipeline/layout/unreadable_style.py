"""A style attribute that is no list of declarations, at the line that wrote it."""

from __future__ import annotations

import tinycss2

from fvdt_mailer.errors import Problem
from fvdt_mailer.pipeline.markup.read_html import read_html


def unreadable_style(traced: str) -> Problem | None:
    """The first such attribute in HTML whose elements know their line."""
    for element in read_html(traced).root.elements:
        style = element.attributes.get("style", "")
        parts = tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
        if element.place and any(part.type != "declaration" for part in parts):
            return Problem(
                rule="template-css",
                file=element.place.file,
                line=element.place.line,
                text=f'style="{style}" is not a list of declarations',
                hint="write `property: value; property: value`",
            )
    return None
