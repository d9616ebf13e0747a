"""English, as it is written in Britain (en_GB)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from babel.dates import format_date

from fvdt_mailer.model.activity import LinkKind
from fvdt_mailer.model.language import Language
from fvdt_mailer.pipeline.phrases import wording
from fvdt_mailer.pipeline.phrases.catalogue import Facts, Words
from fvdt_mailer.pipeline.phrases.kinds import known
from fvdt_mailer.pipeline.phrases.wording import joined, sentence
from fvdt_mailer.pipeline.phrases.words import ENGLISH

# en_BE mixes English words with Belgian numbers.
_LOCALE = "en_GB"
_ARTICLES = ("the ",)


@dataclass(frozen=True, slots=True)
class English:
    """The catalogue of English."""

    language: Language = Language.EN
    words: Words = ENGLISH

    def day(self, day: date, *, with_year: bool) -> str:
        """`24 June`, `17 June 2013`."""
        return _date(day, "d MMMM y" if with_year else "d MMMM")

    def days(self, first: date, last: date, *, with_year: bool) -> str:
        """`17 June`, `17 and 18 June`, `from 17 to 19 June`."""
        named = _days(first, last, with_year=with_year)
        return f"from {named}" if wording.is_range(first, last) else named

    def on_days(self, first: date, last: date, *, with_year: bool) -> str:
        """`on 17 June`, `on 17 and 18 June`, `from 17 to 19 June`."""
        days = self.days(first, last, with_year=with_year)
        return days if wording.is_range(first, last) else f"on {days}"

    def weekday(self, day: date) -> str:
        """`Monday`."""
        return _date(day, "EEEE")

    def hours(self, starts: time, ends: time | None) -> str:
        """`14:30`, `from 14:00 to 17:30`."""
        if ends is None or ends == starts:
            return f"{starts:%H:%M}"
        return f"from {starts:%H:%M} to {ends:%H:%M}"

    def listing(self, names: Sequence[str]) -> str:
        """`Voka, Unizo and Howest`."""
        return wording.listing(names, "and")

    def quoted(self, text: str) -> str:
        """`‘Food’`."""
        return f"‘{wording.unquoted(text)}’"

    def price(self, amount: Decimal) -> str:
        """`free`, `1 euro`, `25 euros`, `12.50 euros`, `1,250 euros`."""
        if amount == 0:
            return self.words.free
        number = wording.amount(amount, point=".", group=",", grouped_from=4)
        return f"{number} euro" if number == "1" else f"{number} euros"

    def kind(self, written: str) -> str | None:
        """`seminar` for `seminarie`; None for a word that is not known."""
        found = known(written)
        return found.english if found else None

    def opening(self, facts: Facts) -> str:
        """`On 17 June 2013 Voka is organising a free seminar on bread in Kortrijk`."""
        return joined(sentence(self._announced(facts, self._at(facts))), *self._details(facts))

    def invitation(self, facts: Facts) -> str:
        """`Voka invites you to this seminar`, `You are welcome at this lecture`."""
        this, verb = f"this {_kind(facts)}", "invite" if len(facts.organisers) > 1 else "invites"
        invited = joined(self.listing(facts.organisers), verb, "you to", this)
        welcome = invited if facts.organisers else f"You are welcome at {this}"
        return joined(sentence(welcome), *self._particulars(facts))

    def called_off(self, facts: Facts, *, is_postponed: bool) -> str:
        """`The seminar on bread in Kortrijk, planned for 17 June 2013, has been cancelled`."""
        days = _days(facts.first, facts.last, with_year=True)
        what = joined(
            "the",
            _kind(facts),
            self.quoted(facts.title) if facts.title else _visited(facts),
            "" if facts.title else self._about(facts),
            _town(facts),
        )
        return sentence(f"{what}, planned for {days},", _fate(is_postponed=is_postponed))

    def retraction(self, facts: Facts, *, is_postponed: bool) -> str:
        """`This seminar has been cancelled`."""
        return sentence("this", _kind(facts), _fate(is_postponed=is_postponed))

    def save_the_date(self, facts: Facts) -> str:
        """`A date for your diary: on 17 June 2013 Voka is organising a seminar`."""
        return sentence("A date for your diary:", self._announced(facts, hours=""))

    def closing(self, kind: LinkKind) -> str:
        """`You can find more information here`."""
        return wording.of_link(
            kind,
            info="You can find more information here.",
            registration="You can register here.",
            photos="You can find some photos here.",
            report="You can read the report here.",
        )

    def action(self, kind: LinkKind, facts: Facts) -> str:
        """`More about the seminar`, `Register`."""
        return wording.of_link(
            kind,
            info=f"More about the {_kind(facts)}",
            registration="Register",
            photos="See the photos",
            report="Read the report",
        )

    def subject(self, facts: Facts) -> str:
        """`seminar on bread`, `visit to the Budafabriek`, `lecture with Chris Lefteri`."""
        what, venue = _kind(facts), wording.venue_of(facts)
        if facts.title:
            return facts.title
        if facts.topic:
            return joined(what, self._about(facts))
        if venue and _is_visit(facts):
            return joined(what, "to", venue)
        if len(facts.speakers) == 1:
            return joined(what, "with", facts.speakers[0])
        return joined(what, _town(facts))

    def _announced(self, facts: Facts, hours: str) -> str:
        """The announcement without its full stop."""
        when = self.on_days(facts.first, facts.last, with_year=True) + hours
        what, place = joined(_what(facts), self._about(facts)), _place(facts)
        title = self.quoted(facts.title) if facts.title else ""
        named = f"{title}," if title and what else title
        if facts.organisers:
            verb = "are organising" if len(facts.organisers) > 1 else "is organising"
            return joined(when, self.listing(facts.organisers), verb, named, what, place)
        comma = "," if title and what else ""
        return joined(when, named, what + comma, "takes place", place)

    def _at(self, facts: Facts) -> str:
        if facts.starts is None or facts.first != facts.last:
            return ""
        hours = self.hours(facts.starts, facts.ends)
        return f", {hours}," if facts.ends not in {None, facts.starts} else f" at {hours}"

    def _about(self, facts: Facts) -> str:
        if wording.is_question(facts.topic):
            return f"on {self.quoted(facts.topic)}"
        return f"on {facts.topic}" if facts.topic else ""

    def _details(self, facts: Facts) -> tuple[str, ...]:
        venue = wording.venue_of(facts)
        is_told = _has_article(facts) or wording.is_bracketed(facts)
        cost = "Taking part costs" if wording.is_amount(facts.price) else "Price:"
        course, heard, online, related = self._particulars(facts)
        return (
            sentence("Venue:", venue) if venue and not is_told else "",
            course,
            heard,
            online,
            sentence(cost, facts.price) if facts.price and not facts.is_free else "",
            related,
        )

    def _particulars(self, facts: Facts) -> tuple[str, str, str, str]:
        """What no line of facts tells: course, speakers, the way online, what it is part of."""
        speakers = facts.speakers
        is_or_are = "The speakers are" if len(speakers) > 1 else "The speaker is"
        return (
            self._course(facts),
            sentence(is_or_are, self.listing(speakers)) if speakers else "",
            "You can also take part online." if wording.is_also_online(facts) else "",
            sentence("The activity is linked to", facts.related) if facts.related else "",
        )

    def _course(self, facts: Facts) -> str:
        """When it begins and ends, as far as the announcement could not say so in passing."""
        turns = [
            joined(verb, day and f"on {day}", f"at {at:%H:%M}")
            for verb, day, at in wording.turns(facts, self.day, verbs=("begins", "ends"))
        ]
        return sentence("The activity", self.listing(turns)) if turns else ""


def _date(day: date, pattern: str) -> str:
    return format_date(day, pattern, locale=_LOCALE)


def _days(first: date, last: date, *, with_year: bool) -> str:
    start, end = wording.patterns(first, last, with_year=with_year)
    if first == last:
        return _date(last, end)
    link = "to" if wording.is_range(first, last) else "and"
    return f"{_date(first, start)} {link} {_date(last, end)}"


def _what(facts: Facts) -> str:
    """What it is, with its article; nothing when the title says all there is to say."""
    free = "free" if facts.is_free else ""
    online = "online" if wording.is_only_online(facts) and facts.kind != "webinar" else ""
    if facts.title and not (facts.kind or facts.topic or free or online):
        return ""
    words = joined(free, online, _kind(facts), _visited(facts))
    return f"an {words}" if words.startswith(tuple("aeio")) else f"a {words}"


def _kind(facts: Facts) -> str:
    return facts.kind or "activity"


def _fate(*, is_postponed: bool) -> str:
    return "has been postponed" if is_postponed else "has been cancelled"


def _visited(facts: Facts) -> str:
    return f"to {facts.venue}" if _is_visit(facts) and _has_article(facts) else ""


def _place(facts: Facts) -> str:
    if _has_article(facts):
        return _town(facts) if _is_visit(facts) else joined("at", facts.venue, _town(facts))
    return f"{_town(facts)} ({facts.venue})" if wording.is_bracketed(facts) else _town(facts)


def _town(facts: Facts) -> str:
    return f"in {facts.municipality}" if facts.municipality else ""


def _is_visit(facts: Facts) -> bool:
    return facts.kind.endswith("visit")


def _has_article(facts: Facts) -> bool:
    return wording.venue_of(facts).startswith(_ARTICLES)
