from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from fvdt_mailer.model.activity import Activity
from fvdt_mailer.model.audience import SegmentKey
from fvdt_mailer.model.language import Language, Written
from fvdt_mailer.model.letter import DateTile, Letter, Paragraph
from fvdt_mailer.model.moment import Moment
from fvdt_mailer.pipeline.phrase import phrase
from world import ZONE, activity, edition

INFO = {"kind": "info", "url": "https://example.org/info"}
REGISTRATION = {"kind": "registration", "url": "https://example.org/register"}
PHOTOS = {"kind": "photos", "url": "https://example.org/photos"}


def letter(*activities: Activity, language: Language = Language.NL, **fields: Any) -> Letter:
    result = edition(*activities, **fields)
    return phrase(result, SegmentKey(result.telling, language))


def only(*activities: Activity, language: Language = Language.NL, **fields: Any) -> Paragraph:
    """The first paragraph of the letter."""
    return letter(*activities, language=language, **fields).sections[0].paragraphs[0]


def seminar(**fields: object) -> Activity:
    written = {
        "kind": "seminarie",
        "topic": "voedingscertificaten",
        "organiser": "Voka",
        "municipality": "Kortrijk",
        "price": "gratis",
    }
    return activity("x", "voeding", "2013-06-17", **{**written, **fields})


def test_a_topic_makes_the_opening_sentence_and_the_text_follows_it() -> None:
    told = only(seminar(text="Met praktische tips."))
    assert told.prose == Written(
        "Op 17 juni 2013 organiseert Voka een gratis seminarie in Kortrijk "
        "over voedingscertificaten. Met praktische tips.",
        Language.NL,
    )


def test_prose_without_a_topic_stands_alone() -> None:
    told = only(activity("x", "voeding", "2013-06-17", kind="lezing", text="Kom op {date}."))
    assert told.prose.text == "Kom op 17 juni."


@pytest.mark.parametrize(
    ("token", "value"),
    [
        ("{date}", "17 juni"),
        ("{date_long}", "17 juni 2013"),
        ("{time}", "van 14 tot 17.30 uur"),
        ("{municipality}", "Kortrijk"),
        ("{venue}", "Budafabriek"),
        ("{organisers}", "Voka en Unizo"),
        ("{title}", "Open dag"),
        ("{cluster}", "voeding"),
        ("{{date}}", "{date}"),
    ],
)
def test_each_word_in_braces_is_filled_from_its_field(token: str, value: str) -> None:
    one = activity(
        "x",
        "voeding",
        "2013-06-17 14:00",
        end="2013-06-17 17:30",
        text=f"Zie {token}!",
        municipality="Kortrijk",
        venue="Budafabriek",
        organisers=["Voka", "Unizo"],
        title="Open dag",
    )
    assert only(one).prose.text == f"Zie {value}!"


def test_the_short_date_names_the_year_when_it_is_another_than_the_editions() -> None:
    one = activity("x", "voeding", "2014-01-06", text="Op {date}.")
    assert only(one, window={"to": "2014-02-01"}).prose.text == "Op 6 januari 2014."


def test_a_past_activity_speaks_with_its_recap_and_never_asks_to_register() -> None:
    past = activity(
        "x", "voeding", "2013-05-30", text_past="Het was mooi.", links=[REGISTRATION, PHOTOS]
    )
    told = only(past)
    assert told.prose.text == "Het was mooi."
    assert [c.sentence.text for c in told.closings] == ["Hier vindt u enkele sfeerbeelden."]


def test_a_cancelled_activity_says_so_and_shows_no_link() -> None:
    told = only(seminar(status="cancelled", reason="De zaal is dicht.", links=[INFO, REGISTRATION]))
    assert "gaat niet door" in told.prose.text
    assert told.prose.text.endswith("De zaal is dicht.")
    assert told.closings == ()
    assert told.label == "Geannuleerd"


def test_text_cancelled_takes_the_place_of_the_sentence() -> None:
    told = only(seminar(status="cancelled", text_cancelled="Helaas niet op {date}."))
    assert told.prose.text == "Helaas niet op 17 juni."


def test_a_postponed_activity_does_not_name_itself_cancelled() -> None:
    told = only(seminar(status="postponed"))
    assert told.label == "Uitgesteld"
    assert "gaat niet door" not in told.prose.text


def test_a_sold_out_activity_says_so_and_drops_the_registration() -> None:
    told = only(seminar(status="sold_out", links=[INFO, REGISTRATION]))
    assert "volzet" in told.prose.text
    assert [c.url for c in told.closings] == [INFO["url"]]


