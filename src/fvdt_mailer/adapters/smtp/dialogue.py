"""One SMTP session (RFC 5321 3): commands go out, each gets exactly one reply."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field

from fvdt_mailer.adapters.smtp import commands
from fvdt_mailer.adapters.smtp.offers import Offers
from fvdt_mailer.adapters.smtp.replies import read_reply
from fvdt_mailer.adapters.smtp.timers import Timers
from fvdt_mailer.adapters.smtp.wire import Lost, Wire
from fvdt_mailer.pipeline.verdict import Reply, Stage, printable


@dataclass(slots=True, kw_only=True)
class Dialogue:
    """What was said so far. Once `is_over`, nothing may be sent any more, not even QUIT.

    While it `awaits_content`, the server takes whatever is sent for part of a message.
    """

    wire: Wire
    timers: Timers
    offers: Offers = field(default_factory=Offers)
    stage: Stage = Stage.GREETING
    is_over: bool = False
    awaits_content: bool = False

    def ask(self, stage: Stage, command: bytes, *, seconds: float) -> Reply:
        """The reply to one command; Lost when the server does not give exactly one."""
        self.stage = stage
        self.wire.write(command, seconds=seconds)
        return self.listen(seconds=seconds)

    def listen(self, *, seconds: float) -> Reply:
        """The one reply that is due."""
        reply = read_reply(self.wire, seconds=seconds)
        self.expect_silence()
        return reply

    def expect_silence(self) -> None:
        """Lost when the server said more than it was asked."""
        if self.wire.has_leftovers:
            raise Lost(f"the server said more than was asked{self.aside()}")

    def quit(self) -> None:
        """Part politely where both sides are in step, and close in any case."""
        if not (self.is_over or self.awaits_content):
            with suppress(Lost):
                self.ask(self.stage, commands.line("QUIT"), seconds=self.timers.quit)
        self.is_over = True
        self.wire.close()

    def aside(self) -> str:
        """What the server said unasked, to be quoted behind a sentence."""
        words = printable(self.wire.leftovers.decode("utf-8", "backslashreplace").strip())
        return f': "{words}"' if words else ""
