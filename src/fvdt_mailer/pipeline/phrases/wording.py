"""The joints that every language words alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Protocol, assert_never

from fvdt_mailer.model.activity import LinkKind
from fvdt_mailer.pipeline.phrases.catalogue import Facts

# Only breaking white space: the no-break spaces of French punctuation stay.
_SPACES = re.compile(r"[ \t\r\n]+")
_INNER_QUOTES = re.compile(r"‘(.+?)’(?!\w)")
_QUOTES = {"‘": "’", "“": "”", "«": "»", '"': '"', "'": "'"}
_AMOUNT = re.compile(r"[\d.,\u00a0]+ euros?")


def joined(*parts: str) -> str:
    """The parts that are there, one space between them."""
    return _SPACES.sub(" ", " ".join(parts)).strip(" ")


def sentence(*parts: str) -> str:
    """The parts as one sentence: a capital in front, one mark at the end."""
    text = joined(*parts)
    text = text[:1].upper() + text[1:]
    return text if text.endswith(("!", "?")) else text.rstrip(" .") + "."


def listing(names: Sequence[str], conjunction: str) -> str:
    """`a`, `a and b`, `a, b and c`: no comma before the conjunction."""
    *others, last = names or ("",)
    return joined(", ".join(others), conjunction, last) if others else last


def patterns(first: date, last: date, *, with_year: bool) -> tuple[str, str]:
    """The babel patterns of both ends of a range: what they share stands once, at the end."""
    if first.year != last.year:
        return "d MMMM y", "d MMMM y"
    end = "d MMMM y" if with_year else "d MMMM"
    return ("d MMMM" if first.month != last.month else "d"), end


def is_range(first: date, last: date) -> bool:
    """True for three days or more; one day and two in a row are named one by one."""
    return last - first > timedelta(days=1)


def amount(value: Decimal, *, point: str, group: str, grouped_from: int) -> str:
    """An amount without cents when it has none; digits are grouped from `grouped_from` up."""
    whole, _, cents = f"{value:.2f}".partition(".")
    if len(whole) >= grouped_from:
        whole = f"{int(whole):,}".replace(",", group)
    return whole if cents == "00" else f"{whole}{point}{cents}"


def is_amount(price: str) -> bool:
    """True for a price that costs so many euro; others are words of a person."""
    return _AMOUNT.fullmatch(price) is not None


def unquoted(text: str) -> str:
    """The text ready to stand between quotation marks: bare, inner single ones made double."""
    inside = text[1:-1]
    closing = _QUOTES.get(text[:1])
    if closing and text.endswith(closing) and not {text[0], closing} & set(inside):
        return inside.strip()
    return _INNER_QUOTES.sub(r"“\1”", text)


def is_question(topic: str) -> bool:
    """True for a topic with a mark of its own, which must not end the sentence around it."""
    return topic.endswith(("?", "!"))


def venue_of(facts: Facts) -> str:
    """The venue, unless it says no more than the municipality does."""
    return "" if facts.venue == facts.municipality else facts.venue


def is_bracketed(facts: Facts) -> bool:
    """True when the venue fits in brackets behind the municipality."""
    return bool(facts.municipality and venue_of(facts)) and "(" not in facts.venue


def is_also_online(facts: Facts) -> bool:
    """True when a reader can choose between a place and a screen."""
    return facts.is_online and not is_only_online(facts)


def is_only_online(facts: Facts) -> bool:
    """True when there is no place to go to."""
    return facts.is_online and not (facts.venue or facts.municipality)


class Day(Protocol):
    """How a language names one day."""

    def __call__(self, day: date, *, with_year: bool) -> str:
        """One day, without a preposition."""


def turns(facts: Facts, day: Day, *, verbs: tuple[str, str]) -> tuple[tuple[str, str, time], ...]:
    """Verb, day and clock time of the begin and the end, where the announcement lacks them.

    On a single day the announcement itself tells hours that begin, and no day is repeated.
    """
    is_one_day = facts.first == facts.last
    if is_one_day and facts.starts is not None:
        return ()
    with_year = facts.first.year != facts.last.year
    ends = ((verbs[0], facts.first, facts.starts), (verbs[1], facts.last, facts.ends))
    return tuple(
        (verb, "" if is_one_day else day(on, with_year=with_year), at)
        for verb, on, at in ends
        if at is not None
    )


def of_link(kind: LinkKind, *, info: str, registration: str, photos: str, report: str) -> str:
    """The words for a link of this kind."""
    match kind:
        case LinkKind.INFO:
            return info
        case LinkKind.REGISTRATION:
            return registration
        case LinkKind.PHOTOS:
            return photos
        case LinkKind.REPORT:
            return report
        case _:
            assert_never(kind)
