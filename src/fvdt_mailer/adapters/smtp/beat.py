"""The beat of a session: the content of one message and the envelope of the next in one write.

Where the server offers PIPELINING (RFC 2920) a mail costs one round trip; where it does not, the
same steps are taken one by one.
"""

from __future__ import annotations

from fvdt_mailer.adapters.smtp.dialogue import Dialogue
from fvdt_mailer.adapters.smtp.transaction import Steps, answers, begin, envelope, finish
from fvdt_mailer.adapters.smtp.wire import Lost
from fvdt_mailer.model.delivery import Beat, Outcome
from fvdt_mailer.model.message import Message
from fvdt_mailer.pipeline.verdict import lost


def beat(
    dialogue: Dialogue,
    finishing: Message | None,
    opening: Message | None,
    *,
    is_pipelined: bool,
) -> Beat:
    """Finish one transaction and open the next; whatever goes wrong is in the outcomes."""
    steps = envelope(dialogue, opening) if opening is not None else ()
    ahead = b"".join(command for _, command, _ in steps) if is_pipelined else b""
    finished = None
    if finishing is not None:
        finished = _finished(dialogue, finishing, ahead)
        if dialogue.is_over:
            return Beat(finished=finished)
    if opening is None:
        return Beat(finished=finished)
    unsent = ahead if finishing is None else b""
    refused = _opened(dialogue, steps, unsent, is_pipelined=is_pipelined)
    return Beat(finished=finished, refused=refused, is_open=refused is None)


def _finished(dialogue: Dialogue, message: Message, ahead: bytes) -> Outcome:
    dialogue.is_over = True  # until a reply proves that both sides are where they should be
    try:
        return finish(dialogue, message, followed_by=ahead)
    except Lost as error:
        return lost(dialogue.stage, str(error))


def _opened(
    dialogue: Dialogue, steps: Steps, unsent: bytes, *, is_pipelined: bool
) -> Outcome | None:
    dialogue.is_over = True
    first, _, seconds = steps[0]
    dialogue.stage = first
    try:
        if not is_pipelined:
            return begin(dialogue, steps)
        if unsent:
            dialogue.wire.write(unsent, seconds=seconds)
        return answers(dialogue, steps)
    except Lost as error:
        return lost(dialogue.stage, str(error))
