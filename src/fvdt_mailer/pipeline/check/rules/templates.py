"""Rules about templates that cannot be filled."""

from __future__ import annotations

from fvdt_mailer.model.rule import Group, Rule

_JINJA = "https://jinja.palletsprojects.com/en/stable/templates/"
_NO_MAIL = "A template that cannot be filled makes no mail."
_CLOSED = "A template puts words in place and reaches nothing else, whoever wrote it."


def _rule(rule_id: str, why: str, source: str = _JINJA) -> Rule:
    return Rule(id=rule_id, group=Group.TEMPLATES, why=why, source=source)


RULES: tuple[Rule, ...] = (
    _rule("template-missing", _NO_MAIL),
    _rule("template-syntax", _NO_MAIL),
    _rule("template-undefined", "A name that is not known would leave a hole in the mail."),
    _rule("template-unsafe", _CLOSED, _JINJA.replace("templates", "sandbox")),
    _rule("template-failed", _NO_MAIL),
    _rule("template-part", "A shell without one of its parts loses what stands in it."),
    _rule(
        "template-css",
        "What cannot be moved into an element reliably looks different in every client.",
        "docs/decisions.md",
    ),
)
