"""A style sheet read into rules, with everything a client would skip."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import tinycss2

# tinycss2 ships no types: a node has a type, a source_line and a source_column.
_Node: TypeAlias = Any

_OPAQUE = re.compile(r"/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANK = re.compile(r"(?:\s|/\*.*?\*/)*", re.DOTALL)
_STOP = re.compile(r"[;{}\n]")
_MOST_WORDS = 60
_HOLDS_RULES = frozenset({"media", "supports", "layer", "container", "document"})
_HOLDS_DECLARATIONS = frozenset({"font-face", "page"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One `property: value`, and where in the sheet it stands."""

    name: str
    value: str
    is_important: bool
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleRule:
    """Declarations for what `selectors` point at; `conditions` are the @-rules around it."""

    selectors: tuple[str, ...]
    declarations: tuple[Declaration, ...]
    conditions: tuple[str, ...]
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CssFault:
    """Something that clients skip, or that makes them skip what follows."""

    text: str
    hint: str
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleSheet:
    """The rules of a sheet in order, and what is wrong with it.

    `at_rules` are all @-rules: the words around each, itself last, and where it stands.
    """

    rules: tuple[StyleRule, ...]
    faults: tuple[CssFault, ...]
    at_rules: tuple[tuple[tuple[str, ...], int], ...] = ()


@lru_cache(maxsize=64)
def read_css(css: str) -> StyleSheet:
    """The sheet as clients read it."""
    return _Reader(css).sheet()


@lru_cache(maxsize=4096)
def read_style(style: str) -> StyleSheet:
    """A style attribute as a sheet of one rule without a selector."""
    return _Reader(style).attribute()


class _Reader:
    def __init__(self, css: str) -> None:
        self._css = css
        self._lines = [0, *(found.end() for found in re.finditer("\n", css))]
        self._rules: list[StyleRule] = []
        self._faults: list[CssFault] = []
        self._at_rules: list[tuple[tuple[str, ...], int]] = []

    def sheet(self) -> StyleSheet:
        nodes = tinycss2.parse_stylesheet(self._css, skip_comments=True, skip_whitespace=True)
        self._read(nodes, ())
        # A bracket too few or too many makes all that follows look wrong: it alone is told.
        faults = tuple(_unbalanced(self._css)) or self._faults
        return StyleSheet(
            rules=tuple(self._rules),
            faults=tuple(sorted(faults, key=lambda fault: fault.offset)),
            at_rules=tuple(self._at_rules),
        )

    def attribute(self) -> StyleSheet:
        nodes = tinycss2.parse_blocks_contents(self._css, skip_comments=True, skip_whitespace=True)
        declarations = tuple(self._declarations(nodes))
        rule = StyleRule(selectors=(), declarations=declarations, conditions=(), offset=0)
        faults = tuple(_unbalanced(self._css)) or tuple(self._faults)
        return StyleSheet(rules=(rule,), faults=faults)

    def _read(self, nodes: Iterable[_Node], around: tuple[str, ...]) -> None:
        for node in nodes:
            match node.type:
                case "qualified-rule":
                    self._rule(node, around)
                case "at-rule":
                    self._at_rule(node, around)
                case "error":
                    self._unread(node, "rule", "write `selector { property: value; }`")

    def _rule(self, node: _Node, around: tuple[str, ...]) -> None:
        self._broken_tokens(node.prelude)
        selectors = _serialized(node.prelude)
        if not selectors.strip():
            self._fault(node, "this block has no selector", "say what it is for: `.name { ... }`")
        nodes = tinycss2.parse_blocks_contents(
            node.content, skip_comments=True, skip_whitespace=True
        )
        rule = StyleRule(
            selectors=tuple(" ".join(one.split()) for one in _commas(selectors)),
            declarations=tuple(self._declarations(nodes)),
            conditions=around,
            offset=self._offset(node),
        )
        self._rules.append(rule)

    def _at_rule(self, node: _Node, around: tuple[str, ...]) -> None:
        self._broken_tokens(node.prelude)
        words = " ".join(_serialized(node.prelude).split())
        inside = (*around, f"@{node.lower_at_keyword} {words}".strip())
        self._at_rules.append((inside, self._offset(node)))
        if node.content is None:
            return
        if node.lower_at_keyword in _HOLDS_RULES:
            rules = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            self._read(rules, inside)
        elif node.lower_at_keyword in _HOLDS_DECLARATIONS:
            nodes = tinycss2.parse_blocks_contents(
                node.content, skip_comments=True, skip_whitespace=True
            )
            tuple(self._declarations(nodes))

    def _declarations(self, nodes: Iterable[_Node]) -> Iterator[Declaration]:
        for node in nodes:
            if node.type == "error":
                self._unread(node, "declaration", "write `property: value;`")
                continue
            if node.type != "declaration":
                hint = "close the rule before it with }, or move this one out"
                self._fault(node, "a rule inside a rule is not read by mail programs", hint)
                continue
            self._broken_tokens(node.value)
            value = _serialized(node.value).strip()
            if not value:
                self._fault(node, f'"{node.name}" has no value', "give it one, or take it out")
            if any(token.type == "literal" and token.value == ":" for token in node.value):
                hint = "end each declaration with a semicolon"
                self._fault(node, f'"{node.name}: {" ".join(value.split())}" runs on', hint)
            yield Declaration(
                name=node.lower_name,
                value=value,
                is_important=node.important,
                offset=self._offset(node),
            )

    def _broken_tokens(self, tokens: Sequence[_Node]) -> None:
        for token in tokens:
            if token.type == "error":
                self._fault(token, *_BROKEN.get(token.kind, (token.message, "mend this line")))
            self._broken_tokens(getattr(token, "content", None) or ())
            self._broken_tokens(getattr(token, "arguments", None) or ())

    def _fault(self, node: _Node, text: str, hint: str) -> None:
        self._faults.append(CssFault(text=text, hint=hint, offset=self._offset(node)))

    def _unread(self, node: _Node, noun: str, hint: str) -> None:
        """A fault at the beginning of what could not be read: the node says where that ended."""
        end = self._offset(node)
        start = max(self._css.rfind(mark, 0, end) for mark in ";{}") + 1
        start = _BLANK.match(self._css, start).end()  # type: ignore[union-attr] # matches always
        stop = _STOP.search(self._css, max(end, start))
        words = _COMMENT.sub("", self._css[start : stop.start() if stop else None])
        words = " ".join(words.split())
        text = f'"{words[:_MOST_WORDS]}" is no {noun}'
        self._faults.append(CssFault(text=text, hint=hint, offset=min(start, end)))

    def _offset(self, node: _Node) -> int:
        line, column = int(node.source_line), int(node.source_column)
        return min(self._lines[line - 1] + column - 1, len(self._css))


