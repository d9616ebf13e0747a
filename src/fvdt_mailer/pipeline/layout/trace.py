"""Templates that say, in what they make, which line made it."""

from __future__ import annotations

import re

from fvdt_mailer.pipeline.markup.element import PLACE

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|(?P<tag><[a-zA-Z][\w:-]*)(?=[\s>/])", re.DOTALL)
_TRACE = re.compile(rf' {PLACE}="[^"]*"')
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_PLACE = re.compile(r"/\*@(?P<line>[0-9]+)\*/")


def traced_html(template: str, file: str) -> str:
    """The template with its file and line as an attribute of each tag; no line moves."""

    def with_place(found: re.Match[str]) -> str:
        if not found["tag"]:
            return found[0]
        line = template.count("\n", 0, found.start()) + 1
        return f'{found["tag"]} {PLACE}="{file}:{line}"'

    return _TAG.sub(with_place, template)


def untraced(html: str) -> str:
    """What the template would have made without tracing."""
    return _TRACE.sub("", html)


def traced_css(template: str) -> str:
    """The style sheet without comments, and with its line before each line; no line moves."""
    bare = _CSS_COMMENT.sub(lambda found: "\n" * found[0].count("\n"), template)
    lines = bare.split("\n")
    return "\n".join(
        f"/*@{number}*/{line}" if line.strip() and not line.lstrip().startswith("{%") else line
        for number, line in enumerate(lines, 1)
    )


def css_line(css: str, offset: int) -> int:
    """The line of the template that made what stands at `offset` of a traced sheet."""
    places = [*_CSS_PLACE.finditer(css, 0, offset)]
    return int(places[-1]["line"]) if places else 1
