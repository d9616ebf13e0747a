"""Dates in prose that do not fit the calendar or their activity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel.dates import get_day_names, get_month_names

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.edition import Edition
from fvdt_mailer.model.language import Language
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.words.written import WrittenText
from fvdt_mailer.pipeline.facts import last_day

_LOCALES = {Language.NL: "nl_BE", Language.FR: "fr_BE", Language.EN: "en_GB"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mention:
    words: str
    weekday: str
    day: int
    month: int
    year: int | None


def wrong_dates(case: Case) -> Iterator[Problem]:
    """A weekday that is not that date's, and a date that is not the activity's own."""
    for text in case.texts:
        for mention in _mentions(text):
            yield from _impossible(text, mention, case.edition)
            yield from _elsewhere(text, mention)


def _impossible(text: WrittenText, mention: _Mention, edition: Edition) -> Iterator[Problem]:
    year = mention.year or (text.activity.start.day.year if text.activity else edition.as_of.year)
    try:
        day = date(year, mention.month, mention.day)
    except ValueError:
        yield text.problem(
            "no-such-day",
            f'"{mention.words}" is not a day of {year}',
            "mend the date",
            severity=Severity.ERROR,
        )
        return
    right = _weekdays(text.language)[day.weekday()]
    if mention.weekday and mention.weekday.casefold() != right.casefold():
        yield text.problem(
            "wrong-weekday",
            f'"{mention.words}" does not fit: {day:%Y-%m-%d} is a {right}',
            "mend the weekday or the date",
            severity=Severity.ERROR,
        )


def _elsewhere(text: WrittenText, mention: _Mention) -> Iterator[Problem]:
    activity = text.activity
    if activity is None:
        return
    first, last = activity.start.day, last_day(activity)
    own = {(day.day, day.month) for day in (first, last)}
    is_own = (mention.day, mention.month) in own or first < _near(mention, first) < last
    if is_own and mention.year in {None, first.year, last.year}:
        return
    yield text.problem(
        "other-date",
        f'the text says "{mention.words}", but the activity starts on {first}',
        "write {date}, so that the text follows a date that moves",
        severity=Severity.WARNING,
    )


def _near(mention: _Mention, first: date) -> date:
    try:
        return date(mention.year or first.year, mention.month, mention.day)
    except ValueError:
        return date.min


def _mentions(text: WrittenText) -> Iterator[_Mention]:
    months = _months(text.language)
    for found in _pattern(text.language).finditer(text.text):
        yield _Mention(
            words=found[0],
            weekday=found["weekday"] or "",
            day=int(found["day"]),
            month=months.index(found["month"].casefold()) + 1,
            year=int(found["year"]) if found["year"] else None,
        )


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    weekdays = "|".join(re.escape(name) for name in _weekdays(language))
    months = "|".join(re.escape(name) for name in _months(language))
    return re.compile(
        rf"\b(?:(?P<weekday>{weekdays}),?\s+)?(?P<day>[0-9]{{1,2}})(?:er|st|nd|rd|th)?\s+"
        rf"(?P<month>{months})\b(?:\s+(?P<year>[0-9]{{4}})\b)?",
        re.IGNORECASE,
    )


@cache
def _weekdays(language: Language) -> tuple[str, ...]:
    names = get_day_names("wide", locale=_LOCALES[language])
    return tuple(names[day] for day in range(7))


@cache
def _months(language: Language) -> tuple[str, ...]:
    names = get_month_names("wide", locale=_LOCALES[language])
    return tuple(names[month].casefold() for month in range(1, 13))
