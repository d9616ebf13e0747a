"""The transport that speaks SMTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from fvdt_mailer.adapters.smtp.commands import obstacle
from fvdt_mailer.adapters.smtp.dial import dial
from fvdt_mailer.adapters.smtp.dialogue import Dialogue
from fvdt_mailer.adapters.smtp.endpoint import Endpoint
from fvdt_mailer.adapters.smtp.timers import Timers
from fvdt_mailer.model.delivery import Blame, Outcome, State
from fvdt_mailer.model.message import Message


@dataclass(slots=True)
class SmtpConnection:
    """One session at a time; a broken one is replaced before the next message, never during."""

    endpoint: Endpoint
    timers: Timers
    _dialogue: Dialogue | None = None

    def open(self) -> Dialogue:
        """A session in step with its server: the present one, or a new one when that is over."""
        # A server may close an idle session at any time, with a 421 or without a word.
        if self._dialogue is not None and self._dialogue.wire.is_disturbed():
            self._dialogue.is_over = True
            self.close()
        if self._dialogue is None:
            self._dialogue = dial(self.endpoint, self.timers)
        return self._dialogue

    def deliver(self, message: Message) -> Outcome:
        """Hand over one message, once; TransportDown when there is no session to be had."""
        dialogue = self.open()
        hindrance = obstacle(message, dialogue.offers)
        if hindrance:
            return Outcome(state=State.FAILED, blame=Blame.MESSAGE, reply=hindrance)
        try:
            return dialogue.hand_over(message)
        finally:
            if dialogue.is_over:
                self.close()

    def close(self) -> None:
        """The session is ended, politely where that is possible."""
        if self._dialogue is not None:
            self._dialogue.quit()
        self._dialogue = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpTransport:
    """Opens SMTP sessions with one endpoint."""

    endpoint: Endpoint
    timers: Timers = field(default_factory=Timers)

    @contextmanager
    def connect(self) -> Iterator[SmtpConnection]:
        """A connection with its session open; TransportDown says what to do when there is none."""
        connection = SmtpConnection(self.endpoint, self.timers)
        try:
            connection.open()
            yield connection
        finally:
            connection.close()
