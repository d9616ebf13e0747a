"""Send what a frozen edition owes: claim, compose, hand over, record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fvdt_mailer.app.book import Book
from fvdt_mailer.app.feed import Feed
from fvdt_mailer.app.strikes import Strikes
from fvdt_mailer.app.watch import Watch
from fvdt_mailer.errors import TransportDown
from fvdt_mailer.model.audience import SegmentKey
from fvdt_mailer.model.delivery import (
    Beat,
    Delivery,
    FrozenEdition,
    Outcome,
    Recorded,
    State,
)
from fvdt_mailer.model.message import Message
from fvdt_mailer.pipeline.greet import greeting
from fvdt_mailer.pipeline.message.compose import Mould, compose, mould
from fvdt_mailer.pipeline.message.dkim import SigningKey
from fvdt_mailer.pipeline.retry import is_given_up, next_try
from fvdt_mailer.ports import Clock, Connection, Crew, Ledger, Transport


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run over a frozen edition, which is held under `fence`."""

    edition: FrozenEdition
    fence: int
    ledger: Ledger
    clock: Clock
    secret: bytes
    signing: tuple[SigningKey, ...]
    watch: Watch


def deliver(run: Run, transport: Transport, crew: Crew) -> None:
    """Hand over every delivery that is due, over several connections side by side.

    What a stopped run had claimed goes back to the queue first, and what it was finalizing
    becomes in_doubt. TransportDown ends this run with everything recorded.
    """
    run.ledger.recover(run.edition.id, fence=run.fence)
    shift = _Shift(run)
    try:
        crew.work(lambda: shift.serve(transport), times=run.watch.connections)
    finally:
        run.ledger.recover(run.edition.id, fence=run.fence)
    if shift.fault is not None and not shift.feed.is_over:
        raise shift.fault


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mail:
    delivery: Delivery
    message: Message

    @property
    def reader_id(self) -> int:
        return self.delivery.recipient.reader_id


class _Shift:
    """What the connections of one run share."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._moulds = _moulds(run.edition, run.signing)
        self._book = Book(run.edition.id, run.ledger, fence=run.fence)
        self._strikes = Strikes(rest=run.watch.stop.wait, jitter=run.watch.jitter)
        self.feed = Feed(
            run.edition.id,
            ledger=run.ledger,
            clock=run.clock,
            watch=run.watch,
            fence=run.fence,
        )
        self.fault: TransportDown | None = None

    def serve(self, transport: Transport) -> None:
        """Work over one connection until nothing is due, or the server is of no use."""
        try:
            with transport.connect() as connection:
                self._beats(connection)
        except TransportDown as down:
            # The others go on: a server may allow fewer connections than we would like.
            self.fault = down

    def _beats(self, connection: Connection) -> None:
        held: _Mail | None = None
        coming: _Mail | None = None
        while True:
            if held is None:
                self._strikes.rest()
            coming = coming or self._next(held)
            if held is None and (coming is None or self._strikes.verdict):
                break
            begun_in = self._strikes.round
            try:
                beat = connection.beat(_message(held), _message(coming))
            except TransportDown as down:
                self._strikes.note_down(down, begun_in=begun_in)
                continue
            self._record(beat, held, coming, begun_in)
            held = coming if beat.is_open else None
            coming = coming if coming and not (beat.is_open or beat.refused) else None
        if self._strikes.verdict is not None:
            raise self._strikes.verdict

    def _next(self, held: _Mail | None) -> _Mail | None:
        if self._strikes.verdict or not (held is None or self._strikes.is_calm):
            return None
        delivery = self.feed.next(is_patient=held is None)
        if delivery is None:
            return None
        recipient = delivery.recipient
        message = compose(self._moulds[recipient.segment], recipient, secret=self._run.secret)
        return _Mail(delivery=delivery, message=message)

    def _record(self, beat: Beat, held: _Mail | None, coming: _Mail | None, begun_in: int) -> None:
        """What was finished or refused, and what is about to be finished, in one commit."""
        settled = [
            (mail, _settled(self._run, mail.delivery, outcome))
            for mail, outcome in ((held, beat.finished), (coming, beat.refused))
            if mail is not None and outcome is not None
        ]
        # RFC 5321 6.1: after the final dot the server may own the message. So the ledger says
        # "finalizing" before its content leaves.
        finalizing = (coming.reader_id,) if coming is not None and beat.is_open else ()
        self._book.record([recorded for _, recorded in settled], finalizing)
        for mail, recorded in settled:
            self._strikes.note(recorded.outcome, begun_in=begun_in)
            self._run.watch.on_outcome(mail.delivery, recorded.outcome)


def _message(mail: _Mail | None) -> Message | None:
    return mail.message if mail is not None else None


def _moulds(edition: FrozenEdition, signing: tuple[SigningKey, ...]) -> Mapping[SegmentKey, Mould]:
    """Each segment encoded once; readers differ in a few spliced values only."""
    return {
        rendition.key: mould(
            rendition,
            project=edition.project,
            edition_id=edition.id,
            frozen_at=edition.dated,
            greeting=greeting(rendition.key.language),
            signing=signing,
        )
        for rendition in edition.renditions
    }


def _settled(run: Run, delivery: Delivery, outcome: Outcome) -> Recorded:
    reader_id = delivery.recipient.reader_id
    if outcome.state is not State.DEFERRED:
        return Recorded(reader_id=reader_id, outcome=outcome)
    now = run.clock()
    if is_given_up(run.edition.dated, now=now):
        return Recorded(reader_id=reader_id, outcome=replace(outcome, state=State.FAILED))
    again = next_try(delivery.attempts, now=now, jitter=run.watch.jitter())
    return Recorded(reader_id=reader_id, outcome=outcome, next_try=again)
