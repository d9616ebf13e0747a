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
    """The fixed words of the shell around a newsletter.

    A word in braces is a blank for str.format: {name} in `greeting_by_name`, {organisation} in
    `published_by`, {address} in `sent_to`. Labels carry no colon: between a label and its value
    stands `colon`, which brings its own spaces.
    """

    greeting: str
    greeting_by_name: str
    contents: str
    in_browser: str
    because: str
    published_by: str
    sent_to: str
    unsubscribe: str
    preferences: str
    privacy: str
    contact: str
    phone: str
    email: str
    website: str
    enterprise_number: str
    colon: str
    when: str
    where: str
    price: str
    organiser: str
    add_to_calendar: str
    calendar_file: str
    calendar_file_for: str
    calendar_file_called_off: str
    google_calendar: str
    outlook_work: str
    online: str
    free: str
    upcoming: str
    under_way: str
    recap: str
    save_the_date: str
    sold_out: str
    sold_out_sentence: str
    cancelled: str
    postponed: str
    test: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The fields of one activity in one language, from which a sentence is made.

    `kind` is what `Catalogue.kind` returned: a bare noun. A `venue` that is written with its
    article (`de Budafabriek`) is built into the sentence; one without keeps to a form that needs
    none. `related` is written with its article where it has one.
    """

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

    @property
    def language(self) -> Language:
        """The language this catalogue speaks."""

    @property
    def words(self) -> Words:
        """Its fixed words."""

    def day(self, day: date, *, with_year: bool) -> str:
        """One day, without a preposition: `24 juni`, `17 juni 2013`."""

    def days(self, first: date, last: date, *, with_year: bool) -> str:
        """The days as they open a facts line: `17 juni 2013`, `van 17 tot en met 19 juni 2013`.

        One day and two consecutive days come bare: they can follow a preposition or a weekday.
        Three days or more bring the preposition that makes them a range and take no other.
        Different years are both printed, whatever `with_year` says.
        """

    def on_days(self, first: date, last: date, *, with_year: bool) -> str:
        """The days as they stand in a sentence, always with their preposition: `op 17 juni`."""

    def weekday(self, day: date) -> str:
        """The name of the weekday."""

    def hours(self, starts: time, ends: time | None) -> str:
        """A clock time or a range of them: `14 uur`, `van 14 tot 17.30 uur`."""

    def listing(self, names: Sequence[str]) -> str:
        """Names joined as the language joins them: `Voka, Unizo en Howest`."""

    def quoted(self, text: str) -> str:
        """A title or a heading between quotation marks: `‘Voeding’`."""

    def price(self, amount: Decimal) -> str:
        """An amount in euro: `gratis`, `25 euro`, `12,50 euro`."""

    def kind(self, written: str) -> str | None:
        """The noun for a kind of activity, or None when this language lacks the word.

        `written` is Dutch, or already this language. Gender and articles stay in the catalogue.
        """

    def opening(self, facts: Facts) -> str:
        """The sentence or sentences that announce an activity from its fields alone."""

    def invitation(self, facts: Facts) -> str:
        """What announces an activity beside its facts: no date, place or price is said twice."""

    def called_off(self, facts: Facts, *, is_postponed: bool) -> str:
        """The sentence that says an activity will not take place, or not then."""

    def retraction(self, facts: Facts, *, is_postponed: bool) -> str:
        """The same beside its title and facts, which the sentence does not repeat."""

    def save_the_date(self, facts: Facts) -> str:
        """The sentence that asks to keep a day free."""

    def closing(self, kind: LinkKind) -> str:
        """The closing sentence that is a link of this kind."""

    def action(self, kind: LinkKind, facts: Facts) -> str:
        """The words of a button for a link of this kind: `Meer over de lezing`."""

    def subject(self, facts: Facts) -> str:
        """What to call an activity in a list or a link: its title, or what and about what."""
