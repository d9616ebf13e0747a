from datetime import date, time
from decimal import Decimal
from functools import partial

import pytest

from fvdt_mailer.model.activity import LinkKind
from fvdt_mailer.pipeline.phrases.catalogue import Facts
from fvdt_mailer.pipeline.phrases.dutch import Dutch

JUNE_17 = date(2013, 6, 17)
DUTCH = Dutch()
on_june_17 = partial(Facts, first=JUNE_17, last=JUNE_17)


CERTIFICATES = on_june_17(
    kind="seminarie",
    topic="voedingscertificaten",
    organisers=("Voka",),
    municipality="Kortrijk",
    is_free=True,
)
NETWORKING = on_june_17(kind="netwerkevent", title="North Sea Networking", municipality="Bredene")


@pytest.mark.parametrize(
    ("first", "last", "with_year", "phrase"),
    [
        ("2013-06-17", "2013-06-17", True, "17 juni 2013"),
        ("2013-06-17", "2013-06-17", False, "17 juni"),
        ("2013-06-17", "2013-06-18", True, "17 en 18 juni 2013"),
        ("2013-06-17", "2013-06-18", False, "17 en 18 juni"),
        ("2013-06-30", "2013-07-01", True, "30 juni en 1 juli 2013"),
        ("2013-12-31", "2014-01-01", False, "31 december 2013 en 1 januari 2014"),
        ("2013-06-17", "2013-06-19", True, "van 17 tot en met 19 juni 2013"),
        ("2013-06-30", "2013-07-02", True, "van 30 juni tot en met 2 juli 2013"),
        ("2013-06-30", "2013-07-02", False, "van 30 juni tot en met 2 juli"),
        ("2013-06-17", "2013-07-17", False, "van 17 juni tot en met 17 juli"),
        ("2013-12-30", "2014-01-02", True, "van 30 december 2013 tot en met 2 januari 2014"),
        ("2013-12-30", "2014-01-02", False, "van 30 december 2013 tot en met 2 januari 2014"),
        ("2013-06-17", "2014-06-17", False, "van 17 juni 2013 tot en met 17 juni 2014"),
    ],
)
def test_days_are_named_as_dutch_prose_names_them(
    first: str, last: str, *, with_year: bool, phrase: str
) -> None:
    named = DUTCH.days(date.fromisoformat(first), date.fromisoformat(last), with_year=with_year)
    assert named == phrase


@pytest.mark.parametrize(
    ("last", "phrase"),
    [(17, "op 17 juni"), (18, "op 17 en 18 juni"), (19, "van 17 tot en met 19 juni")],
)
def test_a_range_takes_no_second_preposition_in_a_sentence(last: int, phrase: str) -> None:
    assert DUTCH.on_days(JUNE_17, date(2013, 6, last), with_year=False) == phrase


def test_a_weekday_has_no_capital() -> None:
    assert DUTCH.weekday(JUNE_17) == "maandag"


@pytest.mark.parametrize(
    ("starts", "ends", "phrase"),
    [
        (time(14), None, "14 uur"),
        (time(14, 30), None, "14.30 uur"),
        (time(9, 5), None, "9.05 uur"),
        (time(14), time(17, 30), "van 14 tot 17.30 uur"),
        (time(14), time(14), "14 uur"),
        (time(20), time(0), "van 20 tot 0 uur"),
    ],
)
def test_hours_have_a_point_and_one_uur(starts: time, ends: time | None, phrase: str) -> None:
    assert DUTCH.hours(starts, ends) == phrase


@pytest.mark.parametrize(
    ("amount", "phrase"),
    [
        ("0", "gratis"),
        ("25", "25 euro"),
        ("25.00", "25 euro"),
        ("12.5", "12,50 euro"),
        ("1250", "1250 euro"),
        ("12500", "12.500 euro"),
        ("1234567.89", "1.234.567,89 euro"),
    ],
)
def test_an_amount_is_written_out_in_euro(amount: str, phrase: str) -> None:
    assert DUTCH.price(Decimal(amount)) == phrase


