"""Rules about what a browser shows: barriers, and mails that do not fit a phone."""

from __future__ import annotations

from fvdt_mailer.model.rule import Group, Rule


def _rule(rule_id: str, why: str, source: str) -> Rule:
    return Rule(id=rule_id, group=Group.ACCESSIBILITY, why=why, source=source)


RULES: tuple[Rule, ...] = (
    _rule(
        "browser-accessibility",
        "Readers with low sight, a screen reader or large fingers cannot use what is there.",
        "https://www.w3.org/TR/WCAG22/",
    ),
    _rule(
        "browser-overflow",
        "On a phone, or enlarged, every line has to be scrolled sideways to be read.",
        "https://www.w3.org/TR/WCAG22/#reflow",
    ),
)
