"""Rules about making the same mail twice."""

from __future__ import annotations

from fvdt_mailer.model.rule import Group, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        id="not-reproducible",
        group=Group.REPRODUCIBILITY,
        why="What is previewed and approved would not be what readers get.",
        source="docs/decisions.md",
    ),
)
