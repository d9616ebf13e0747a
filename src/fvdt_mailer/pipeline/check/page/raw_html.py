"""HTML in what a person wrote: mail text is plain text, and its tags would be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.words.written import names_of

_TAGS = (
    "a|abbr|b|big|blockquote|body|br|button|center|code|div|em|embed|font|footer|form|h[1-6]|head"
    "|header|hr|html|i|iframe|img|input|label|li|link|mark|meta|object|ol|p|pre|s|script|section"
    "|select|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|textarea|th|title|tr|u|ul"
    "|video"
)
_TAG = re.compile(rf"<(?:/?(?:{_TAGS})(?=[\s/>])[^<>]*>|!--)", re.IGNORECASE)
_MOST = 3
_LONGEST = 40


def raw_html(case: Case) -> Iterator[Problem]:
    """An error for each text with tags in it; a mere `<` is a character like any other."""
    for text in chain(case.texts, names_of(case.folder, case.edition)):
        if tags := tuple(dict.fromkeys(_TAG.findall(text.text))):
            yield text.problem(
                "raw-html",
                f"mail text is plain text: readers would see {_quoted(tags)}",
                "take the tags out; *words* stress, and [words](https://...) links",
                severity=Severity.ERROR,
            )


def _quoted(tags: tuple[str, ...]) -> str:
    told = ", ".join(f'"{" ".join(tag.split())[:_LONGEST]}"' for tag in tags[:_MOST])
    return told + (" and more" if len(tags) > _MOST else "")
