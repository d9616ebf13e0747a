"""What a style sheet may hold to be inlined: what premailer is known to do right, and no more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fvdt_mailer.errors import Problem

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"(?P<selectors>[^{}]*)\{(?P<body>[^{}]*)\}")
_SELECTOR = re.compile(r"[a-z][a-z0-9]*|\.[A-Za-z][\w-]*")
_DECLARATION = re.compile(r"(?P<name>[a-z-]+)\s*:\s*(?P<value>\S.*)", re.DOTALL)
_FAMILIES = ("padding", "margin", "border", "font")
_APART = {"border-collapse", "border-spacing", "border-radius"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Declaration:
    name: str
    value: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    selectors: tuple[str, ...]
    line: int
    declarations: tuple[_Declaration, ...]


@dataclass(frozen=True, slots=True, order=True)
class _Misfit:
    line: int
    text: str
    hint: str


def base_css_problems(css: str, file: str) -> tuple[Problem, ...]:
    """What in a base style sheet premailer would drop, or would let the wrong rule win."""
    return tuple(
        Problem(
            rule="template-css", file=file, line=misfit.line, text=misfit.text, hint=misfit.hint
        )
        for misfit in sorted(set(_misfits(_COMMENT.sub(_as_lines, css))))
    )


def _as_lines(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


def _misfits(css: str) -> Iterator[_Misfit]:
    loose = _RULE.sub(_as_lines, css)
    if loose.strip():
        yield _Misfit(
            _line(loose, len(loose) - len(loose.lstrip())),
            "only plain rules can be inlined: `selector { property: value; }`",
            "put @media and other @-rules in enhance.css, and close every brace",
        )
        return
    rules = tuple(_rules(css))
    for rule in rules:
        yield from _in_selectors(rule)
        yield from _in_declarations(rule)
    yield from _among(rules)


def _line(css: str, offset: int) -> int:
    return css.count("\n", 0, offset) + 1


def _rules(css: str) -> Iterator[_Rule]:
    for found in _RULE.finditer(css):
        selectors = found["selectors"]
        yield _Rule(
            selectors=tuple(part.strip() for part in selectors.split(",")),
            line=_line(css, found.start() + len(selectors) - len(selectors.lstrip())),
            declarations=tuple(_declarations(css, found.start("body"), found["body"])),
        )


def _declarations(css: str, start: int, body: str) -> Iterator[_Declaration]:
    for written in re.finditer(r"[^;\s][^;]*", body):
        text, line = written[0].strip(), _line(css, start + written.start())
        match = _DECLARATION.fullmatch(text)
        name, value = (match["name"], match["value"]) if match else ("", text)
        yield _Declaration(name=name, value=value, line=line)


def _in_selectors(rule: _Rule) -> Iterator[_Misfit]:
    for selector in rule.selectors:
        if not _SELECTOR.fullmatch(selector):
            yield _Misfit(
                rule.line,
                f'"{selector}" cannot be inlined reliably',
                "use one element name or one class; anything else belongs in enhance.css",
            )


def _in_declarations(rule: _Rule) -> Iterator[_Misfit]:
    names = [declaration.name for declaration in rule.declarations]
    for place, declaration in enumerate(rule.declarations):
        name, value, line = declaration.name, declaration.value, declaration.line
        if not name:
            yield _Misfit(line, f'"{value}" is not a declaration', "write `property: value;`")
        if name and name in names[:place]:
            yield _Misfit(line, f'"{name}" stands twice in one rule', "only the last is kept")
        if "!" in value:
            yield _Misfit(line, "Outlook skips !important in a style attribute", "leave it out")
        if name == "background":
            yield _Misfit(line, '"background" leaves Outlook no colour', "write background-color")
        if "url(" in value:
            yield _Misfit(line, "a style loads nothing from elsewhere", "use an img element")


def _among(rules: Sequence[_Rule]) -> Iterator[_Misfit]:
    """A shorthand in one rule beside its longhand in another: premailer may let the wrong win."""
    stated = [(rule, declaration) for rule in rules for declaration in rule.declarations]
    for family in _FAMILIES:
        shorts = [(rule, d) for rule, d in stated if d.name == family]
        longs = [(rule, d) for rule, d in stated if d.name.startswith(f"{family}-")]
        for rule, long in longs:
            short = next((d for other, d in shorts if other is not rule), None)
            if short and long.name not in _APART:
                yield _Misfit(
                    long.line,
                    f'"{long.name}" beside "{family}" on line {short.line} may win wrongly',
                    "write only one of the two in this sheet",
                )
