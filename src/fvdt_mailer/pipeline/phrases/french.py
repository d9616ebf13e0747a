"""French, as it is written in Belgium (fr_BE)."""

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
from fvdt_mailer.pipeline.phrases.words import FRENCH

_LOCALE = "fr_BE"
_NBSP = "\u00a0"
_ARTICLES = ("le ", "la ", "les ", "l’", "l'")
_VOWELS = tuple("aàâeéèêiîoôuyAÀÂEÉÈÊIÎOÔUY")  # an h may be aspirated: no elision before one


@dataclass(frozen=True, slots=True)
class French:
    """The catalogue of French."""

    language: Language = Language.FR
    words: Words = FRENCH

    def day(self, day: date, *, with_year: bool) -> str:
        """`24 juin`, `1er juin`, `17 juin 2013`."""
        return _date(day, "d MMMM y" if with_year else "d MMMM")

    def days(self, first: date, last: date, *, with_year: bool) -> str:
        """`17 juin`, `17 et 18 juin`, `du 17 au 19 juin`."""
        if wording.is_range(first, last):
            return _of_days(first, last, with_year=with_year)
        return _days(first, last, with_year=with_year)

    def on_days(self, first: date, last: date, *, with_year: bool) -> str:
        """`le 17 juin`, `les 17 et 18 juin`, `du 17 au 19 juin`."""
        days = self.days(first, last, with_year=with_year)
        if wording.is_range(first, last):
            return days
        return f"le {days}" if first == last else f"les {days}"

    def weekday(self, day: date) -> str:
        """`lundi`."""
        return _date(day, "EEEE")

    def hours(self, starts: time, ends: time | None) -> str:
        """`14 h`, `14 h 30`, `de 14 h à 17 h 30`."""
        if ends is None or ends == starts:
            return _clock(starts)
        return f"de {_clock(starts)} à {_clock(ends)}"

    def listing(self, names: Sequence[str]) -> str:
        """`Voka, Unizo et Howest`."""
        return wording.listing(names, "et")

    def quoted(self, text: str) -> str:
        """`« Alimentation »`, with no-break spaces inside."""
        return f"«{_NBSP}{wording.unquoted(text)}{_NBSP}»"

    def price(self, amount: Decimal) -> str:
        """`gratuit`, `1,50 euro`, `25 euros`, `12,50 euros`."""
        if amount == 0:
            return self.words.free
        number = wording.amount(amount, point=",", group=_NBSP, grouped_from=5)
        # The plural begins at two in French.
        return f"{number} euros" if amount >= 2 else f"{number} euro"  # noqa: PLR2004

    def kind(self, written: str) -> str | None:
        """`séminaire` for `seminarie`; None for a word that is not known."""
        found = known(written)
        return found.nouns[1] if found else None

    def opening(self, facts: Facts) -> str:
        """`Le 17 juin 2013, Voka organise un séminaire gratuit à Courtrai sur le pain`."""
        return joined(sentence(self._announced(facts, self._at(facts))), *self._details(facts))

    def invitation(self, facts: Facts) -> str:
        """`Voka vous invite à ce séminaire`, `Bienvenue à cette conférence`."""
        this, verb = _this(_kind(facts)), "invitent" if len(facts.organisers) > 1 else "invite"
        invited = joined(self.listing(facts.organisers), "vous", verb, "à", this)
        welcome = invited if facts.organisers else f"Bienvenue à {this}"
        return joined(sentence(welcome), *self._particulars(facts))

    def called_off(self, facts: Facts, *, is_postponed: bool) -> str:
        """`Le séminaire du 17 juin 2013 à Courtrai sur le pain n’aura pas lieu`."""
        return sentence(
            _the(_kind(facts)),
            self.quoted(facts.title) if facts.title else _visited(facts),
            _of_days(facts.first, facts.last, with_year=True),
            _town(facts),
            "" if facts.title else self._about(facts),
            _fate(facts, is_postponed=is_postponed),
        )

    def retraction(self, facts: Facts, *, is_postponed: bool) -> str:
        """`Ce séminaire n’aura pas lieu`."""
        return sentence(_this(_kind(facts)), _fate(facts, is_postponed=is_postponed))

    def save_the_date(self, facts: Facts) -> str:
        """`À noter dans votre agenda : le 17 juin 2013, Voka organise un séminaire`."""
        return sentence(
            f"À noter dans votre agenda{self.words.colon}", self._announced(facts, hours="")
        )

    def closing(self, kind: LinkKind) -> str:
        """`Vous trouverez plus d’informations ici`."""
        return wording.of_link(
            kind,
            info="Vous trouverez plus d’informations ici.",
            registration="Vous pouvez vous inscrire ici.",
            photos="Vous trouverez ici quelques photos.",
            report="Vous pouvez lire le compte rendu ici.",
        )

    def action(self, kind: LinkKind, facts: Facts) -> str:
        """`Tout savoir sur le séminaire`, `Inscrivez-vous`."""
        return wording.of_link(
            kind,
            info=f"Tout savoir sur {_the(_kind(facts))}",
            registration="Inscrivez-vous",
            photos="Voir les photos",
            report="Lire le compte rendu",
        )

    def subject(self, facts: Facts) -> str:
        """`séminaire sur le pain`, `visite de Howest`, `conférence avec Chris Lefteri`."""
        what, venue = _kind(facts), wording.venue_of(facts)
        if facts.title:
            return facts.title
        if facts.topic:
            return joined(what, self._about(facts))
        if venue and _is_visit(facts):
            return joined(what, _of(venue))
        if len(facts.speakers) == 1:
            return joined(what, "avec", facts.speakers[0])
        return joined(what, _town(facts))

    def _announced(self, facts: Facts, hours: str) -> str:
        """The announcement without its full stop."""
        when = self.on_days(facts.first, facts.last, with_year=True) + hours
        what, place, about = _what(facts), _place(facts), self._about(facts)
        title = self.quoted(facts.title) if facts.title else ""
        named = f"{title}," if title and what else title
        if facts.organisers:
            verb = "organisent" if len(facts.organisers) > 1 else "organise"
            who = self.listing(facts.organisers)
            return joined(f"{when},", who, verb, named, what, place, about)
        comma = "," if hours.startswith(",") else ""
        return joined(when + comma, "a lieu", place, named, what, about)

    def _at(self, facts: Facts) -> str:
        if facts.starts is None or facts.first != facts.last:
            return ""
        hours = self.hours(facts.starts, facts.ends)
        return f", {hours}" if facts.ends not in {None, facts.starts} else f" à {hours}"

    def _about(self, facts: Facts) -> str:
        if wording.is_question(facts.topic):
            return f"sur {self.quoted(facts.topic)}"
        return f"sur {facts.topic}" if facts.topic else ""

    def _details(self, facts: Facts) -> tuple[str, ...]:
        venue, colon = wording.venue_of(facts), self.words.colon
        is_told = _has_article(facts) or wording.is_bracketed(facts)
        is_amount = wording.is_amount(facts.price)
        cost = "La participation coûte" if is_amount else f"Prix{colon}"
        course, heard, online, related = self._particulars(facts)
        return (
            sentence(f"Lieu{colon}", venue) if venue and not is_told else "",
            course,
            heard,
            online,
            sentence(cost, facts.price) if facts.price and not facts.is_free else "",
            related,
        )

    def _particulars(self, facts: Facts) -> tuple[str, str, str, str]:
        """What no line of facts tells: course, speakers, the way online, what it is part of."""
        heard = self.listing(facts.speakers)
        return (
            self._course(facts),
            # Says nothing of the gender of who speaks.
            sentence("Vous y entendrez", heard) if heard else "",
            "Vous pouvez aussi participer en ligne." if wording.is_also_online(facts) else "",
            sentence("L’activité est liée", _to(facts.related)) if facts.related else "",
        )

    def _course(self, facts: Facts) -> str:
        """When it begins and ends, as far as the announcement could not say so in passing."""
        turns = [
            joined(verb, day and f"le {day}", f"à {_clock(at)}")
            for verb, day, at in wording.turns(facts, self.day, verbs=("commence", "se termine"))
        ]
        return sentence("L’activité", self.listing(turns)) if turns else ""


