"""The style sheets of a project: what goes into the elements, and what into the head."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import starmap

from fvdt_mailer.errors import FilesError
from fvdt_mailer.model.folder import Template
from fvdt_mailer.model.project import Theme
from fvdt_mailer.pipeline.layout.base_css import base_css_problems
from fvdt_mailer.pipeline.layout.template import Templates
from fvdt_mailer.pipeline.layout.trace import css_line, traced_css

BASE_CSS = "base.css"
# Each in a style element of its own: a client that cannot read one drops the whole element.
ENHANCE_CSS = ("enhance.css", "clients.css", "dark.css")

_CLASS = re.compile(r"\.([A-Za-z][\w-]*)(?=[^{}]*\{)")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One style sheet as it is used; `traced` is the same with a mark of the line before each."""

    file: str
    css: str
    traced: str

    @property
    def classes(self) -> frozenset[str]:
        """The classes it has rules for."""
        return frozenset(_CLASS.findall(_CSS_COMMENT.sub("", self.css)))

    def line(self, number: int) -> int:
        """The line of the template that made line `number` of `css`."""
        above = "\n".join(self.traced.split("\n")[:number])
        return css_line(above, len(above))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """What is inlined, and what stands in the head of every mail."""

    base: Sheet
    enhancing: tuple[Sheet, ...]

    @property
    def styles(self) -> str:
        """The style elements of the head."""
        return "\n".join(f"<style>{sheet.css}</style>" for sheet in self.enhancing)

    @property
    def classes(self) -> frozenset[str]:
        """The classes that the style elements need to find in the mail."""
        return frozenset().union(*(sheet.classes for sheet in self.enhancing))


def sheets(templates: Mapping[str, Template], theme: Theme) -> Sheets:
    """The sheets filled with the theme; FilesError says what in them cannot be used."""
    filled, traced = Templates(templates), Templates(dict(starmap(_traced, templates.items())))

    def sheet(name: str) -> Sheet:
        css = filled.fill(name, {"theme": theme})
        marked = traced.fill(name, {"theme": theme})
        return Sheet(file=filled.file(name), css=css, traced=marked)

    base = sheet(BASE_CSS)
    if problems := base_css_problems(base.css, base.file):
        raise FilesError([replace(one, line=base.line(one.line or 1)) for one in problems])
    enhancing = tuple(sheet(name) for name in ENHANCE_CSS)
    for name, one in zip(ENHANCE_CSS, enhancing, strict=True):
        if "</" in one.css:
            raise filled.problem(name, text='"</" ends a style sheet', hint="take it out")
    return Sheets(base=base, enhancing=enhancing)


def _traced(name: str, template: Template) -> tuple[str, Template]:
    if not name.endswith(".css"):
        return name, template
    return name, replace(template, text=traced_css(template.text))
