from __future__ import annotations

from datetime import datetime

import pytest

from fvdt_mailer.model.activity import Activity
from fvdt_mailer.model.edition import Edition, Phase
from fvdt_mailer.pipeline.select import select
from world import ACTIVITIES, ZONE, activity, campaign, edition, folder


def told(result: Edition) -> dict[str, Phase]:
    return {entry.activity.id: entry.phase for entry in result.entries}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_the_june_campaign_tells_the_recap_then_what_is_to_come_by_date() -> None:
    assert list(told(edition())) == ["wind", "certificaten", "zee", "vkc", "lezing"]


def test_as_of_in_the_campaign_wins_over_the_clock() -> None:
    late = datetime(2026, 1, 1, tzinfo=ZONE)
    assert told(edition(now=late, as_of="2013-06-01")) == told(edition())


@pytest.mark.parametrize(
    ("start", "end", "now", "phase"),
    [
        ("2013-06-17", None, "2013-06-16T23:59", Phase.UPCOMING),
        ("2013-06-17", None, "2013-06-17T00:00", Phase.UNDER_WAY),
        ("2013-06-17", None, "2013-06-17T23:59", Phase.UNDER_WAY),
        ("2013-06-17", None, "2013-06-18T00:00", None),
        ("2013-06-17 14:00", None, "2013-06-17T13:59", Phase.UPCOMING),
        ("2013-06-17 14:00", None, "2013-06-17T20:00", Phase.UNDER_WAY),
        ("2013-06-17 14:00", "2013-06-17 16:00", "2013-06-17T15:59", Phase.UNDER_WAY),
        ("2013-06-17 14:00", "2013-06-17 16:00", "2013-06-17T16:00", None),
        ("2013-06-10", "2013-06-20", "2013-06-20T12:00", Phase.UNDER_WAY),
        ("2013-06-10", "2013-06-20", "2013-06-21T00:00", None),
    ],
)
def test_an_activity_is_current_until_its_end(
    start: str, end: str | None, now: str, phase: Phase | None
) -> None:
    one = activity("x", "voeding", start, **({"end": end} if end else {}))
    assert told(edition(one, now=at(now))).get("x") is phase


def test_a_past_activity_without_a_recap_disappears() -> None:
    assert told(edition(activity("x", "voeding", "2013-05-20"))) == {}


@pytest.mark.parametrize(
    ("start", "since", "is_told"),
    [
        ("2013-04-02", None, True),
        ("2013-03-20", None, False),
        ("2013-03-20", "2013-03-01", True),
        ("2013-05-20", "2013-05-21", False),
        ("2013-05-20", "2013-05-20", True),
    ],
)
def test_a_recap_is_told_when_it_ended_after_recap_since(
    start: str, since: str | None, *, is_told: bool
) -> None:
    one = activity("x", "voeding", start, text_past="Het was mooi.")
    result = edition(one, recap_since=since)
    assert ("x" in told(result)) is is_told


def test_recaps_reach_back_to_the_previous_newsletter() -> None:
    may, june = campaign(id="2013-05", as_of="2013-05-10"), campaign(as_of="2013-06-01")
    before = activity("before", "voeding", "2013-05-08", text_past="Ervoor.")
    after = activity("after", "voeding", "2013-05-12", text_past="Erna.")
    world = folder(activities=[before, after], campaigns=[may, june])
    assert list(told(select(world, june, now=at("2013-06-01")))) == ["after"]


def test_a_later_newsletter_does_not_shorten_the_recap() -> None:
    june, july = campaign(as_of="2013-06-01"), campaign(id="2013-07", as_of="2013-07-01")
    world = folder(campaigns=[june, july])
    assert "wind" in told(select(world, june, now=at("2013-06-01")))


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_what_is_called_off_keeps_its_place_until_its_date_has_passed(status: str) -> None:
    one = activity("x", "voeding", "2013-06-17", status=status, text_past="Nee.")
    assert told(edition(one)) == {"x": Phase.CALLED_OFF}
    assert told(edition(one, now=at("2013-06-18"))) == {}


def test_drafts_never_appear_not_even_when_picked() -> None:
    one = activity("x", "voeding", "2013-06-17", status="draft")
    assert told(edition(one, pick={"include": ["x"]})) == {}


def test_sold_out_is_still_told() -> None:
    one = activity("x", "voeding", "2013-06-17", status="sold_out")
    assert told(edition(one)) == {"x": Phase.UPCOMING}


