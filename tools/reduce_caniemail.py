"""Reduce the caniemail package to what is vendored: the latest verdict of each mail program.

npm pack caniemail@2.0.2
python tools/reduce_caniemail.py caniemail-2.0.2.tgz src/fvdt_mailer/vendored/caniemail

It reads that file alone, and writes caniemail.json and LICENSE into the folder.
"""

from __future__ import annotations

import json
import re
import sys
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias, TypedDict

from fvdt_mailer.model.support import Category, Client

Stats: TypeAlias = Mapping[str, Mapping[str, Mapping[str, str]]]
Age: TypeAlias = tuple[int, ...]

# What the data calls each of our mail programs: a family and a platform.
PROGRAMS: Mapping[Client, tuple[str, str]] = {
    Client.OUTLOOK_WINDOWS: ("outlook", "windows"),
    Client.OUTLOOK_WEB: ("outlook", "outlook-com"),
    Client.OUTLOOK_MACOS: ("outlook", "macos"),
    Client.OUTLOOK_IOS: ("outlook", "ios"),
    Client.OUTLOOK_ANDROID: ("outlook", "android"),
    Client.GMAIL_WEB: ("gmail", "desktop-webmail"),
    Client.GMAIL_ANDROID: ("gmail", "android"),
    Client.GMAIL_IOS: ("gmail", "ios"),
    Client.APPLE_MAIL_MACOS: ("apple-mail", "macos"),
    Client.APPLE_MAIL_IOS: ("apple-mail", "ios"),
    Client.SAMSUNG_EMAIL: ("samsung-email", "android"),
    Client.THUNDERBIRD: ("thunderbird", "macos"),
    Client.YAHOO_WEB: ("yahoo", "desktop-webmail"),
    Client.YAHOO_ANDROID: ("yahoo", "android"),
    Client.YAHOO_IOS: ("yahoo", "ios"),
    Client.PROTON_WEB: ("protonmail", "desktop-webmail"),
    Client.PROTON_ANDROID: ("protonmail", "android"),
    Client.PROTON_IOS: ("protonmail", "ios"),
}

_MONTH = re.compile(r"(20[0-9]{2})-([0-9]{2})")
# Outlook for Mac is built monthly: 16.80 is December 2023. On phones the week is in the build.
_MAC_BUILD = re.compile(r"16\.([0-9]+)[0-9.]*")
_PHONE_BUILD = re.compile(r"[0-9]+\.([0-9]{2})([0-9]{2})\.[0-9]+")
_DECEMBER_2023, _ITS_BUILD = 2023 * 12 + 11, 80
_JSON = ("package.json", "data/caniemail.json")
# The package has the copyright of who packed the tests; those who made them have theirs.
_TESTERS = ("MIT License\n\n", "MIT License\n\nCopyright (c) 2019 HTeuMeuLeu\n")


class Feature(TypedDict):
    """One feature as the package has it."""

    slug: str
    title: str
    category: str
    url: str
    last_test_date: str
    stats: Stats
    notes_by_num: Mapping[str, str] | None


def main() -> None:
    """Read the package named first, and write into the folder named second."""
    package, folder = (Path(argument) for argument in sys.argv[1:])
    with tarfile.open(package) as archive:
        about, data = (json.loads(_text(archive, name)) for name in _JSON)
        licence = _text(archive, "LICENSE")
    features = [f for f in data["data"] if f["category"] in [one.value for one in Category]]
    head = {"source": f"{about['name']} {about['version']}", "as_of": data["last_update_date"][:10]}
    lines = ",\n".join(_compact(reduced(feature)) for feature in features)
    text = f'{_compact(head)[:-1]},"features":[\n{lines}\n]}}\n'
    (folder / "caniemail.json").write_text(text, encoding="utf-8")
    (folder / "LICENSE").write_text(licence.replace(*_TESTERS, 1), encoding="utf-8")
    print(f"Wrote {len(features)} features of {head['source']}, {head['as_of']}")


def reduced(feature: Feature) -> Mapping[str, object]:
    """One feature with the latest verdict of each of our programs, and the notes it needs."""
    answers = dict(_answers(feature["stats"]))
    named = set(re.findall(r"#([0-9]+)", " ".join(answers.values())))
    notes = feature["notes_by_num"] or {}
    return {
        "slug": feature["slug"],
        "title": feature["title"],
        "category": feature["category"],
        "url": feature["url"],
        "tested": _day(feature["last_test_date"]),
        "answers": answers,
        "notes": {number: notes[number] for number in sorted(named, key=int) if number in notes},
    }


def _answers(stats: Stats) -> Iterator[tuple[str, str]]:
    for client, (family, platform) in PROGRAMS.items():
        versions = stats.get(family, {}).get(platform, {})
        if versions:
            yield client.value, versions[max(versions, key=lambda version: _age(version, client))]


def _age(version: str, client: Client) -> Age:
    """What sorts versions from old to new, though one program mixes months, years and builds.

    The order in the package is of no use: JavaScript puts keys such as 13 before 12.4.
    """
    if month := _MONTH.fullmatch(version):
        return int(month[1]), int(month[2])
    if client is Client.OUTLOOK_MACOS and (build := _MAC_BUILD.fullmatch(version)):
        year, month_before = divmod(_DECEMBER_2023 + int(build[1]) - _ITS_BUILD, 12)
        return year, month_before + 1, 1  # after what was tested in that very month
    if client in {Client.OUTLOOK_IOS, Client.OUTLOOK_ANDROID} and (
        week := _PHONE_BUILD.fullmatch(version)
    ):
        return 2000 + int(week[1]), int(week[2]) * 12 // 53 + 1
    # The year of a product, or a version: any month there is was tested later than that.
    return tuple(int(number) for number in re.findall(r"[0-9]+", version))


def _day(written: str) -> str:
    year, month, day = written.split("-")
    return f"{year}-{month:0>2}-{day:0>2}"


def _text(archive: tarfile.TarFile, name: str) -> str:
    file = archive.extractfile(f"package/{name}")
    assert file is not None, name
    return file.read().decode()


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
