"""What holds for every language."""

import re
import string
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fvdt_mailer.model.activity import LinkKind
from fvdt_mailer.model.language import Language
from fvdt_mailer.pipeline.phrases.catalogue import Catalogue, Facts
from fvdt_mailer.pipeline.phrases.catalogues import catalogue
from fvdt_mailer.pipeline.phrases.kinds import KINDS, known

USUAL = [
    *("seminarie", "lezing", "bezoek", "bedrijfsbezoek", "sessie", "infosessie", "workshop"),
    *("netwerkevent", "opleiding", "webinar", "beurs", "studiedag", "rondleiding", "lunch"),
    *("ontbijt", "congres", "panelgesprek", "demonstratie", "wedstrijd", "opendeurdag"),
]

languages = st.sampled_from(list(Language)).map(catalogue)
firsts = st.dates(date(1990, 1, 1), date(2090, 12, 31))
lengths = st.one_of(st.integers(0, 3), st.integers(0, 800)).map(lambda days: timedelta(days=days))
clocks = st.none() | st.builds(time, st.integers(0, 23), st.integers(0, 59))
names = st.sampled_from(("Voka", "Unizo", "POM West-Vlaanderen", "Flanders’ Plastic Vision"))
many = st.lists(names, max_size=3, unique=True).map(tuple)


@st.composite
def stated(draw: st.DrawFn) -> tuple[Catalogue, Facts]:
    """A language, with facts as that language would state them."""
    speech = draw(languages)
    first = draw(firsts)
    amounts = st.sampled_from(("0", "1", "12.5", "25", "12500")).map(Decimal)
    amount = draw(st.none() | amounts)
    facts = Facts(
        first=first,
        last=first + draw(lengths),
        starts=draw(clocks),
        ends=draw(clocks),
        kind=speech.kind(draw(st.sampled_from(USUAL))) or "" if draw(st.booleans()) else "",
        title=draw(st.sampled_from(("", "North Sea Networking", "Klaar?", "‘Blauw’ is groen"))),
        topic=draw(st.sampled_from(("", "voeding", "wat nu?", "staal, hout enz."))),
        organisers=draw(many),
        speakers=draw(many),
        venue=draw(st.sampled_from(("", "de Buda", "le port", "the port", "Huis (2)", "Gent"))),
        municipality=draw(st.sampled_from(("", "Gent", "Le Havre"))),
        is_online=draw(st.booleans()),
        is_free=amount == 0,
        price=draw(st.sampled_from(("", "vrije bijdrage")))
        if amount is None
        else speech.price(amount),
        related=draw(st.sampled_from(("", "de Week", "les Halles"))),
    )
    return speech, facts


def sentences(speech: Catalogue, facts: Facts) -> Iterator[str]:
    yield speech.opening(facts)
    yield speech.save_the_date(facts)
    yield speech.called_off(facts, is_postponed=True)
    yield speech.called_off(facts, is_postponed=False)


@pytest.mark.parametrize("language", Language)
def test_every_language_has_a_catalogue_that_speaks_it(language: Language) -> None:
    assert catalogue(language).language is language


@given(speech=languages, first=firsts, length=lengths, with_year=st.booleans())
@settings(max_examples=150)
def test_days_name_their_ends_and_no_year_twice(
    speech: Catalogue, first: date, length: timedelta, *, with_year: bool
) -> None:
    last = first + length
    named = speech.days(first, last, with_year=with_year)
    years = re.findall(r"\b\d{4}\b", named)
    if first.year != last.year:
        assert years == [str(first.year), str(last.year)]
    else:
        assert years == [str(last.year)] * with_year
    numbers = [int(number) for number in re.findall(r"\b\d{1,2}(?=er\b|\b)", named)]
    assert numbers == ([first.day] if first == last else [first.day, last.day])
    assert named.endswith(speech.day(last, with_year=bool(years)))


@given(languages, firsts, lengths)
def test_days_in_a_sentence_end_as_days_on_a_line(
    speech: Catalogue, first: date, length: timedelta
) -> None:
    line = speech.days(first, first + length, with_year=True)
    assert speech.on_days(first, first + length, with_year=True).endswith(line)


def beside_facts(speech: Catalogue, facts: Facts) -> Iterator[str]:
    yield speech.invitation(facts)
    yield speech.retraction(facts, is_postponed=True)
    yield speech.retraction(facts, is_postponed=False)


@given(stated())
@settings(max_examples=150)
def test_sentences_are_whole(pair: tuple[Catalogue, Facts]) -> None:
    for text in (*sentences(*pair), *beside_facts(*pair)):
        assert text[0].isupper()
        assert text.endswith(".")
        assert text == text.strip()
        assert not re.search(r"\s\s|\s[,.)]|,,|,\.|\.\.|\(\s", text), text


