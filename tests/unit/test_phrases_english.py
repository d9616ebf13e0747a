from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest

from fvdt_mailer.model.activity import LinkKind
from fvdt_mailer.pipeline.phrases.catalogue import Facts
from fvdt_mailer.pipeline.phrases.english import English

JUNE_17 = date(2013, 6, 17)
ENGLISH = English()

CERTIFICATES = Facts(
    first=JUNE_17,
    last=JUNE_17,
    kind="seminar",
    topic="food certificates",
    organisers=("Voka",),
    municipality="Kortrijk",
    is_free=True,
    price="free",
)
NETWORKING = Facts(
    first=JUNE_17,
    last=JUNE_17,
    kind="networking event",
    title="North Sea Networking",
    municipality="Bredene",
)


@pytest.mark.parametrize(
    ("first", "last", "with_year", "bare", "in_sentence"),
    [
        ("2013-06-17", "2013-06-17", True, "17 June 2013", "on 17 June 2013"),
        ("2013-06-17", "2013-06-18", True, "17 and 18 June 2013", "on 17 and 18 June 2013"),
        ("2013-06-17", "2013-06-19", True, "from 17 to 19 June 2013", "from 17 to 19 June 2013"),
        ("2013-06-30", "2013-07-02", False, "from 30 June to 2 July", "from 30 June to 2 July"),
        (
            "2013-12-30",
            "2014-01-02",
            False,
            "from 30 December 2013 to 2 January 2014",
            "from 30 December 2013 to 2 January 2014",
        ),
    ],
)
def test_days_are_named_as_english_prose_names_them(
    first: str, last: str, *, with_year: bool, bare: str, in_sentence: str
) -> None:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    assert ENGLISH.days(start, end, with_year=with_year) == bare
    assert ENGLISH.on_days(start, end, with_year=with_year) == in_sentence


def test_a_weekday_has_a_capital() -> None:
    assert ENGLISH.weekday(JUNE_17) == "Monday"


@pytest.mark.parametrize(
    ("starts", "ends", "phrase"),
    [
        (time(14, 30), None, "14:30"),
        (time(9, 5), None, "09:05"),
        (time(14), time(17, 30), "from 14:00 to 17:30"),
        (time(14), time(14), "14:00"),
    ],
)
def test_hours_are_those_of_a_clock(starts: time, ends: time | None, phrase: str) -> None:
    assert ENGLISH.hours(starts, ends) == phrase


@pytest.mark.parametrize(
    ("amount", "phrase"),
    [
        ("0", "free"),
        ("1", "1 euro"),
        ("1.5", "1.50 euros"),
        ("25", "25 euros"),
        ("1250", "1,250 euros"),
    ],
)
def test_an_amount_is_written_out_in_euro(amount: str, phrase: str) -> None:
    assert ENGLISH.price(Decimal(amount)) == phrase


