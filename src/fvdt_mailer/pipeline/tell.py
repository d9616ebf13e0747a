"""Tell one activity in a paragraph: its prose, its closing sentences and its facts line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from fvdt_mailer.model.activity import Activity, Link, LinkKind, Status
from fvdt_mailer.model.campaign import CampaignKind, Layout
from fvdt_mailer.model.edition import Edition, Entry, Phase
from fvdt_mailer.model.language import Language, Localised, Written
from fvdt_mailer.model.letter import Closing, DateTile, Paragraph
from fvdt_mailer.pipeline.calendar.hosted import page_path
from fvdt_mailer.pipeline.facts import last_day, price_of, state
from fvdt_mailer.pipeline.fill import Token, fill
from fvdt_mailer.pipeline.phrases.catalogue import Catalogue
from fvdt_mailer.pipeline.phrases.catalogues import catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Who tells: an edition, in the language of its reader."""

    edition: Edition
    language: Language

    @property
    def default(self) -> Language:
        """The language of texts that name none."""
        return self.edition.project.language

    @property
    def speech(self) -> Catalogue:
        """The catalogue of the reader's language."""
        return catalogue(self.language)

    @property
    def shows_facts(self) -> bool:
        """True where title, day, place and price stand apart, so that prose need not tell them."""
        campaign = self.edition.campaign
        return campaign.layout is Layout.CARDS or campaign.kind is CampaignKind.ANNOUNCEMENT

    def say(self, text: Localised) -> Written:
        """The text in the reader's language, else as it was written."""
        return text.written(self.language, self.default)


def tell(entry: Entry, teller: Teller, *, opens_section: bool) -> Paragraph:
    """The paragraph of one activity; one that opens its section leans on no neighbour."""
    activity, speech = entry.activity, teller.speech
    return Paragraph(
        activity=activity.id,
        title=subject_of(activity, teller),
        prose=_prose(entry, teller, opens_section=opens_section),
        closings=tuple(_closings(entry, teller)),
        label=_label(entry, teller),
        when=when_of(activity, speech),
        where=_where(activity, teller),
        price=price_of(activity, speech),
        organisers=speech.listing(activity.organisers),
        image=activity.image,
        tile=_tile(activity, speech),
        is_struck=entry.phase is Phase.CALLED_OFF,
        agenda_url=_agenda_url(entry, teller),
    )


def subject_of(activity: Activity, teller: Teller) -> Written:
    """What to call an activity in a list, a link or a subject line."""
    for language in (teller.language, teller.default):
        speech = catalogue(language)
        stated = state(activity, speech, teller.default)
        if stated.is_whole:
            break
    return Written(speech.subject(stated.facts), language)


def when_of(activity: Activity, speech: Catalogue) -> str:
    """The day and its hours as one line: `maandag 17 juni 2013, van 14 tot 17 uur`.

    Hours are left out where they would read as those of each of several days.
    """
    first, last = activity.start.day, last_day(activity)
    days = speech.days(first, last, with_year=True)
    if first != last:
        return days
    day = f"{speech.weekday(first)} {days}"
    if activity.all_day or activity.start.clock is None:
        return day
    until = activity.end.clock if activity.end else None
    return f"{day}, {speech.hours(activity.start.clock, until)}"


def values_of(activity: Activity, edition: Edition, speech: Catalogue) -> Mapping[str, str]:
    """What fills each word in braces; an empty value is one the activity does not know."""
    default = edition.project.language
    first, last = activity.start.day, last_day(activity)
    facts = state(activity, speech, default).facts
    cluster = edition.project.clusters[activity.clusters[0]].name
    return {
        Token.DATE: speech.days(first, last, with_year=last.year != edition.as_of.year),
        Token.DATE_LONG: speech.days(first, last, with_year=True),
        Token.TIME: speech.hours(facts.starts, facts.ends) if facts.starts else "",
        Token.MUNICIPALITY: facts.municipality,
        Token.VENUE: facts.venue,
        Token.ORGANISERS: speech.listing(activity.organisers),
        Token.TITLE: facts.title,
        Token.CLUSTER: cluster.written(speech.language, default).text,
    }


def _prose(entry: Entry, teller: Teller, *, opens_section: bool) -> Written:
    """The words in the reader's language when all of them exist in it, else in the project's."""
    for language in (teller.language, teller.default):
        candidate = Teller(edition=teller.edition, language=language)
        pieces = tuple(_pieces(entry, candidate, opens_section=opens_section))
        if all(piece.language is language for piece in pieces):
            break
    return Written(" ".join(piece.text for piece in pieces), pieces[0].language)


def _pieces(entry: Entry, teller: Teller, *, opens_section: bool) -> Iterator[Written]:
    match entry.phase:
        case Phase.PAST:
            yield from _own_words(entry.activity.text_past, entry.activity, teller)
        case Phase.CALLED_OFF:
            yield from _called_off(entry.activity, teller)
        case Phase.UPCOMING | Phase.UNDER_WAY:
            yield from _announced(entry.activity, teller, opens_section=opens_section)
        case _:
            assert_never(entry.phase)


