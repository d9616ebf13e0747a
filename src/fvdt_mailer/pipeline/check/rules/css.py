"""Rules about style sheets and style attributes."""

from __future__ import annotations

from fvdt_mailer.model.rule import Group, Rule

_SYNTAX = "https://www.w3.org/TR/css-syntax-3/"
_GMAIL = "https://www.caniemail.com/features/html-style/"


def _rule(rule_id: str, why: str, source: str = _SYNTAX) -> Rule:
    return Rule(id=rule_id, group=Group.CSS, why=why, source=source)


RULES: tuple[Rule, ...] = (
    _rule("broken-css", "Clients skip what they cannot read, and often what follows it."),
    _rule(
        "unknown-property",
        "A property that no client knows does nothing, and nobody is told.",
        "https://www.w3.org/Style/CSS/all-properties.en.html",
    ),
    _rule("bad-colour", "A colour that cannot be read is left out: words may vanish.", _SYNTAX),
    _rule("gmail-drops-css", "Gmail drops the whole style sheet, or style, it stands in.", _GMAIL),
    _rule("style-limit", "Gmail keeps 16 KB of style sheets, and drops the rest.", _GMAIL),
    _rule("loads-css", "Most clients fetch no style sheet, and those that do tell who reads."),
    _rule("unknown-class", "A class without a rule does nothing: it is often misspelled.", ""),
    _rule("unused-class", "A rule for nothing is dead weight: its class is often misspelled.", ""),
    _rule(
        "inline-important",
        "Classic Outlook skips a declaration in a style attribute that says !important.",
        "https://www.caniemail.com/features/css-important/",
    ),
    _rule(
        "background-shorthand",
        "Classic Outlook shows no colour for it: light words end up on white.",
        "https://www.caniemail.com/features/css-background/",
    ),
    _rule(
        "background-alone",
        "In dark mode clients change one of the two: words and ground can become one.",
        "https://www.caniemail.com/features/css-at-media-prefers-color-scheme/",
    ),
    _rule(
        "colour-alone",
        "On a ground that nobody chose, a client may show its own, dark or light.",
        "https://www.w3.org/TR/WCAG22-TECHS/F24",
    ),
)
