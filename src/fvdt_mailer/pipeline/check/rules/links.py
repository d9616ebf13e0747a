"""Rules about links."""

from __future__ import annotations

from fvdt_mailer.model.rule import Group, Rule

_URI = "https://www.rfc-editor.org/rfc/rfc3986"
_NAMES = "https://www.rfc-editor.org/rfc/rfc2606"
_DEAD = "Readers who click get an error, and do not come back to ask."
_GATHERED = "Readers are followed across sites without having been asked."


def _rule(rule_id: str, why: str, source: str = "") -> Rule:
    return Rule(id=rule_id, group=Group.LINKS, why=why, source=source)


RULES: tuple[Rule, ...] = (
    _rule("malformed-link", _DEAD, _URI),
    _rule("empty-link", _DEAD),
    _rule("password-link", "Every reader could use the password, and browsers warn.", _URI),
    _rule("private-link", _DEAD, "https://www.rfc-editor.org/rfc/rfc1918"),
    _rule("placeholder-link", _DEAD, _NAMES),
    _rule("trial-link", "A site for trials shows other things, asks a password, or disappears."),
    _rule("short-link", "Readers cannot see where it leads, and spam filters count it."),
    _rule("http-link", "Others can read along, and browsers warn before they open it."),
    _rule("trailing-mark", _DEAD, _URI + "#appendix-C"),
    _rule("escaped-link", "Sites do not know the names behind it, and answer with another page."),
    _rule("merge-tag", "Readers see the mark of a program instead of their name."),
    _rule("file-link", "On a phone, a file opens badly or not at all."),
    _rule("doubled-utm", "Visits are counted under the wrong name."),
    _rule("tracking-link", _GATHERED),
    _rule("bad-mailto", "The mail a reader writes comes back."),
    _rule("disguised-link", "Readers and filters take it for a fraud."),
    _rule("unread-link", "Readers see brackets, and nothing to click."),
    _rule("bare-link", "It cannot be clicked everywhere, and reads badly aloud."),
    _rule("shared-link", "Readers of one activity land on the page of another."),
    _rule("late-registration", "Readers try to register for what is over."),
)
