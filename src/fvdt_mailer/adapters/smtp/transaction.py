"""The two halves of a mail transaction: the envelope, and the content (RFC 5321 3.3)."""

from __future__ import annotations

from contextlib import suppress
from typing import Final, TypeAlias

from fvdt_mailer.adapters.smtp import commands
from fvdt_mailer.adapters.smtp.content import wire_form
from fvdt_mailer.adapters.smtp.dialogue import Dialogue
from fvdt_mailer.adapters.smtp.replies import read_reply
from fvdt_mailer.adapters.smtp.wire import Lost
from fvdt_mailer.model.delivery import Outcome
from fvdt_mailer.model.message import Message
from fvdt_mailer.pipeline.verdict import Reply, Severity, Stage, verdict

Steps: TypeAlias = tuple[tuple[Stage, bytes, float], ...]

_BLOCK: Final = 65_536


def envelope(dialogue: Dialogue, message: Message) -> Steps:
    """The commands that open a transaction, and the seconds each reply may take."""
    timers = dialogue.timers
    return (
        (Stage.MAIL, commands.mail(message, dialogue.offers), timers.mail),
        (Stage.RCPT, commands.rcpt(message, dialogue.offers), timers.rcpt),
        (Stage.DATA, commands.line("DATA"), timers.data),
    )


def begin(dialogue: Dialogue, steps: Steps) -> Outcome | None:
    """Each command after the reply to the one before; None when the content is waited for."""
    for stage, command, seconds in steps:
        reply = dialogue.ask(stage, command, seconds=seconds)
        if not _goes_on(stage, reply):
            return _refused(dialogue, stage, reply)
    dialogue.is_over, dialogue.awaits_content = False, True
    return None


def answers(dialogue: Dialogue, steps: Steps) -> Outcome | None:
    """The replies to commands that left together; None when the content is waited for.

    RFC 2920 3.1: a server answers every command of a group, also after it refused one of them.
    """
    refused: tuple[Stage, Reply] | None = None
    for stage, _, seconds in steps:
        dialogue.stage = stage
        reply = read_reply(dialogue.wire, seconds=seconds)
        if refused is None and not _goes_on(stage, reply):
            refused = stage, reply
        if reply.is_closing:
            break
        if refused is not None and reply.severity is Severity.INTERMEDIATE:
            # It waits for the content of a mail it refused: only hanging up ends that.
            return verdict(*refused)
    if refused is not None:
        return _refused(dialogue, *refused)
    dialogue.expect_silence()
    dialogue.is_over, dialogue.awaits_content = False, True
    return None


def finish(dialogue: Dialogue, message: Message, *, followed_by: bytes = b"") -> Outcome:
    """The content up to its final dot, and what the server says to it.

    What it is `followed_by` leaves in one write with the dot.
    """
    wire, timers = dialogue.wire, dialogue.timers
    content = memoryview(wire_form(message.pieces))
    last = (len(content) - 1) // _BLOCK * _BLOCK
    for start in range(0, last, _BLOCK):
        wire.write(content[start : start + _BLOCK], seconds=timers.block)
    # Without its last block the content has no end: until here nothing is in doubt.
    if wire.is_disturbed():
        aside = dialogue.aside()
        raise Lost(f"the server broke in or hung up before the content ended{aside}")
    dialogue.stage = Stage.CONTENT
    wire.write(b"".join((content[last:], followed_by)), seconds=timers.block)
    reply = read_reply(wire, seconds=timers.final_dot)
    dialogue.awaits_content = False
    dialogue.is_over = reply.severity is Severity.INTERMEDIATE or reply.is_closing
    return verdict(Stage.CONTENT, reply)


def _goes_on(stage: Stage, reply: Reply) -> bool:
    wanted = Severity.INTERMEDIATE if stage is Stage.DATA else Severity.POSITIVE
    return reply.severity is wanted


def _refused(dialogue: Dialogue, stage: Stage, reply: Reply) -> Outcome:
    """The verdict; the transaction is taken back where the session can go on."""
    if reply.is_refusal and not reply.is_closing and not dialogue.wire.has_leftovers:
        with suppress(Lost):
            reset, seconds = commands.line("RSET"), dialogue.timers.rset
            answer = dialogue.ask(stage, reset, seconds=seconds)
            dialogue.is_over = answer.severity is not Severity.POSITIVE
    return verdict(stage, reply)
