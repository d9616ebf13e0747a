"""A finding that is meant so is kept, with its reason; an error is not to be silenced."""

from __future__ import annotations

from collections.abc import Mapping

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.pipeline.check.silence import silenced
from fvdt_mailer.pipeline.select import select
from pages import case_of
from world import NOW, campaign, folder


def problem(rule: str, severity: Severity, *, line: int = 1) -> Problem:
    return Problem(rule=rule, file="a.yaml", line=line, text="wrong", severity=severity)


def after(*problems: Problem, silence: Mapping[str, str]) -> tuple[Problem, ...]:
    recipe = campaign(silence=dict(silence))
    edition = select(folder(campaigns=[recipe]), recipe, now=NOW)
    return silenced(problems, case_of("<p>Hallo</p>", edition=edition))


def test_a_warning_is_kept_with_the_reason_for_leaving_it() -> None:
    (kept,) = after(problem("long-subject", Severity.WARNING), silence={"long-subject": "so"})
    assert kept.silenced == "so"


def test_another_rule_is_not_silenced() -> None:
    (kept,) = after(problem("stale-count", Severity.WARNING), silence={"long-subject": "so"})
    assert kept.silenced == ""


def test_an_error_is_not_silenced_and_the_reason_is_questioned() -> None:
    error, idle = after(problem("no-such-day", Severity.ERROR), silence={"no-such-day": "so"})
    assert error.silenced == ""
    assert (idle.rule, idle.key) == ("bad-silence", "silence")


def test_a_rule_that_does_not_exist_is_named_with_the_nearest() -> None:
    (idle,) = after(silence={"long-subjekt": "so"})
    assert idle.hint == 'did you mean "long-subject"?'


def test_problems_come_once_and_in_the_order_of_their_files() -> None:
    last, first = (problem("stale-count", Severity.WARNING, line=line) for line in (9, 2))
    assert after(last, first, last, silence={}) == (first, last)