@pytest.mark.parametrize(
    ("names", "phrase"),
    [
        ((), ""),
        (("Voka",), "Voka"),
        (("Voka", "Unizo"), "Voka en Unizo"),
        (("Voka", "Unizo", "Howest"), "Voka, Unizo en Howest"),
    ],
)
def test_a_list_has_no_comma_before_en(names: tuple[str, ...], phrase: str) -> None:
    assert DUTCH.listing(names) == phrase


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Voeding", "‘Voeding’"),
        ("‘Voeding’", "‘Voeding’"),
        ("“Voeding”", "‘Voeding’"),
        ("Flanders’ Plastic Vision", "‘Flanders’ Plastic Vision’"),
        ("Wat ‘blauw’ betekent", "‘Wat “blauw” betekent’"),
        ("De ‘KMO’s van morgen’ aan zet", "‘De “KMO’s van morgen” aan zet’"),
    ],
)
def test_quotation_marks_never_pile_up(text: str, phrase: str) -> None:
    assert DUTCH.quoted(text) == phrase


@pytest.mark.parametrize(
    ("written", "noun"),
    [
        ("seminarie", "seminarie"),
        ("VR-beleving", "VR-beleving"),
        (" lezing ", "lezing"),
        ("séminaire", "seminarie"),
        ("séance d'information", "infosessie"),
        ("company visit", "bedrijfsbezoek"),
        ("atelier", "atelier"),
        ("", None),
    ],
)
def test_any_word_is_a_dutch_kind_unless_another_language_claims_it(
    written: str, noun: str | None
) -> None:
    assert DUTCH.kind(written) == noun


def test_fields_alone_give_the_sentence_of_the_source_text() -> None:
    assert DUTCH.opening(CERTIFICATES) == (
        "Op 17 juni 2013 organiseert Voka een gratis seminarie in Kortrijk "
        "over voedingscertificaten."
    )


OPENINGS = {
    "nothing is known": (on_june_17(), "Op 17 juni 2013 vindt een activiteit plaats."),
    "nobody organises it": (
        on_june_17(kind="lezing", topic="staal", municipality="Kortrijk"),
        "Op 17 juni 2013 vindt in Kortrijk een lezing plaats over staal.",
    ),
    "several organise it": (
        on_june_17(kind="lezing", organisers=("Voka", "Unizo", "Howest")),
        "Op 17 juni 2013 organiseren Voka, Unizo en Howest een lezing.",
    ),
    "it has a title": (
        NETWORKING,
        "Op 17 juni 2013 vindt in Bredene ‘North Sea Networking’ plaats, een netwerkevent.",
    ),
    "it has a title and a topic": (
        on_june_17(kind="congres", title="Storm", topic="wind", organisers=("Unizo",)),
        "Op 17 juni 2013 organiseert Unizo ‘Storm’, een congres over wind.",
    ),
    "it has no more than a title": (
        on_june_17(title="Storm", organisers=("Unizo",), municipality="Bredene"),
        "Op 17 juni 2013 organiseert Unizo ‘Storm’ in Bredene.",
    ),
    "a title is free": (
        on_june_17(title="Storm", organisers=("Unizo",), is_free=True, price="gratis"),
        "Op 17 juni 2013 organiseert Unizo ‘Storm’, een gratis activiteit.",
    ),
    "the topic is a question": (
        on_june_17(kind="lezing", topic="wat kost energie?", organisers=("Voka",)),
        "Op 17 juni 2013 organiseert Voka een lezing over ‘wat kost energie?’.",
    ),
    "it starts at an hour": (
        on_june_17(kind="lezing", organisers=("Voka",), starts=time(19, 30)),
        "Op 17 juni 2013 organiseert Voka om 19.30 uur een lezing.",
    ),
    "it has hours": (
        on_june_17(kind="lezing", municipality="Gent", starts=time(14), ends=time(17, 30)),
        "Op 17 juni 2013 vindt van 14 tot 17.30 uur in Gent een lezing plaats.",
    ),
    "only its end is known": (
        on_june_17(kind="lezing", organisers=("Voka",), ends=time(17)),
        "Op 17 juni 2013 organiseert Voka een lezing. De activiteit eindigt om 17 uur.",
    ),
    "its venue has an article": (
        on_june_17(kind="lezing", venue="de Budafabriek", municipality="Kortrijk"),
        "Op 17 juni 2013 vindt in de Budafabriek in Kortrijk een lezing plaats.",
    ),
    "its venue has no article": (
        on_june_17(kind="lezing", venue="Budafabriek", municipality="Kortrijk"),
        "Op 17 juni 2013 vindt in Kortrijk (Budafabriek) een lezing plaats.",
    ),
    "its venue has brackets of its own": (
        on_june_17(kind="lezing", venue="Huis (zaal 2)", municipality="Kortrijk"),
        "Op 17 juni 2013 vindt in Kortrijk een lezing plaats. Plaats: Huis (zaal 2).",
    ),
    "its venue is all there is": (
        on_june_17(kind="lezing", venue="Budafabriek", organisers=("Voka",)),
        "Op 17 juni 2013 organiseert Voka een lezing. Plaats: Budafabriek.",
    ),
    "its venue is its town": (
        on_june_17(kind="lezing", venue="Gent", municipality="Gent", organisers=("Voka",)),
        "Op 17 juni 2013 organiseert Voka een lezing in Gent.",
    ),
    "a venue is visited": (
        on_june_17(kind="bezoek", venue="de Budafabriek", municipality="Kortrijk"),
        "Op 17 juni 2013 vindt in Kortrijk een bezoek aan de Budafabriek plaats.",
    ),
    "it is online": (
        on_june_17(kind="sessie", organisers=("Voka",), is_online=True, is_free=True),
        "Op 17 juni 2013 organiseert Voka een gratis online sessie.",
    ),
    "a webinar is always online": (
        on_june_17(kind="webinar", organisers=("Voka",), is_online=True),
        "Op 17 juni 2013 organiseert Voka een webinar.",
    ),
    "a reader can choose": (
        on_june_17(kind="sessie", organisers=("Voka",), municipality="Gent", is_online=True),
        "Op 17 juni 2013 organiseert Voka een sessie in Gent. U kunt ook online deelnemen.",
    ),
    "one person speaks": (
        on_june_17(kind="lezing", organisers=("Voka",), speakers=("Chris Lefteri",)),
        "Op 17 juni 2013 organiseert Voka een lezing. Spreker is Chris Lefteri.",
    ),
    "more persons speak": (
        on_june_17(kind="lezing", organisers=("Voka",), speakers=("An Peeters", "Bo Jr.")),
        "Op 17 juni 2013 organiseert Voka een lezing. Sprekers zijn An Peeters en Bo Jr.",
    ),
    "it costs an amount": (
        on_june_17(kind="lezing", organisers=("Voka",), price="12,50 euro"),
        "Op 17 juni 2013 organiseert Voka een lezing. Deelnemen kost 12,50 euro.",
    ),
    "a person described the price": (
        on_june_17(kind="lezing", organisers=("Voka",), price="25 euro, leden 10 euro"),
        "Op 17 juni 2013 organiseert Voka een lezing. Prijs: 25 euro, leden 10 euro.",
    ),
    "it belongs to something larger": (
        on_june_17(kind="lezing", organisers=("Voka",), related="de Week van het Ontwerpen"),
        (
            "Op 17 juni 2013 organiseert Voka een lezing. "
            "De activiteit wordt gekoppeld aan de Week van het Ontwerpen."
        ),
    ),
}


