"""The events of a YAML text, built into a tree of plain texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.folder import KeyPath
from fvdt_mailer.pipeline.files.explain_syntax import explain_syntax

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"

DEEPEST = 20
HIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)

_COMMENT_IN_VALUE = re.compile(r"[ \t]+#(?=\w)")
_QUOTE = "when it is meant as text, put the whole value in quotes"


def dotted(path: KeyPath) -> str:
    """The path as a person says it: `window.from`; places in a list are told by their line."""
    return ".".join(key for key in path if isinstance(key, str) and key)


def hidden_character(character: str, *, file: str, line: int) -> Problem:
    """The problem that this invisible character is."""
    return Problem(
        rule="yaml-hidden-character",
        file=file,
        line=line,
        text=f"an invisible character (U+{ord(character):04X}) that cannot be mailed",
        hint="delete it; it often comes along with pasted text",
    )


class TreeBuilder:
    """One pass over the events of a text, which leaves a tree, its lines and its problems."""

    def __init__(self, text: str, *, file: str) -> None:
        self.lines: dict[KeyPath, int] = {}
        self.problems: list[Problem] = []
        self._text = text
        self._file = file
        self._events = _Events(text)

    def build(self) -> Tree | None:
        """The only document, or None when there is none, or when its syntax is broken."""
        try:
            return self._document()
        except yaml.YAMLError as error:
            problem = explain_syntax(error, self._text, file=self._file)
            # Whatever else was said of that line follows from the same slip.
            self.problems = [p for p in self.problems if p.line != problem.line]
            self.problems.append(problem)
        except (ValueError, OverflowError):
            # pyyaml hands the number in "\U99999999" or "%YAML 9...9" to Python as it stands.
            text = "a number here is too large: with \\U in double quotes, it names no character"
            self._report("yaml-syntax", self._events.line, text, "put the value in single quotes")
        except _TooDeepError:
            pass  # it was reported where it was found
        return None

    def _document(self) -> Tree | None:
        self._events.take()
        if isinstance(self._events.peek(), StreamEndEvent):
            return None
        self._events.take()
        self.lines[()] = _first_line(self._events.peek())
        tree = self._node((), depth=1)
        while isinstance(self._events.peek(), DocumentEndEvent):
            self._events.take()
        following = self._events.peek()
        if not isinstance(following, StreamEndEvent):
            text = 'a second document starts here with "---"'
            hint = "keep one document in a file, or remove this line"
            self._report("yaml-several-documents", _first_line(following), text, hint)
        return tree

    def _node(self, path: KeyPath, *, depth: int) -> Tree | None:
        event = self._events.take()
        self._refuse_shorthand(event, path)
        match event:
            case AliasEvent():
                return f"*{event.anchor}"
            case ScalarEvent():
                return self._scalar(event, path)
            case _ if depth > DEEPEST:
                text = f"more than {DEEPEST} levels inside each other"
                self._report("yaml-too-deep", _first_line(event), text, "make it flatter")
                raise _TooDeepError
            case SequenceStartEvent():
                return self._sequence(path, depth=depth)
            case MappingStartEvent():
                return self._mapping(path, depth=depth, in_braces=bool(event.flow_style))
        raise AssertionError(event)  # no other event opens a node (YAML 1.1, 3.1)

    def _refuse_shorthand(self, event: Event, path: KeyPath) -> None:
        line, key = _first_line(event), dotted(path)
        if isinstance(event, AliasEvent):
            text = f'"*{event.anchor}" stands for a value elsewhere, which is not allowed here'
            self._report("yaml-alias", line, text, _QUOTE, key=key)
        elif isinstance(event, NodeEvent) and event.anchor is not None:
            text = f'"&{event.anchor}" gives a value a name, which is not allowed here'
            self._report("yaml-anchor", line, text, _QUOTE, key=key)
        if isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag is not None:
            text = 'a value that starts with "!" is a tag, which is not allowed here'
            self._report("yaml-tag", line, text, _QUOTE, key=key)

    def _scalar(self, event: ScalarEvent, path: KeyPath) -> str | None:
        if event.style is None:
            self._question_comment(event, path)
            return event.value or None
        # Only an escape in double quotes can bring one in: the text itself was searched before.
        if hidden := HIDDEN.search(event.value):
            line = _first_line(event)
            self.problems.append(hidden_character(hidden[0], file=self._file, line=line))
        return HIDDEN.sub("", event.value)

    def _question_comment(self, event: ScalarEvent, path: KeyPath) -> None:
        end = event.end_mark
        assert isinstance(end, yaml.Mark)
        if _COMMENT_IN_VALUE.match(self._text, end.index):
            self._report(
                "yaml-comment",
                end.line + 1,
                "the text after # is a comment and will not be printed",
                'put the value in quotes, or a space after "#" when it is meant as a comment',
                key=dotted(path),
                severity=Severity.WARNING,
            )

    def _sequence(self, path: KeyPath, *, depth: int) -> list[Tree]:
        items: list[Tree] = []
        while not isinstance(self._events.peek(), SequenceEndEvent):
            line = _first_line(self._events.peek())
            place = (*path, len(items))
            self.lines[place] = line
            item = self._node(place, depth=depth + 1)
            if item is not None:
                items.append(item)
                continue
            del self.lines[place]
            text, hint = "an item of this list is empty", "fill it in, or remove the line"
            self._report("yaml-empty-item", line, text, hint, key=dotted(path))
        self._events.take()
        return items

    def _mapping(self, path: KeyPath, *, depth: int, in_braces: bool) -> dict[str, Tree]:
        values: dict[str, Tree] = {}
        seen: dict[str, int] = {}
        while not isinstance(self._events.peek(), MappingEndEvent):
            line = _first_line(self._events.peek())
            key = self._key(path, depth=depth)
            if key:
                self.lines.setdefault((*path, key), line)
            value = self._node((*path, key), depth=depth + 1)
            if not key or not self._is_new((*path, key), line, seen):
                continue
            if value is not None:
                values[key] = value
            elif in_braces:
                text = f'"{{{key}}}" is read as keys without values'
                hint = 'put a value that starts with "{" in quotes'
                self._report("yaml-braces", line, text, hint, key=dotted(path))
        self._events.take()
        return values

    def _key(self, path: KeyPath, *, depth: int) -> str:
        """The key that comes next, or nothing when it was refused."""
        event = self._events.peek()
        line = _first_line(event)
        # What stands where a key belongs is read, and reported, as a value would be.
        key = self._node((*path, ""), depth=depth + 1)
        if not isinstance(event, ScalarEvent):
            text, hint = "a key must be plain text", "put the whole text before the colon in quotes"
            self._report("yaml-key", line, text, hint, key=dotted(path))
            return ""
        if key == "<<" and event.style is None:
            text = '"<<" copies keys from elsewhere, which is not allowed here'
            self._report("yaml-merge", line, text, "write the keys out", key=dotted(path))
            return ""
        if not key:
            text, hint = 'no key stands before this ":"', "write key: value"
            self._report("yaml-key", line, text, hint, key=dotted(path))
            return ""
        return event.value

    def _is_new(self, place: KeyPath, line: int, seen: dict[str, int]) -> bool:
        first = seen.get(str(place[-1]))
        if first is None:
            seen[str(place[-1])] = line
            return True
        text = f"this key was given before, in line {first}"
        self._report("yaml-duplicate-key", line, text, "keep one of the two", key=dotted(place))
        return False

    def _report(
        self,
        rule: str,
        line: int,
        text: str,
        hint: str,
        *,
        key: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        problem = Problem(
            rule=rule,
            file=self._file,
            line=line,
            key=key,
            text=text,
            hint=hint,
            severity=severity,
        )
        self.problems.append(problem)


class _TooDeepError(Exception):
    """Reading stopped."""


class _Events:
    """The events of a text, one of which can be looked at before it is taken."""

    def __init__(self, text: str) -> None:
        self._coming: Iterator[Event] = yaml.parse(text, Loader=yaml.SafeLoader)
        self._next: Event | None = None
        self.line = 1

    def peek(self) -> Event:
        if self._next is None:
            self._next = next(self._coming)
            self.line = _first_line(self._next)
        return self._next

    def take(self) -> Event:
        event = self.peek()
        self._next = None
        return event


def _first_line(event: Event) -> int:
    assert isinstance(event.start_mark, yaml.Mark)
    return event.start_mark.line + 1
