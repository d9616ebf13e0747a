"""Rules about the text part of a mail."""

from __future__ import annotations

from fvdt_mailer.model.rule import Group, Rule

_ALTERNATIVE = "https://www.rfc-editor.org/rfc/rfc2046#section-5.1.4"


def _rule(rule_id: str, why: str, source: str = "") -> Rule:
    return Rule(id=rule_id, group=Group.TEXT, why=why, source=source)


RULES: tuple[Rule, ...] = (
    _rule("empty-text", "Readers of text see nothing, and filters suspect the rest.", _ALTERNATIVE),
    _rule("untold-activity", "Some of the readers are never told of it.", _ALTERNATIVE),
    _rule("text-link", "Some of the readers cannot follow it.", _ALTERNATIVE),
    _rule("html-in-text", "Readers see the code instead of what it stands for."),
    _rule("text-padding", "Invisible characters show as boxes, and are read aloud."),
    _rule(
        "text-line",
        "Programs that show text break a long line wherever they like.",
        "https://www.rfc-editor.org/rfc/rfc5322#section-2.1.1",
    ),
    _rule("text-footer", "Readers take the footer for the end, and miss what follows."),
)
