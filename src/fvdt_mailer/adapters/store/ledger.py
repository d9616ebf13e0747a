"""The ledger: what is due, what is under way and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, or_, update

from fvdt_mailer.adapters.store.claiming import claim_due, is_open, mark_started
from fvdt_mailer.adapters.store.database import Database
from fvdt_mailer.adapters.store.fencing import hold_fence
from fvdt_mailer.adapters.store.freezing import insert_deliveries, insert_edition, is_frozen
from fvdt_mailer.adapters.store.tables import delivery
from fvdt_mailer.errors import SenderBusy
from fvdt_mailer.model.delivery import Blame, Delivery, FrozenEdition, Recipient, Recorded, State
from fvdt_mailer.ports import Clock

_OUTCOMES = frozenset({State.SENT, State.DEFERRED, State.FAILED, State.SUPPRESSED, State.IN_DOUBT})

_WRITE_OUTCOME = (
    update(delivery)
    .where(
        delivery.c.edition_id == bindparam("of_edition"),
        delivery.c.reader_id == bindparam("of_reader"),
        or_(delivery.c.state == State.CLAIMED, delivery.c.state == State.FINALIZING),
    )
    .values(
        state=bindparam("led_to"),
        blame=bindparam("blamed_on"),
        reply=bindparam("said"),
        next_try=bindparam("again_at"),
        updated_at=bindparam("now"),
    )
)
_FINALIZE = (
    update(delivery)
    .where(
        delivery.c.edition_id == bindparam("of_edition"),
        delivery.c.reader_id == bindparam("of_reader"),
        delivery.c.state == State.CLAIMED,
    )
    .values(state=State.FINALIZING, updated_at=bindparam("now"))
)


class StoredLedger:
    """The durable truth about deliveries, in the store."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def enter(self, edition: FrozenEdition, recipients: Iterable[Recipient]) -> int:
        """Freeze an edition with its recipients in one transaction; again adds nothing.

        Recipients are streamed. Whatever they raise leaves nothing behind.
        """
        with self._database.writing() as connection:
            if is_frozen(connection, edition.id):
                return 0
            insert_edition(connection, edition)
            return insert_deliveries(connection, edition, recipients)

    def claim(
        self, edition_id: str, *, limit: int, now: datetime, fence: int
    ) -> tuple[Delivery, ...]:
        """Take up to `limit` due deliveries by reader id; empty only when nothing is due.

        Nothing is before the moment the edition was scheduled for. In the same transaction,
        readers who were suppressed, paused, unsubscribed or erased since the freeze are settled as
        suppressed, with the reason as reply, and left out.
        """
        with self._database.writing() as connection:
            hold_fence(connection, edition_id, fence=fence, now=now)
            if not is_open(connection, edition_id, now=now):
                return ()
            claimed = claim_due(connection, edition_id, limit=limit, now=now)
            if claimed:
                mark_started(connection, edition_id, now=now)
            return claimed

    def record(
        self,
        edition_id: str,
        *,
        outcomes: Sequence[Recorded],
        finalizing: Sequence[int],
        fence: int,
    ) -> None:
        """Write outcomes, and the reader ids about to be finalized, in one durable commit.

        An outcome of a delivery that is not under way changes nothing. SenderBusy when another
        sender took over: nothing is written then. SenderBusy too when one of `finalizing` is not
        claimed: its mail must not leave; the outcomes are kept all the same.
        """
        now = self._clock()
        rows = [_outcome_row(edition_id, recorded, now=now) for recorded in outcomes]
        marked = 0
        with self._database.writing() as connection:
            hold_fence(connection, edition_id, fence=fence, now=now)
            if rows:
                connection.execute(_WRITE_OUTCOME, rows)
            if finalizing:
                marked = connection.execute(
                    _FINALIZE,
                    [
                        {"of_edition": edition_id, "of_reader": reader_id, "now": now}
                        for reader_id in finalizing
                    ],
                ).rowcount
        if marked < len(finalizing):
            raise SenderBusy(
                f"{edition_id}: another sender took over some of its deliveries; "
                "make sure that one sender is left, then run it again"
            )

    def recover(self, edition_id: str, *, fence: int) -> int:
        """After a stop: claimed is queued again; finalizing becomes in_doubt, and is counted."""
        now = self._clock()
        mine = update(delivery).where(delivery.c.edition_id == edition_id)
        with self._database.writing() as connection:
            hold_fence(connection, edition_id, fence=fence, now=now)
            connection.execute(
                mine.where(delivery.c.state == State.CLAIMED).values(
                    state=State.QUEUED, updated_at=now
                )
            )
            # RFC 5321 6.1: once the last dot may have left, the server may own the message.
            return connection.execute(
                mine.where(delivery.c.state == State.FINALIZING).values(
                    state=State.IN_DOUBT,
                    blame=Blame.NONE,
                    reply="the sender stopped before the server's reply was recorded",
                    updated_at=now,
                )
            ).rowcount


def _outcome_row(edition_id: str, recorded: Recorded, *, now: datetime) -> dict[str, object]:
    outcome = recorded.outcome
    if outcome.state not in _OUTCOMES:
        raise ValueError(f"{outcome.state} is not an outcome of an attempt")
    is_deferred = outcome.state is State.DEFERRED
    if is_deferred and recorded.next_try is None:
        raise ValueError("a deferral needs the moment of its next try")
    return {
        "of_edition": edition_id,
        "of_reader": recorded.reader_id,
        "led_to": outcome.state,
        "blamed_on": outcome.blame,
        "said": outcome.reply,
        "again_at": recorded.next_try if is_deferred else None,
        "now": now,
    }
