"""Problems as text, JSON and SARIF 2.1.0, each with why it matters and where that is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version

import click

from fvdt_mailer.cli.report import kind_of, mark
from fvdt_mailer.errors import Problem
from fvdt_mailer.model.rule import Rule
from fvdt_mailer.pipeline.check.rulebook import RULEBOOK


def as_text(problems: Sequence[Problem]) -> str:
    """One line for each problem, ending in its rule; then why each of these rules is there."""
    lines = [f"{mark(one)} {one} {_dim(f'[{one.rule}]')}{_reason(one)}\n" for one in problems]
    rules = _rules(problems)
    if not rules:
        return "".join(lines)
    return "".join([*lines, "\n", "Why it matters:\n", *map(_why, rules), "\n"])


def as_json(problems: Sequence[Problem]) -> str:
    """An object with a list `problems`, the counts, and the `rules` that were broken."""
    kinds = [kind_of(problem) for problem in problems]
    return _dump(
        {
            "problems": [_row(problem) for problem in problems],
            "errors": kinds.count("error"),
            "warnings": kinds.count("warning"),
            "notes": kinds.count("note"),
            "silenced": kinds.count("silenced"),
            "rules": [
                {"id": rule.id, "group": rule.group.value, "why": rule.why, "source": rule.source}
                for rule in _rules(problems)
            ],
        }
    )


def as_sarif(problems: Sequence[Problem]) -> str:
    """A SARIF log, which code review tools show beside the lines."""
    driver = {
        "name": "fvdt-mailer",
        "version": version("fvdt-mailer"),
        "rules": [_sarif_rule(rule) for rule in _rules(problems)],
    }
    run = {"tool": {"driver": driver}, "results": [_result(problem) for problem in problems]}
    return _dump(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [run],
        }
    )


FORMATS: Mapping[str, Callable[[Sequence[Problem]], str]] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
}


def _rules(problems: Sequence[Problem]) -> tuple[Rule, ...]:
    return tuple(RULEBOOK[rule] for rule in sorted({problem.rule for problem in problems}))


def _reason(problem: Problem) -> str:
    return f"\n         because: {problem.silenced}" if problem.silenced else ""


def _why(rule: Rule) -> str:
    source = f" {_dim(rule.source)}" if rule.source else ""
    return f"  {_dim(f'[{rule.id}]')} {rule.why}{source}\n"


def _row(problem: Problem) -> dict[str, object]:
    return {
        "rule": problem.rule,
        "severity": problem.severity.value,
        "file": problem.file,
        "line": problem.line,
        "key": problem.key,
        "text": problem.text,
        "hint": problem.hint,
        "silenced": problem.silenced,
    }


def _sarif_rule(rule: Rule) -> dict[str, object]:
    described: dict[str, object] = {
        "id": rule.id,
        "shortDescription": {"text": rule.why},
        "properties": {"group": rule.group.value, "source": rule.source},
    }
    is_address = rule.source.startswith("https://")
    return described | ({"helpUri": rule.source} if is_address else {})


def _result(problem: Problem) -> dict[str, object]:
    place = {
        "artifactLocation": {"uri": problem.file},
        "region": {"startLine": problem.line or 1},
    }
    message = f"{problem.key}: {problem.text}" if problem.key else problem.text
    return {
        "ruleId": problem.rule,
        "level": problem.severity.value,
        "message": {"text": message + (f"; {problem.hint}" if problem.hint else "")},
        "locations": [{"physicalLocation": place}],
        "suppressions": list(_suppressions(problem)),
    }


def _suppressions(problem: Problem) -> Iterator[dict[str, str]]:
    if problem.silenced:
        yield {"kind": "external", "justification": problem.silenced}


def _dim(text: str) -> str:
    return click.style(text, dim=True)


def _dump(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
