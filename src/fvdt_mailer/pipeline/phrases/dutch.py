"""Dutch, as it is written in Flanders (nl_BE)."""

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
from fvdt_mailer.pipeline.phrases.kinds import KINDS, known, noun
from fvdt_mailer.pipeline.phrases.wording import joined, sentence
from fvdt_mailer.pipeline.phrases.words import DUTCH

_LOCALE = "nl_BE"
_ARTICLES = ("de ", "het ", "’t ")

# Last parts of compounds beside the kinds that are known: a compound has their gender.
_HEADS = (
    "de avond", "de dag", "de markt", "de middag", "de quiz", "de reeks", "de reis", "de show",
    "de tocht", "de week", "het festival", "het forum", "het gesprek", "het moment", "het overleg",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dutch:
    """The catalogue of Dutch."""

    language: Language = Language.NL
    words: Words = DUTCH

    def day(self, day: date, *, with_year: bool) -> str:
        """`24 juni`, `17 juni 2013`."""
        return _date(day, "d MMMM y" if with_year else "d MMMM")

    def days(self, first: date, last: date, *, with_year: bool) -> str:
        """`17 juni`, `17 en 18 juni`, `van 17 tot en met 19 juni`."""
        named = _days(first, last, with_year=with_year)
        return f"van {named}" if wording.is_range(first, last) else named

    def on_days(self, first: date, last: date, *, with_year: bool) -> str:
        """`op 17 juni`, `op 17 en 18 juni`, `van 17 tot en met 19 juni`."""
        days = self.days(first, last, with_year=with_year)
        return days if wording.is_range(first, last) else f"op {days}"

    def weekday(self, day: date) -> str:
        """`maandag`."""
        return _date(day, "EEEE")

    def hours(self, starts: time, ends: time | None) -> str:
        """`14 uur`, `14.30 uur`, `van 14 tot 17.30 uur`."""
        if ends is None or ends == starts:
            return f"{_clock(starts)} uur"
        return f"van {_clock(starts)} tot {_clock(ends)} uur"

    def listing(self, names: Sequence[str]) -> str:
        """`Voka, Unizo en Howest`."""
        return wording.listing(names, "en")

    def quoted(self, text: str) -> str:
        """`‘Voeding’`."""
        return f"‘{wording.unquoted(text)}’"

    def price(self, amount: Decimal) -> str:
        """`gratis`, `25 euro`, `12,50 euro`, `1250 euro`, `12.500 euro`."""
        if amount == 0:
            return self.words.free
        return wording.amount(amount, point=",", group=".", grouped_from=5) + " euro"

    def kind(self, written: str) -> str | None:
        """The word as it was written, unless French or English is known to have written it."""
        word, found = written.strip(), known(written)
        if found is None or found.nouns[0] == word.casefold():
            return word or None
        return found.nouns[0]

    def opening(self, facts: Facts) -> str:
        """`Op 17 juni 2013 organiseert Voka een gratis seminarie in Kortrijk over brood`."""
        return joined(sentence(self._announced(facts, self._at(facts))), *self._details(facts))

    def invitation(self, facts: Facts) -> str:
        """`Voka nodigt u uit voor dit seminarie`, `U bent welkom op deze lezing`."""
        this, verb = _this(facts.kind), "nodigen" if len(facts.organisers) > 1 else "nodigt"
        invited = joined(self.listing(facts.organisers), verb, "u uit voor", this)
        welcome = invited if facts.organisers else f"U bent welkom op {this}"
        return joined(sentence(welcome), *self._particulars(facts))

    def called_off(self, facts: Facts, *, is_postponed: bool) -> str:
        """`Het seminarie van 17 juni 2013 in Kortrijk over brood gaat niet door`."""
        return sentence(
            _the(facts.kind),
            self.quoted(facts.title) if facts.title else _visited(facts),
            "van",
            _days(facts.first, facts.last, with_year=True),
            _town(facts),
            "" if facts.title else self._about(facts),
            "is uitgesteld" if is_postponed else "gaat niet door",
        )

    def retraction(self, facts: Facts, *, is_postponed: bool) -> str:
        """`Dit seminarie gaat niet door`."""
        return sentence(_this(facts.kind), "is uitgesteld" if is_postponed else "gaat niet door")

    def save_the_date(self, facts: Facts) -> str:
        """`Noteer alvast in uw agenda: op 17 juni 2013 organiseert Voka een seminarie`."""
        return sentence("Noteer alvast in uw agenda:", self._announced(facts, hours=""))

    def closing(self, kind: LinkKind) -> str:
        """`Meer info vindt u hier`."""
        return wording.of_link(
            kind,
            info="Meer info vindt u hier.",
            registration="Inschrijven doet u hier.",
            photos="Hier vindt u enkele sfeerbeelden.",
            report="Het verslag leest u hier.",
        )

    def action(self, kind: LinkKind, facts: Facts) -> str:
        """`Meer over het seminarie`, `Schrijf u in`."""
        return wording.of_link(
            kind,
            info=f"Meer over {_the(facts.kind)}",
            registration="Schrijf u in",
            photos="Bekijk de beelden",
            report="Lees het verslag",
        )

    def subject(self, facts: Facts) -> str:
        """`seminarie over brood`, `bezoek aan de Budafabriek`, `lezing met Chris Lefteri`."""
        what, venue = facts.kind or "activiteit", wording.venue_of(facts)
        if facts.title:
            return facts.title
        if facts.topic:
            return joined(what, self._about(facts))
        if venue and _is_visit(facts):
            return joined(what, "aan", venue)
        if len(facts.speakers) == 1:
            return joined(what, "met", facts.speakers[0])
        return joined(what, _town(facts))

    def _announced(self, facts: Facts, hours: str) -> str:
        """The announcement without its full stop; a date that opens a sentence has its year."""
        when = self.on_days(facts.first, facts.last, with_year=True)
        what, place, about = _what(facts), _place(facts), self._about(facts)
        title = self.quoted(facts.title) if facts.title else ""
        if facts.organisers:
            verb = "organiseren" if len(facts.organisers) > 1 else "organiseert"
            comma = "," if title and what else ""
            who = self.listing(facts.organisers)
            return joined(when, verb, who, hours, title + comma, what, place, about)
        if title:
            comma = "," if what else ""
            return joined(when, "vindt", hours, place, title, "plaats" + comma, what, about)
        return joined(when, "vindt", hours, place, what, "plaats", about)

    def _at(self, facts: Facts) -> str:
        if facts.starts is None or facts.first != facts.last:
            return ""
        hours = self.hours(facts.starts, facts.ends)
        return hours if facts.ends not in {None, facts.starts} else f"om {hours}"

    def _about(self, facts: Facts) -> str:
        if wording.is_question(facts.topic):
            return f"over {self.quoted(facts.topic)}"
        return f"over {facts.topic}" if facts.topic else ""

    def _details(self, facts: Facts) -> tuple[str, ...]:
        venue = wording.venue_of(facts)
        is_told = _has_article(facts) or wording.is_bracketed(facts)
        cost = "Deelnemen kost" if wording.is_amount(facts.price) else "Prijs:"
        course, heard, online, related = self._particulars(facts)
        return (
            sentence("Plaats:", venue) if venue and not is_told else "",
            course,
            heard,
            online,
            sentence(cost, facts.price) if facts.price and not facts.is_free else "",
            related,
        )

    def _particulars(self, facts: Facts) -> tuple[str, str, str, str]:
        """What no line of facts tells: course, speakers, the way online, what it is part of."""
        speakers = facts.speakers
        is_or_are = "Sprekers zijn" if len(speakers) > 1 else "Spreker is"
        return (
            self._course(facts),
            sentence(is_or_are, self.listing(speakers)) if speakers else "",
            "U kunt ook online deelnemen." if wording.is_also_online(facts) else "",
            sentence("De activiteit wordt gekoppeld aan", facts.related) if facts.related else "",
        )

    def _course(self, facts: Facts) -> str:
        """When it begins and ends, as far as the announcement could not say so in passing."""
        turns = [
            joined(verb, day and f"op {day}", f"om {self.hours(at, None)}")
            for verb, day, at in wording.turns(facts, self.day, verbs=("begint", "eindigt"))
        ]
        return sentence("De activiteit", self.listing(turns)) if turns else ""


def _date(day: date, pattern: str) -> str:
    return format_date(day, pattern, locale=_LOCALE)


def _days(first: date, last: date, *, with_year: bool) -> str:
    start, end = wording.patterns(first, last, with_year=with_year)
    if first == last:
        return _date(last, end)
    link = "tot en met" if wording.is_range(first, last) else "en"
    return f"{_date(first, start)} {link} {_date(last, end)}"


def _clock(at: time) -> str:
    return f"{at.hour}.{at.minute:02}" if at.minute else f"{at.hour}"


def _what(facts: Facts) -> str:
    """What it is, with its article; nothing when the title says all there is to say."""
    price = "gratis" if facts.is_free else ""
    online = "online" if wording.is_only_online(facts) and facts.kind != "webinar" else ""
    if facts.title and not (facts.kind or facts.topic or price or online):
        return ""
    return joined("een", price, online, facts.kind or "activiteit", _visited(facts))


def _visited(facts: Facts) -> str:
    return f"aan {facts.venue}" if _is_visit(facts) and _has_article(facts) else ""


def _place(facts: Facts) -> str:
    if _has_article(facts):
        return _town(facts) if _is_visit(facts) else joined("in", facts.venue, _town(facts))
    return f"{_town(facts)} ({facts.venue})" if wording.is_bracketed(facts) else _town(facts)


def _town(facts: Facts) -> str:
    return f"in {facts.municipality}" if facts.municipality else ""


def _is_visit(facts: Facts) -> bool:
    return facts.kind.casefold().endswith("bezoek")


def _has_article(facts: Facts) -> bool:
    return wording.venue_of(facts).startswith(_ARTICLES)


def _the(kind: str) -> str:
    """The kind with its article, or a word for any activity when the article is not known."""
    nouns = (*(usual.dutch for usual in KINDS), *_HEADS)
    fitting = next((named for named in nouns if kind.endswith(noun(named))), "")
    if not fitting or (" " in kind and f"de {kind}" not in nouns):
        return "de activiteit"
    article, _, _ = fitting.partition(" ")
    return f"{article} {kind}"


def _this(kind: str) -> str:
    article, _, named = _the(kind).partition(" ")
    return f"deze {named}" if article == "de" else f"dit {named}"
