"""Send what a frozen edition owes: claim, compose, hand over, record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from fvdt_mailer.errors import TransportDown
from fvdt_mailer.model.audience import SegmentKey
from fvdt_mailer.model.delivery import Blame, Delivery, FrozenEdition, Outcome, Recorded, State
from fvdt_mailer.pipeline.greet import greeting
from fvdt_mailer.pipeline.message.compose import Mould, compose, mould
from fvdt_mailer.pipeline.retry import is_given_up, next_try
from fvdt_mailer.ports import Clock, Connection, Ledger, Transport

_BATCH = 100
_STRIKES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """How a person follows and bounds a run; `pause` keeps to the rate."""

    on_outcome: Callable[[Delivery, Outcome], None]
    is_stopped: Callable[[], bool]
    pause: Callable[[], None]
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run over a frozen edition."""

    edition: FrozenEdition
    ledger: Ledger
    clock: Clock
    secret: bytes
    watch: Watch


def deliver(run: Run, transport: Transport) -> None:
    """Hand over every delivery that is due.

    What a stopped run had claimed goes back to the queue first, and what it was finalizing
    becomes in_doubt. TransportDown ends this run with everything recorded.
    """
    run.ledger.recover(run.edition.id)
    with transport.connect() as connection:
        try:
            _beat(run, connection)
        finally:
            run.ledger.recover(run.edition.id)


def _beat(run: Run, connection: Connection) -> None:
    moulds = _moulds(run.edition)
    settled: tuple[Recorded, ...] = ()
    strikes = 0
    try:
        for delivery in _due(run):
            recipient = delivery.recipient
            message = compose(moulds[recipient.segment], recipient, secret=run.secret)
            run.watch.pause()
            # RFC 5321 6.1: after the final dot the server may own the message. So the ledger
            # says "finalizing" before it leaves; the last outcome shares this commit.
            run.ledger.record(run.edition.id, outcomes=settled, finalizing=(recipient.reader_id,))
            settled = ()
            try:
                outcome = connection.deliver(message)
            except TransportDown as down:
                settled = (_returned(run, delivery, down),)
                raise
            settled = (_settled(run, delivery, outcome),)
            run.watch.on_outcome(delivery, settled[0].outcome)
            strikes = strikes + 1 if outcome.blame is Blame.US else 0
            if strikes == _STRIKES:
                raise TransportDown(_refused_us(outcome))
    finally:
        run.ledger.record(run.edition.id, outcomes=settled, finalizing=())


def _moulds(edition: FrozenEdition) -> dict[SegmentKey, Mould]:
    """Each segment encoded once; readers differ in a few spliced values only."""
    return {
        rendition.key: mould(
            rendition,
            project=edition.project,
            edition_id=edition.id,
            frozen_at=edition.frozen_at,
            greeting=greeting(rendition.key.language),
        )
        for rendition in edition.renditions
    }


def _due(run: Run) -> Iterator[Delivery]:
    left = run.watch.limit
    while left is None or left > 0:
        wanted = _BATCH if left is None else min(_BATCH, left)
        batch = run.ledger.claim(run.edition.id, limit=wanted, now=run.clock())
        if not batch:
            return
        for delivery in batch:
            if run.watch.is_stopped():
                return
            yield delivery
        left = None if left is None else left - len(batch)


def _settled(run: Run, delivery: Delivery, outcome: Outcome) -> Recorded:
    reader_id = delivery.recipient.reader_id
    if outcome.state is not State.DEFERRED:
        return Recorded(reader_id=reader_id, outcome=outcome)
    now = run.clock()
    if is_given_up(run.edition.frozen_at, now=now):
        return Recorded(reader_id=reader_id, outcome=replace(outcome, state=State.FAILED))
    return Recorded(
        reader_id=reader_id, outcome=outcome, next_try=next_try(delivery.attempts, now=now)
    )


def _returned(run: Run, delivery: Delivery, down: TransportDown) -> Recorded:
    """A message that never left is due again at once."""
    return Recorded(
        reader_id=delivery.recipient.reader_id,
        outcome=Outcome(state=State.DEFERRED, blame=Blame.US, reply=str(down)),
        next_try=run.clock(),
    )


def _refused_us(outcome: Outcome) -> str:
    return (
        f"the server turned down {_STRIKES} mails in a row for a reason that is ours, "
        f'not the readers\': "{outcome.reply}"; mend that, then send again'
    )
