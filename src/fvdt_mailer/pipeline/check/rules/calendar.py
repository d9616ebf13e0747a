"""Rules about what readers put into their calendars."""

from __future__ import annotations

from fvdt_mailer.model.rule import Group, Rule

_EVENT = "https://www.rfc-editor.org/rfc/rfc5545#section-3.6.1"


def _rule(rule_id: str, why: str, source: str = "") -> Rule:
    return Rule(id=rule_id, group=Group.CALENDAR, why=why, source=source)


RULES: tuple[Rule, ...] = (
    _rule(
        "no-end-time",
        "A calendar shows a line instead of a block, and readers plan something else behind it.",
        _EVENT,
    ),
    _rule(
        "changed-since-told",
        "Who noted the old day or place goes by it until they read what changed.",
    ),
    _rule(
        "calendar-on-newsletter",
        "Several calendar files in one mail open as another calendar in Outlook, so none is sent.",
    ),
    _rule(
        "calendar-without-hours",
        "The activity stands at the top of the day, and readers do not see when to leave.",
        _EVENT,
    ),
    _rule(
        "calendar-id-follows-date",
        "When the day moves, calendars keep the old one and add another beside it.",
        "https://www.rfc-editor.org/rfc/rfc5545#section-3.8.4.7",
    ),
)