@pytest.mark.parametrize("case", OPENINGS)
def test_an_opening_reads_naturally_when(case: str) -> None:
    facts, text = OPENINGS[case]
    assert DUTCH.opening(facts) == text


def test_the_hours_of_several_days_are_told_with_their_days() -> None:
    facts = Facts(
        first=date(2013, 12, 31),
        last=date(2014, 1, 1),
        starts=time(20),
        ends=time(2, 30),
        kind="studiedag",
        organisers=("POM",),
    )
    assert DUTCH.opening(facts) == (
        "Op 31 december 2013 en 1 januari 2014 organiseert POM een studiedag. "
        "De activiteit begint op 31 december 2013 om 20 uur "
        "en eindigt op 1 januari 2014 om 2.30 uur."
    )


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        ("seminarie", "Het seminarie"),
        ("lezing", "De lezing"),
        ("demonstratie", "De demonstratie"),
        ("bedrijfsbezoek", "Het bedrijfsbezoek"),
        ("haventocht", "De haventocht"),
        ("algemene vergadering", "De algemene vergadering"),
        ("lezing met debat", "De activiteit"),
        ("bootcamp", "De activiteit"),
        ("", "De activiteit"),
    ],
)
def test_a_kind_gets_its_article_or_makes_way_for_one_that_is_known(kind: str, named: str) -> None:
    sentence = DUTCH.called_off(on_june_17(kind=kind), is_postponed=False)
    assert sentence == f"{named} van 17 juni 2013 gaat niet door."


