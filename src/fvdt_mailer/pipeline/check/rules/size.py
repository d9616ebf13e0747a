"""Rules about how large a mail may be."""

from __future__ import annotations

from fvdt_mailer.model.rule import Group, Rule

_CLIPPED = "https://github.com/hteumeuleu/email-bugs/issues/41"

RULES: tuple[Rule, ...] = (
    Rule(
        id="gmail-clips",
        group=Group.SIZE,
        why="Gmail cuts a mail off at 102 kB: what follows, and how to unsubscribe, is not shown.",
        source=_CLIPPED,
    ),
    Rule(
        id="mail-size",
        group=Group.SIZE,
        why="Gmail shows 102 kB of a mail: so much room is left.",
        source=_CLIPPED,
    ),
)
