"""What visits to links tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from http import HTTPStatus

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.pipeline.check.outside.links import Link

_PERMANENT = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})
_REDIRECTS = _PERMANENT | {
    HTTPStatus.FOUND,
    HTTPStatus.SEE_OTHER,
    HTTPStatus.TEMPORARY_REDIRECT,
}
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_LONGEST = 200


class Fate(StrEnum):
    """How a visit ended."""

    REACHED = "reached"
    DEAD = "dead"
    DOWN = "down"
    GUARDED = "guarded"
    REFUSED = "refused"
    UNVISITED = "unvisited"


_TOLD: Mapping[Fate, tuple[str, Severity, str, str]] = {
    Fate.REACHED: (
        "link-moved",
        Severity.NOTE,
        "{url} has moved for good to {moved}",
        "write that address instead",
    ),
    Fate.DEAD: (
        "link-dead",
        Severity.WARNING,
        "{url} leads nowhere: {said}",
        "mend the address, or remove the link",
    ),
    Fate.DOWN: (
        "link-unreachable",
        Severity.WARNING,
        "{url} cannot be reached: {said}",
        "open it yourself; mend the address, or wait until it works again",
    ),
    Fate.GUARDED: (
        "link-unreachable",
        Severity.NOTE,
        "{url} turned the visit away: {said}",
        "open it yourself: it may do so with programs only",
    ),
    Fate.REFUSED: (
        "link-private",
        Severity.WARNING,
        "{url} was not visited: {said}",
        "give readers an address that opens everywhere",
    ),
    Fate.UNVISITED: (
        "link-unreachable",
        Severity.NOTE,
        "{url} was not visited: {said}",
        "run the check again, or open it yourself",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """How a visit ended, what there is to say of it, and where the page has gone for good."""

    fate: Fate
    said: str = ""
    moved_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server says first of all."""

    status: int
    location: str = ""

    @property
    def leads_on(self) -> bool:
        """True when the page is elsewhere."""
        return self.status in _REDIRECTS and bool(self.location)

    @property
    def is_for_good(self) -> bool:
        """True when the page will never be here again."""
        return self.status in _PERMANENT

    @property
    def is_good(self) -> bool:
        """True when there is a page, here or elsewhere."""
        return self.status < HTTPStatus.BAD_REQUEST

    @property
    def fate(self) -> Fate:
        """How a visit ends that ends with this answer."""
        if self.is_good:
            return Fate.REACHED
        if self.status in _GONE:
            return Fate.DEAD
        # 999 and its like are no errors of a server: they turn programs away.
        is_down = self.status // 100 == HTTPStatus.INTERNAL_SERVER_ERROR // 100
        return Fate.DOWN if is_down else Fate.GUARDED

    def __str__(self) -> str:
        try:
            return f"{self.status} {HTTPStatus(self.status).phrase}"
        except ValueError:
            return str(self.status)


def link_problems(links: Iterable[Link], visits: Mapping[str, Visit]) -> Iterator[Problem]:
    """What there is to mend, once for each place, however many links a template makes there."""
    alike: dict[tuple[str, str, int | None, str], list[Problem]] = {}
    for link in links:
        problem = _problem(link, visits[link.url])
        if problem is not None:
            place = (problem.rule, problem.file, problem.line, problem.key)
            alike.setdefault(place, []).append(problem)
    for first, *others in alike.values():
        more = f" (and {len(others)} more links from here)" if others else ""
        yield replace(first, text=first.text + more)


def _problem(link: Link, visit: Visit) -> Problem | None:
    if visit.fate is Fate.REACHED and not visit.moved_to:
        return None
    rule, severity, text, hint = _TOLD[visit.fate]
    return Problem(
        rule=rule,
        file=link.file,
        line=link.line,
        key=link.key,
        text=text.format(url=_short(link.url), said=visit.said, moved=_short(visit.moved_to)),
        hint=hint,
        severity=severity,
    )


def _short(url: str) -> str:
    return url if len(url) <= _LONGEST else f"{url[: _LONGEST - 3]}..."
