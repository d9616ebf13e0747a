"""The same activity told twice, from two files or by two people."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.activity import Activity
from fvdt_mailer.pipeline.check.case import Case

_ALIKE = 0.85


def duplicate_activities(case: Case) -> Iterator[Problem]:
    """A warning for an activity that another at the same time and place has nearly the name of."""
    for activities in _by_time_and_place(case).values():
        for first, second in combinations(activities, 2):
            if not _are_alike(first, second):
                continue
            origin, there = (case.folder.activity_origins[one.id] for one in (second, first))
            yield Problem(
                rule="duplicate-activity",
                file=origin.file,
                line=origin.line("start"),
                key="start",
                text=f'nearly the same as "{first.id}" ({there.file}:{there.line()}), '
                "at the same time and place",
                hint="keep one of the two",
                severity=Severity.WARNING,
            )


def _by_time_and_place(case: Case) -> Mapping[object, Sequence[Activity]]:
    together: defaultdict[object, list[Activity]] = defaultdict(list)
    for entry in case.edition.entries:
        activity = entry.activity
        together[activity.start, str(activity.municipality).casefold()].append(activity)
    return together


def _are_alike(first: Activity, second: Activity) -> bool:
    one, other = _name(first), _name(second)
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _name(activity: Activity) -> str:
    """What it is called in any language; its words when it has no name."""
    named = activity.title or activity.topic or activity.text or activity.text_past
    return re.sub(r"\W+", " ", str(named).casefold()).strip()
