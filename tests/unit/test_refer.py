from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.activity import Activity
from fvdt_mailer.model.campaign import Campaign
from fvdt_mailer.model.project import Organiser
from fvdt_mailer.pipeline.files.parse import Placed, parse_activities, parse_campaign
from fvdt_mailer.pipeline.files.read_yaml import read
from fvdt_mailer.pipeline.files.refer import Known, known_to, refer

KNOWN = Known(
    clusters=("blue-energy", "voeding"),
    organisers={
        "Voka": Organiser(name="Voka - Kamer van Koophandel", forbidden=("VOKA", "voka vzw")),
        "Unizo": Organiser(),
    },
    zone=ZoneInfo("Europe/Brussels"),
)
WIND = "- id: wind\n  cluster: blue-energy\n  start: 2013-06-17\n  text: Wind.\n"


def activities_in(text: str, file: str = "a.yaml") -> tuple[Placed[Activity], ...]:
    tree, origin, problems = read(text, file=file)
    placed, more = parse_activities(tree, origin)
    assert (problems, more) == ((), ())
    return placed


def campaign_in(text: str) -> Placed[Campaign]:
    tree, origin, problems = read(text, file="c.yaml")
    campaign, more = parse_campaign(tree, origin, "2013-06")
    assert (problems, more) == ((), ())
    assert campaign is not None
    return Placed(noun=campaign, origin=origin)


def found(
    *, activities: str = WIND, campaign: str = "headline: Juni", known: Known = KNOWN
) -> tuple[Problem, ...]:
    return refer(known, activities_in(activities), [campaign_in(campaign)])


def only(problems: tuple[Problem, ...]) -> str:
    (problem,) = problems
    return f"{problem.severity}: {problem}"


def activity_with(fields: str) -> tuple[Problem, ...]:
    return found(activities=WIND + f"  {fields}\n")


def test_names_that_all_lead_somewhere_are_no_problem() -> None:
    assert (
        found(
            activities=WIND + "  organisers: [Voka, Unizo, Voka - Kamer van Koophandel]\n",
            campaign="headline: x\nclusters: [voeding, blue-energy]\n"
            "audience: {clusters: voeding, received: wind}\npick: {include: wind, exclude: wind}",
        )
        == ()
    )


@pytest.mark.parametrize(
    ("campaign", "line", "key"),
    [
        ("headline: x\nclusters:\n- blue-energy\n- voedng", 4, "clusters"),
        ("headline: x\nclusters: voedng", 2, "clusters"),
        ("headline: x\naudience:\n  clusters: [voedng]", 3, "audience.clusters"),
    ],
)
def test_an_unknown_cluster_in_a_campaign_is_told_with_the_nearest(
    campaign: str, line: int, key: str
) -> None:
    assert only(found(campaign=campaign)) == (
        f'error: c.yaml:{line}: {key}: unknown cluster "voedng"; did you mean "voeding"?'
    )


@pytest.mark.parametrize(
    ("written", "key"),
    [("cluster: voedng", "cluster"), ("clusters: [voedng]", "clusters")],
)
def test_an_unknown_cluster_in_an_activity_is_told_where_it_was_written(
    written: str, key: str
) -> None:
    text = f"- start: 2013-06-17\n  text: x\n  {written}\n"
    assert only(found(activities=text)) == (
        f'error: a.yaml:3: {key}: unknown cluster "voedng"; did you mean "voeding"?'
    )


@pytest.mark.parametrize(
    ("campaign", "line", "key"),
    [
        ("headline: x\npick:\n  include:\n  - wind\n  - wnd", 5, "pick.include"),
        ("headline: x\npick: {exclude: wnd}", 2, "pick.exclude"),
        ("headline: x\nkind: announcement\nactivity: wnd", 3, "activity"),
        ("headline: x\naudience:\n  received: wnd", 3, "audience.received"),
    ],
)
def test_an_unknown_activity_is_told_with_the_nearest(campaign: str, line: int, key: str) -> None:
    assert only(found(campaign=campaign)) == (
        f'error: c.yaml:{line}: {key}: unknown activity "wnd"; did you mean "wind"?'
    )