_BROKEN = {
    "bad-string": ("a quotation mark is not closed on its line", "close it"),
    "bad-url": ("this url( ) cannot be read", "put the address in quotation marks"),
    "eof-in-string": ("a quotation mark is never closed", "close it"),
    "eof-in-url": ("url( is never closed", "close it with )"),
}


def _unbalanced(css: str) -> Iterator[CssFault]:
    """The first bracket that closes nothing, else the last that stays open to the end."""
    bare = _OPAQUE.sub(lambda found: " " * len(found[0]), css)
    opened: list[tuple[str, int]] = []
    for found in re.finditer(r"[{}()\[\]]|/\*", bare):
        if found[0] == "/*":
            opened.append(("comment", found.start()))
            break
        if found[0] not in _CLOSES:
            opened.append((found[0], found.start()))
        elif opened and opened[-1][0] == _CLOSES[found[0]]:
            opened.pop()
        elif _CLOSES[found[0]] in dict(opened):
            break
        else:
            hint = f"take it out, or add the {_CLOSES[found[0]]} it belongs to"
            text = f"this {found[0]} closes nothing"
            yield CssFault(text=text, hint=hint, offset=found.start())
            return
    for bracket, offset in opened[-1:]:
        text = f"this {bracket} is never closed"
        yield CssFault(text=text, hint="close it where it ends", offset=offset)


_CLOSES = {"}": "{", ")": "(", "]": "["}


def _serialized(tokens: Sequence[_Node]) -> str:
    written: str = tinycss2.serialize(tokens)
    return _COMMENT.sub("", written)


def _commas(selectors: str) -> list[str]:
    return re.split(r",(?![^(]*\))", selectors)
