"""What readers' calendars are told over several mailings, as a person sends them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from calendars import Read, read
from command import ROOT, Ended
from fvdt_mailer.wiring import open_mailer

Run = Callable[..., Ended]

TALK = """\
- id: vlas
  cluster: voeding
  start: 2013-06-20 19:30
  end: 2013-06-20 21:30
  kind: lezing
  topic: {nl: vlas, fr: le lin, en: flax}
  municipality: Fabelgem
"""
READERS = """\
email,language
an@example.org,nl
benoit@example.org,fr
"""


@pytest.fixture
def folder(tmp_path: Path, run: Run) -> Path:
    """A project with a reader in each language, a talk and announcements of it."""
    shutil.copytree(ROOT / "tests" / "golden" / "base", tmp_path, dirs_exist_ok=True)
    (tmp_path / "activities" / "vlas.yaml").write_text(TALK, encoding="utf-8")
    for number in range(1, 4):
        announce(tmp_path, f"vlas-{number}", as_of=f"2013-06-0{number + 1}")
    (tmp_path / "readers.csv").write_text(READERS, encoding="utf-8")
    assert run("audience", "import", "readers.csv", cwd=tmp_path).code == 0
    return tmp_path


def announce(folder: Path, campaign: str, *, as_of: str) -> None:
    (folder / "campaigns" / f"{campaign}.yaml").write_text(
        "kind: announcement\n"
        "activity: vlas\n"
        "attach_calendar: yes\n"
        f"as_of: {as_of}\n"
        "headline: {nl: Lezing over vlas, fr: Conférence sur le lin, en: Lecture on flax}\n",
        encoding="utf-8",
    )


def edit(folder: Path, changes: Mapping[str, str]) -> None:
    text = TALK
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    (folder / "activities" / "vlas.yaml").write_text(text, encoding="utf-8")


def sent(campaign: str, folder: Path, run: Run) -> list[EmailMessage]:
    """The mails of a campaign, sent into a folder."""
    out = folder / ".mailer" / campaign
    ended = run("send", campaign, "--yes", "--eml", str(out), cwd=folder)
    assert ended.code == 0, ended.err
    return [message_from_bytes(file.read_bytes(), policy=default) for file in out.iterdir()]


def events(mails: list[EmailMessage]) -> list[Read]:
    """The one event that each mail carries."""
    found = []
    for mail in mails:
        (part,) = mail.iter_attachments()
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        found.append(read(content))
    return found


def told(mails: list[EmailMessage]) -> tuple[str, int, str, str]:
    """UID, SEQUENCE, STATUS and DTSTART: the same in every mail, whatever its language."""
    (only,) = {(one.uid, one.sequence, one.status, str(one.starts)) for one in events(mails)}
    return only


def test_calendars_follow_an_activity_that_moves_and_is_cancelled(folder: Path, run: Run) -> None:
    uid = "vlas@news.example.org"
    sent("june", folder, run)
    edit(folder, {"06-20": "06-24"})
    assert (
        "changed since it was last told: start, end"
        in run("check", "vlas-1", "--quick", cwd=folder).out
    )
    assert told(sent("vlas-1", folder, run)) == (
        uid, 1, "CONFIRMED", "2013-06-24 17:30:00+00:00",
    )  # fmt: skip
    assert "changed since" not in run("check", "vlas-2", "--quick", cwd=folder).out
    edit(folder, {"06-20": "06-24", "Fabelgem": "Fabelgem\n  price: 20"})
    assert told(sent("vlas-2", folder, run))[1] == 1
    edit(folder, {"06-20": "06-24", "Fabelgem": "Fabelgem\n  status: cancelled"})
    assert told(sent("vlas-3", folder, run)) == (
        uid, 2, "CANCELLED", "2013-06-24 17:30:00+00:00",
    )  # fmt: skip


def test_a_mail_carries_the_calendar_file_in_its_own_language(folder: Path, run: Run) -> None:
    mails = sent("vlas-1", folder, run)
    summaries = {
        str(mail["Content-Language"]): event.summary
        for mail, event in zip(mails, events(mails), strict=True)
    }
    assert summaries["nl"] == "Lezing over vlas"
    assert summaries["fr"] == "Conférence sur le lin"
    for mail in mails:
        assert [part.get_content_type() for part in mail.walk()] == [
            "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar",
        ]  # fmt: skip


def test_what_is_frozen_is_sent_as_it_was_frozen(folder: Path, run: Run) -> None:
    with open_mailer(folder, writes=True) as mailer:
        plan = mailer.plan("vlas-1")
        mailer.queue(plan)
    edit(folder, {"06-20": "06-24"})
    with open_mailer(folder, writes=True) as mailer:
        assert mailer.frozen("vlas-1").renditions == plan.renditions
        assert all(rendition.attachments for rendition in plan.renditions)
    assert told(sent("vlas-1", folder, run))[1:] == (0, "CONFIRMED", "2013-06-20 17:30:00+00:00")


def test_only_what_is_queued_counts_as_told(folder: Path) -> None:
    with open_mailer(folder, writes=True) as mailer:
        mailer.plan("vlas-1")
        assert mailer.agenda.versions() == {}
        mailer.queue(mailer.plan("vlas-1"))
        first = mailer.agenda.versions()
        assert first["vlas"].sequence == 0
    edit(folder, {"06-20": "06-24"})
    with open_mailer(folder, writes=True) as mailer:
        assert mailer.queue(mailer.plan("vlas-1")) == 0
        assert mailer.agenda.versions() == first


def test_the_page_of_an_agenda_link_is_where_the_mail_says(folder: Path, run: Run) -> None:
    (mail, *_) = [one for one in sent("vlas-1", folder, run) if one["Content-Language"] == "nl"]
    html = mail.get_body(("html",))
    assert html is not None
    assert "https://news.example.org/a/vlas/nl/" in html.get_content()
    ended = run("render", "vlas-1", "-o", "out", cwd=folder)
    page = (folder / "out" / "public" / "a" / "vlas" / "nl" / "index.html").read_text("utf-8")
    assert "Lezing over vlas" in page
    assert ended.out.splitlines()[-1].endswith(
        "Its activities have their pages in out/public/: host that at https://news.example.org/"
    )
    hosted = (folder / "out" / "public" / "a" / "vlas" / "nl.ics").read_bytes()
    assert events([mail]) == [read(hosted)]


def test_a_single_segment_shows_its_attachment_too(folder: Path, run: Run) -> None:
    ended = run("render", "vlas-1", "--format", "eml", cwd=folder)
    assert 'Content-Disposition: attachment; filename="vlas.ics"' in ended.out
