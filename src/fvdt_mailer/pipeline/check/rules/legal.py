"""Rules about what every mail owes its readers."""

from __future__ import annotations

from fvdt_mailer.model.rule import Group, Rule

_XII_6 = "Wetboek van economisch recht, XII.6"
_XII_13 = "Wetboek van economisch recht, XII.13"
_GDPR = "https://eur-lex.europa.eu/eli/reg/2016/679/oj"


def _rule(rule_id: str, why: str, source: str) -> Rule:
    return Rule(id=rule_id, group=Group.LEGAL, why=why, source=source)


RULES: tuple[Rule, ...] = (
    _rule("missing-identity", "Readers must be able to see who sends this.", _XII_6),
    _rule("no-enterprise-number", "It tells readers which organisation this is.", _XII_6),
    _rule("missing-unsubscribe", "Readers must be able to stop it in the mail itself.", _XII_13),
    _rule("missing-preferences", "Readers who want less can only stop altogether.", _GDPR),
    _rule("missing-privacy", "Readers must be told what is kept about them.", _GDPR),
    _rule("missing-reason", "Readers who forgot that they signed up take it for spam.", _GDPR),
)
