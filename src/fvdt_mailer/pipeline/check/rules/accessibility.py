"""Rules about what every reader must be able to perceive and use."""

from __future__ import annotations

from fvdt_mailer.model.rule import Group, Rule

_WCAG = "https://www.w3.org/WAI/WCAG22/Understanding/"
_MARKUP = "https://emailmarkup.org/en/reports/accessibility/2026"
_PURPOSE = _WCAG + "link-purpose-in-context"
_READABLE = "https://github.com/emailmonday/Cerberus"


def _rule(rule_id: str, why: str, source: str) -> Rule:
    return Rule(id=rule_id, group=Group.ACCESSIBILITY, why=why, source=source)


RULES: tuple[Rule, ...] = (
    _rule(
        "missing-lang",
        "A screen reader reads Dutch aloud as if it were English.",
        _WCAG + "language-of-page",
    ),
    _rule("missing-dir", "A client in another script may align the mail to the right.", _MARKUP),
    _rule(
        "missing-article", "A screen reader cannot tell the mail from what is around it.", _MARKUP
    ),
    _rule(
        "missing-title",
        "It names the mail in a browser and to a screen reader.",
        _WCAG + "page-titled",
    ),
    _rule("zoom-disabled", "Whoever sees badly cannot enlarge the mail.", _WCAG + "resize-text"),
    _rule(
        "heading-order",
        "Whoever hears headings walks through the mail by them, and misses what is skipped.",
        _WCAG + "info-and-relationships",
    ),
    _rule(
        "empty-heading",
        "A screen reader announces a heading and says nothing.",
        _WCAG + "headings-and-labels",
    ),
    _rule(
        "missing-alt",
        "Without it a screen reader reads the file name aloud.",
        _WCAG + "non-text-content",
    ),
    _rule(
        "link-without-words",
        "A link without words cannot be heard, nor be chosen by voice.",
        _PURPOSE,
    ),
    _rule(
        "vague-link", "Whoever hears the links alone cannot tell where this one leads.", _PURPOSE
    ),
    _rule(
        "same-link-words", "Two links of one name cannot be told apart by who hears them.", _PURPOSE
    ),
    _rule(
        "label-in-name",
        "Whoever says the words on the screen does not reach the link.",
        _WCAG + "label-in-name",
    ),
    _rule(
        "link-not-underlined",
        "Whoever sees no colours does not see the link.",
        _WCAG + "use-of-color",
    ),
    _rule(
        "hidden-link",
        "The keyboard stops at something that a screen reader may not name.",
        _WCAG + "name-role-value",
    ),
    _rule("small-text", "Many readers cannot read it without glasses.", _READABLE),
    _rule("small-prose", "On a phone, running text under 16 pixels tires.", _READABLE),
    _rule(
        "tight-lines", "Lines that lie close are lost from one to the next.", _WCAG + "text-spacing"
    ),
    _rule(
        "low-contrast",
        "Whoever sees badly, or reads in the sun, cannot read it.",
        _WCAG + "contrast-minimum",
    ),
    _rule(
        "low-contrast-dark",
        "Where the screen is dark, the words cannot be read.",
        _WCAG + "contrast-minimum",
    ),
    _rule("small-target", "A finger hits the link beside it.", _WCAG + "target-size-minimum"),
    _rule(
        "header-scope",
        "A screen reader cannot tell which cells a heading is for.",
        _WCAG + "info-and-relationships",
    ),
    _rule(
        "vml",
        "What Outlook draws is neither read aloud nor reached by keyboard.",
        "https://parcel.io/blog/accessibility-checker-updates",
    ),
)
