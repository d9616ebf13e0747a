"""Every finding has a rule that says why it matters, and every rule is looked for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from command import ROOT
from fvdt_mailer.model.rule import Group
from fvdt_mailer.pipeline.check.rulebook import RULEBOOK

SOURCE = ROOT / "src" / "fvdt_mailer"
RULES = SOURCE / "pipeline" / "check" / "rules"


def words(path: Path) -> Iterator[str]:
    """Every text that stands in a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def named_rules(path: Path) -> Iterator[str]:
    """The rules that a module gives its problems, where they are written out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.keyword) and node.arg == "rule":
            found = (n.value for n in ast.walk(node.value) if isinstance(n, ast.Constant))
            yield from (value for value in found if isinstance(value, str))


def test_every_rule_that_a_problem_names_is_in_the_rulebook() -> None:
    named = {rule for path in SOURCE.rglob("*.py") for rule in named_rules(path)}
    assert named
    assert named <= set(RULEBOOK)


def test_every_rule_in_the_rulebook_is_looked_for() -> None:
    modules = [path for path in SOURCE.rglob("*.py") if RULES not in path.parents]
    said = {word for path in modules for word in words(path)}
    assert set(RULEBOOK) - said == set()


def test_every_rule_says_why_in_a_sentence_and_every_group_has_rules() -> None:
    for rule in RULEBOOK.values():
        assert rule.why[0].isupper(), rule.id
        assert rule.why.endswith("."), rule.id
    assert {rule.group for rule in RULEBOOK.values()} == set(Group)
