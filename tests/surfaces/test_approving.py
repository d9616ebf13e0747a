"""Who stands for what is sent, as a person approves it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from command import Ended
from newsletters import add_setting, change_campaign, small_newsletter

Run = Callable[..., Ended]


@pytest.fixture
def folder(tmp_path: Path, run: Run) -> Path:
    """A newsletter that leaves only when somebody approved it."""
    root = small_newsletter(tmp_path / "news", run)
    add_setting(root, "approval: required")
    return root


def last(text: str) -> str:
    return text.replace("\xa0", " ").strip().splitlines()[-1]


def send(run: Run, folder: Path, *options: str) -> Ended:
    return run("send", "june", "--yes", "--eml", "out", *options, cwd=folder)


def test_what_nobody_approved_does_not_leave(run: Run, folder: Path) -> None:
    ended = send(run, folder)
    assert ended.code == 1
    assert last(ended.err) == (
        "Stopped: nobody has approved june yet; after reading it, run: "
        "fvdt-mailer approve june --by NAME"
    )
    assert json.loads(run("status", "--json", cwd=folder).out) == {"campaigns": []}


def test_approving_shows_who_gets_what_and_lets_it_leave(run: Run, folder: Path) -> None:
    approved = run("approve", "june", "--by", "An Peeters", cwd=folder)
    assert approved.code == 0
    assert "blue-energy.nl" in approved.out
    assert last(approved.out) == (
        "An Peeters approved june as it is now: 3 mails. Next: fvdt-mailer send june"
    )
    ended = send(run, folder)
    assert ended.code == 0
    assert "Approved by An Peeters on " in ended.out


def test_a_word_that_changes_voids_it_and_changing_it_back_restores_it(
    run: Run, folder: Path
) -> None:
    run("approve", "june", "--by", "An Peeters", cwd=folder)
    change_campaign(folder, "headline: Juni", "headline: Juli")
    ended = send(run, folder)
    assert ended.code == 1
    assert "june changed since it was approved by An Peeters on " in last(ended.err)
    change_campaign(folder, "headline: Juli", "headline: Juni")
    assert send(run, folder).code == 0


def test_another_sender_and_another_rule_for_readers_void_it(run: Run, folder: Path) -> None:
    run("approve", "june", "--by", "An Peeters", cwd=folder)
    settings = folder / "mailer.yaml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(before.replace("news@", "other@"), encoding="utf-8")
    assert "changed since" in send(run, folder).err
    settings.write_text(before, encoding="utf-8")
    change_campaign(folder, "headline", "audience: {languages: nl}\nheadline")
    assert "changed since" in send(run, folder).err


def test_a_second_approval_by_the_same_person_adds_nothing(run: Run, folder: Path) -> None:
    run("approve", "june", "--by", "An Peeters", cwd=folder)
    again = run("approve", "june", "--by", "  An   Peeters ", cwd=folder)
    assert (again.code, last(again.out)) == (
        0,
        "An Peeters had approved june as it is now: 3 mails. Next: fvdt-mailer send june",
    )
    run("approve", "june", "--by", "Bram Claes", "--note", "dates checked", cwd=folder)
    shown = run("send", "june", "--dry-run", cwd=folder)
    assert shown.out.count("Approved by ") == 2
    assert "Approved by Bram Claes on " in shown.out
    assert ": dates checked" in shown.out


def test_dry_runs_and_test_mails_need_no_approval(run: Run, folder: Path) -> None:
    dry = run("send", "june", "--dry-run", cwd=folder)
    assert dry.code == 0
    assert "Not approved: nobody has approved june yet" in dry.out
    tried = run("test", "june", "--to", "an@example.org", "--eml", "out", cwd=folder)
    assert tried.code == 0


def test_where_approval_is_optional_a_change_is_only_said(run: Run, tmp_path: Path) -> None:
    folder = small_newsletter(tmp_path / "news", run)
    assert "pproved" not in send(run, folder, "--dry-run").out
    run("approve", "june", "--by", "An Peeters", cwd=folder)
    change_campaign(folder, "headline: Juni", "headline: Juli")
    ended = send(run, folder)
    assert ended.code == 0
    assert "Not approved: june changed since it was approved by An Peeters" in ended.out


def test_more_readers_than_were_approved_are_said_and_do_not_void_it(
    run: Run, folder: Path
) -> None:
    run("approve", "june", "--by", "An Peeters", cwd=folder)
    (folder / "more.csv").write_text("email\ndirk@example.org\n", encoding="utf-8")
    run("audience", "import", "more.csv", cwd=folder)
    ended = send(run, folder)
    assert ended.code == 0
    assert ", when it was 3 mails" in ended.out.replace("\xa0", " ")


def test_what_is_queued_already_cannot_be_approved(run: Run, folder: Path) -> None:
    run("approve", "june", "--by", "An Peeters", cwd=folder)
    send(run, folder)
    ended = run("approve", "june", "--by", "Bram Claes", cwd=folder)
    assert (ended.code, "june was queued already" in ended.err) == (1, True)


@pytest.mark.parametrize(
    ("by", "complaint"),
    [
        ("", "write who approves it"),
        (" \t ", "write who approves it"),
        ("An\x1b[31m", "do not print"),
        ("A" * 101, "101 characters; 100 is the most"),
    ],
)
def test_a_name_that_is_none_is_refused(run: Run, folder: Path, by: str, complaint: str) -> None:
    ended = run("approve", "june", "--by", by, cwd=folder)
    assert (ended.code, complaint in ended.err) == (2, True)


def test_approving_asks_for_a_name(run: Run, folder: Path) -> None:
    assert run("approve", "june", cwd=folder).code == 2


def test_what_has_an_error_is_not_approved(run: Run, folder: Path) -> None:
    change_campaign(folder, "headline: Juni", "headline: Op {date}")
    ended = run("approve", "june", "--by", "An Peeters", cwd=folder)
    assert ended.code == 2
    assert "{date} cannot be filled in here" in ended.err
    change_campaign(folder, "headline: Op {date}", "headline: Juni")
    assert "nobody has approved" in send(run, folder).err


def test_an_unknown_word_for_approval_is_named_with_its_line(run: Run, folder: Path) -> None:
    path = folder / "mailer.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("approval: required", "approval: yes"), encoding="utf-8")
    ended = run("check", "--quick", cwd=folder)
    assert ended.code == 2
    assert "approval:" in ended.out
    assert "required" in ended.out
