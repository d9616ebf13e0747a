"""Slips of typing, notation and the way readers are addressed."""

from __future__ import annotations

import pytest

from cases import case, rules, sayings, told
from fvdt_mailer.errors import Severity
from fvdt_mailer.pipeline.check.words.address_form import mixed_address
from fvdt_mailer.pipeline.check.words.bare import bare
from fvdt_mailer.pipeline.check.words.house_style import house_style
from fvdt_mailer.pipeline.check.words.typing_slips import shouted, typing_slips
from world import PROJECT, activity


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Een\u00a0 traject.", "double-space"),
        ("Twee  woorden.", "double-space"),
        ("De foto's zijn er.", "straight-quote"),
        ('Onder het motto "zee".', "straight-quote"),
        ("Kom 's avonds.", "straight-quote"),
        ("Hij zei 'kom'.", "straight-quote"),
        ("Kom naar de de zaal.", "word-twice"),
        ("De de zaal.", "word-twice"),
        ("Kom (met de trein.", "lonely-mark"),
        ("Kom met de trein).", "lonely-mark"),
        ("Onder het motto “zee.", "lonely-mark"),
        ("Kom met de trein", "no-end-mark"),
        ("Kom op {date}", "no-end-mark"),
        ("Kom naar [de zaal](https://example.org/zaal)", "no-end-mark"),
        ("Kom naar (de zaal)", "no-end-mark"),
        ("Kom snel,", "no-end-mark"),
    ],
)
def test_a_slip_of_typing_is_told(text: str, rule: str) -> None:
    assert rules(typing_slips, case(told(text))) == [rule]


@pytest.mark.parametrize(
    "text",
    [
        "KMO’s onder het motto “De schatten van de Noordzee” (VKC) van Flanders’ Plastic Vision!",
        "Ontdek ‘Nieuwe materialen’ in o.a. een lezing: 5 punten.",
        "Kom in de De Verbeelding.",
        "Wie die die zag, weet dat dat u u zelf brengt.",
        "Een plaat van 24\" of 5'10 past.",
        "a) lezen b) schrijven 10) rekenen.",
        "Tot dan ;-) en kom (en U) zeker!",
        "Zie https://example.org/it's_(x) of info@example.org.",
        "Kom op {date} (zie https://example.org/zaal).",
        "*Kom* naar **de zaal**.",
        "Meer op https://example.org/zaal",
        "Zij zei: „kom!”",
        "Noteer [deze dag](https://example.org/dag_(1)).",
    ],
)
def test_a_right_text_is_left_alone(text: str) -> None:
    assert rules(typing_slips, case(told(text))) == []


def test_a_salutation_in_the_campaign_may_end_in_a_comma_and_a_lead_in_in_a_colon() -> None:
    looked_at = case(told("Kom."), intro=["Beste ondernemer,"], lead_in="Dit komt eraan:")
    assert rules(typing_slips, looked_at) == []


def test_a_headline_and_a_title_need_no_full_stop() -> None:
    assert rules(typing_slips, case(told("Kom.", title="Zee"), headline="Juni in zicht")) == []


def test_a_title_is_read_for_slips_too() -> None:
    (problem,) = typing_slips(case(told("Kom.", title='De "zee"')))
    assert (problem.rule, problem.key) == ("straight-quote", "title")


def test_the_marks_of_french_quotes_are_named_for_french() -> None:
    (said,) = sayings(typing_slips, case(told({"fr": 'Le "port".'})))
    assert "« »" in said


@pytest.mark.parametrize("text", ["SCHRIJF NU IN!", "Kom: LAATSTE PLAATSEN."])
def test_shouting_is_noted(text: str) -> None:
    (problem,) = shouted(case(told(text)))
    assert (problem.rule, problem.severity) == ("capitals", Severity.NOTE)


@pytest.mark.parametrize("text", ["POM, VOKA, UNIZO en VLAIO.", "De UNIZO.", "KU LEUVEN.", "Kom!"])
def test_names_in_capitals_are_no_shouting(text: str) -> None:
    assert rules(shouted, case(told(text))) == []


