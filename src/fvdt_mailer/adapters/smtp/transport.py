"""The transport that speaks SMTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic

from fvdt_mailer.adapters.smtp.beat import beat
from fvdt_mailer.adapters.smtp.commands import obstacle
from fvdt_mailer.adapters.smtp.dial import dial
from fvdt_mailer.adapters.smtp.dialogue import Dialogue
from fvdt_mailer.adapters.smtp.endpoint import Endpoint
from fvdt_mailer.adapters.smtp.timers import Timers
from fvdt_mailer.model.delivery import Beat, Blame, Outcome, State
from fvdt_mailer.model.message import Message
from fvdt_mailer.model.per_connection import PerConnection


@dataclass(slots=True)
class SmtpConnection:
    """One session at a time; it is replaced before the next message, never during one.

    That is when it broke, and when it has had its share `per_connection`.
    """

    endpoint: Endpoint
    timers: Timers
    per_connection: PerConnection | None = None
    clock: Callable[[], float] = monotonic
    _dialogue: Dialogue | None = None
    _trusts_groups: bool = True
    _mails: int = 0
    _since: float = 0.0

    def open(self) -> Dialogue:
        """A session in step with its server: the present one, or a new one when that is over."""
        # A server may close an idle session at any time, with a 421 or without a word.
        if self._dialogue is not None and self._dialogue.wire.is_disturbed():
            self._dialogue.is_over = True
            self.close()
        if self._has_had_its_share():
            self.close()
        if self._dialogue is None:
            self._dialogue = dial(self.endpoint, self.timers)
            self._mails, self._since = 0, self.clock()
        return self._dialogue

    def deliver(self, message: Message) -> Outcome:
        """Hand over one message, once; TransportDown when there is no session to be had."""
        begun = self.beat(None, message)
        if begun.refused is not None:
            return begun.refused
        finished = self.beat(message, None).finished
        assert finished is not None
        return finished

    def beat(self, finishing: Message | None, opening: Message | None) -> Beat:
        """Finish the message that the last beat opened, and open the next.

        The next is not begun when the session has had its share. TransportDown when there is
        nothing to finish and no session to be had.
        """
        # With a message to finish the session is the one that waits for it, whatever its state.
        dialogue = self._dialogue if finishing is not None else self.open()
        assert dialogue is not None
        if finishing is not None and self._has_had_its_share():
            opening = None
        hindrance = obstacle(opening, dialogue.offers) if opening is not None else ""
        try:
            done = self._beat(dialogue, finishing, None if hindrance else opening)
        finally:
            if dialogue.is_over:
                self.close()
        if not hindrance:
            return done
        unfit = Outcome(state=State.FAILED, blame=Blame.MESSAGE, reply=hindrance)
        return Beat(finished=done.finished, refused=unfit)

    def close(self) -> None:
        """The session is ended, politely where that is possible."""
        if self._dialogue is not None:
            self._dialogue.quit()
        self._dialogue = None

    def _has_had_its_share(self) -> bool:
        if self._dialogue is None or self.per_connection is None:
            return False
        spent = self.clock() - self._since
        return self.per_connection.is_reached(mails=self._mails, seconds=spent)

    def _beat(self, dialogue: Dialogue, finishing: Message | None, opening: Message | None) -> Beat:
        is_pipelined = self._trusts_groups and "PIPELINING" in dialogue.offers
        self._mails += opening is not None
        done = beat(dialogue, finishing, opening, is_pipelined=is_pipelined)
        if is_pipelined and done.refused is not None and dialogue.wire.was_late:
            # Some servers lose commands that come in one group: from here on one by one.
            self._trusts_groups = False
        return done


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpTransport:
    """Opens SMTP sessions with one endpoint."""

    endpoint: Endpoint
    timers: Timers = field(default_factory=Timers)
    per_connection: PerConnection | None = None

    @contextmanager
    def connect(self) -> Iterator[SmtpConnection]:
        """A connection with its session open; TransportDown says what to do when there is none."""
        connection = SmtpConnection(self.endpoint, self.timers, self.per_connection)
        try:
            connection.open()
            yield connection
        finally:
            connection.close()
