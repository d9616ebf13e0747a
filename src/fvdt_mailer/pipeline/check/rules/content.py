"""Rules about what is told: dates, counts, and what leans on what."""

from __future__ import annotations

from fvdt_mailer.model.rule import Group, Rule


def _rule(rule_id: str, why: str, source: str = "") -> Rule:
    return Rule(id=rule_id, group=Group.CONTENT, why=why, source=source)


RULES: tuple[Rule, ...] = (
    _rule("wrong-weekday", "Readers believe the weekday, and come on another day."),
    _rule("no-such-day", "Readers cannot tell which day was meant."),
    _rule("other-date", "Two dates in one mail: half of the readers note the wrong one."),
    _rule("ends-before-start", "An activity that ends before it begins is never current."),
    _rule("stale-count", "A number that no longer fits tells readers that nobody read it again."),
    _rule(
        "dangling-connective", "Readers of one cluster never saw what the sentence looks back to."
    ),
    _rule("unfilled-word", "Readers would see the braces."),
    _rule("doubled-preposition", "Two prepositions in a row read as a mistake."),
    _rule("window-over", "Everything in the window is past, so nothing would be announced."),
    _rule("nothing-to-tell", "A mail without an activity is not sent."),
    _rule("announced-past", "Readers are invited to something that is over."),
    _rule("draft-announced", "A draft is not ready to be told."),
    _rule("doubled-time", "Half of the readers come an hour early, or late."),
    _rule("duplicate-activity", "Readers wonder whether these are one activity or two."),
    _rule("missing-place", "Readers cannot come to what is nowhere."),
    _rule("missing-link", "Readers who want to come have nowhere to ask."),
    _rule("short-notice", "Most readers open a mail when this has begun already."),
    _rule("untranslated", "A paragraph in another language is passed over."),
    _rule("forbidden-spelling", "A partner's name is spelled as the partner spells it."),
)