def test_the_name_of_someone_the_project_knows_is_no_shouting() -> None:
    project = PROJECT.model_copy(update={"name": "FABRIEKEN TOEKOMST"})
    assert rules(shouted, case(told("De FABRIEKEN TOEKOMST."), project=project)) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Om 14u30 stipt.", '"14u30" in this text; write "14.30 uur"'),
        ("Van 9u tot 12u.", '"9u", "12u" in this text; write "9 uur", "12 uur"'),
        ("Van 14u-16u30.", '"14u", "16u30" in this text; write "14 uur", "16.30 uur"'),
        ("Om 14:00 uur.", '"14:00 uur" in this text; write "14 uur"'),
        ("Om 14.30u.", '"14.30u" in this text; write "14.30 uur"'),
        ("Om 14 u 30.", '"14 u 30" in this text; write "14.30 uur"'),
        ("Op 17/06 en 18/6/2013.", '"18/6/2013" in this text; write "18 juni 2013"'),
        ("Op 17/06.", '"17/06" in this text; write "17 juni"'),
        ("Op 17-06-2013.", '"17-06-2013" in this text; write "17 juni 2013"'),
        ("Voor €25.", '"€25" in this text; write "25 euro"'),
        ("Voor € 25,00.", '"€ 25,00" in this text; write "25 euro"'),
        ("Voor € 12,50.", '"€ 12,50" in this text; write "12,50 euro"'),
        ("Voor 25,- €.", '"25,- €" in this text; write "25 euro"'),
        ("Bel 059/12.34.56.", '"059/12.34.56" in this text; write "059 12 34 56"'),
        ("Bel +32 (0)476 123456.", '"+32 (0)476 123456" in this text; write "+32 476 12 34 56"'),
        ("Bel 09/223.45.67.", '"09/223.45.67" in this text; write "09 223 45 67"'),
        ("Uw emailadres.", '"emailadres" in this text; write "e-mailadres"'),
        ("Email ons.", '"Email" in this text; write "E-mail"'),
        ("Zonder BTW.", '"BTW" in this text; write "btw"'),
        ("De VZW.", '"VZW" in this text; write "vzw"'),
    ],
)
def test_a_notation_is_shown_as_the_rest_of_the_mail_has_it(text: str, said: str) -> None:
    assert said in sayings(house_style, case(told(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Om 14.30 uur op 17 juni 2013 voor 25 euro.",
        "We zijn 24/7 open, en kregen 10/10 en € 1,2 miljoen.",
        "Versie 1.2.3 uit 2013-2014 in 16:9.",
        "Bel 050 00 00 00 of +32 476 12 34 56, nummer 0123.456.749.",
        "Stuur een e-mail naar email@example.org (btw BE 0123.456.749).",
        "Voor de 10 u bekende bedrijven.",
        "Zie https://example.org/17/06/14:30/btw.",
    ],
)
def test_a_right_notation_is_left_alone(text: str) -> None:
    assert rules(house_style, case(told(text))) == []


def test_a_date_in_figures_weighs_more_than_a_matter_of_style() -> None:
    date, clock = house_style(case(told("Op 17/06 om 14u.")))
    assert {date.rule: date.severity, clock.rule: clock.severity} == {
        "date-notation": Severity.WARNING,
        "clock-notation": Severity.NOTE,
    }


@pytest.mark.parametrize(
    ("language", "text"),
    [("nl", "Klik hier."), ("fr", "Cliquez ici."), ("en", "Click here.")],
)
def test_asking_to_click_is_questioned_in_every_language(language: str, text: str) -> None:
    assert rules(house_style, case(told({language: text}))) == ["click-here"]


@pytest.mark.parametrize("text", ["Venez nombreux!", "Le programme: le port.", "Venez à 14h30."])
def test_french_is_read_as_french(text: str) -> None:
    assert len(rules(house_style, case(told({"fr": text})))) == 1


def test_french_with_its_spaces_is_left_alone() -> None:
    text = "Une activité ? Le 17 juin, de 14 h à 16 h 30 : « Les ports », pour 25 €."
    assert rules(house_style, case(told({"fr": text}))) == []


def test_dutch_notations_are_not_asked_of_english() -> None:
    assert rules(house_style, case(told({"en": "At 14:30 for €25."}))) == []


def test_the_text_that_says_je_is_told_where_the_rest_says_u() -> None:
    other = activity("y", "voeding", "2013-06-18", text="Hier leert u meer.")
    (problem,) = mixed_address(case(told("Kom je ook?"), other, intro="Uw agenda."))
    assert (problem.rule, problem.key, problem.severity) == (
        "mixed-address",
        "text",
        Severity.WARNING,
    )
    assert problem.text == 'this text says "je", where the rest of the mail says "u"'


def test_the_text_that_says_u_is_told_where_most_say_je() -> None:
    intro = ["Voor jou.", "Met jouw cluster."]
    (problem,) = mixed_address(case(told("Kom je ook?"), intro=intro, closing="Tot u."))
    assert problem.key == "closing"


def test_saying_je_throughout_is_noted_once_beside_the_fixed_sentences() -> None:
    (problem,) = mixed_address(case(told("Kom je ook?"), intro="Voor jou."))
    assert problem.severity is Severity.NOTE


@pytest.mark.parametrize(
    "text",
    [
        "Om 14 u en om 15u komt Julie.",
        "Onder het motto “Durf je?” of ‘Jij ook!’.",
        "De U-vorm en de jij-vorm van U.S. Steel.",
    ],
)
def test_what_is_no_address_or_someone_elses_does_not_mix(text: str) -> None:
    assert rules(mixed_address, case(told(text), intro="U bent welkom.", closing="Voor u.")) == []


def test_bare_words_are_what_readers_see() -> None:
    text = r"Zie *nu* [de zaal](https://example.org/a) op {date}, mail info@example.org \*."
    assert bare(text) == "Zie nu de zaal op \ue000, mail \ufffc *."