@pytest.mark.parametrize(
    ("written", "noun"),
    [("seminarie", "seminar"), ("Visit", "visit"), ("beurs", "trade fair"), ("haventocht", None)],
)
def test_a_kind_is_translated_or_not_known(written: str, noun: str | None) -> None:
    assert ENGLISH.kind(written) == noun


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (
            CERTIFICATES,
            "On 17 June 2013 Voka is organising a free seminar on food certificates in Kortrijk.",
        ),
        (
            NETWORKING,
            "On 17 June 2013 ‘North Sea Networking’, a networking event, takes place in Bredene.",
        ),
        (
            Facts(first=JUNE_17, last=JUNE_17, starts=time(14), organisers=("Voka", "Unizo")),
            "On 17 June 2013 at 14:00 Voka and Unizo are organising an activity.",
        ),
        (
            Facts(first=JUNE_17, last=JUNE_17, starts=time(14), ends=time(17), kind="workshop"),
            "On 17 June 2013, from 14:00 to 17:00, a workshop takes place.",
        ),
        (
            Facts(first=JUNE_17, last=JUNE_17, kind="open day", organisers=("Voka",)),
            "On 17 June 2013 Voka is organising an open day.",
        ),
        (
            Facts(first=JUNE_17, last=JUNE_17, kind="session", is_online=True, organisers=("A",)),
            "On 17 June 2013 A is organising an online session.",
        ),
        (
            Facts(first=JUNE_17, last=JUNE_17, kind="visit", venue="the port", organisers=("A",)),
            "On 17 June 2013 A is organising a visit to the port.",
        ),
        (
            Facts(first=JUNE_17, last=JUNE_17, title="Storm", venue="the port"),
            "On 17 June 2013 ‘Storm’ takes place at the port.",
        ),
        (
            Facts(
                first=JUNE_17,
                last=date(2013, 6, 18),
                starts=time(9, 30),
                ends=time(17),
                kind="conference",
                venue="Buda",
                municipality="Kortrijk",
                speakers=("An", "Bo"),
                price="25 euros",
                related="the Week of Design",
                is_online=True,
            ),
            (
                "On 17 and 18 June 2013 a conference takes place in Kortrijk (Buda). "
                "The activity begins on 17 June at 09:30 and ends on 18 June at 17:00. "
                "The speakers are An and Bo. You can also take part online. "
                "Taking part costs 25 euros. The activity is linked to the Week of Design."
            ),
        ),
    ],
)
def test_an_opening_reads_naturally(facts: Facts, text: str) -> None:
    assert ENGLISH.opening(facts) == text


def test_what_is_called_off_is_named_with_its_day_and_place() -> None:
    assert ENGLISH.called_off(CERTIFICATES, is_postponed=False) == (
        "The seminar on food certificates in Kortrijk, planned for 17 June 2013, "
        "has been cancelled."
    )
    assert ENGLISH.called_off(NETWORKING, is_postponed=True) == (
        "The networking event ‘North Sea Networking’ in Bredene, planned for 17 June 2013, "
        "has been postponed."
    )


def test_beside_its_facts_an_activity_is_announced_by_an_invitation() -> None:
    both = replace(CERTIFICATES, organisers=("Voka", "Unizo"))
    assert ENGLISH.invitation(CERTIFICATES) == "Voka invites you to this seminar."
    assert ENGLISH.invitation(both) == "Voka and Unizo invite you to this seminar."
    assert ENGLISH.invitation(NETWORKING) == "You are welcome at this networking event."


def test_beside_its_facts_what_is_called_off_is_not_named_again() -> None:
    assert (
        ENGLISH.retraction(CERTIFICATES, is_postponed=False) == "This seminar has been cancelled."
    )
    assert ENGLISH.retraction(NETWORKING, is_postponed=True) == (
        "This networking event has been postponed."
    )


def test_a_button_to_more_information_names_what_it_is_about() -> None:
    assert ENGLISH.action(LinkKind.INFO, CERTIFICATES) == "More about the seminar"
    assert ENGLISH.action(LinkKind.PHOTOS, CERTIFICATES) == "See the photos"


def test_a_visit_that_is_called_off_names_what_was_to_be_visited() -> None:
    facts = Facts(first=JUNE_17, last=JUNE_17, kind="visit", venue="the port")
    sentence = ENGLISH.called_off(facts, is_postponed=False)
    assert sentence == "The visit to the port, planned for 17 June 2013, has been cancelled."


def test_a_day_to_keep_free_is_a_date_for_the_diary() -> None:
    assert ENGLISH.save_the_date(NETWORKING) == (
        "A date for your diary: on 17 June 2013 ‘North Sea Networking’, a networking event, "
        "takes place in Bredene."
    )


@pytest.mark.parametrize(
    ("facts", "subject"),
    [
        (NETWORKING, "North Sea Networking"),
        (CERTIFICATES, "seminar on food certificates"),
        (Facts(first=JUNE_17, last=JUNE_17, kind="visit", venue="Howest"), "visit to Howest"),
        (Facts(first=JUNE_17, last=JUNE_17, kind="course", speakers=("An",)), "course with An"),
        (Facts(first=JUNE_17, last=JUNE_17), "activity"),
    ],
)
def test_a_subject_says_what_and_about_what(facts: Facts, subject: str) -> None:
    assert ENGLISH.subject(facts) == subject
