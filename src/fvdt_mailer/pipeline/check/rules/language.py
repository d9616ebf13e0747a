"""Rules about notation and style, and slips of typing."""

from __future__ import annotations

from fvdt_mailer.model.rule import Group, Rule

_ADVICE = "https://taaladvies.net/"
_ONE_FORM = "Two notations for the same thing in one mail make readers look twice."
_SLIP = "A slip of typing tells readers that nobody read the text again."


def _rule(rule_id: str, why: str, source: str = "") -> Rule:
    return Rule(id=rule_id, group=Group.LANGUAGE, why=why, source=source)


RULES: tuple[Rule, ...] = (
    _rule("double-space", _SLIP),
    _rule("straight-quote", "Typewriter marks stand out beside the curly ones around them."),
    _rule("word-twice", _SLIP),
    _rule("lonely-mark", "Readers cannot tell where the quotation or the aside ends."),
    _rule("no-end-mark", "The next sentence of the mail runs into it."),
    _rule("capitals", "Capitals read slower, sound loud, and spam filters count them."),
    _rule(
        "mixed-address",
        "A mail that says u in one sentence and je in the next speaks with two voices.",
        "https://overheid.vlaanderen.be/communicatie/heerlijk-helder",
    ),
    _rule("clock-notation", _ONE_FORM, _ADVICE),
    _rule(
        "date-notation",
        "A date in figures reads in two ways, and is not held against the day of its activity.",
        _ADVICE,
    ),
    _rule("euro-notation", _ONE_FORM, _ADVICE),
    _rule("phone-notation", "A number in the usual groups is easier to dial.", _ADVICE),
    _rule("spelling", "The word has another spelling in Dutch.", _ADVICE),
    _rule(
        "click-here",
        "Who hears the links of a mail alone hears only to click, not what for.",
        "https://www.w3.org/WAI/WCAG22/Understanding/link-purpose-in-context",
    ),
    _rule("french-spacing", "French sets a space before these marks and inside its quotes."),
)
