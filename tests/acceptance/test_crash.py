"""After any crash nobody is lost, nobody is mailed twice, and what is in doubt is named."""

from __future__ import annotations

import json
import os
import signal
from collections import Counter
from pathlib import Path

import pytest

from command import launch
from sink import Sink

MAILS = 87
SEND = ("send", "2013-06", "--yes")


def ended(*arguments: str, cwd: Path) -> tuple[int, str, str]:
    process = launch(*arguments, cwd=cwd)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def standing(cwd: Path) -> dict[str, object]:
    _, out, _ = ended("status", "2013-06", "--json", cwd=cwd)
    (row,) = json.loads(out)["campaigns"]
    assert isinstance(row, dict)
    return row


def test_the_whole_story_from_import_to_done(newsletter: Path, sink: Sink) -> None:
    code, out, _ = ended("audience", "import", "audience/sample.csv", cwd=newsletter)
    assert (code, "96 readers" in out.replace("\xa0", " ")) == (0, True)
    code, out, _ = ended(*SEND, cwd=newsletter)
    assert code == 0
    assert out.splitlines()[-1] == f"Done: {MAILS} of {MAILS} sent."
    assert Counter(sink.readers).most_common(1)[0][1] == 1
    assert len(sink.mails) == MAILS


def test_sending_twice_mails_nobody_twice(newsletter: Path, sink: Sink) -> None:
    ended("audience", "import", "audience/sample.csv", cwd=newsletter)
    ended(*SEND, cwd=newsletter)
    code, out, _ = ended(*SEND, cwd=newsletter)
    assert (code, len(sink.mails)) == (0, MAILS)
    assert out.splitlines()[-1] == f"Done: {MAILS} of {MAILS} sent."


@pytest.mark.parametrize("at", [1, 2, 40, MAILS])
def test_killed_before_the_reply_one_mail_is_in_doubt_and_nobody_is_lost(
    newsletter: Path, sink: Sink, at: int
) -> None:
    ended("audience", "import", "audience/sample.csv", cwd=newsletter)
    process = launch(*SEND, cwd=newsletter)

    def kill(count: int) -> None:
        if count == at:
            os.kill(process.pid, signal.SIGKILL)

    sink.before_reply = kill
    process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL
    code, out, _ = ended(*SEND, cwd=newsletter)
    assert code == 3
    assert "1 in doubt" in out
    assert standing(newsletter)["in_doubt"] == 1
    assert standing(newsletter)["sent"] == MAILS - 1
    assert len(sink.mails) == len(set(sink.readers)) == MAILS


def test_a_resend_of_what_was_in_doubt_has_the_same_bytes(newsletter: Path, sink: Sink) -> None:
    ended("audience", "import", "audience/sample.csv", cwd=newsletter)
    process = launch(*SEND, cwd=newsletter)
    sink.before_reply = lambda count: os.kill(process.pid, signal.SIGKILL) if count == 5 else None
    process.communicate(timeout=120)
    sink.before_reply = None
    ended(*SEND, cwd=newsletter)
    code, out, _ = ended("resolve", "2013-06", "--resend", cwd=newsletter)
    assert (code, out.startswith("1 mail")) == (0, True)
    code, _, _ = ended(*SEND, cwd=newsletter)
    assert code == 0
    doubtful = sink.readers[4]
    first, second = (content for reader, content in sink.mails if reader == doubtful)
    assert first == second
    assert len(sink.mails) == MAILS + 1


def test_assuming_sent_settles_it_without_another_mail(newsletter: Path, sink: Sink) -> None:
    ended("audience", "import", "audience/sample.csv", cwd=newsletter)
    process = launch(*SEND, cwd=newsletter)
    sink.before_reply = lambda count: os.kill(process.pid, signal.SIGKILL) if count == 5 else None
    process.communicate(timeout=120)
    sink.before_reply = None
    ended(*SEND, cwd=newsletter)
    ended("resolve", "2013-06", "--assume-sent", cwd=newsletter)
    code, _, _ = ended(*SEND, cwd=newsletter)
    assert (code, len(sink.mails)) == (0, MAILS)


def test_a_polite_stop_finishes_the_mail_in_hand_and_goes_on_later(
    newsletter: Path, sink: Sink
) -> None:
    ended("audience", "import", "audience/sample.csv", cwd=newsletter)
    process = launch(*SEND, cwd=newsletter)
    sink.before_reply = lambda count: os.kill(process.pid, signal.SIGTERM) if count == 7 else None
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 1
    assert out.splitlines()[-1].endswith("Go on with: fvdt-mailer send 2013-06")
    sink.before_reply = None
    code, _, _ = ended(*SEND, cwd=newsletter)
    assert (code, len(sink.mails), len(set(sink.readers))) == (0, MAILS, MAILS)


def test_a_second_sender_of_the_same_campaign_refuses(newsletter: Path, sink: Sink) -> None:
    ended("audience", "import", "audience/sample.csv", cwd=newsletter)
    second: list[tuple[int, str, str]] = []

    def start_another(count: int) -> None:
        if count == 3:
            second.append(ended(*SEND, cwd=newsletter))

    sink.before_reply = start_another
    code, _, _ = ended(*SEND, cwd=newsletter)
    assert code == 0
    assert second[0][0] == 1
    assert "another sender" in second[0][2]
    assert len(sink.mails) == len(set(sink.readers)) == MAILS


def test_a_limit_sends_some_now_and_the_rest_later(newsletter: Path, sink: Sink) -> None:
    ended("audience", "import", "audience/sample.csv", cwd=newsletter)
    code, _, _ = ended(*SEND, "--limit", "20", cwd=newsletter)
    assert (code, len(sink.mails)) == (1, 20)
    code, _, _ = ended(*SEND, cwd=newsletter)
    assert (code, len(sink.mails), len(set(sink.readers))) == (0, MAILS, MAILS)


def test_a_refused_reader_is_named_and_the_others_get_their_mail(
    newsletter: Path, sink: Sink
) -> None:
    ended("audience", "import", "audience/sample.csv", cwd=newsletter)
    sink.refusing = frozenset({"bram.van.verzinsel.nl01@example.org"})
    code, out, _ = ended(*SEND, cwd=newsletter)
    assert (code, len(sink.mails)) == (0, MAILS - 1)
    assert "1 refused" in out
    _, out, _ = ended("status", "2013-06", "--missing", cwd=newsletter)
    assert "bram.van.verzinsel.nl01@example.org  failed  550 5.1.1 no such reader" in out


def test_what_was_frozen_is_sent_though_the_files_change(newsletter: Path, sink: Sink) -> None:
    ended("audience", "import", "audience/sample.csv", cwd=newsletter)
    ended(*SEND, "--limit", "1", cwd=newsletter)
    campaign = newsletter / "campaigns" / "2013-06.yaml"
    text = campaign.read_text(encoding="utf-8")
    campaign.write_text(text.replace("subject:", "subject: Anders # "), encoding="utf-8")
    ended(*SEND, cwd=newsletter)
    assert all(b"Anders" not in content for _, content in sink.mails)
    assert len(sink.mails) == MAILS
