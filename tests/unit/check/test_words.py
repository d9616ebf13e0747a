"""Dates, counts, connectives and words in braces: what the words say against what is known."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import Any

import pytest

from cases import case, told
from fvdt_mailer.errors import Problem
from fvdt_mailer.model.activity import Activity
from fvdt_mailer.pipeline.check.words.connectives import dangling
from fvdt_mailer.pipeline.check.words.counts import stale_counts
from fvdt_mailer.pipeline.check.words.dates import wrong_dates
from fvdt_mailer.pipeline.check.words.fillings import doubled_prepositions, unfilled_words
from fvdt_mailer.pipeline.check.words.timing import untimely
from fvdt_mailer.pipeline.phrase import phrase
from fvdt_mailer.pipeline.segment import sample_keys
from world import activity

LOOKS = (unfilled_words, doubled_prepositions, wrong_dates, stale_counts, dangling, untimely)


def found(*activities: Activity, **fields: Any) -> list[Problem]:
    looked_at = case(*activities, **fields)
    keys = sample_keys(looked_at.edition)
    looked_at = replace(looked_at, letters=tuple(phrase(looked_at.edition, key) for key in keys))
    return list(dict.fromkeys(chain.from_iterable(look(looked_at) for look in LOOKS)))


def rules(*activities: Activity, **fields: object) -> list[str]:
    return [problem.rule for problem in found(*activities, **fields)]


def test_a_sound_edition_has_no_problems() -> None:
    assert found(told("Op maandag 17 juni 2013, in {municipality}.", municipality="Gent")) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Op dinsdag 17 juni.", '"dinsdag 17 juni" does not fit: 2013-06-17 is a maandag'),
        ("Op Dinsdag 17 juni 2013.", "is a maandag"),
        ("Op maandag 17 juni 2014.", "is a dinsdag"),
    ],
)
def test_a_weekday_that_does_not_fit_its_date_is_an_error(text: str, words: str) -> None:
    problems = found(told(text))
    wrong = [problem for problem in problems if problem.rule == "wrong-weekday"]
    assert len(wrong) == 1
    assert wrong[0].is_error
    assert words in str(wrong[0])
    assert str(wrong[0]).startswith("activities/a.yaml:1: text: ")


def test_a_french_weekday_is_read_in_french() -> None:
    text = {"nl": "Op {date}.", "fr": "Le mardi 17 juin."}
    assert rules(activity("x", "voeding", "2013-06-17", text=text)) == ["wrong-weekday"]


def test_a_weekday_in_the_intro_is_checked_against_the_editions_year() -> None:
    assert rules(told("Kom."), intro="Wij openen op dinsdag 17 juni.") == ["wrong-weekday"]


def test_a_day_that_is_not_in_the_calendar_is_an_error() -> None:
    assert "no-such-day" in rules(told("Op 31 juni."))


def test_a_date_in_prose_that_is_not_the_activitys_own_is_questioned() -> None:
    (problem,) = found(told("Kom op 18 juni."))
    assert (problem.rule, problem.is_error) == ("other-date", False)
    assert "write {date}" in problem.hint


@pytest.mark.parametrize("text", ["Van 17 tot 19 juni.", "Nog op 18 juni.", "Tot 19 juni 2013."])
def test_a_day_within_the_activity_is_its_own(text: str) -> None:
    assert rules(told(text, end="2013-06-19")) == []


def test_a_word_in_braces_that_nobody_knows_names_the_nearest() -> None:
    (problem,) = found(told("Op {dat}."))
    assert problem.rule == "unfilled-word"
    assert problem.hint == 'did you mean "date"?'


def test_a_word_in_braces_whose_field_is_missing_is_an_error() -> None:
    (problem,) = found(told("In {venue}."))
    assert str(problem) == (
        "activities/a.yaml:1: text: {venue} has nothing to print; "
        'give the activity its "venue", or rephrase'
    )


def test_braces_in_a_campaigns_own_text_are_an_error() -> None:
    assert rules(told("Kom."), headline="Op {date}") == ["unfilled-word"]


def test_a_connective_that_opens_a_section_is_questioned_once() -> None:
    other = activity("o", "materialen", "2013-06-10")
    assert rules(other, told("Ook wij komen.")) == ["dangling-connective"]


def test_a_standalone_text_settles_a_dangling_connective() -> None:
    assert rules(told("Ook wij komen.", text_standalone="Wij komen.")) == []


def test_a_connective_after_a_neighbour_leans_on_something() -> None:
    first = activity("a", "voeding", "2013-06-10")
    assert rules(first, told("Ook wij komen.")) == []


@pytest.mark.parametrize(
    ("intro", "is_stale"),
    [("De drie clusters.", False), ("De vier gekozen sectoren.", True), ("In 5 clusters.", True)],
)
def test_a_count_of_clusters_in_prose_is_held_against_the_data(
    intro: str, *, is_stale: bool
) -> None:
    assert (rules(told("Kom."), intro=intro) == ["stale-count"]) is is_stale


def test_a_window_that_is_over_is_an_error() -> None:
    assert "window-over" in rules(told("Kom."), window={"to": "2013-05-31"})


def test_an_edition_without_activities_is_questioned() -> None:
    assert rules() == ["nothing-to-tell"]


def test_announcing_what_is_over_is_an_error() -> None:
    past = activity("p", "voeding", "2013-05-20", text_past="Voorbij.")
    assert rules(past, kind="announcement", activity="p") == ["announced-past"]


@pytest.mark.parametrize(("end", "is_doubled"), [("2013-06-19", True), ("2013-06-18", False)])
def test_a_preposition_before_a_range_of_days_is_questioned(end: str, *, is_doubled: bool) -> None:
    assert (rules(told("Kom op {date}.", end=end)) == ["doubled-preposition"]) is is_doubled