def _announced(activity: Activity, teller: Teller, *, opens_section: bool) -> Iterator[Written]:
    standalone = activity.text_standalone if opens_section else None
    text = standalone or activity.text
    if text is None or (activity.topic is not None and standalone is None):
        yield _opening(activity, teller)
    yield from _own_words(text, activity, teller)
    if activity.status is Status.SOLD_OUT:
        yield Written(teller.speech.words.sold_out_sentence, teller.language)


def _opening(activity: Activity, teller: Teller) -> Written:
    stated, speech = state(activity, teller.speech, teller.default), teller.speech
    make = speech.save_the_date if activity.save_the_date else speech.opening
    if teller.shows_facts:
        make = speech.invitation
    return Written(make(stated.facts), teller.language if stated.is_whole else teller.default)


def _called_off(activity: Activity, teller: Teller) -> Iterator[Written]:
    if activity.text_cancelled is not None:
        yield from _own_words(activity.text_cancelled, activity, teller)
        return
    stated = state(activity, teller.speech, teller.default)
    make = teller.speech.retraction if teller.shows_facts else teller.speech.called_off
    sentence = make(stated.facts, is_postponed=activity.status is Status.POSTPONED)
    yield Written(sentence, teller.language if stated.is_whole else teller.default)
    yield from _own_words(activity.reason, activity, teller)


def _own_words(text: Localised | None, activity: Activity, teller: Teller) -> Iterator[Written]:
    if text is None:
        return
    written = teller.say(text)
    values = values_of(activity, teller.edition, catalogue(written.language))
    yield Written(fill(written.text, values), written.language)


def _closings(entry: Entry, teller: Teller) -> Iterator[Closing]:
    if entry.phase is Phase.CALLED_OFF:
        return
    for link in _links(entry, teller):
        own = teller.say(link.label) if link.label else None
        yield Closing(
            kind=link.kind,
            sentence=own or Written(teller.speech.closing(link.kind), teller.language),
            action=_action(link, entry.activity, teller),
            url=link.url,
            subject=subject_of(entry.activity, teller),
        )


def _links(entry: Entry, teller: Teller) -> Iterator[Link]:
    """The links that lead somewhere now; where they are buttons, registration comes first."""
    links = entry.activity.links
    if teller.shows_facts:
        links = tuple(sorted(links, key=lambda link: link.kind is not LinkKind.REGISTRATION))
    return (link for link in links if link.kind is not LinkKind.REGISTRATION or _is_open(entry))


def _action(link: Link, activity: Activity, teller: Teller) -> Written:
    if link.label:
        own = teller.say(link.label)
        return Written(own.text.rstrip(" ."), own.language)
    facts = state(activity, teller.speech, teller.default).facts
    return Written(teller.speech.action(link.kind, facts), teller.language)


def _is_open(entry: Entry) -> bool:
    return entry.phase is not Phase.PAST and entry.activity.status is not Status.SOLD_OUT


def _label(entry: Entry, teller: Teller) -> str:
    words, activity = teller.speech.words, entry.activity
    match activity.status:
        case Status.CANCELLED:
            return words.cancelled
        case Status.POSTPONED:
            return words.postponed
        case Status.SOLD_OUT if entry.phase is not Phase.PAST:
            return words.sold_out
        case _:
            return _label_of_phase(entry, teller)


def _label_of_phase(entry: Entry, teller: Teller) -> str:
    words = teller.speech.words
    if entry.phase is Phase.UPCOMING and (entry.activity.save_the_date or entry.is_borrowed):
        return words.save_the_date
    # Running prose says in its own words that something is over or goes on.
    if not teller.shows_facts:
        return ""
    match entry.phase:
        case Phase.PAST:
            return words.recap
        case Phase.UNDER_WAY:
            return words.under_way
        case _:
            return ""


def _tile(activity: Activity, speech: Catalogue) -> DateTile:
    first, last = activity.start.day, last_day(activity)
    days, _, month = speech.day(first, with_year=False).partition(" ")
    if first != last and (first.year, first.month) == (last.year, last.month):
        days = f"{first.day}–{last.day}"
    return DateTile(days=days, month=month)


def _agenda_url(entry: Entry, teller: Teller) -> str:
    if not teller.shows_facts or entry.phase not in {Phase.UPCOMING, Phase.UNDER_WAY}:
        return ""
    public_url = teller.edition.project.public_url.rstrip("/")
    return f"{public_url}/{page_path(entry.activity.id, teller.language)}"


def _where(activity: Activity, teller: Teller) -> str:
    places = [teller.say(text).text for text in (activity.venue, activity.municipality) if text]
    if activity.address:
        places.insert(1 if activity.venue else 0, activity.address)
    if activity.online:
        places.append(teller.speech.words.online)
    return ", ".join(places)
