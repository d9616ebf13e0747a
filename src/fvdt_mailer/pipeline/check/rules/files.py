"""Rules about the files a person writes."""

from __future__ import annotations

from fvdt_mailer.model.rule import Group, Rule

_YAML = "https://yaml.org/spec/1.2.2/"
_UNREAD = "What cannot be read is neither checked nor sent."
_ONE_PLACE = (
    "Everything a mailing is made of stands in the folder, so that it can be kept and shared."
)
_TWICE = "Two things of one name cannot be told apart, and one of them would vanish unseen."
_MEANS_ELSE = (
    "YAML reads this in another way than most people do, and a mail would say something else."
)
_PLAIN = "A file that uses only plain YAML reads the same in every editor and program."
_MISTYPED = (
    "A word that is not known would be passed over in silence, with what it was meant to do."
)
_NOWHERE = "It leads to nothing that exists, so a part of the mailing would be missing."
_ADDRESSES = "A row that is misread mails the wrong person, or nobody."


def _rule(rule_id: str, why: str, source: str = "") -> Rule:
    return Rule(id=rule_id, group=Group.FILES, why=why, source=source)


RULES: tuple[Rule, ...] = (
    _rule("missing-file", _UNREAD),
    _rule("empty-file", _UNREAD),
    _rule("unreadable-file", _UNREAD),
    _rule("not-a-file", _UNREAD),
    _rule("file-too-large", "A file this large is a mistake, and slow for everyone who opens it."),
    _rule("not-utf-8", "Accents and euro signs would reach readers as other characters."),
    _rule("bad-file-name", "The name of a campaign's file is its id in links and in the ledger."),
    _rule("misplaced-file", _ONE_PLACE),
    _rule("linked-file", _ONE_PLACE),
    _rule("linked-folder", _ONE_PLACE),
    _rule("duplicate-id", _TWICE),
    _rule("yaml-syntax", _UNREAD, _YAML),
    _rule("yaml-tab", _UNREAD, _YAML + "#61-indentation-spaces"),
    _rule("yaml-too-deep", _PLAIN),
    _rule("yaml-several-documents", _PLAIN, _YAML + "#92-streams"),
    _rule("yaml-alias", _PLAIN, _YAML + "#71-alias-nodes"),
    _rule("yaml-anchor", _PLAIN, _YAML + "#692-node-anchors"),
    _rule("yaml-merge", _PLAIN),
    _rule("yaml-tag", _PLAIN, _YAML + "#691-node-tags"),
    _rule("yaml-braces", _MEANS_ELSE, _YAML + "#742-flow-mappings"),
    _rule("yaml-comment", _MEANS_ELSE, _YAML + "#66-comments"),
    _rule("yaml-key", _MEANS_ELSE),
    _rule("yaml-empty-item", "An empty item is a line that was begun and not finished."),
    _rule(
        "yaml-hidden-character", "It cannot be seen, and stands in the way of a search or a link."
    ),
    _rule("yaml-duplicate-key", "Only one of the two would count, and nobody sees which."),
    _rule("unknown-key", _MISTYPED),
    _rule("missing-key", "Without it there is nothing to tell, or nobody to send it."),
    _rule("wrong-type", "A value of another shape would be misread."),
    _rule("bad-value", "A value that is not understood would be guessed at."),
    _rule("bad-date", "A date that is misread sends readers on the wrong day."),
    _rule("both-forms", _TWICE),
    _rule("secret-in-file", "A password under version control is everyone's for ever."),
    _rule("smtp", "A server that cannot be reached as it is written takes no mail."),
    _rule("unknown-campaign", _NOWHERE),
    _rule("unknown-activity", _NOWHERE),
    _rule("unknown-cluster", _NOWHERE),
    _rule("unknown-organiser", "A name outside the registry is often a misspelling of one in it."),
    _rule("audience-columns", _ADDRESSES),
    _rule("audience-file", _ADDRESSES),
    _rule("audience-row", _ADDRESSES),
    _rule("audience-status", "Whoever left the list must not come back through a file."),
    _rule("audience-unlisted", _ADDRESSES),
    _rule("bad-silence", "A reason for a finding that is not there hides nothing, and misleads."),
)
