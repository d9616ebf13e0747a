"""Sending at a moment, again, and taking it back: what may be asked for, and what is answered."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from command import Ended
from fvdt_mailer.wiring import open_mailer
from newsletters import change_campaign, small_newsletter
from sink import Sink, listening

Run = Callable[..., Ended]
NEXT_WEEK = f"{datetime.now(ZoneInfo('Europe/Brussels')) + timedelta(days=7):%Y-%m-%d} 09:00"


@pytest.fixture
def sink() -> Iterator[Sink]:
    with listening() as sink:
        yield sink


@pytest.fixture
def folder(tmp_path: Path, run: Run, sink: Sink) -> Path:
    return small_newsletter(tmp_path / "news", run, port=sink.port)


@pytest.fixture
def scheduled(folder: Path) -> Path:
    """A newsletter that was queued for next week, by a sender that no longer waits."""
    with open_mailer(folder, writes=True) as mailer:
        moment = datetime.now(UTC).replace(microsecond=0) + timedelta(days=7)
        mailer.queue(mailer.plan("june"), not_before=moment)
    return folder


def last(text: str) -> str:
    return text.replace("\xa0", " ").strip().splitlines()[-1]


def campaigns(run: Run, folder: Path) -> list[dict[str, object]]:
    found = json.loads(run("status", "--json", cwd=folder).out)["campaigns"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(
    ("at", "complaint"),
    [
        ("2013-06-01 09:00", "is past"),
        ("2027-03-28 02:30", "summer time begins"),
        ("2026-12-01", "write a day and a time"),
        ("soon", "write a day and a time"),
    ],
)
def test_a_moment_that_cannot_be_is_a_usage_error_and_queues_nothing(
    run: Run, folder: Path, at: str, complaint: str
) -> None:
    ended = run("send", "june", "--yes", "--at", at, cwd=folder)
    assert (ended.code, complaint in ended.err) == (2, True)
    assert campaigns(run, folder) == []


@pytest.mark.parametrize(
    "options", [("--at", NEXT_WEEK, "--eml", "out"), ("--wait", "--limit", "2")]
)
def test_what_contradicts_itself_is_a_usage_error(
    run: Run, folder: Path, options: tuple[str, ...]
) -> None:
    ended = run("send", "june", "--yes", *options, cwd=folder)
    assert (ended.code, "choose one" in ended.err) == (2, True)


def test_a_dry_run_with_a_moment_queues_nothing(run: Run, folder: Path) -> None:
    assert run("send", "june", "--dry-run", "--at", NEXT_WEEK, cwd=folder).code == 0
    assert campaigns(run, folder) == []


@pytest.mark.parametrize("command", [["send", "--dry-run"], ["approve", "--by", "An Peeters"]])
def test_what_is_over_by_the_moment_is_not_told_as_to_come(
    run: Run, folder: Path, command: list[str]
) -> None:
    """Its campaign names no as_of, so it speaks from the moment it is sent."""
    tomorrow = datetime.now(ZoneInfo("Europe/Brussels")) + timedelta(days=1)
    change_campaign(folder, "as_of: 2013-06-01\n", "")
    activities = folder / "activities" / "june.yaml"
    text = activities.read_text(encoding="utf-8")
    activities.write_text(text.replace("2013-06-17", f"{tomorrow:%Y-%m-%d}"), encoding="utf-8")
    assert run(*command, "june", cwd=folder).code == 0
    ended = run(*command, "june", "--at", NEXT_WEEK, cwd=folder)
    assert (ended.code, "there is nobody to mail" in ended.err) == (1, True)


def test_the_number_to_type_is_asked_with_the_moment(run: Run, folder: Path) -> None:
    ended = run("send", "june", "--at", NEXT_WEEK, cwd=folder, typed="2\n")
    assert ended.code == 1
    assert f"Type 3 to send 3 mails from {NEXT_WEEK} on" in ended.out.replace("\xa0", " ")
    assert campaigns(run, folder) == []


def test_now_sends_at_once(run: Run, folder: Path, sink: Sink) -> None:
    ended = run("send", "june", "--yes", "--at", "now", cwd=folder)
    assert (ended.code, len(sink.mails)) == (0, 3)


def test_a_status_tells_the_moment_and_that_it_is_what_is_waited_for(
    run: Run, scheduled: Path
) -> None:
    out = run("status", "june", cwd=scheduled).out
    assert "scheduled  20" in out
    assert "limited by  its moment: nothing leaves before it" in out
    assert "0 of 3 sent; 3 still owed, the first from 20" in last(out)


def test_a_worker_leaves_alone_what_is_not_due(run: Run, scheduled: Path, sink: Sink) -> None:
    ended = run("worker", "--once", cwd=scheduled)
    assert (ended.code, sink.mails) == (0, [])


def test_what_is_scheduled_can_be_sent_after_all(run: Run, scheduled: Path, sink: Sink) -> None:
    ended = run("send", "june", "--yes", "--at", "now", cwd=scheduled)
    assert (ended.code, last(ended.out), len(sink.mails)) == (0, "Done: 3 of 3 sent.", 3)


def test_what_is_scheduled_can_be_taken_back_mended_and_sent(
    run: Run, scheduled: Path, sink: Sink
) -> None:
    ended = run("withdraw", "june", cwd=scheduled)
    assert (ended.code, last(ended.out)) == (
        0,
        "Taken back: 3 mails will not leave. Next: fvdt-mailer send june --dry-run",
    )
    change_campaign(scheduled, "headline: Juni", "headline: Juli")
    assert run("send", "june", "--yes", cwd=scheduled).code == 0
    assert len(sink.mails) == 3
    assert all(b"Subject: Juli" in content for _, content in sink.mails)


def test_what_has_begun_cannot_be_taken_back_nor_put_off(run: Run, folder: Path) -> None:
    run("send", "june", "--yes", "--limit", "1", cwd=folder)
    for command in (["withdraw", "june"], ["send", "june", "--yes", "--at", NEXT_WEEK]):
        ended = run(*command, cwd=folder)
        assert (ended.code, "june has begun" in ended.err) == (1, True)


def test_what_was_never_queued_cannot_be_taken_back(run: Run, folder: Path) -> None:
    ended = run("withdraw", "june", cwd=folder)
    assert (ended.code, "never queued" in ended.err) == (1, True)


def test_a_worker_sends_what_is_owed_and_says_so(run: Run, folder: Path, sink: Sink) -> None:
    run("send", "june", "--yes", "--limit", "1", cwd=folder)
    ended = run("worker", "--once", cwd=folder)
    assert (ended.code, last(ended.out), len(sink.mails)) == (0, "june: 3 of 3 sent.", 3)


def test_a_worker_whose_mails_are_put_off_has_done_what_was_due(
    run: Run, folder: Path, sink: Sink
) -> None:
    run("send", "june", "--yes", "--limit", "1", cwd=folder)
    sink.refusal = "450 4.2.0 come back later"
    ended = run("worker", "--once", cwd=folder)
    assert (ended.code, last(ended.out)) == (0, "june: 1 of 3 sent; 2 still owed.")


def test_a_worker_that_reaches_no_server_exits_with_1_and_says_when_again(
    run: Run, folder: Path
) -> None:
    run("send", "june", "--yes", "--limit", "1", cwd=folder)
    settings = folder / "mailer.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:1", text), encoding="utf-8")
    ended = run("worker", "--once", cwd=folder)
    assert (ended.code, "Again at " in ended.err) == (1, True)
    assert campaigns(run, folder)[0]["queued"] == 2


def test_a_worker_without_a_server_names_the_key(run: Run, tmp_path: Path) -> None:
    folder = small_newsletter(tmp_path / "other", run)
    ended = run("worker", "--once", cwd=folder)
    assert (ended.code, 'name one under "smtp"' in ended.err) == (1, True)
