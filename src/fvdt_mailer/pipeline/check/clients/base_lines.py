"""Which line of base.css put a declaration into an element."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from fvdt_mailer.pipeline.check.clients.use import Use
from fvdt_mailer.pipeline.layout.trace import css_line

Declaration: TypeAlias = tuple[str, str]

# base.css holds rules of types and single classes, and nothing in braces but their declarations.
_RULE = re.compile(r"(?P<selectors>[^{}]+)\{(?P<body>[^{}]*)\}")
_DECLARATION = re.compile(r"(?P<name>[a-z-]+)\s*:(?P<value>[^;{}]+)", re.IGNORECASE)
_MARK = re.compile(r"/\*@[0-9]+\*/")
_SHORT_COLOUR = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])(?![0-9a-f])")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    selectors: tuple[str, ...]
    lines: Mapping[Declaration, int]

    def may_style(self, tag: str) -> bool:
        """True when a selector is that tag, or a class: which classes it had, nobody knows now."""
        return any(selector == tag or selector.startswith(".") for selector in self.selectors)


def base_line(use: Use, traced: str) -> int | None:
    """The line in the traced sheet of the rule that is most like the element's style."""
    written = _as_compared(use.name, use.value)
    has = {_as_compared(*one) for one in use.declared.items()}
    rules = [rule for rule in _rules(traced) if written in rule.lines and rule.may_style(use.tag)]
    likest = max(rules, key=lambda rule: len(has & rule.lines.keys()), default=None)
    return likest.lines[written] if likest else None


@lru_cache(maxsize=8)
def _rules(traced: str) -> tuple[_Rule, ...]:
    return tuple(_rule(found, traced) for found in _RULE.finditer(traced))


def _rule(found: re.Match[str], traced: str) -> _Rule:
    declarations = _DECLARATION.finditer(traced, found.start("body"), found.end("body"))
    selectors = _MARK.sub("", found["selectors"]).split(",")
    return _Rule(
        selectors=tuple(selector.strip() for selector in selectors),
        lines={
            _as_compared(one["name"], _MARK.sub("", one["value"])): css_line(traced, one.start())
            for one in declarations
        },
    )


def _as_compared(name: str, value: str) -> Declaration:
    """The declaration as it reads both before and after it is moved into an element."""
    plain = "".join(value.split()).lower().replace('"', "'")
    return name.lower(), _SHORT_COLOUR.sub(r"#\1\1\2\2\3\3", plain)