def test_a_closing_sentence_tells_what_it_is_about() -> None:
    (closing,) = only(seminar(links=[INFO])).closings
    assert closing.sentence.text == "Meer info vindt u hier."
    assert closing.subject.text == "seminarie over voedingscertificaten"


def test_a_label_of_ones_own_replaces_the_closing_sentence() -> None:
    (closing,) = only(seminar(links=[{**INFO, "label": "Lees alles op de site."}])).closings
    assert closing.sentence.text == "Lees alles op de site."


def test_the_standalone_text_is_told_when_an_activity_opens_its_section() -> None:
    first = activity("a", "voeding", "2013-06-10")
    second = activity("b", "voeding", "2013-06-11", text="Ook B.", text_standalone="B komt.")
    assert only(second).prose.text == "B komt."
    assert letter(first, second).sections[0].paragraphs[1].prose.text == "Ook B."


def test_a_french_reader_gets_a_sentence_made_in_french() -> None:
    topic = {"nl": "certificaten", "fr": "les certificats"}
    told = only(seminar(topic=topic, municipality={"nl": "Kortrijk", "fr": "Courtrai"}),
                language=Language.FR)  # fmt: skip
    assert told.prose.language is Language.FR
    assert "séminaire gratuit à Courtrai" in told.prose.text


def test_a_text_that_exists_in_dutch_only_stays_wholly_dutch_for_a_french_reader() -> None:
    told = only(seminar(text={"nl": "Met tips.", "fr": "Avec des conseils."}), language=Language.FR)
    assert told.prose.language is Language.NL
    assert told.prose.text.endswith("Met tips.")


def test_the_preheader_names_the_first_activities_to_come() -> None:
    past = activity("p", "blue-energy", "2013-05-30", text_past="Voorbij.", title="Voorbij")
    assert letter(past, seminar()).preheader.text == "Seminarie over voedingscertificaten"


def test_the_campaigns_own_preheader_wins() -> None:
    assert letter(seminar(), preheader="Lees dit.").preheader.text == "Lees dit."


def test_a_fallback_names_the_cluster_it_stands_for() -> None:
    sections = letter(
        seminar(), nothing_upcoming="fallback", fallback="Niets rond {cluster}."
    ).sections
    assert [s.fallback.text for s in sections if s.fallback] == [
        "Niets rond blue energy.",
        "Niets rond nieuwe materialen.",
    ]


def test_cards_label_what_is_over_and_under_way_but_prose_does_not() -> None:
    past = activity("p", "blue-energy", "2013-05-30", text_past="Voorbij.")
    long = activity("l", "materialen", "2013-05-30", end="2013-06-10")
    now = datetime(2013, 6, 1, tzinfo=ZONE)
    cards = letter(past, long, layout="cards", now=now)
    prose = letter(past, long, now=now)
    assert [s.paragraphs[0].label for s in cards.sections] == ["Terugblik", "Nu bezig"]
    assert [s.paragraphs[0].label for s in prose.sections] == ["", ""]


@pytest.mark.parametrize("beside", [{"layout": "cards"}, {"kind": "announcement", "activity": "x"}])
def test_prose_beside_facts_does_not_tell_them_again(beside: dict[str, Any]) -> None:
    told = only(seminar(text="Met praktische tips."), **beside)
    assert told.prose.text == "Voka nodigt u uit voor dit seminarie. Met praktische tips."


def test_what_is_called_off_is_not_named_again_beside_its_facts() -> None:
    told = only(seminar(status="cancelled", reason="De zaal is dicht."), layout="cards")
    assert told.prose.text == "Dit seminarie gaat niet door. De zaal is dicht."


def test_words_of_a_person_stay_as_they_are_beside_the_facts() -> None:
    one = activity("x", "voeding", "2013-06-17", kind="lezing", text="Kom op {date}.")
    assert only(one, layout="cards").prose.text == "Kom op 17 juni."


def test_a_french_reader_is_invited_in_french_beside_facts_in_french() -> None:
    topic = {"nl": "certificaten", "fr": "les certificats"}
    told = only(seminar(topic=topic), language=Language.FR, layout="cards")
    assert told.prose == Written("Voka vous invite à ce séminaire.", Language.FR)


