"""How a send stands, as a person, a program and an archive are told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from command import Ended
from newsletters import change_campaign, small_newsletter
from sink import Sink, listening

Run = Callable[..., Ended]


@pytest.fixture
def sink() -> Iterator[Sink]:
    with listening() as sink:
        yield sink


@pytest.fixture
def folder(tmp_path: Path, run: Run, sink: Sink) -> Path:
    return small_newsletter(tmp_path / "news", run, port=sink.port)


@pytest.fixture
def sent(folder: Path, run: Run, sink: Sink) -> Path:
    """A newsletter of which one mail was taken, one refused and one put off."""
    sink.replies = {
        "bram@example.org": "550 5.1.1 <bram@example.org> who is that",
        "celine@example.com": "450 4.2.0 come back later",
    }
    assert run("send", "june", "--yes", cwd=folder).code == 1
    return folder


def last(text: str) -> str:
    return text.replace("\xa0", " ").strip().splitlines()[-1]


def row(run: Run, folder: Path, *options: str) -> dict[str, object]:
    (found,) = json.loads(run("status", "june", "--json", *options, cwd=folder).out)["campaigns"]
    assert isinstance(found, dict)
    return found


# --- status


def test_a_status_balances_in_words(run: Run, sent: Path) -> None:
    ended = run("status", "june", cwd=sent)
    assert ended.code == 0
    assert "= 1 sent + 1 failed + 1 still owed: balanced" in ended.out


def test_a_status_tells_segments_domains_and_the_servers_words(run: Run, sent: Path) -> None:
    out = run("status", "june", cwd=sent).out
    assert "blue-energy.nl  1 of 3 sent; 1 failed; 1 still owed" in out
    assert "example.org  1 of 2 sent; 1 failed" in out
    assert "example.com  0 of 1 sent; 1 still owed" in out
    assert "450 4.2.0 come back later (deferred" in out


def test_a_status_says_what_the_rest_waits_for_and_until_when(run: Run, sent: Path) -> None:
    out = run("status", "june", cwd=sent).out
    assert "limited by  the server asked to come back later" in out
    assert "next retry  " in out
    assert ", the first from " in last(out)


def test_a_status_for_a_program_has_the_same_and_names_that_stay(run: Run, sent: Path) -> None:
    found = row(run, sent)
    assert found | {"frozen": 3, "sent": 1, "failed": 1, "deferred": 1, "queued": 0} == found
    assert (found["balanced"], found["complete"], found["sender"]) == (True, False, "")
    segments, domains, errors = found["segments"], found["domains"], found["last_errors"]
    assert isinstance(segments, dict)
    assert isinstance(domains, dict)
    assert isinstance(errors, list)
    assert segments["blue-energy.nl"]["sent"] == 1
    assert domains["example.org"]["failed"] == 1
    assert {one["state"] for one in errors} == {"failed", "deferred"}
    assert found["limited_by"] == "the server asked to come back later"
    assert found["next_due"] is not None
    assert found["scheduled"] is found["finished"] is None


def test_the_missing_are_named_with_the_servers_words(run: Run, sent: Path) -> None:
    lines = run("status", "june", "--missing", cwd=sent).out.splitlines()
    told = [line.strip() for line in lines if line.startswith("  ") and "@" in line[:22]]
    assert told[0] == "bram@example.org  failed  550 5.1.1 <bram@example.org> who is that"
    assert told[1].startswith("celine@example.com  deferred  450 4.2.0 come back later  again at ")
    assert len(told) == 2


def test_the_missing_are_named_for_a_program_too(run: Run, sent: Path) -> None:
    missing = row(run, sent, "--missing")["missing"]
    assert isinstance(missing, list)
    bram, celine = missing
    assert (bram["address"], bram["state"], bram["attempts"]) == ("bram@example.org", "failed", 1)
    assert (celine["state"], celine["segment"]) == ("deferred", "blue-energy.nl")
    assert celine["reply"] == "450 4.2.0 come back later"
    assert celine["next_try"] is not None


def test_an_approval_is_told_with_whether_it_is_of_what_was_queued(run: Run, folder: Path) -> None:
    run("approve", "june", "--by", "An Peeters", cwd=folder)
    run("send", "june", "--yes", cwd=folder)
    assert "approved  by An Peeters on " in run("status", "june", cwd=folder).out
    (approval,) = json.loads(run("status", "june", "--json", cwd=folder).out)["campaigns"][0][
        "approvals"
    ]
    assert (approval["by"], approval["valid"], approval["mails"]) == ("An Peeters", True, 3)


def test_a_status_of_all_campaigns_is_short(run: Run, sent: Path) -> None:
    out = run("status", cwd=sent).out
    assert out.splitlines()[0] == "june"
    assert "domains" not in out


def test_a_status_before_anything_was_queued_says_what_is_next(run: Run, folder: Path) -> None:
    ended = run("status", cwd=folder)
    assert (ended.code, "Nothing was queued yet" in ended.out) == (0, True)
    assert run("status", "june", cwd=folder).code == 1
    assert run("status", "june", "--watch", cwd=folder).code == 1


def test_watching_ends_when_nothing_is_owed(run: Run, folder: Path) -> None:
    run("send", "june", "--yes", cwd=folder)
    ended = run("status", "june", "--watch", cwd=folder)
    assert (ended.code, last(ended.out)) == (0, "Done: 3 of 3 sent.")
    assert "finished" in ended.out


@pytest.mark.parametrize("options", [(), ("june", "--json"), ("june", "--missing")])
def test_watching_is_for_one_campaign_and_alone(
    run: Run, folder: Path, options: tuple[str, ...]
) -> None:
    ended = run("status", "--watch", *options, cwd=folder)
    assert (ended.code, "--watch follows one campaign" in ended.err) == (2, True)


# --- proof


def test_a_proof_is_written_where_it_is_not_read_as_a_campaign(run: Run, sent: Path) -> None:
    ended = run("proof", "june", cwd=sent)
    assert ended.code == 0
    assert "proofs/june.yaml; 1 are still owed" in last(ended.out)
    assert (sent / "proofs" / "june.yaml").exists()
    assert run("check", "--quick", cwd=sent).code == 0


def test_a_proof_counts_and_names_nobody(run: Run, sent: Path) -> None:
    text = run("proof", "june", "-o", "-", cwd=sent).out
    told = yaml.safe_load(text)
    assert "@" not in text
    assert told["states"] == {"sent": 1, "deferred": 1, "failed": 1}
    assert told["segments"] == {
        "blue-energy.nl": {"recipients": 3, "sent": 1, "deferred": 1, "failed": 1}
    }
    assert told["refusals"] == [
        {"state": "failed", "reason": "550 5.1.1, no such mailbox", "mails": 1}
    ]
    assert (told["complete"], told["finished"]) == (False, None)


def test_a_proof_names_who_approved_what_was_sent_and_not_who_approved_something_else(
    run: Run, folder: Path
) -> None:
    run("approve", "june", "--by", "An Peeters", cwd=folder)
    change_campaign(folder, "headline: Juni", "headline: Juli")
    run("approve", "june", "--by", "Bram Claes", cwd=folder)
    run("send", "june", "--yes", cwd=folder)
    told = yaml.safe_load(run("proof", "june", "-o", "-", cwd=folder).out)
    assert [one["by"] for one in told["approved"]] == ["Bram Claes"]


def test_a_proof_is_the_same_whenever_it_is_written(run: Run, folder: Path) -> None:
    run("approve", "june", "--by", "An Peeters", cwd=folder)
    run("send", "june", "--yes", cwd=folder)
    first = run("proof", "june", "-o", "-", cwd=folder).out
    assert run("proof", "june", "-o", "report.yaml", cwd=folder).code == 0
    assert (folder / "report.yaml").read_text(encoding="utf-8") == first
    told = yaml.safe_load(first)
    assert (told["approved"][0]["by"], told["complete"]) == ("An Peeters", True)
    assert told["program"].startswith("fvdt-mailer ")


def test_a_proof_needs_something_that_was_queued(run: Run, folder: Path) -> None:
    ended = run("proof", "june", cwd=folder)
    assert (ended.code, '"june" was never queued' in ended.err) == (1, True)


def test_a_proof_that_cannot_be_written_names_the_file(run: Run, sent: Path) -> None:
    ended = run("proof", "june", "-o", "mailer.yaml/proof.yaml", cwd=sent)
    assert (ended.code, "cannot write mailer.yaml/proof.yaml" in ended.err) == (1, True)
