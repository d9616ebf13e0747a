"""Rules about the mail as HTML: what clients would have to guess at, and what they block."""

from __future__ import annotations

from fvdt_mailer.model.rule import Group, Rule

_HTML = "https://html.spec.whatwg.org/multipage/parsing.html"
_CONDITIONAL = (
    "https://learn.microsoft.com/en-us/previous-versions/windows/internet-explorer/"
    "ie-developer/compatibility/ms537512(v=vs.85)"
)
_TABLES = "https://www.w3.org/WAI/tutorials/tables/tips/"
_BLOCKED = "Mail programs take it out, and filters take the mail for an attack."


def _rule(rule_id: str, why: str, source: str = _HTML) -> Rule:
    return Rule(id=rule_id, group=Group.STRUCTURE, why=why, source=source)


RULES: tuple[Rule, ...] = (
    _rule("broken-html", "Each client mends HTML in its own way: a part moves, or is lost."),
    _rule("unclosed-html", "Clients close it by themselves, not all in the same place."),
    _rule(
        "broken-conditional",
        "A comment for Outlook that is not closed hides what follows from everyone else.",
        _CONDITIONAL,
    ),
    _rule(
        "odd-conditional",
        "Of the forms of a comment for Outlook, two are read alike everywhere.",
        _CONDITIONAL,
    ),
    _rule(
        "conditional-place",
        "Between rows and cells, clients move what such a comment opens and closes apart.",
        _HTML + "#parsing-main-intable",
    ),
    _rule(
        "missing-doctype",
        "Without it clients lay out by rules of the 1990s: widths and fonts come out otherwise.",
        "https://html.spec.whatwg.org/multipage/syntax.html#the-doctype",
    ),
    _rule(
        "missing-meta",
        "Without it a phone shrinks the page, or a client guesses at accents and dark colours.",
        "https://www.goodemailcode.com/email-code/template",
    ),
    _rule("wrong-charset", "Accents and euro signs would reach readers as other characters."),
    _rule(
        "layout-table",
        "A screen reader announces rows and columns where there is only layout.",
        _TABLES,
    ),
    _rule(
        "table-spacing",
        "Clients put borders and gaps of their own between the cells of such a table.",
        "https://html.spec.whatwg.org/multipage/rendering.html#tables-2",
    ),
    _rule(
        "deep-tables",
        "Apple Mail on a phone leaves out what lies in too many tables.",
        "https://github.com/SparkDevNetwork/Rock/issues/6995",
    ),
    _rule("active-content", _BLOCKED, "https://www.caniemail.com/"),
    _rule("script-address", _BLOCKED, "https://www.caniemail.com/"),
    _rule(
        "duplicate-id",
        "A link within the mail, or a label, finds only the first of them.",
        "https://html.spec.whatwg.org/multipage/dom.html#the-id-attribute",
    ),
    _rule("raw-html", "Readers would see the tags: what a person writes is plain text."),
)