def test_an_unknown_activity_among_many_does_not_list_them_all() -> None:
    many = "".join(WIND.replace("wind", f"activiteit-{n}") for n in range(30))
    (problem,) = found(activities=many, campaign="headline: x\npick: {include: zzz}")
    assert problem.hint == "write the id of an activity in activities/"


def test_an_activity_that_could_not_be_read_is_not_called_unknown() -> None:
    known = Known(clusters=KNOWN.clusters, has_all_activities=False)
    assert found(campaign="headline: x\npick: {include: wnd}", known=known) == ()


def test_an_organiser_outside_the_registry_is_a_warning() -> None:
    assert only(activity_with("organisers:\n  - Unizo\n  - Vokka")) == (
        'warning: a.yaml:7: organisers: unknown organiser "Vokka"; did you mean "Voka"?'
    )


def test_without_a_registry_every_organiser_is_right() -> None:
    known = Known(clusters=KNOWN.clusters)
    assert found(activities=WIND + "  organiser: Vokka\n", known=known) == ()


def test_a_forbidden_spelling_as_organiser_is_an_error_with_the_right_one() -> None:
    assert only(activity_with("organiser: VOKA")) == (
        'error: a.yaml:5: organiser: "VOKA" is not how it is spelled; write "Voka"'
    )


@pytest.mark.parametrize(
    "key", ["text_past", "text_cancelled", "text_standalone", "title", "topic", "related"]
)
def test_a_forbidden_spelling_in_prose_is_a_warning(key: str) -> None:
    assert only(activity_with(f"{key}: Ook VOKA, en nog eens VOKA.")) == (
        f'warning: a.yaml:5: {key}: "VOKA" in this text is a spelling to avoid; write "Voka"'
    )


@pytest.mark.parametrize("key", ["intro", "closing", "lead_in", "subject", "preheader", "fallback"])
def test_a_forbidden_spelling_in_a_campaign_is_a_warning(key: str) -> None:
    (problem,) = found(campaign=f"headline: x\n{key}: {{nl: Met voka vzw, fr: Avec Voka}}")
    assert (problem.key, problem.line, problem.severity) == (key, 2, Severity.WARNING)
    assert '"voka vzw"' in problem.text


def test_the_paragraph_with_the_forbidden_spelling_is_the_one_that_is_named() -> None:
    (problem,) = found(campaign="headline: x\nintro:\n- Voka\n- VOKA\n")
    assert problem.line == 4


@pytest.mark.parametrize("prose", ["VOKAzine", "een Voka-lezing", "VOKA_x", "xVOKA", "voka"])
def test_a_forbidden_spelling_inside_another_word_is_none(prose: str) -> None:
    assert activity_with(f"title: {prose}") == ()


def test_the_same_id_in_two_files_names_both_places() -> None:
    activities = activities_in(WIND) + activities_in("# x\n" + WIND, file="b.yaml")
    (problem,) = refer(KNOWN, activities, [])
    assert str(problem) == (
        'b.yaml:2: id: the activity at a.yaml:1 has the id "wind" as well; '
        "give one of them another id"
    )


def test_two_made_ids_that_are_equal_ask_for_one_of_their_own() -> None:
    twice = "- cluster: voeding\n  start: 2013-06-17\n  text: x\n  title: Proef\n" * 2
    (problem,) = found(activities=twice)
    assert (problem.rule, problem.line) == ("duplicate-id", 5)
    assert 'a.yaml:1 has the id "voeding-2013-06-17-proef" as well' in problem.text
    assert problem.hint == 'tell them apart: add an "id" of its own to one of them'


