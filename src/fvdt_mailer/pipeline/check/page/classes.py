"""Classes that stand in templates without a rule, and rules for classes that stand nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fvdt_mailer.errors import Problem, Severity, did_you_mean
from fvdt_mailer.model.folder import Template
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.page.sources import attributes, templates_of, without_comments
from fvdt_mailer.pipeline.layout.sheets import Sheet
from fvdt_mailer.pipeline.layout.trace import css_line
from fvdt_mailer.pipeline.markup.read_css import read_css

_PRINTED = "\ufffc"
_WORD = re.compile(r"[A-Za-z][\w-]*")
_CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style", re.DOTALL | re.IGNORECASE)
# Mail programs put these on what they show; a sheet may speak to them.
_HOOKS = re.compile(
    r"ExternalClass|ReadMsgBody|moz-text-html|yiv\w*|im|a6S|gmailfix|body|MsoNormal"
)


def lost_classes(case: Case) -> Iterator[Problem]:
    """A warning for each class without a rule, a note for each rule without a use."""
    templates = templates_of(case)
    if not templates:
        return
    known = frozenset().union(
        *(_classes(sheet.css) for sheet in case.sheets), _in_styles(templates)
    )
    yield from _unknown(templates, known)
    words = {
        word for template in templates for word in _WORD.findall(without_comments(template.text))
    }
    for sheet in case.sheets:
        yield from _unused(sheet, words)


def _unknown(templates: Iterable[Template], known: frozenset[str]) -> Iterator[Problem]:
    for template in templates:
        for attribute in attributes(template, "class"):
            for name in attribute.with_printed(_PRINTED).split():
                if name not in known and _PRINTED not in name and not _HOOKS.fullmatch(name):
                    yield Problem(
                        rule="unknown-class",
                        file=attribute.place.file,
                        line=attribute.place.line,
                        text=f'no style sheet has a rule for the class "{name}"',
                        hint=did_you_mean(name, known) if known else "take it out",
                        severity=Severity.WARNING,
                    )


def _unused(sheet: Sheet, words: set[str]) -> Iterator[Problem]:
    for name in sorted(_classes(sheet.css) - words):
        if _HOOKS.fullmatch(name):
            continue
        found = re.search(rf"\.{re.escape(name)}(?![\w-])", sheet.traced)
        yield Problem(
            rule="unused-class",
            file=sheet.file,
            line=css_line(sheet.traced, found.start()) if found else None,
            text=f'no template has an element of the class "{name}"',
            hint="take the rule out, or mend its name",
            severity=Severity.NOTE,
        )


def _in_styles(templates: Iterable[Template]) -> Iterator[str]:
    for template in templates:
        for style in _STYLE.findall(template.text):
            yield from _classes(style)


def _classes(css: str) -> frozenset[str]:
    """The classes that a sheet has rules for."""
    selectors = (one for rule in read_css(css).rules for one in rule.selectors)
    return frozenset(name for selector in selectors for name in _CLASS.findall(selector))
