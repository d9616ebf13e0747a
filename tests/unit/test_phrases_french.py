from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest

from fvdt_mailer.model.activity import LinkKind
from fvdt_mailer.pipeline.phrases.catalogue import Facts
from fvdt_mailer.pipeline.phrases.french import French

JUNE_17 = date(2013, 6, 17)
FRENCH = French()

CERTIFICATES = Facts(
    first=JUNE_17,
    last=JUNE_17,
    kind="séminaire",
    topic="les certificats alimentaires",
    organisers=("Voka",),
    municipality="Courtrai",
    is_free=True,
    price="gratuit",
)
NETWORKING = Facts(
    first=JUNE_17,
    last=JUNE_17,
    kind="événement de réseautage",
    title="North Sea Networking",
    municipality="Bredene",
)


@pytest.mark.parametrize(
    ("first", "last", "with_year", "bare", "in_sentence"),
    [
        ("2013-06-17", "2013-06-17", True, "17 juin 2013", "le 17 juin 2013"),
        ("2013-06-01", "2013-06-01", False, "1er juin", "le 1er juin"),
        ("2013-06-17", "2013-06-18", True, "17 et 18 juin 2013", "les 17 et 18 juin 2013"),
        ("2013-06-30", "2013-07-01", False, "30 juin et 1er juillet", "les 30 juin et 1er juillet"),
        ("2013-06-17", "2013-06-19", True, "du 17 au 19 juin 2013", "du 17 au 19 juin 2013"),
        ("2013-06-01", "2013-06-03", False, "du 1er au 3 juin", "du 1er au 3 juin"),
        ("2013-06-11", "2013-07-11", False, "du 11 juin au 11 juillet", "du 11 juin au 11 juillet"),
        (
            "2013-12-30",
            "2014-01-02",
            False,
            "du 30 décembre 2013 au 2 janvier 2014",
            "du 30 décembre 2013 au 2 janvier 2014",
        ),
    ],
)
def test_days_are_named_as_french_prose_names_them(
    first: str, last: str, *, with_year: bool, bare: str, in_sentence: str
) -> None:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    assert FRENCH.days(start, end, with_year=with_year) == bare
    assert FRENCH.on_days(start, end, with_year=with_year) == in_sentence


def test_only_the_first_of_a_month_is_an_ordinal() -> None:
    assert FRENCH.day(date(2013, 6, 1), with_year=True) == "1er juin 2013"
    assert FRENCH.day(date(2013, 6, 21), with_year=True) == "21 juin 2013"
    assert FRENCH.weekday(date(2013, 7, 1)) == "lundi"


@pytest.mark.parametrize(
    ("starts", "ends", "phrase"),
    [
        (time(14), None, "14 h"),
        (time(14, 30), None, "14 h 30"),
        (time(9, 5), None, "9 h 05"),
        (time(14), time(17, 30), "de 14 h à 17 h 30"),
        (time(14), time(14), "14 h"),
    ],
)
def test_hours_have_an_h_between_spaces(starts: time, ends: time | None, phrase: str) -> None:
    assert FRENCH.hours(starts, ends) == phrase


@pytest.mark.parametrize(
    ("amount", "phrase"),
    [
        ("0", "gratuit"),
        ("1", "1 euro"),
        ("1.5", "1,50 euro"),
        ("2", "2 euros"),
        ("12.5", "12,50 euros"),
        ("12500", "12\u00a0500 euros"),
    ],
)
def test_the_plural_of_euro_begins_at_two(amount: str, phrase: str) -> None:
    assert FRENCH.price(Decimal(amount)) == phrase


def test_titles_stand_in_guillemets_with_no_break_spaces() -> None:
    assert FRENCH.quoted("Alimentation") == "«\u00a0Alimentation\u00a0»"


