"""One plain sentence for YAML that cannot be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from yaml.error import MarkedYAMLError, YAMLError

from fvdt_mailer.errors import Problem

_KEY = r"^(?P<indent>\s*(?:-\s+)*)(?:(?P<key>[^\s:#\"'\[{][^:#\"'\[{]*):\s+)?"
_VALUE = re.compile(_KEY + r"(?P<value>\S.*)$")
_OPENING_QUOTE = re.compile(_KEY + r"(?P<quote>[\"'])(?P<rest>.*)$")
_NO_SPACE = re.compile(r"^\s*(?:-\s+)*(?P<key>[A-Za-z_-]+):[^\s/]")
_AFTER_QUOTE = re.compile(r"\s*(#.*|[,\]}:].*)?$")

_SHORT = 60
_INDENT = "lines that belong together start in the same column"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fault:
    """What the YAML parser stumbled on; rows count from 0."""

    lines: list[str]
    row: int
    column: int
    problem: str
    context: str
    opened: int

    @property
    def line(self) -> str:
        return self.lines[self.row] if self.row < len(self.lines) else ""


_Finding: TypeAlias = tuple[int, str, str] | None


def explain_syntax(error: YAMLError, text: str, *, file: str) -> Problem:
    """What a person did to this file, as far as it shows, and what to do about it."""
    fault = _fault(error, text)
    row, what, hint = next(found for look in _LOOKS if (found := look(fault)) is not None)
    last = max(index for index, line in enumerate(fault.lines) if line.strip() or index == 0)
    row = min(row, last)
    written = _VALUE.match(fault.lines[row])
    key = (written["key"] or "") if written else ""
    return Problem(
        rule="yaml-syntax", file=file, line=row + 1, key=key.strip(), text=what, hint=hint
    )


def _fault(error: YAMLError, text: str) -> _Fault:
    assert isinstance(error, MarkedYAMLError)  # the only other kind was searched for before
    here = error.problem_mark or error.context_mark
    there = error.context_mark or here
    return _Fault(
        lines=text.split("\n"),
        row=here.line if here else 0,
        column=here.column if here else 0,
        problem=error.problem or "",
        context=error.context or "",
        opened=there.line if there else 0,
    )


def _tab(fault: _Fault) -> _Finding:
    if "'\\t'" not in fault.problem:
        return None
    return fault.row, "a tab stands between the words", "use spaces"


def _unclosed_quote(fault: _Fault) -> _Finding:
    last = fault.opened if "quoted scalar" in fault.context else fault.row
    rows = range(min(last + 1, len(fault.lines)))
    culprit = next((row for row in rows if _runs_on(fault.lines, row)), None)
    if culprit is None:
        return None
    hint = "add the closing quote at the end of the value"
    return culprit, "the quote that opens this value is not closed", hint


def _runs_on(lines: list[str], row: int) -> bool:
    """True when a quote that opens in `row` closes nowhere, or first in a line with more text."""
    opening = _OPENING_QUOTE.match(lines[row])
    # Without a key or a dash it is a line of prose that happens to open with 's.
    if opening is None or not (opening["key"] or "-" in opening["indent"]):
        return False
    if _after_quote(opening["rest"], opening["quote"]) is not None:
        return False
    for line in lines[row + 1 :]:
        if (after := _after_quote(line, opening["quote"])) is not None:
            return _AFTER_QUOTE.match(after) is None
    return True


def _after_quote(text: str, quote: str) -> str | None:
    """What follows the first closing quote, or None when the text holds none."""
    # A double quote is escaped by a backslash, a single one by doubling (YAML 1.2, 7.3).
    inside = r'(?:[^"\\]|\\.)*+' if quote == '"' else r"(?:[^']|'')*+"
    closing = re.match(inside + quote, text)
    return None if closing is None else text[closing.end() :]


def _escape(fault: _Fault) -> _Finding:
    if "double-quoted" not in fault.context:
        return None
    return fault.row, 'a "\\" in double quotes has a meaning of its own', "use single quotes"


def _colon_in_value(fault: _Fault) -> _Finding:
    if "mapping values are not allowed" not in fault.problem:
        return None
    if ":" not in fault.line[: fault.column]:
        return None
    written = _VALUE.match(fault.line)
    what = 'a value with ": " inside must stand between quotes'
    return fault.row, what, _in_quotes(written["value"] if written else "")


def _in_quotes(value: str) -> str:
    quoted = _quoted(value)
    if 0 < len(value) <= _SHORT:
        return f"write {quoted}"
    return f"start and end the value with {quoted[0]}"


def _quoted(value: str) -> str:
    short = value.strip()
    if '"' not in short and "\\" not in short:
        return f'"{short}"'
    return "'" + short.replace("'", "''") + "'"


def _missing_space(fault: _Fault) -> _Finding:
    unclear = "mapping values are not allowed", "could not find expected ':'"
    if not fault.problem.startswith(unclear):
        return None
    for row in (fault.opened, fault.row - 1):
        if 0 <= row < len(fault.lines) and (found := _NO_SPACE.match(fault.lines[row])):
            key = found["key"]
            return row, f'a space is missing after "{key}:"', f"write {key}: and then the value"
    return None


def _text_after_quote(fault: _Fault) -> _Finding:
    opening = _OPENING_QUOTE.match(fault.line)
    if opening is None or "<block end>" not in fault.problem:
        return None
    what = "text follows the closing quote of this value"
    return fault.row, what, _in_quotes(opening["quote"] + opening["rest"])


def _nothing_between(fault: _Fault) -> _Finding:
    if "flow node" not in fault.context or "','" not in fault.problem:
        return None
    return fault.row, "nothing stands before a comma", "fill it in, or remove the comma"


def _start_of_value(fault: _Fault) -> _Finding:
    written = _VALUE.match(fault.line)
    if written is None or "<stream end>" in fault.problem:
        return None
    value = written["value"]
    if value[0] not in "&@%*!`|>{[?],}" and not (value.startswith("- ") and written["key"]):
        return None
    what = f'a value that starts with "{value[0]}" is not read as text'
    return fault.row, what, _in_quotes(value)


def _unclosed_bracket(fault: _Fault) -> _Finding:
    kinds = {"flow sequence": ("[", "]"), "flow mapping": ("{", "}")}
    for kind, (opening, closing) in kinds.items():
        if kind in fault.context:
            what = f'the "{opening}" that opens here is not closed, or a comma is missing'
            hint = f'add "{closing}", or put the value in quotes when it is text'
            return fault.opened, what, hint
    return None


def _no_key(fault: _Fault) -> _Finding:
    if fault.line.lstrip(" -").startswith(":"):
        return fault.row, 'no key stands before this ":"', "write key: value"
    if "could not find expected ':'" not in fault.problem:
        return None
    hint = "write key: value, or indent the line when it belongs to the text above it"
    return fault.opened, "this line has no key", hint


def _under_a_value(fault: _Fault) -> _Finding:
    if "mapping values are not allowed" not in fault.problem:
        return None
    what = "this line is indented deeper than the one above it, which already has a value"
    return fault.row, what, f"{_INDENT}; a text with a colon stands between quotes as a whole"


def _indentation(fault: _Fault) -> _Finding:
    if "<block end>" not in fault.problem:
        return None
    return fault.row, "the indentation of this line does not fit the lines above it", _INDENT


def _second_document(fault: _Fault) -> _Finding:
    if "<document start>" not in fault.problem or "..." not in fault.lines[: fault.row]:
        return None
    return fault.row, "the document ended before this line", 'remove the line "..." above it'


def _anything(fault: _Fault) -> _Finding:
    hint = "check its indentation, colons and quotes, and those of the line above"
    return fault.row, "this line cannot be read", hint


_LOOKS = (
    _tab,
    _unclosed_quote,
    _escape,
    _colon_in_value,
    _missing_space,
    _text_after_quote,
    _nothing_between,
    _start_of_value,
    _unclosed_bracket,
    _no_key,
    _under_a_value,
    _indentation,
    _second_document,
    _anything,
)