def test_what_is_called_off_is_named_with_its_day_and_place() -> None:
    assert DUTCH.called_off(CERTIFICATES, is_postponed=False) == (
        "Het seminarie van 17 juni 2013 in Kortrijk over voedingscertificaten gaat niet door."
    )
    assert DUTCH.called_off(NETWORKING, is_postponed=True) == (
        "Het netwerkevent ‘North Sea Networking’ van 17 juni 2013 in Bredene is uitgesteld."
    )


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (CERTIFICATES, "Voka nodigt u uit voor dit seminarie."),
        (NETWORKING, "U bent welkom op dit netwerkevent."),
        (
            on_june_17(kind="lezing", organisers=("Voka", "Unizo"), speakers=("An",)),
            "Voka en Unizo nodigen u uit voor deze lezing. Spreker is An.",
        ),
        (on_june_17(kind="bootcamp"), "U bent welkom op deze activiteit."),
        (
            on_june_17(kind="sessie", municipality="Gent", is_online=True, related="de Week"),
            (
                "U bent welkom op deze sessie. U kunt ook online deelnemen. "
                "De activiteit wordt gekoppeld aan de Week."
            ),
        ),
    ],
)
def test_beside_its_facts_an_activity_is_announced_by_an_invitation(
    facts: Facts, text: str
) -> None:
    assert DUTCH.invitation(facts) == text


def test_an_invitation_still_tells_the_course_of_several_days() -> None:
    facts = Facts(
        first=JUNE_17, last=date(2013, 6, 18), starts=time(9, 30), ends=time(17), kind="studiedag"
    )
    assert DUTCH.invitation(facts) == (
        "U bent welkom op deze studiedag. De activiteit begint op 17 juni om 9.30 uur en eindigt "
        "op 18 juni om 17 uur."
    )


def test_beside_its_facts_what_is_called_off_is_not_named_again() -> None:
    assert DUTCH.retraction(CERTIFICATES, is_postponed=False) == "Dit seminarie gaat niet door."
    assert DUTCH.retraction(on_june_17(), is_postponed=True) == "Deze activiteit is uitgesteld."


def test_a_button_to_more_information_names_what_it_is_about() -> None:
    assert DUTCH.action(LinkKind.INFO, CERTIFICATES) == "Meer over het seminarie"
    assert DUTCH.action(LinkKind.INFO, on_june_17(kind="lezing")) == "Meer over de lezing"
    assert DUTCH.action(LinkKind.REGISTRATION, CERTIFICATES) == "Schrijf u in"


def test_a_visit_that_is_called_off_names_what_was_to_be_visited() -> None:
    facts = on_june_17(kind="bezoek", venue="de Budafabriek", municipality="Kortrijk")
    assert DUTCH.called_off(facts, is_postponed=False) == (
        "Het bezoek aan de Budafabriek van 17 juni 2013 in Kortrijk gaat niet door."
    )


def test_a_range_that_is_called_off_has_one_van() -> None:
    facts = Facts(first=JUNE_17, last=date(2013, 6, 19), kind="congres")
    sentence = DUTCH.called_off(facts, is_postponed=False)
    assert sentence == "Het congres van 17 tot en met 19 juni 2013 gaat niet door."


def test_a_day_to_keep_free_comes_without_hours_or_details() -> None:
    facts = on_june_17(
        kind="lezing", organisers=("Voka",), starts=time(14), price="25 euro", speakers=("An",)
    )
    assert DUTCH.save_the_date(facts) == (
        "Noteer alvast in uw agenda: op 17 juni 2013 organiseert Voka een lezing."
    )


@pytest.mark.parametrize(
    ("facts", "subject"),
    [
        (NETWORKING, "North Sea Networking"),
        (CERTIFICATES, "seminarie over voedingscertificaten"),
        (on_june_17(kind="bezoek", venue="de Budafabriek"), "bezoek aan de Budafabriek"),
        (on_june_17(kind="bezoek", municipality="Brugge"), "bezoek in Brugge"),
        (on_june_17(kind="lezing", speakers=("Chris Lefteri",)), "lezing met Chris Lefteri"),
        (on_june_17(kind="lezing", speakers=("An", "Bo")), "lezing"),
        (on_june_17(topic="wind"), "activiteit over wind"),
        (on_june_17(), "activiteit"),
    ],
)
def test_a_subject_says_what_and_about_what(facts: Facts, subject: str) -> None:
    assert DUTCH.subject(facts) == subject


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (LinkKind.INFO, "Meer info vindt u hier."),
        (LinkKind.REGISTRATION, "Inschrijven doet u hier."),
        (LinkKind.PHOTOS, "Hier vindt u enkele sfeerbeelden."),
        (LinkKind.REPORT, "Het verslag leest u hier."),
    ],
)
def test_closing_sentences_keep_the_voice_of_the_source_text(kind: LinkKind, sentence: str) -> None:
    assert DUTCH.closing(kind) == sentence
