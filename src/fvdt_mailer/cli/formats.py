"""Problems as text, JSON and SARIF 2.1.0."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version

import click

from fvdt_mailer.errors import Problem


def as_text(problems: Sequence[Problem]) -> str:
    """One line for each problem."""
    return "".join(f"{_severity(problem)} {problem}\n" for problem in problems)


def as_json(problems: Sequence[Problem]) -> str:
    """An object with a list `problems`, and the counts."""
    rows = [
        {
            "rule": problem.rule,
            "severity": problem.severity.value,
            "file": problem.file,
            "line": problem.line,
            "key": problem.key,
            "text": problem.text,
            "hint": problem.hint,
        }
        for problem in problems
    ]
    errors = sum(problem.is_error for problem in problems)
    return _dump({"problems": rows, "errors": errors, "warnings": len(rows) - errors})


def as_sarif(problems: Sequence[Problem]) -> str:
    """A SARIF log, which code review tools show beside the lines."""
    rules = [{"id": rule} for rule in sorted({problem.rule for problem in problems})]
    driver = {"name": "fvdt-mailer", "version": version("fvdt-mailer"), "rules": rules}
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
    }


def _severity(problem: Problem) -> str:
    return click.style(problem.severity.value, fg="red" if problem.is_error else "yellow")


def _dump(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
