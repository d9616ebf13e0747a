"""What the package knows of mail programs, and how it was reduced."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from command import ROOT
from fvdt_mailer.adapters.support_data import read_support
from fvdt_mailer.model.support import UNTESTED, Client, Verdict
from fvdt_mailer.pipeline.check.clients.limits import LIMITS

SUPPORT = read_support()


# Looked up by hand in the package, where each of these has an older, other verdict.
@pytest.mark.parametrize(
    ("slug", "client", "verdict", "note"),
    [
        ("css-at-media", Client.THUNDERBIRD, Verdict.NO, ""),
        ("css-display-flex", Client.GMAIL_IOS, Verdict.PARTLY, "Not supported with non Google"),
        ("css-at-font-face", Client.OUTLOOK_WINDOWS, Verdict.PARTLY, "Partial. The declaration"),
        ("css-animation", Client.OUTLOOK_MACOS, Verdict.NO, ""),
        ("css-at-import", Client.OUTLOOK_MACOS, Verdict.NO, ""),
        ("html-lists", Client.OUTLOOK_MACOS, Verdict.PARTLY, "Partial. The `reversed`"),
        ("css-text-align", Client.OUTLOOK_ANDROID, Verdict.PARTLY, "Partial. Doesn't support"),
        ("css-overflow", Client.APPLE_MAIL_MACOS, Verdict.PARTLY, "Partial. `overflow-block`"),
    ],
)
def test_only_the_latest_verdict_counts(
    slug: str, client: Client, verdict: Verdict, note: str
) -> None:
    answer = SUPPORT.answer(slug, client)
    assert answer.verdict is verdict
    assert [said[: len(note)] for said in answer.notes] == ([note] if note else [])


def test_every_program_was_tested_in_most_features() -> None:
    for client in Client:
        tested = [f for f in SUPPORT.features.values() if client in f.answers]
        assert len(tested) > len(SUPPORT.features) * 0.9, client


def test_what_was_never_tested_is_unknown() -> None:
    assert SUPPORT.answer("css-nonsense", Client.GMAIL_WEB) is UNTESTED


@pytest.mark.parametrize(
    ("slug", "note"), [(slug, limit.note) for slug in LIMITS for limit in LIMITS[slug]]
)
def test_every_note_we_weigh_is_in_the_data(slug: str, note: str) -> None:
    said = {note for answer in SUPPORT.features[slug].answers.values() for note in answer.notes}
    assert any(one.startswith(note) for one in said)


def test_the_notice_names_the_version_and_the_day_of_the_data() -> None:
    folder = files("fvdt_mailer") / "vendored" / "caniemail"
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert SUPPORT.source in readme
    assert SUPPORT.as_of.isoformat() in readme
    assert "MIT License" in (folder / "LICENSE").read_text(encoding="utf-8")


def packed(path: Path, stats: object) -> Path:
    """A package file with one feature."""
    feature = {
        "slug": "css-x",
        "title": "x",
        "category": "css",
        "url": "https://www.example.org/css-x/",
        "last_test_date": "2024-05-1",
        "stats": stats,
        "notes_by_num": {"1": "Old.", "2": "New."},
    }
    data = {"last_update_date": "2026-05-13 14:45:41 +0000", "data": [feature]}
    members = {
        "package.json": json.dumps({"name": "caniemail", "version": "9.9.9"}),
        "data/caniemail.json": json.dumps(data),
        "LICENSE": "MIT License\n\nCopyright (c) A\n",
    }
    with tarfile.open(path, "w:gz") as archive:
        for name, text in members.items():
            info = tarfile.TarInfo(f"package/{name}")
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return path


@pytest.mark.parametrize(
    ("family", "platform", "versions"),
    [
        ("outlook", "macos", {"2019": "y", "16.80": "a #2", "2023-12": "n #1"}),
        ("outlook", "macos", {"16.80": "n #1", "2024-01": "a #2"}),
        ("outlook", "macos", {"16.103": "a #2", "2025-06": "n #1"}),
        ("outlook", "android", {"5.2543.1": "a #2", "2021-09": "n #1"}),
        ("outlook", "windows", {"2007": "y", "2024": "a #2", "2019": "n #1"}),
        ("apple-mail", "ios", {"13": "y", "26": "a #2", "12.4": "n #1"}),
        ("apple-mail", "ios", {"12.1": "n #1", "2024-10": "a #2"}),
        ("samsung-email", "android", {"10": "a #2", "9.0": "y", "6.1.90.16": "n #1"}),
        ("thunderbird", "macos", {"78.5": "n #1", "137.0b3": "a #2"}),
    ],
)
def test_the_package_is_reduced_to_the_newest_version(
    family: str, platform: str, versions: dict[str, str], tmp_path: Path
) -> None:
    package = packed(tmp_path / "caniemail-9.9.9.tgz", {family: {platform: versions}})
    tool = ROOT / "tools" / "reduce_caniemail.py"
    subprocess.run([sys.executable, tool, package, tmp_path], check=True, capture_output=True)
    written = json.loads((tmp_path / "caniemail.json").read_text(encoding="utf-8"))
    (feature,) = written["features"]
    assert list(feature["answers"].values()) == ["a #2"]
    assert feature["notes"] == {"2": "New."}
    assert (written["source"], written["as_of"]) == ("caniemail 9.9.9", "2026-05-13")
    assert date.fromisoformat(feature["tested"]) == date(2024, 5, 1)
    assert "HTeuMeuLeu" in (tmp_path / "LICENSE").read_text(encoding="utf-8")
