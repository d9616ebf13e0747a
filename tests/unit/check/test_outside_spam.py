from __future__ import annotations

import pytest

from fvdt_mailer.errors import Severity
from fvdt_mailer.pipeline.check.outside.spam import Hit, hits, points, spam_problems
from fvdt_mailer.pipeline.check.rulebook import RULEBOOK
from pages import FILE, case_of, mail_of

OUTPUT = """\
Subject: Juni

Hallo.
fvdt-mailer points
DEAR_FRIEND=2.683,HTML_MESSAGE=0.001,MAILING_LIST_MULTI=-1,NO_RELAYS=-0.001,T_X=0.01
fvdt-mailer rules
 2.7 DEAR_FRIEND            BODY: Dear Friend? That's not very dear!
 0.0 HTML_MESSAGE           BODY: HTML included in message
-1.0 MAILING_LIST_MULTI     Multiple indicators imply a widely-seen list
                            manager
-0.0 NO_RELAYS              Informational: message was not relayed via SMTP
fvdt-mailer end

Subject: Juli

fvdt-mailer points
none
fvdt-mailer rules
fvdt-mailer end
"""


def hit(rule: str, cost: float) -> Hit:
    return Hit(rule=rule, points=cost, said="wat het zegt")


def test_the_reports_of_several_mails_are_read() -> None:
    first, second = hits(OUTPUT)
    assert second == ()
    assert [one.rule for one in first] == [
        "DEAR_FRIEND",
        "HTML_MESSAGE",
        "MAILING_LIST_MULTI",
        "NO_RELAYS",
        "T_X",
    ]
    assert first[0] == Hit(
        rule="DEAR_FRIEND", points=2.683, said="Dear Friend? That's not very dear!"
    )
    assert first[2].said == "Multiple indicators imply a widely-seen list manager"
    assert first[4].said == "no description"


def test_what_is_no_report_is_none() -> None:
    assert hits("fvdt-mailer points\nA=1\n") == ()


def test_a_bonus_makes_up_for_nothing() -> None:
    assert points([hit("DEAR_FRIEND", 2.5), hit("MAILING_LIST_MULTI", -1)]) == 2.5


@pytest.mark.parametrize(
    "rule",
    ["NO_RECEIVED", "NO_RELAYS", "RDNS_NONE", "HELO_DYNAMIC_DHCP", "SPF_FAIL", "DKIM_ADSP_ALL",
     "BAYES_99", "DATE_IN_PAST_96_XX", "URIBL_BLACK"],
)  # fmt: skip
def test_what_only_a_server_can_change_does_not_count(rule: str) -> None:
    assert points([hit(rule, 3)]) == 0
    assert list(spam_problems(case_of(mail_of("x")), [[hit(rule, 3)]])) == []


def test_the_worst_mail_is_warned_of_once() -> None:
    mails = [[hit("A", 1.2), hit("B", 0.9), hit("C", 0.01)], [hit("A", 1.2)]]
    problems = list(spam_problems(case_of(mail_of("x")), mails))
    (score,) = [problem for problem in problems if problem.rule == "spam-score"]
    assert score.severity is Severity.WARNING
    assert score.text == "SpamAssassin gives 2.1 points: A 1.2, B 0.9"
    assert [problem.rule for problem in problems] == ["spam-score", "spam-rule", "spam-rule"]


def test_little_things_are_not_told() -> None:
    assert list(spam_problems(case_of(mail_of("x")), [[hit("A", 0.4), hit("B", 0.4)]])) == []


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        ("SUBJ_ALL_CAPS", ("campaigns/2013-06.yaml", "headline")),
        ("FROM_STARTS_WITH_NUMS", ("mailer.yaml", "sender.from")),
        ("HTML_IMAGE_ONLY_04", (FILE, "")),
        ("MPART_ALT_DIFF", (FILE, "")),
        ("DEAR_FRIEND", ("campaigns/2013-06.yaml", "")),
    ],
)
def test_a_rule_is_told_where_it_can_be_mended(rule: str, place: tuple[str, str]) -> None:
    (problem,) = spam_problems(case_of(mail_of("x")), [[hit(rule, 1)]])
    assert (problem.file, problem.key) == place
    assert problem.severity is Severity.NOTE
    assert {"spam-score", problem.rule} <= RULEBOOK.keys()