@pytest.mark.parametrize(
    ("written", "noun"),
    [
        ("seminarie", "séminaire"),
        ("Séminaire", "séminaire"),
        ("bezoek", "visite"),
        ("workshop", "atelier"),
        ("séance d'information", "séance d’information"),
        ("haventocht", None),
        ("", None),
    ],
)
def test_a_kind_is_translated_or_not_known(written: str, noun: str | None) -> None:
    assert FRENCH.kind(written) == noun


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (
            CERTIFICATES,
            (
                "Le 17 juin 2013, Voka organise un séminaire gratuit à Courtrai "
                "sur les certificats alimentaires."
            ),
        ),
        (
            NETWORKING,
            (
                "Le 17 juin 2013 a lieu à Bredene «\u00a0North Sea Networking\u00a0», "
                "un événement de réseautage."
            ),
        ),
        (
            Facts(first=JUNE_17, last=JUNE_17, starts=time(14), organisers=("Voka", "Unizo")),
            "Le 17 juin 2013 à 14 h, Voka et Unizo organisent une activité.",
        ),
        (
            Facts(first=JUNE_17, last=JUNE_17, starts=time(14), ends=time(17), kind="formation"),
            "Le 17 juin 2013, de 14 h à 17 h, a lieu une formation.",
        ),
        (
            Facts(first=JUNE_17, last=JUNE_17, starts=time(14), kind="formation", is_free=True),
            "Le 17 juin 2013 à 14 h a lieu une formation gratuite.",
        ),
        (
            Facts(first=JUNE_17, last=JUNE_17, kind="session", is_online=True, organisers=("A",)),
            "Le 17 juin 2013, A organise une session en ligne.",
        ),
        (
            Facts(first=JUNE_17, last=JUNE_17, kind="visite", venue="le port", organisers=("A",)),
            "Le 17 juin 2013, A organise une visite du port.",
        ),
        (
            Facts(first=JUNE_17, last=JUNE_17, kind="salon", venue="les Halles"),
            "Le 17 juin 2013 a lieu aux Halles un salon.",
        ),
        (
            Facts(
                first=JUNE_17,
                last=date(2013, 6, 18),
                starts=time(9, 30),
                ends=time(17),
                kind="congrès",
                venue="Atelier",
                speakers=("Chris Lefteri",),
                price="25 euros",
                related="le Salon du design",
            ),
            (
                "Les 17 et 18 juin 2013 a lieu un congrès. Lieu\u00a0: Atelier. "
                "L’activité commence le 17 juin à 9 h 30 et se termine le 18 juin à 17 h. "
                "Vous y entendrez Chris Lefteri. La participation coûte 25 euros. "
                "L’activité est liée au Salon du design."
            ),
        ),
        (
            Facts(
                first=JUNE_17,
                last=JUNE_17,
                kind="cours",
                municipality="Le Havre",
                is_online=True,
                price="à voir",
            ),
            (
                "Le 17 juin 2013 a lieu au Havre un cours. Vous pouvez aussi participer en ligne. "
                "Prix\u00a0: à voir."
            ),
        ),
    ],
)
def test_an_opening_reads_naturally(facts: Facts, text: str) -> None:
    assert FRENCH.opening(facts) == text


@pytest.mark.parametrize(
    ("kind", "last", "is_postponed", "sentence"),
    [
        ("séminaire", 17, False, "Le séminaire du 17 juin 2013 n’aura pas lieu."),
        ("visite", 17, True, "La visite du 17 juin 2013 est reportée."),
        ("atelier", 18, True, "L’atelier des 17 et 18 juin 2013 est reporté."),
        ("hackathon", 19, True, "Le hackathon du 17 au 19 juin 2013 est reporté."),
        ("", 17, True, "L’activité du 17 juin 2013 est reportée."),
    ],
)
def test_what_is_called_off_has_its_gender(
    kind: str, last: int, *, is_postponed: bool, sentence: str
) -> None:
    facts = Facts(first=JUNE_17, last=date(2013, 6, last), kind=kind)
    assert FRENCH.called_off(facts, is_postponed=is_postponed) == sentence


@pytest.mark.parametrize(
    ("kind", "this", "all_about"),
    [
        ("séminaire", "ce séminaire", "Tout savoir sur le séminaire"),
        ("conférence", "cette conférence", "Tout savoir sur la conférence"),
        ("atelier", "cet atelier", "Tout savoir sur l’atelier"),
        ("hackathon", "ce hackathon", "Tout savoir sur le hackathon"),
        ("", "cette activité", "Tout savoir sur l’activité"),
    ],
)
def test_beside_its_facts_an_activity_is_pointed_at_in_its_gender(
    kind: str, this: str, all_about: str
) -> None:
    facts = Facts(first=JUNE_17, last=JUNE_17, kind=kind, organisers=("Voka",))
    both = replace(facts, organisers=("Voka", "Unizo"))
    assert FRENCH.invitation(facts) == f"Voka vous invite à {this}."
    assert FRENCH.invitation(both) == f"Voka et Unizo vous invitent à {this}."
    assert FRENCH.invitation(replace(facts, organisers=())) == f"Bienvenue à {this}."
    retracted = FRENCH.retraction(facts, is_postponed=False)
    assert retracted == f"{this[0].upper()}{this[1:]} n’aura pas lieu."
    assert FRENCH.action(LinkKind.INFO, facts) == all_about


def test_a_visit_that_is_called_off_names_what_was_to_be_visited() -> None:
    facts = Facts(first=JUNE_17, last=JUNE_17, kind="visite", venue="le port")
    sentence = FRENCH.called_off(facts, is_postponed=False)
    assert sentence == "La visite du port du 17 juin 2013 n’aura pas lieu."


def test_a_day_to_keep_free_has_a_no_break_space_before_the_colon() -> None:
    assert FRENCH.save_the_date(NETWORKING) == (
        "À noter dans votre agenda\u00a0: le 17 juin 2013 a lieu à Bredene "
        "«\u00a0North Sea Networking\u00a0», un événement de réseautage."
    )


@pytest.mark.parametrize(
    ("facts", "subject"),
    [
        (NETWORKING, "North Sea Networking"),
        (CERTIFICATES, "séminaire sur les certificats alimentaires"),
        (Facts(first=JUNE_17, last=JUNE_17, kind="visite", venue="Aquafin"), "visite d’Aquafin"),
        (Facts(first=JUNE_17, last=JUNE_17, kind="visite", venue="Howest"), "visite de Howest"),
        (Facts(first=JUNE_17, last=JUNE_17, kind="cours", speakers=("An",)), "cours avec An"),
        (Facts(first=JUNE_17, last=JUNE_17), "activité"),
    ],
)
def test_a_subject_says_what_and_about_what(facts: Facts, subject: str) -> None:
    assert FRENCH.subject(facts) == subject
