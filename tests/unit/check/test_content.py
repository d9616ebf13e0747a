"""What readers are told: when, where, once, and in their language."""

from __future__ import annotations

from typing import Any

import pytest

from cases import case, rules, sayings, told
from fvdt_mailer.errors import Severity
from fvdt_mailer.model.activity import Activity
from fvdt_mailer.model.language import Language
from fvdt_mailer.pipeline.check.words.duplicates import duplicate_activities
from fvdt_mailer.pipeline.check.words.gaps import missing_facts
from fvdt_mailer.pipeline.check.words.timing import short_notice
from fvdt_mailer.pipeline.check.words.translations import untranslated
from world import activity


def seminar(name: str, topic: str, start: str = "2013-06-17 14:00", **fields: object) -> Activity:
    own = {"kind": "seminarie", "municipality": "Kortrijk", "topic": topic, **fields}
    return activity(name, "voeding", start, **own)


def test_the_same_activity_twice_is_questioned_at_the_second() -> None:
    first, second = seminar("a", "voedingscertificaten"), seminar("b", "Voedingscertificaten!")
    (problem,) = duplicate_activities(case(first, second))
    assert (problem.rule, problem.key) == ("duplicate-activity", "start")
    assert problem.text.startswith('nearly the same as "a" (activities/a.yaml:1)')


@pytest.mark.parametrize(
    "other",
    [
        seminar("b", "robots in de thuiszorg"),
        seminar("b", "voedingscertificaten", "2013-06-17 16:00"),
        seminar("b", "voedingscertificaten", municipality="Oostende"),
    ],
)
def test_two_activities_that_differ_are_not_taken_for_one(other: Activity) -> None:
    assert rules(duplicate_activities, case(seminar("a", "voedingscertificaten"), other)) == []


INFO = "https://example.org/x"


def test_an_activity_from_its_fields_without_a_place_is_questioned() -> None:
    (problem,) = missing_facts(case(seminar("a", "brood", municipality=None, info=INFO)))
    assert (problem.rule, problem.severity) == ("missing-place", Severity.WARNING)


@pytest.mark.parametrize(
    "fields",
    [
        {"online": True},
        {"municipality": "Kortrijk"},
        {"venue": "Budafabriek"},
        {"address": "Straat 1"},
        {"status": "cancelled"},
        {"save_the_date": True},
    ],
)
def test_a_place_is_any_field_that_says_where(fields: dict[str, Any]) -> None:
    named = seminar("a", "brood", **{"municipality": None, "info": INFO, **fields})
    assert rules(missing_facts, case(named)) == []


def test_prose_may_say_where_in_its_own_words_unless_cards_show_the_place() -> None:
    in_words = told("In de Budafabriek in Kortrijk.", info=INFO)
    assert rules(missing_facts, case(in_words)) == []
    assert rules(missing_facts, case(in_words, layout="cards")) == ["missing-place"]


def test_an_activity_without_a_link_is_noted() -> None:
    (problem,) = missing_facts(case(told("Kom.")))
    assert (problem.rule, problem.severity) == ("missing-link", Severity.NOTE)


@pytest.mark.parametrize(
    "text",
    [
        "Schrijf [ons](mailto:info@example.org).",
        "Bel 050 00 00 00.",
        "Mail info@example.org.",
        "Zie https://example.org/x.",
    ],
)
def test_words_that_lead_on_are_a_link(text: str) -> None:
    assert rules(missing_facts, case(told(text))) == []


@pytest.mark.parametrize(
    ("start", "end", "is_short"),
    [
        ("2013-06-01 09:00", None, True),
        ("2013-06-02", None, True),
        ("2013-06-02 00:30", None, False),
        ("2013-06-01", None, True),
        ("2013-05-31", "2013-06-03", False),
    ],
)
def test_an_activity_within_a_day_is_noted(start: str, end: str | None, *, is_short: bool) -> None:
    soon = activity("s", "voeding", start, **({"end": end} if end else {}))
    assert (rules(short_notice, case(soon)) == ["short-notice"]) is is_short


BOTH = {"nl": "Juni", "fr": "Juin"}
LANGUAGES = (Language.NL, Language.FR)


def test_an_activity_that_a_campaign_in_two_languages_tells_in_one_is_noted() -> None:
    looked_at = case(told("Kom."), languages=LANGUAGES, headline=BOTH)
    assert sayings(untranslated, looked_at) == [
        "readers in fr read this in nl; add its words in fr: text, kind and topic or title"
    ]


def test_a_campaign_in_one_language_is_not_asked_to_be_translated() -> None:
    assert list(untranslated(case(told("Kom."), languages=LANGUAGES))) == []


def test_what_no_reader_reads_needs_no_translation() -> None:
    assert list(untranslated(case(told("Kom."), headline=BOTH))) == []


def test_an_activity_in_both_languages_is_left_alone() -> None:
    both = told({"nl": "Kom.", "fr": "Venez."})
    assert list(untranslated(case(both, languages=LANGUAGES, headline=BOTH))) == []
