"""Rules about spam."""

from __future__ import annotations

from fvdt_mailer.model.rule import Group, Rule

_SOURCE = "https://spamassassin.apache.org/"


def _rule(rule_id: str, why: str) -> Rule:
    return Rule(id=rule_id, group=Group.SPAM, why=why, source=_SOURCE)


RULES: tuple[Rule, ...] = (
    _rule("spam-score", "What looks like spam never reaches the inbox, and nobody hears of it."),
    _rule("spam-rule", "Points add up: one more habit of spam, and the mail is taken for it."),
)