def _date(day: date, pattern: str) -> str:
    if day.day == 1:
        pattern = pattern.replace("d", "d'er'", 1)  # babel lacks `1er`
    return format_date(day, pattern, locale=_LOCALE)


def _days(first: date, last: date, *, with_year: bool) -> str:
    start, end = wording.patterns(first, last, with_year=with_year)
    if first == last:
        return _date(last, end)
    link = "au" if wording.is_range(first, last) else "et"
    return f"{_date(first, start)} {link} {_date(last, end)}"


def _of_days(first: date, last: date, *, with_year: bool) -> str:
    days = _days(first, last, with_year=with_year)
    is_pair = first != last and not wording.is_range(first, last)
    return f"des {days}" if is_pair else f"du {days}"


def _clock(at: time) -> str:
    return f"{at.hour} h {at.minute:02}" if at.minute else f"{at.hour} h"


def _what(facts: Facts) -> str:
    """What it is, with its article; nothing when the title says all there is to say."""
    kind = _kind(facts)
    online = "en ligne" if wording.is_only_online(facts) and kind != "webinaire" else ""
    if facts.title and not (facts.kind or facts.topic or facts.is_free or online):
        return ""
    article, free = ("une", "gratuite") if _is_feminine(kind) else ("un", "gratuit")
    return joined(article, kind, online, free if facts.is_free else "", _visited(facts))