@given(stated())
@settings(max_examples=150)
def test_sentences_tell_when_and_what(pair: tuple[Catalogue, Facts]) -> None:
    speech, facts = pair
    when = speech.day(facts.last, with_year=True)
    for text in sentences(speech, facts):
        assert when in text
        assert not facts.title or speech.quoted(facts.title) in text
        assert facts.municipality.removeprefix("Le ") in text


@given(stated())
@settings(max_examples=150)
def test_an_opening_leaves_no_fact_out(pair: tuple[Catalogue, Facts]) -> None:
    speech, facts = pair
    text = speech.opening(facts)
    bare = re.compile(r"^(le|les) ")
    told = (
        facts.kind,
        facts.topic.rstrip("."),
        *facts.organisers,
        *facts.speakers,
        bare.sub("", facts.venue),
        bare.sub("", facts.related),
        facts.price if not facts.is_free else "",
    )
    assert all(fact in text for fact in told)
    for clock in (facts.starts, facts.ends):
        assert clock is None or speech.hours(clock, None).removesuffix(" uur") in text


@given(stated())
@settings(max_examples=150)
def test_beside_the_facts_no_price_place_or_title_is_said_again(
    pair: tuple[Catalogue, Facts],
) -> None:
    speech, facts = pair
    once = replace(facts, topic="", related="", kind="", last=facts.first)
    for text in beside_facts(speech, once):
        assert str(facts.first.year) not in text
        for fact in (facts.title, facts.municipality, facts.venue, facts.price):
            assert not fact or fact not in text
    assert all(name in speech.invitation(once) for name in (*facts.organisers, *facts.speakers))


@pytest.mark.parametrize("language", Language)
def test_every_kind_of_link_has_a_button_that_says_what_it_does(language: Language) -> None:
    speech = catalogue(language)
    facts = Facts(first=date(2013, 6, 17), last=date(2013, 6, 17), kind=speech.kind("lezing") or "")
    buttons = {speech.action(kind, facts) for kind in LinkKind}
    assert len(buttons) == len(LinkKind)
    for words in buttons:
        assert words[0].isupper()
        assert not words.endswith(".")
        assert not re.search(r"\b(hier|ici|here)\b", words)


@given(stated())
def test_a_subject_is_a_name_without_a_day_or_a_full_stop(pair: tuple[Catalogue, Facts]) -> None:
    speech, facts = pair
    subject = speech.subject(facts)
    assert subject
    assert subject == subject.strip()
    assert str(facts.first.year) not in subject


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("written", USUAL)
def test_every_language_has_the_usual_kinds(language: Language, written: str) -> None:
    assert catalogue(language).kind(written)


@pytest.mark.parametrize("language", Language)
def test_a_kind_in_a_language_stays_what_it_is(language: Language) -> None:
    speech = catalogue(language)
    for kind in KINDS:
        noun = speech.kind(kind.nouns[0])
        assert noun is not None
        assert speech.kind(noun) == noun


def test_no_dutch_word_has_two_translations() -> None:
    counts = Counter(kind.nouns[0] for kind in KINDS)
    assert counts.most_common(1)[0][1] == 1
    assert all(known(kind.nouns[0]) is kind for kind in KINDS)


def test_articles_are_those_of_dutch_and_french() -> None:
    assert {kind.dutch.split(" ")[0] for kind in KINDS} == {"de", "het"}
    assert {kind.french.split(" ")[0] for kind in KINDS} == {"un", "une"}


@pytest.mark.parametrize("language", Language)
def test_every_kind_of_link_has_its_own_words(language: Language) -> None:
    speech = catalogue(language)
    closings = {speech.closing(kind) for kind in LinkKind}
    assert len(closings) == len(LinkKind)
    assert all(closing.endswith(".") for closing in closings)


@pytest.mark.parametrize("language", Language)
def test_words_are_filled_and_have_the_blanks_they_promise(language: Language) -> None:
    words = asdict(catalogue(language).words)
    blanks = {
        word: [name for _, name, _, _ in string.Formatter().parse(text) if name]
        for word, text in words.items()
    }
    assert all(words.values())
    assert {word: found for word, found in blanks.items() if found} == {
        "greeting_by_name": ["name"],
        "published_by": ["organisation"],
        "sent_to": ["address"],
    }


def test_french_has_no_ordinary_space_before_a_high_mark() -> None:
    speech = catalogue(Language.FR)
    assert not any(re.search(r" [:;!?»]|« ", text) for text in asdict(speech.words).values())


@given(stated().filter(lambda pair: pair[0].language is Language.FR))
def test_french_sentences_keep_high_marks_unbroken(pair: tuple[Catalogue, Facts]) -> None:
    for text in sentences(*pair):
        assert not re.search(r" [:;!?»]|« ", text)
