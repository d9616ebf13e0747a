"""Slips of typing that are the same in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.language import Language
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.words.bare import FILLED, bare
from fvdt_mailer.pipeline.check.words.written import WrittenText, names_of

_SPACES = re.compile(r"(?<=\S)[ \u00a0\u202f]{2,}(?=\S)")
_AROUND = 12

# Not after a digit: 5'10" and 24" are measures.
_STRAIGHT = re.compile(r"(?<!\d)\"|(?<=[^\W\d])'|(?<!\w)'(?=\w)")
_CURLY = {Language.NL: "‘ ’", Language.FR: "« »", Language.EN: "‘ ’"}

_FOLLOWED = re.compile(r"\b(?P<word>[^\W\d_]{2,})\s+(?=(?P<again>[^\W\d_]+)\b)")
# These stand twice in a row in right sentences: "die die", "nous nous", "had had".
_MAY_BE_TWICE = frozenset(
    {"die", "dat", "als", "zich", "zo", "nee", "ja", "heel", "hele", "wat", "wie", "waar", "je"}
    | {"ze", "hun", "haar", "er", "in", "op", "aan", "nous", "vous", "que", "had", "that", "is"}
)

_EMOTICON = re.compile(r"[:;]-?[()]")
_LISTED = re.compile(r"(?:^|\s)\w{1,2}$")  # a) b) 10)

_PARAGRAPHS = frozenset(
    {"intro", "closing", "lead_in", "fallback", "callout", "reason"}
    | {"text", "text_past", "text_cancelled", "text_standalone"}
)
_CLOSERS = "”’\"')»] \u00a0\u202f"

_LOUD = re.compile(r"\b[A-ZÀ-Þ]{3,}(?: [A-ZÀ-Þ]{2,})+\b")
_LOUDEST = 8


def typing_slips(case: Case) -> Iterator[Problem]:
    """What a second reading would have mended, each at the text it is in."""
    for text in chain(case.texts, names_of(case.folder, case.edition)):
        yield from _double_spaces(text)
        yield from _straight_quotes(text)
        yield from _words_twice(text)
        yield from _lonely_marks(text)
    for text in case.texts:
        yield from _endless(text)


def shouted(case: Case) -> Iterator[Problem]:
    """A note for words in capitals, unless they are the name of someone the project knows."""
    names = " ".join(_names(case))
    subject = "subject" if case.edition.campaign.subject else "headline"  # looked at apart
    for text in chain(case.texts, names_of(case.folder, case.edition)):
        found = _LOUD.search(bare(text.text))
        if found is None or found[0] in names or text.path[0] == subject:
            continue
        if sum(map(str.isalpha, found[0])) >= _LOUDEST:
            yield text.problem(
                "capitals",
                f'"{found[0]}" is all capitals, which reads as shouting',
                "write it in small letters, or mark it as **strong**",
                severity=Severity.NOTE,
            )


def _names(case: Case) -> Iterator[str]:
    project = case.folder.project
    yield from (project.name, project.organisation.name, *project.organisers)
    yield from (organiser.name for organiser in project.organisers.values())
    for cluster in project.clusters.values():
        yield from cluster.aliases
        yield from (text for named in (cluster.heading, cluster.name) for _, text in named.texts)


def _double_spaces(text: WrittenText) -> Iterator[Problem]:
    found = _SPACES.search(text.text)
    if found:
        around = text.text[max(0, found.start() - _AROUND) : found.end() + _AROUND]
        yield text.problem(
            "double-space",
            f'more than one space in "{" ".join(around.split())}"',
            "leave one; the others come along with pasted text",
            severity=Severity.NOTE,
        )


def _straight_quotes(text: WrittenText) -> Iterator[Problem]:
    straight = next((word for word in bare(text.text).split() if _STRAIGHT.search(word)), "")
    if straight:
        yield text.problem(
            "straight-quote",
            f"a straight quotation mark or apostrophe in {straight}",
            f"write ’ for an apostrophe, {_CURLY[text.language]} around words",
            severity=Severity.NOTE,
        )


def _words_twice(text: WrittenText) -> Iterator[Problem]:
    for found in _FOLLOWED.finditer(bare(text.text)):
        word, again = found["word"], found["again"]
        # A capital begins a name: "in de De Verbeelding".
        if word.casefold() != again or again in _MAY_BE_TWICE:
            continue
        yield text.problem(
            "word-twice",
            f'"{word} {again}": the same word twice',
            "leave one out",
            severity=Severity.WARNING,
        )


def _lonely_marks(text: WrittenText) -> Iterator[Problem]:
    words = _EMOTICON.sub("", bare(text.text))
    double = ("„", "”“") if "„" in words else ("“", "”")
    for opener, closers in (("(", ")"), ("[", "]"), ("«", "»"), double):
        lonely = _lonely(words, opener, closers)
        if lonely:
            other = closers[0] if lonely == opener else opener
            yield text.problem(
                "lonely-mark",
                f"there is a {lonely} without its {other}",
                "add the other, or leave it out",
                severity=Severity.WARNING,
            )


def _lonely(words: str, opener: str, closers: str) -> str:
    """The mark of this pair that stands alone; empty when each has its other."""
    if not {opener, *closers} & set(words):
        return ""
    depth = 0
    for place, mark in enumerate(words):
        if mark == opener:
            depth += 1
        elif mark in closers and depth:
            depth -= 1
        elif mark in closers and not (mark == ")" and _LISTED.search(words[:place][-4:])):
            return mark
    return opener if depth else ""


def _endless(text: WrittenText) -> Iterator[Problem]:
    if text.path[0] not in _PARAGRAPHS:
        return
    last = bare(text.text).rstrip(_CLOSERS)[-1:]
    # A salutation in the campaign's own words may end in a comma.
    if last.isalnum() or last == FILLED or (last == "," and text.activity is not None):
        yield text.problem(
            "no-end-mark",
            f'the text ends in "{" ".join(text.text.split()[-3:])}", without a full stop',
            "add it: another sentence may follow",
            severity=Severity.WARNING,
        )
