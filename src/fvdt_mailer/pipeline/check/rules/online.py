"""Rules about links, as visits show them."""

from __future__ import annotations

from fvdt_mailer.model.rule import Group, Rule

_HTTP = "https://www.rfc-editor.org/rfc/rfc9110"


def _rule(rule_id: str, why: str, source: str) -> Rule:
    return Rule(id=rule_id, group=Group.LINKS, why=why, source=source)


RULES: tuple[Rule, ...] = (
    _rule("link-dead", "Readers who want to know more find nothing.", f"{_HTTP}#section-15.5.5"),
    _rule("link-unreachable", "Readers wait, and then see an error.", f"{_HTTP}#section-15.6"),
    _rule(
        "link-moved",
        "An old address works as long as somebody remembers to redirect it.",
        f"{_HTTP}#section-15.4.2",
    ),
    _rule(
        "link-private",
        "An address inside a network, or behind a closed port, opens for nobody outside it.",
        "https://www.iana.org/assignments/iana-ipv4-special-registry/",
    ),
)
