from __future__ import annotations

import pytest

from fvdt_mailer.errors import Severity
from fvdt_mailer.pipeline.check.outside.links import Link
from fvdt_mailer.pipeline.check.outside.visits import Answer, Fate, Visit, link_problems
from fvdt_mailer.pipeline.check.rulebook import RULEBOOK

URL = "https://example.org/a"
HERE = Link(url=URL, file="activities/a.yaml", line=3, key="info")


@pytest.mark.parametrize(
    ("status", "fate"),
    [
        (200, Fate.REACHED),
        (304, Fate.REACHED),
        (401, Fate.GUARDED),
        (403, Fate.GUARDED),
        (404, Fate.DEAD),
        (410, Fate.DEAD),
        (429, Fate.GUARDED),
        (500, Fate.DOWN),
        (503, Fate.DOWN),
        (999, Fate.GUARDED),
    ],
)
def test_an_answer_decides_how_a_visit_ends(status: int, fate: Fate) -> None:
    assert Answer(status=status).fate is fate


@pytest.mark.parametrize(
    ("status", "leads_on", "is_for_good"),
    [(301, True, True), (302, True, False), (303, True, False), (307, True, False),
     (308, True, True), (300, False, False), (200, False, False)],
)  # fmt: skip
def test_a_redirect_leads_on(status: int, leads_on: bool, is_for_good: bool) -> None:  # noqa: FBT001
    answer = Answer(status=status, location="/b")
    assert (answer.leads_on, answer.is_for_good) == (leads_on, is_for_good)
    assert not Answer(status=status).leads_on


@pytest.mark.parametrize(
    ("visit", "rule", "severity"),
    [
        (Visit(fate=Fate.DEAD), "link-dead", Severity.WARNING),
        (Visit(fate=Fate.DOWN), "link-unreachable", Severity.WARNING),
        (Visit(fate=Fate.GUARDED), "link-unreachable", Severity.NOTE),
        (Visit(fate=Fate.UNVISITED), "link-unreachable", Severity.NOTE),
        (Visit(fate=Fate.REFUSED), "link-private", Severity.WARNING),
        (Visit(fate=Fate.REACHED, moved_to=f"{URL}b"), "link-moved", Severity.NOTE),
    ],
)
def test_each_end_is_told_at_the_link(visit: Visit, rule: str, severity: Severity) -> None:
    (problem,) = link_problems([HERE], {URL: visit})
    assert (problem.rule, problem.severity) == (rule, severity)
    assert rule in RULEBOOK
    assert str(problem).startswith(f"activities/a.yaml:3: info: {URL} ")


def test_a_page_that_was_reached_is_not_told() -> None:
    assert list(link_problems([HERE], {URL: Visit(fate=Fate.REACHED, said="200 OK")})) == []


def test_links_that_one_template_line_makes_are_told_once() -> None:
    made = [Link(url=f"{URL}{n}", file="templates/a.j2", line=9) for n in range(3)]
    dead = Visit(fate=Fate.DEAD, said="404 Not Found")
    (problem,) = link_problems(made, dict.fromkeys([link.url for link in made], dead))
    assert problem.text == f"{URL}0 leads nowhere: 404 Not Found (and 2 more links from here)"


def test_an_endless_address_is_cut_off() -> None:
    long = Link(url=URL + "a" * 1000, file="a.yaml", line=1)
    (problem,) = link_problems([long], {long.url: Visit(fate=Fate.DEAD)})
    assert len(problem.text) < 250
