"""What an inbox shows before a mail is opened: its subject, and the line behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.letter import Letter
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.words.written import WrittenText

_LONGEST_SUBJECT = 60  # facts/domain.md 5.2
_LONGEST_PREHEADER, _SHORTEST_PREHEADER = 100, 40
_LOUD_FROM = 8
_MARKS = 3

_REPLY = re.compile(r"\s*(?:re|fw|fwd|antw|doorst|tr|aw|wg)\s*:", re.IGNORECASE)
_EXCLAIMED = re.compile(r"!\s*[!?]|\?\s*!|\?\?")
_WORDS = re.compile(r"[^\W_]")


def weak_subjects(case: Case) -> Iterator[Problem]:
    """A warning for a subject that is cut off, shouts, says nothing, or seems to be an answer."""
    key = "subject" if case.edition.campaign.subject else "headline"
    for subject in _texts(case, key):
        yield from _long(subject)
        yield from _loud(subject)
        if not _WORDS.search(subject.text):
            words = "the subject has no words", "say in words what the mail is about"
            yield _weak("wordless-subject", subject, *words)
        if found := _REPLY.match(subject.text):
            words = f'"{found[0].strip()}" makes it look like an answer', "leave it out"
            yield _weak("reply-subject", subject, *words)


def weak_preheaders(case: Case) -> Iterator[Problem]:
    """A finding where the line behind the subject is too long or too short, or says it again."""
    written = tuple(_texts(case, "preheader"))
    if not written:
        yield from _made(case)
    for preheader in written:
        length = len(preheader.text)
        if not _SHORTEST_PREHEADER <= length <= _LONGEST_PREHEADER:
            yield _weak(
                "preheader-length",
                preheader,
                f"the preheader has {length} characters",
                f"make it {_SHORTEST_PREHEADER} to {_LONGEST_PREHEADER}, as many as inboxes show",
            )
        if again := _said_again(preheader, case):
            text = f"the preheader says what the {again} says"
            hint = "say something else in the line that readers see behind it"
            yield _weak("preheader-again", preheader, text, hint)


def _long(subject: WrittenText) -> Iterator[Problem]:
    if len(subject.text) <= _LONGEST_SUBJECT:
        return
    is_headline = subject.path[0] == "headline"
    yield _weak(
        "long-subject",
        subject,
        f"the subject has {len(subject.text)} characters; inboxes show about {_LONGEST_SUBJECT}",
        'write a shorter "subject" beside the headline' if is_headline else "shorten it",
    )


def _loud(subject: WrittenText) -> Iterator[Problem]:
    letters = [character for character in subject.text if character.isalpha()]
    if len(letters) >= _LOUD_FROM and all(map(str.isupper, letters)):
        text, hint = "the subject is all capitals", "write it in small letters"
        yield _weak("loud-subject", subject, text, hint)
    if found := _EXCLAIMED.search(subject.text):
        yield _weak("loud-subject", subject, f'"{found[0]}" in the subject', "one mark is enough")


def _made(case: Case) -> Iterator[Problem]:
    """What is weak about a line that the program makes from the first activities."""
    longest = max((len(letter.preheader.text) for letter in case.letters), default=0)
    again = next((letter for letter in case.letters if _is_subject(letter)), None)
    if not case.letters:
        return
    if longest == 0:
        text = "no activity is to come, so the line behind the subject is the first of the letter"
    elif again is not None:
        text = f'the line behind the subject repeats it: "{again.preheader.text}"'
    elif longest < _SHORTEST_PREHEADER:
        text = f"the line behind the subject has {longest} characters, made from the activities"
    else:
        return
    yield Problem(
        rule="weak-preheader",
        file=case.origin.file,
        line=case.origin.line("headline"),
        key="preheader",
        text=text,
        hint='write a "preheader" of 40 to 100 characters',
        severity=Severity.NOTE,
    )


def _is_subject(letter: Letter) -> bool:
    line, subject = letter.preheader.text, letter.subject.text
    # There is a line for each segment: only those of nearly the same length are worth comparing.
    return abs(len(line) - len(subject)) <= _MARKS and _plain(line) == _plain(subject)


def _said_again(preheader: WrittenText, case: Case) -> str:
    for key, name in (("subject", "subject"), ("headline", "headline"), ("intro", "first text")):
        others = (text for text in _texts(case, key) if text.language is preheader.language)
        first = next(others, None)
        if first is not None and _plain(first.text).startswith(_plain(preheader.text)):
            return name
    return ""


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _texts(case: Case, key: str) -> Iterator[WrittenText]:
    campaign = case.origin.file
    return (t for t in case.texts if t.path[0] == key and t.origin.file == campaign)


def _weak(rule: str, text: WrittenText, words: str, hint: str) -> Problem:
    return text.problem(rule, words, hint, severity=Severity.WARNING)
