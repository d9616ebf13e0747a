"""Dates and times that cannot be meant: before their beginning, skipped or doubled by the clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import tzinfo

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.activity import Activity
from fvdt_mailer.model.campaign import Campaign
from fvdt_mailer.model.folder import KeyPath, Origin
from fvdt_mailer.model.moment import Moment
from fvdt_mailer.pipeline.files.build_tree import dotted


def check_times(
    noun: Activity | Campaign, origin: Origin, *, zone: tzinfo | None
) -> Iterator[Problem]:
    """The moments of an activity or a campaign that cannot be meant."""
    moments = _moments(noun)
    for path, moment in moments.items():
        if zone is not None and moment.clock is not None:
            yield from _by_the_clock(moment, zone, origin, path)
    for first, last in _PAIRS:
        if first in moments and last in moments and _is_before(moments[last], moments[first]):
            text = f"{moments[last]} is before {dotted(first)}, {moments[first]}"
            yield _problem("ends-before-start", origin, last, text, "change one of the two")


_PAIRS: tuple[tuple[KeyPath, KeyPath], ...] = (
    (("start",), ("end",)),
    (("window", "from"), ("window", "to")),
)


def _moments(noun: Activity | Campaign) -> dict[KeyPath, Moment]:
    written: dict[KeyPath, Moment | None]
    if isinstance(noun, Activity):
        written = {("start",): noun.start, ("end",): noun.end}
    else:
        written = {
            ("as_of",): noun.as_of,
            ("recap_since",): noun.recap_since,
            ("window", "from"): noun.window.from_,
            ("window", "to"): noun.window.to,
        }
    return {path: moment for path, moment in written.items() if moment is not None}


def _by_the_clock(moment: Moment, zone: tzinfo, origin: Origin, path: KeyPath) -> Iterator[Problem]:
    if not moment.exists(zone):
        text = f"{moment} does not exist in {zone}: the clock goes forward then"
        yield _problem("bad-date", origin, path, text, "write a time before or after that")
    elif _happens_twice(moment, zone):
        text = f"{moment} happens twice in {zone}: the clock goes back then"
        hint = "choose a time before or after that; the first of the two is taken"
        problem = _problem("doubled-time", origin, path, text, hint)
        yield replace(problem, severity=Severity.WARNING)


def _happens_twice(moment: Moment, zone: tzinfo) -> bool:
    # PEP 495: fold=1 is the second of two moments that the wall clock tells alike.
    first = moment.begins(zone)
    return first.utcoffset() != first.replace(fold=1).utcoffset()


def _is_before(end: Moment, start: Moment) -> bool:
    # As the wall clock reads: a person compares what stands in the file, whatever the zone.
    if end.day != start.day or end.clock is None or start.clock is None:
        return end.day < start.day
    return end.clock < start.clock


def _problem(rule: str, origin: Origin, path: KeyPath, text: str, hint: str) -> Problem:
    return Problem(
        rule=rule,
        file=origin.file,
        line=origin.line(*path),
        key=dotted(path),
        text=text,
        hint=hint,
    )