@pytest.mark.parametrize(
    ("start", "end", "is_wrong"),
    [
        ("2013-06-17", "2013-06-16", True),
        ("2013-06-17 14:00", "2013-06-17 13:59", True),
        ("2013-06-17 14:00", "2013-06-16", True),
        ("2013-06-17 14:00", "2013-06-17", False),
        ("2013-06-17 14:00", "2013-06-17 14:00", False),
        ("2013-06-17", "2013-06-17", False),
        ("2013-06-17", "2013-06-17 09:00", False),
        ("2013-10-27 02:30", "2013-10-27 02:40", False),
    ],
)
def test_an_end_before_its_start_is_an_error(start: str, end: str, *, is_wrong: bool) -> None:
    text = f"- cluster: voeding\n  start: {start}\n  end: {end}\n  text: x\n"
    ends = [p for p in found(activities=text) if p.rule != "doubled-time"]
    assert [(p.rule, p.key, p.line) for p in ends] == (
        [("ends-before-start", "end", 3)] if is_wrong else []
    )


@pytest.mark.parametrize(
    ("window", "is_wrong"),
    [
        ("from: 2013-06-30\n  to: 2013-06-01", True),
        ("from: 2013-06-01\n  to: 2013-06-01", False),
        ("to: 2013-06-01", False),
    ],
)
def test_a_window_that_ends_before_it_begins_is_an_error(window: str, *, is_wrong: bool) -> None:
    problems = found(campaign=f"headline: x\nwindow:\n  {window}\n")
    assert [(p.rule, p.key, p.line) for p in problems] == (
        [("ends-before-start", "window.to", 4)] if is_wrong else []
    )


def test_a_time_that_the_clock_skips_is_an_error_in_an_activity() -> None:
    text = "- cluster: voeding\n  start: 2014-03-30 02:30\n  text: x\n"
    assert only(found(activities=text)) == (
        "error: a.yaml:2: start: 2014-03-30 02:30 does not exist in Europe/Brussels: "
        "the clock goes forward then; write a time before or after that"
    )


@pytest.mark.parametrize("key", ["as_of", "recap_since"])
def test_a_time_that_the_clock_skips_is_an_error_in_a_campaign(key: str) -> None:
    (problem,) = found(campaign=f"headline: x\n{key}: 2014-03-30 02:30")
    assert (problem.rule, problem.key, problem.line) == ("bad-date", key, 2)


@pytest.mark.parametrize("start", ["2014-03-30 01:59", "2014-03-30 03:00", "2014-03-30"])
def test_a_time_around_the_skipped_hour_is_right(start: str) -> None:
    assert found(activities=f"- cluster: voeding\n  start: {start}\n  text: x\n") == ()


def test_a_time_that_happens_twice_is_questioned() -> None:
    text = "- cluster: voeding\n  start: 2013-10-27 02:30\n  text: x\n"
    assert only(found(activities=text)) == (
        "warning: a.yaml:2: start: 2013-10-27 02:30 happens twice in Europe/Brussels: the clock "
        "goes back then; choose a time before or after that; the first of the two is taken"
    )


@pytest.mark.parametrize("start", ["2013-10-27 01:59", "2013-10-27 03:00", "2013-10-27"])
def test_a_time_around_the_doubled_hour_is_right(start: str) -> None:
    assert found(activities=f"- cluster: voeding\n  start: {start}\n  text: x\n") == ()


def test_a_draft_cannot_be_announced() -> None:
    problems = found(
        activities=WIND + "  status: draft\n",
        campaign="headline: x\nkind: announcement\nactivity: wind\n",
    )
    assert [(p.rule, p.line, p.key) for p in problems] == [("draft-announced", 3, "activity")]


def test_of_broken_settings_the_clusters_are_still_known() -> None:
    tree, _, _ = read("nmae: x\nclusters:\n  voeding: {}\n", file="mailer.yaml")
    known = known_to(None, tree, has_all_activities=True)
    assert found(campaign="headline: x\nclusters: voedng", known=known)[-1].hint == (
        'did you mean "voeding"?'
    )


@pytest.mark.parametrize("text", ["", "x", "clusters: x", "name: y"])
def test_without_any_cluster_known_no_cluster_is_called_unknown(text: str) -> None:
    tree, _, _ = read(text, file="mailer.yaml")
    assert found(known=known_to(None, tree, has_all_activities=True)) == ()
