"""Mails before a real SpamAssassin, which asks the network nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from components import needs
from contract.example_cases import CAMPAIGNS, example_case
from fvdt_mailer.adapters.spamassassin import SpamAssassin
from fvdt_mailer.errors import NotReady, Severity
from fvdt_mailer.pipeline.check.outside.spam import points
from pages import FILE, case_of, mail_of, page_of
from world import edition

LOUD = "FREE VIAGRA, ACT NOW AND MAKE MONEY FAST"
GREEDY = (
    "<h1>Dear friend</h1><p>100% guaranteed! Viagra, Cialis and Xanax for $10,500,000 million "
    'dollars.</p><p style="color:#ffffff;font-size:12px">Not to be seen.</p>'
)


@pytest.fixture
def spamassassin() -> SpamAssassin:
    return SpamAssassin(program=Path(needs("spamassassin")))


@pytest.mark.parametrize("campaign", CAMPAIGNS)
def test_the_mails_of_this_repository_are_no_spam(
    campaign: str, spamassassin: SpamAssassin
) -> None:
    case = example_case(campaign)
    judged = spamassassin.judge(page.mail for page in case.pages)
    assert len(judged) == len(case.pages) > 0
    assert max(points(mail) for mail in judged) < 0.5
    assert [str(problem) for problem in spamassassin.inspect(case)] == []


def test_a_mail_that_looks_like_spam_is_warned_of(spamassassin: SpamAssassin) -> None:
    loud = edition(subject=LOUD)
    page = page_of(mail_of(GREEDY), text=f"{LOUD}\n", edition=loud)
    problems = list(spamassassin.inspect(case_of(page, edition=loud)))
    (score,) = [problem for problem in problems if problem.rule == "spam-score"]
    assert (score.severity, score.file) == (Severity.WARNING, "campaigns/2013-06.yaml")
    notes = {problem.text.split()[1]: problem for problem in problems if problem is not score}
    assert {problem.severity for problem in notes.values()} == {Severity.NOTE}
    assert notes["SUBJ_ALL_CAPS"].key == "subject"
    assert notes["HTML_FONT_LOW_CONTRAST"].file == FILE
    assert notes["DEAR_FRIEND"].file == "campaigns/2013-06.yaml"


def test_a_habit_of_spam_on_many_pages_is_told_once(spamassassin: SpamAssassin) -> None:
    mail = mail_of("<p>Dear friend</p>")
    problems = list(spamassassin.inspect(case_of(mail, mail)))
    told = [problem.text for problem in problems if "DEAR_FRIEND" in problem.text]
    assert len(told) == len({problem.rule for problem in problems if "DEAR_" in problem.text})


def test_no_home_is_needed(
    spamassassin: SpamAssassin, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "none"))
    assert len(spamassassin.judge([b"Subject: x\r\n\r\nHallo.\r\n"])) == 1
    assert list(tmp_path.iterdir()) == []


def script(folder: Path, line: str, *, seconds: float = 60) -> SpamAssassin:
    """A program in its place that does this."""
    program = folder / "spamassassin"
    program.write_text(f"#!/bin/sh\n{line}\n")
    program.chmod(0o755)
    return SpamAssassin(program=program, seconds=seconds)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("echo first >&2; echo no rules >&2; exit 3", "stopped: no rules;"),
        ("exit 3", "stopped: exit status 3"),
        ("echo nothing", "reported on 0 of 1 mails"),
        ("exec yes spam", "did not end within 60 seconds, or said far too much"),
    ],
)
def test_a_program_that_fails_is_no_finding(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(NotReady, match=f"SpamAssassin {said}"):
        script(tmp_path, line).judge([b"Subject: x\r\n\r\nHallo.\r\n"])


def test_a_program_that_hangs_is_ended(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match=r"SpamAssassin did not end within 0\.2 seconds"):
        script(tmp_path, "exec sleep 60", seconds=0.2).judge([b"Subject: x\r\n\r\nHallo.\r\n"])


def test_one_that_cannot_be_started_says_so(tmp_path: Path) -> None:
    broken = SpamAssassin(program=tmp_path / "none")
    with pytest.raises(NotReady, match="could not be started: No such file"):
        broken.judge([b"Subject: x\r\n\r\nHallo.\r\n"])


def test_one_that_is_not_installed_says_how_to_install_it() -> None:
    with pytest.raises(NotReady, match="apt-get install spamassassin"):
        SpamAssassin.find({"PATH": "/nowhere"})
    assert SpamAssassin.find(os.environ).program == Path(needs("spamassassin"))