def _visited(facts: Facts) -> str:
    return _of(facts.venue) if _is_visit(facts) and _has_article(facts) else ""


def _place(facts: Facts) -> str:
    if _has_article(facts):
        return _town(facts) if _is_visit(facts) else joined(_to(facts.venue), _town(facts))
    return f"{_town(facts)} ({facts.venue})" if wording.is_bracketed(facts) else _town(facts)


def _town(facts: Facts) -> str:
    return _to(facts.municipality) if facts.municipality else ""


def _is_visit(facts: Facts) -> bool:
    return facts.kind in {"visite", "visite guidée"}


def _has_article(facts: Facts) -> bool:
    return wording.venue_of(facts).startswith(_ARTICLES)


def _is_feminine(kind: str) -> bool:
    return any(usual.french.startswith("une ") and noun(usual.french) == kind for usual in KINDS)


def _kind(facts: Facts) -> str:
    return facts.kind or "activité"


def _fate(facts: Facts, *, is_postponed: bool) -> str:
    if not is_postponed:
        return "n’aura pas lieu"
    return "est reportée" if _is_feminine(_kind(facts)) else "est reporté"


def _this(kind: str) -> str:
    if _is_feminine(kind):
        return f"cette {kind}"
    return f"cet {kind}" if kind.startswith(_VOWELS) else f"ce {kind}"


def _the(kind: str) -> str:
    if kind.startswith(_VOWELS):
        return f"l’{kind}"
    return f"la {kind}" if _is_feminine(kind) else f"le {kind}"


def _to(name: str) -> str:
    """`à` before a name, drawn together with its article: `au Havre`, `aux Halles`."""
    article, _, rest = name.partition(" ")
    return {"le": f"au {rest}", "les": f"aux {rest}"}.get(article.casefold(), f"à {name}")


def _of(name: str) -> str:
    """`de` before a name, drawn together with its article: `du parc`, `des Halles`, `d’Aix`."""
    article, _, rest = name.partition(" ")
    plain = f"d’{name}" if name.startswith(_VOWELS) else f"de {name}"
    return {"le": f"du {rest}", "les": f"des {rest}"}.get(article.casefold(), plain)
