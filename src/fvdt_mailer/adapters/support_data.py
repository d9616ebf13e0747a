"""What mail programs support, from the data in the package."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import TypedDict

from fvdt_mailer.model.support import Answer, Category, Client, Feature, Support, Verdict

_CLIENTS: Mapping[str, Client] = {client.value: client for client in Client}


class _Written(TypedDict):
    """One feature as it stands in the file; an answer is a verdict and its notes: `a #1 #4`."""

    slug: str
    title: str
    category: str
    url: str
    tested: str
    answers: Mapping[str, str]
    notes: Mapping[str, str]


def read_support() -> Support:
    """Every feature there are test results of."""
    file = files("fvdt_mailer") / "vendored" / "caniemail" / "caniemail.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    features = map(_feature, data["features"])
    return Support(
        source=data["source"],
        as_of=date.fromisoformat(data["as_of"]),
        features={feature.slug: feature for feature in features},
    )


def _feature(written: _Written) -> Feature:
    notes = written["notes"]
    answers = {said: _answer(said, notes) for said in set(written["answers"].values())}
    return Feature(
        slug=written["slug"],
        title=written["title"],
        category=Category(written["category"]),
        url=written["url"],
        tested=date.fromisoformat(written["tested"]),
        answers={_CLIENTS[name]: answers[said] for name, said in written["answers"].items()},
    )


def _answer(said: str, notes: Mapping[str, str]) -> Answer:
    verdict, *numbers = said.split(" #")
    return Answer(
        verdict=Verdict(verdict),
        notes=tuple(notes[number] for number in numbers if number in notes),
    )
