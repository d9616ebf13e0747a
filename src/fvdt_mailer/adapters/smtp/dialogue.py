"""One SMTP session in lock-step (RFC 5321 3): a command, its reply, the next command."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from fvdt_mailer.adapters.smtp import commands
from fvdt_mailer.adapters.smtp.content import dotted
from fvdt_mailer.adapters.smtp.offers import Offers
from fvdt_mailer.adapters.smtp.replies import read_reply
from fvdt_mailer.adapters.smtp.timers import Timers
from fvdt_mailer.adapters.smtp.wire import Lost, Wire
from fvdt_mailer.model.delivery import Outcome
from fvdt_mailer.model.message import Message
from fvdt_mailer.pipeline.verdict import Reply, Severity, Stage, lost, printable, verdict

_BLOCK: Final = 65_536


@dataclass(slots=True, kw_only=True)
class Dialogue:
    """What was said so far. Once `is_over`, nothing may be sent any more, not even QUIT."""

    wire: Wire
    timers: Timers
    offers: Offers = field(default_factory=Offers)
    stage: Stage = Stage.GREETING
    is_over: bool = False

    def hand_over(self, message: Message) -> Outcome:
        """One whole transaction; whatever goes wrong is in the outcome."""
        self.is_over = True  # until a reply proves that both sides are where they should be
        try:
            refused = self.begin(message)
            return self.finish(message.content) if refused is None else refused
        except Lost as error:
            return lost(self.stage, str(error))

    def begin(self, message: Message) -> Outcome | None:
        """MAIL, RCPT and DATA; None when the server waits for the content."""
        steps = (
            (Stage.MAIL, commands.mail(message, self.offers), self.timers.mail, Severity.POSITIVE),
            (Stage.RCPT, commands.rcpt(message), self.timers.rcpt, Severity.POSITIVE),
            (Stage.DATA, commands.line("DATA"), self.timers.data, Severity.INTERMEDIATE),
        )
        for stage, command, seconds, wanted in steps:
            reply = self.ask(stage, command, seconds=seconds)
            if reply.severity is not wanted:
                return self._refused(stage, reply)
        return None

    def finish(self, content: bytes) -> Outcome:
        """The content up to its final dot, and what the server says to it."""
        wire_form = memoryview(dotted(content) + b".\r\n")
        last = (len(wire_form) - 1) // _BLOCK * _BLOCK
        for start in range(0, last, _BLOCK):
            self.wire.write(wire_form[start : start + _BLOCK], seconds=self.timers.block)
        # Without its last block the content has no end: until here nothing is in doubt.
        if self.wire.is_disturbed():
            raise Lost(f"the server broke in or hung up before the content ended{self._aside()}")
        self.stage = Stage.CONTENT
        self.wire.write(wire_form[last:], seconds=self.timers.block)
        reply = read_reply(self.wire, seconds=self.timers.final_dot)
        is_out_of_turn = reply.severity is Severity.INTERMEDIATE
        self.is_over = is_out_of_turn or reply.is_closing
        return verdict(Stage.CONTENT, reply)

    def ask(self, stage: Stage, command: bytes, *, seconds: float) -> Reply:
        """The reply to one command; Lost when the server does not give exactly one."""
        self.stage = stage
        self.wire.write(command, seconds=seconds)
        return self.listen(seconds=seconds)

    def listen(self, *, seconds: float) -> Reply:
        """The one reply that is due."""
        reply = read_reply(self.wire, seconds=seconds)
        if self.wire.has_leftovers:
            raise Lost(f"the server said more than was asked{self._aside()}")
        return reply

    def quit(self) -> None:
        """Part politely where both sides are in step, and close in any case."""
        if not self.is_over:
            with suppress(Lost):
                self.ask(self.stage, commands.line("QUIT"), seconds=self.timers.quit)
        self.is_over = True
        self.wire.close()

    def _refused(self, stage: Stage, reply: Reply) -> Outcome:
        if reply.is_refusal and not reply.is_closing:
            with suppress(Lost):
                answer = self.ask(stage, commands.line("RSET"), seconds=self.timers.rset)
                self.is_over = answer.severity is not Severity.POSITIVE
        return verdict(stage, reply)

    def _aside(self) -> str:
        words = printable(self.wire.leftovers.decode("utf-8", "backslashreplace").strip())
        return f': "{words}"' if words else ""
