"""Waiting for what is due, and sending it then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fvdt_mailer.app.mailer import Mailer
from fvdt_mailer.errors import MailerError, SenderBusy

# Sleeps are short, so that a clock that was set and an edition that was frozen meanwhile are seen.
_LONGEST_SLEEP = 60.0
_SHORTEST_SLEEP = 1.0
_FIRST_REST = timedelta(minutes=1)
_LONGEST_REST = timedelta(minutes=32)

Wait = Callable[[float], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Who is told what happens: `waiting` of a moment that is new, `failed` of a run that ended.

    A failed run of an edition is told with the moment at which it is tried again.
    """

    waiting: Callable[[datetime | None], None]
    failed: Callable[[str, MailerError, datetime], None]


def wait_until_due(mailer: Mailer, edition_id: str, *, wait: Wait, report: Report) -> bool:
    """True once a mail of it may leave; False when it was stopped, or nothing is owed any more.

    The store is asked again and again: another process may move its moment, or send it.
    """
    told: datetime | None = None
    while (due := mailer.first_due(edition_id)) is not None:
        left = (due - mailer.clock()).total_seconds()
        if left <= 0:
            return True
        if due != told:
            report.waiting(due)
            told = due
        if wait(min(left, _LONGEST_SLEEP)):
            return False
    return False


class Worker:
    """Sends what frozen editions owe, one after the other, whenever it is due.

    `send` makes one run over an edition; `wait` takes seconds and tells whether to stop; `only`
    names the one edition it is for.
    """

    def __init__(
        self,
        mailer: Mailer,
        send: Callable[[str], None],
        *,
        wait: Wait,
        report: Report,
        only: str | None = None,
    ) -> None:
        self._mailer = mailer
        self._send = send
        self._wait = wait
        self._report = report
        self._only = only
        self._resting: dict[str, _Rest] = {}
        self._told: tuple[datetime | None, ...] = ()

    def once(self) -> bool:
        """Send what is due now; True when no run over it failed."""
        for edition_id, due in sorted(self._owing().items(), key=lambda item: item[1]):
            if due <= self._mailer.clock() and not self._is_stopped:
                self._run(edition_id)
        return not self._resting

    def until_stopped(self) -> None:
        """Send whatever becomes due, and sleep in between."""
        while not self._is_stopped:
            self.once()
            self._sleep()

    def until_settled(self) -> None:
        """The same, until nothing is owed any more."""
        while self._owing() and not self._is_stopped:
            self.once()
            if self._owing():
                self._sleep()

    @property
    def _is_stopped(self) -> bool:
        return self._wait(0)

    def _owing(self) -> dict[str, datetime]:
        """What is owed, and when: not before an edition whose run failed has had its rest."""
        owed = self._mailer.schedule.owing()
        self._resting = {one: rest for one, rest in self._resting.items() if one in owed}
        return {
            edition_id: max(due, self._resting[edition_id].until)
            if edition_id in self._resting
            else due
            for edition_id, due in owed.items()
            if self._only in {None, edition_id}
        }

    def _run(self, edition_id: str) -> None:
        try:
            self._send(edition_id)
        except MailerError as error:
            rest = self._rest(edition_id, error)
            self._resting[edition_id] = rest
            self._report.failed(edition_id, error, rest.until)
        else:
            self._resting.pop(edition_id, None)

    def _rest(self, edition_id: str, error: MailerError) -> _Rest:
        before = self._resting.get(edition_id)
        length = _FIRST_REST
        if before is not None and not isinstance(error, SenderBusy):
            length = min(before.length * 2, _LONGEST_REST)
        return _Rest(length=length, until=self._mailer.clock() + length)

    def _sleep(self) -> None:
        """Until something is due, and a minute at most: other processes freeze editions too."""
        first = min(self._owing().values(), default=None)
        if self._told != (first,) and not self._is_stopped:
            self._told = (first,)
            self._report.waiting(first)
        left = _LONGEST_SLEEP
        if first is not None:
            left = (first - self._mailer.clock()).total_seconds()
        self._wait(min(max(left, _SHORTEST_SLEEP), _LONGEST_SLEEP))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rest:
    length: timedelta
    until: datetime