def test_among_buttons_registration_comes_first_and_in_prose_links_keep_their_order() -> None:
    one = seminar(links=[INFO, REGISTRATION])
    in_cards, in_prose = only(one, layout="cards").closings, only(one).closings
    assert [closing.url for closing in in_cards] == [REGISTRATION["url"], INFO["url"]]
    assert [closing.url for closing in in_prose] == [INFO["url"], REGISTRATION["url"]]


def test_a_button_says_what_it_does_in_the_language_of_the_reader() -> None:
    one = seminar(links=[INFO])
    assert only(one).closings[0].action == Written("Meer over het seminarie", Language.NL)
    french = only(one, language=Language.FR).closings[0].action
    assert french == Written("Tout savoir sur le séminaire", Language.FR)


def test_a_label_of_ones_own_is_also_the_words_of_the_button() -> None:
    (closing,) = only(seminar(links=[{**INFO, "label": "Lees alles op de site."}])).closings
    assert closing.action.text == "Lees alles op de site"


@pytest.mark.parametrize(
    ("start", "end", "days", "month"),
    [
        ("2013-06-17", "2013-06-17", "17", "juni"),
        ("2013-06-17", "2013-06-19", "17–19", "juni"),
        ("2013-06-30", "2013-07-02", "30", "juni"),
        ("2013-06-17", "2014-06-19", "17", "juni"),
    ],
)
def test_a_date_tile_shows_the_days_within_a_month_else_the_first(
    start: str, end: str, days: str, month: str
) -> None:
    tile = only(activity("x", "voeding", start, end=end)).tile
    assert tile == DateTile(days=days, month=month)


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ({"layout": "cards"}, "https://news.example.org/a/x/nl/"),
        ({"kind": "announcement", "activity": "x"}, "https://news.example.org/a/x/nl/"),
        ({"layout": "prose"}, ""),
    ],
)
def test_an_agenda_link_stands_beside_facts_only(fields: dict[str, Any], url: str) -> None:
    assert only(seminar(), **fields).agenda_url == url


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_what_is_called_off_is_struck_and_goes_in_no_agenda(status: str) -> None:
    told = only(seminar(status=status), layout="cards")
    assert told.is_struck
    assert told.agenda_url == ""


def test_an_announcement_labels_what_is_over_and_has_no_contents() -> None:
    past = activity("x", "voeding", "2013-05-30", text_past="Voorbij.")
    written = letter(past, kind="announcement", activity="x", contents="yes")
    assert written.sections[0].paragraphs[0].label == "Terugblik"
    assert not written.has_contents
    assert written.listed_sections == ()


@pytest.mark.parametrize(
    ("count", "fields", "expected"),
    [
        (4, {"layout": "cards"}, True),
        (3, {"layout": "cards"}, False),
        (4, {"layout": "prose"}, False),
        (1, {"contents": "yes"}, True),
        (9, {"layout": "cards", "contents": "no"}, False),
    ],
)
def test_contents_are_listed_when_there_is_much_or_when_asked_for(
    count: int, fields: dict[str, Any], *, expected: bool
) -> None:
    written = letter(*(activity(f"a{i}", "voeding", "2013-06-17") for i in range(count)), **fields)
    assert written.has_contents is expected
    assert bool(written.listed_sections) is expected


def test_a_callout_is_said_in_the_language_of_the_reader() -> None:
    callout = {
        "title": {"nl": "Oproep", "fr": "Appel"},
        "text": {"nl": "Doe mee.", "fr": "Participez."},
        "url": "https://example.org/x",
        "label": {"nl": "Meld u aan", "fr": "Inscrivez-vous"},
    }
    said = letter(seminar(), callout=callout, language=Language.FR).callout
    assert said is not None
    assert [said.title, said.text, said.label] == [
        Written(text, Language.FR) for text in ("Appel", "Participez.", "Inscrivez-vous")
    ]
    assert letter(seminar()).callout is None


def test_the_facts_line_holds_day_hours_place_and_price() -> None:
    one = seminar(venue="Buda", address="Dam 1", price="12,50")
    told = only(one.model_copy(update={"end": None}))
    assert told.when == "maandag 17 juni 2013"
    assert told.where == "Buda, Dam 1, Kortrijk"
    assert told.price == "12,50 euro"


def test_hours_that_would_read_as_those_of_each_day_are_left_out() -> None:
    long = seminar().model_copy(
        update={"start": Moment.parse("2013-06-17 09:30"), "end": Moment.parse("2013-06-18 17:00")}
    )
    assert only(long).when == "17 en 18 juni 2013"
