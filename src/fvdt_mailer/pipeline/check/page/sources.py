"""The templates that mails are made of, and the classes and styles that stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fvdt_mailer.model.folder import Template
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.layout.press import CONTENTS, SECTIONS, SHELLS
from fvdt_mailer.pipeline.markup.element import Place

_BRINGS = re.compile(r"\{%-?\s*(?:import|from|include|extends)\s+[\"']([^\"']+)[\"']")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_JINJA = r"\{\{.*?\}\}|\{%.*?%\}"
_PRINTS = re.compile(_JINJA, re.DOTALL)
_QUOTED = rf"\"(?:{_JINJA}|[^\"])*\"|'(?:{_JINJA}|[^'])*'"
_TAG = re.compile(rf"<[a-zA-Z][\w:-]*(?:{_JINJA}|{_QUOTED}|[^<>\"'])*>", re.DOTALL)
_ATTRIBUTE = re.compile(rf"\s(?P<name>class|style)\s*=\s*(?P<value>{_QUOTED})", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """The value of a class or style attribute, as a template has it."""

    value: str
    place: Place

    def with_printed(self, stand_in: str) -> str:
        """The value with `stand_in` for whatever the template prints, and no statements."""
        return _PRINTS.sub(lambda found: stand_in if found[0][1] == "{" else " ", self.value)


def templates_of(case: Case) -> tuple[Template, ...]:
    """The HTML templates that mails of any kind are made of, and what these bring in."""
    known: Mapping[str, Template] = case.folder.templates
    names = [*SHELLS.values(), *SECTIONS.values(), CONTENTS]
    found: dict[str, Template] = {}
    while names:
        name = names.pop()
        if name in known and name not in found:
            found[name] = known[name]
            names += _BRINGS.findall(without_comments(known[name].text))
    return tuple(one for name, one in found.items() if not name.endswith((".css", ".txt.j2")))


def attributes(template: Template, name: str) -> Iterator[Attribute]:
    """Every `class` or every `style` attribute of a template."""
    text = without_comments(template.text)
    for tag in _TAG.finditer(text):
        for found in _ATTRIBUTE.finditer(tag[0]):
            if found["name"] == name:
                line = text.count("\n", 0, tag.start() + found.start("value")) + 1
                yield Attribute(value=found["value"][1:-1], place=Place(template.file, line))


def without_comments(text: str) -> str:
    """The template without Jinja comments; no line moves."""
    return _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
