"""Rules about what some readers' mail programs do not have."""

from __future__ import annotations

from fvdt_mailer.model.rule import Group, Rule

_SOURCE = "https://www.caniemail.com/"


def _rule(rule_id: str, why: str) -> Rule:
    return Rule(id=rule_id, group=Group.CLIENTS, why=why, source=_SOURCE)


RULES: tuple[Rule, ...] = (
    _rule(
        "client-css",
        "A mail program leaves out the styles it does not have, and its readers get another mail "
        "than you made; `clients` in mailer.yaml says how many they are.",
    ),
    _rule(
        "client-html",
        "A mail program takes out the elements it does not have, with what readers were to see "
        "or do there.",
    ),
    _rule("client-image", "Readers get an empty frame where their program cannot show a picture."),
)
