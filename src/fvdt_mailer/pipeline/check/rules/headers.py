"""Rules about what stands above a mail."""

from __future__ import annotations

from fvdt_mailer.model.rule import Group, Rule

_RFC = "https://www.rfc-editor.org/rfc/"
_SENDERS = "https://support.google.com/a/answer/81126"


def _rule(rule_id: str, why: str, source: str = "") -> Rule:
    return Rule(id=rule_id, group=Group.HEADERS, why=why, source=source)


RULES: tuple[Rule, ...] = (
    _rule("long-subject", "Inboxes cut a subject off after about 60 characters."),
    _rule("loud-subject", "Spam filters and readers take a loud subject for advertising."),
    _rule("wordless-subject", "Who hears the inbox read aloud hears no subject at all."),
    _rule("reply-subject", "Spam filters take an answer that answers nothing for a forgery."),
    _rule("preheader-length", "What is too long is cut off; what is too short is filled up."),
    _rule("preheader-again", "The line behind the subject is wasted on saying it twice."),
    _rule("weak-preheader", "Readers decide by the subject and the line behind it."),
    _rule("sender-name", "Readers open mail from a name they know.", _SENDERS),
    _rule("no-reply", "A reader with a question gives up, or marks the mail as spam."),
    _rule(
        "placeholder-sender",
        "Nobody gets the answers, and receivers refuse a sender that does not exist.",
        _RFC + "rfc2606",
    ),
    _rule(
        "freemail-sender",
        "Receivers refuse such mail, or put it with the spam.",
        _RFC + "rfc7489",
    ),
    _rule(
        "bounce-domain",
        "Receivers see two senders, and without a signature trust neither.",
        _RFC + "rfc7489#section-3.1",
    ),
    _rule(
        "no-one-click",
        "Who finds no button to unsubscribe uses the one that reports spam.",
        _RFC + "rfc8058",
    ),
    _rule("malformed-header", "Receivers refuse or misread such mail.", _RFC + "rfc5322"),
    _rule(
        "signing-domain",
        "Receivers take a signature of another domain for no proof of who sent the mail.",
        _RFC + "rfc7489#section-3.1.1",
    ),
)