@pytest.mark.parametrize(("start", "is_told"), [("2013-06-30 23:00", True), ("2013-07-01", False)])
def test_the_window_closes_at_the_end_of_its_last_day(start: str, *, is_told: bool) -> None:
    assert ("x" in told(edition(activity("x", "voeding", start)))) is is_told


def test_the_window_opens_at_from() -> None:
    early, later = activity("a", "voeding", "2013-06-05"), activity("b", "voeding", "2013-06-12")
    assert list(told(edition(early, later, window={"from": "2013-06-10"}))) == ["b"]


def test_save_the_date_lifts_the_end_of_the_window() -> None:
    far = activity("far", "voeding", "2014-03-01", save_the_date=True)
    assert told(edition(far)) == {"far": Phase.UPCOMING}


def test_a_save_the_date_is_told_a_year_ahead_and_no_more() -> None:
    far = activity("far", "voeding", "2014-06-01", save_the_date=True)
    assert told(edition(far)) == {}


def test_pick_adds_beyond_the_window_and_takes_away() -> None:
    far = activity("far", "voeding", "2014-03-01")
    result = edition(*ACTIVITIES, far, pick={"include": ["far"], "exclude": ["zee"]})
    assert list(told(result)) == ["wind", "certificaten", "vkc", "lezing", "far"]


def test_a_limit_keeps_picked_then_upcoming_then_past() -> None:
    extra = activity("extra", "blue-energy", "2013-06-20")
    one = edition(*ACTIVITIES, extra, pick={"limit_per_cluster": 1})
    picked = edition(*ACTIVITIES, extra, pick={"limit_per_cluster": 1, "include": ["extra"]})
    assert list(told(one)) == ["certificaten", "zee", "vkc"]
    assert list(told(picked)) == ["certificaten", "extra", "vkc"]


def both() -> Activity:
    return Activity.model_validate(
        {"id": "both", "clusters": ["voeding", "materialen"], "start": "2013-06-18", "text": "B."}
    )


@pytest.mark.parametrize(
    ("followed", "expected"),
    [
        ({"materialen", "voeding"}, {"materialen": ["vkc"], "voeding": ["both"]}),
        ({"materialen"}, {"materialen": ["both", "vkc"]}),
        ({"voeding"}, {"voeding": ["both"]}),
    ],
)
def test_an_activity_in_two_clusters_is_told_once_under_the_first_a_reader_gets(
    followed: set[str], expected: dict[str, list[str]]
) -> None:
    vkc = activity("vkc", "materialen", "2013-06-24")
    sections = edition(both(), vkc).sections(followed)
    assert {s.cluster: [e.activity.id for e in s.entries] for s in sections} == expected


def test_sections_follow_the_campaigns_cluster_order() -> None:
    result = edition(clusters=["voeding", "blue-energy"])
    assert [s.cluster for s in result.sections(["blue-energy", "voeding"])] == [
        "voeding",
        "blue-energy",
    ]


def test_drop_leaves_out_a_cluster_without_activities() -> None:
    result = edition(activity("x", "voeding", "2013-06-17"))
    assert result.telling == ("voeding",)


def test_fallback_prints_the_text_under_a_cluster_without_upcoming_activities() -> None:
    result = edition(*ACTIVITIES[:1], nothing_upcoming="fallback", fallback="Niets.")
    sections = result.sections(["blue-energy", "voeding"])
    assert [(s.cluster, len(s.entries), s.falls_back) for s in sections] == [
        ("blue-energy", 1, True),
        ("voeding", 0, True),
    ]


def test_borrow_takes_from_the_month_after_the_window() -> None:
    july = activity("july", "voeding", "2013-07-15")
    august = activity("august", "voeding", "2013-08-15")
    full = activity("full", "materialen", "2013-07-15")
    vkc = activity("vkc", "materialen", "2013-06-24")
    result = edition(july, august, full, vkc, nothing_upcoming="borrow")
    assert [(e.activity.id, e.is_borrowed) for e in result.entries] == [
        ("vkc", False),
        ("july", True),
    ]


def test_an_announcement_tells_its_one_activity_whatever_the_window() -> None:
    far = activity("far", "voeding", "2014-03-01")
    result = edition(*ACTIVITIES, far, kind="announcement", activity="far")
    assert list(told(result)) == ["far"]
    assert result.telling == ("voeding",)
