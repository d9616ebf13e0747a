"""What a language must be able to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Protocol

from fvdt_mailer.model.activity import LinkKind
from fvdt_mailer.model.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The fixed words of the shell around a newsletter."""

    greeting: str
    greeting_by_name: str
    because: str
    unsubscribe: str
    preferences: str
    privacy: str
    contact: str
    enterprise_number: str
    when: str
    where: str
    price: str
    organiser: str
    online: str
    free: str
    sold_out: str
    sold_out_sentence: str
    save_the_date: str
    under_way: str
    recap: str
    cancelled: str
    postponed: str
    test: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The fields of one activity in one language, from which a sentence is made."""

    first: date
    last: date
    starts: time | None = None
    ends: time | None = None
    kind: str = ""
    title: str = ""
    topic: str = ""
    organisers: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    venue: str = ""
    municipality: str = ""
    is_online: bool = False
    is_free: bool = False
    price: str = ""
    related: str = ""


class Catalogue(Protocol):
    """One language: its words, its dates and its sentences."""

    language: Language
    words: Words

    def day(self, day: date, *, with_year: bool) -> str:
        """One day in running text: `24 juni`, `17 juni 2013`."""

    def days(self, first: date, last: date, *, with_year: bool) -> str:
        """A range of days as it follows a preposition or opens a line."""

    def weekday(self, day: date) -> str:
        """The name of the weekday."""

    def hours(self, starts: time, ends: time | None) -> str:
        """A clock time or a range of them: `14 uur`, `van 14 tot 17.30 uur`."""

    def listing(self, names: Sequence[str]) -> str:
        """Names joined as the language joins them: `Voka, Unizo en Howest`."""

    def price(self, amount: Decimal) -> str:
        """An amount in euro: `gratis`, `25 euro`, `12,50 euro`."""

    def kind(self, written: str) -> str | None:
        """The kind of activity in this language, or None when this language lacks the word."""

    def opening(self, facts: Facts) -> str:
        """The sentence or sentences that announce an activity from its fields alone."""

    def called_off(self, facts: Facts, *, is_postponed: bool) -> str:
        """The sentence that says an activity will not take place, or not then."""

    def save_the_date(self, facts: Facts) -> str:
        """The sentence that asks to keep a day free."""

    def closing(self, kind: LinkKind) -> str:
        """The closing sentence that is a link of this kind."""

    def subject(self, facts: Facts) -> str:
        """What to call an activity in a list or a link: its title, or what and about what."""
