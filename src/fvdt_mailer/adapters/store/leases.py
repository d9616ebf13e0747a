"""Who is sending an edition, in the store."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from fvdt_mailer.adapters.store.database import Database
from fvdt_mailer.adapters.store.fencing import TERM
from fvdt_mailer.adapters.store.tables import lease
from fvdt_mailer.errors import SenderBusy
from fvdt_mailer.model.lease import Lease
from fvdt_mailer.ports import Clock


class StoredLeases:
    """The leases on editions; serves Leases."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def acquire(self, edition_id: str, *, holder: str, place: str) -> int:
        """Hold an edition for a minute, under a fence higher than any before.

        SenderBusy while another holder was heard of in the last minute. One at the same place is
        no other: who asks holds the lock of that place, so whoever held it before has died.
        """
        now = self._clock()
        taken = {"holder": holder, "place": place, "until": now + TERM}
        mine = lease.c.edition_id == edition_id
        try:
            with self._database.writing() as connection:
                row = connection.execute(select(lease).where(mine).with_for_update()).first()
                if row is None:
                    connection.execute(
                        insert(lease).values(edition_id=edition_id, fence=1, **taken)
                    )
                    return 1
                _refuse_while_held(row, place=place, now=now)
                fence: int = row.fence + 1
                connection.execute(update(lease).where(mine).values(fence=fence, **taken))
                return fence
        except IntegrityError as error:
            # Two first senders at one moment: who committed first has it.
            raise SenderBusy(
                f"{edition_id}: another sender has just begun with it; follow that one with: "
                f"fvdt-mailer status {edition_id} --watch"
            ) from error

    def release(self, edition_id: str, *, fence: int) -> None:
        """Nobody holds it any more, unless another took it over."""
        with self._database.writing() as connection:
            connection.execute(
                update(lease)
                .where(lease.c.edition_id == edition_id, lease.c.fence == fence)
                .values(until=None)
            )

    def lease(self, edition_id: str) -> Lease | None:
        """The last hold on it; None when it was let go, or never held."""
        with self._database.reading() as connection:
            row = connection.execute(select(lease).where(lease.c.edition_id == edition_id)).first()
        if row is None or row.until is None:
            return None
        return Lease(edition_id=edition_id, fence=row.fence, holder=row.holder, until=row.until)


def _refuse_while_held(row: Row[tuple[object, ...]], *, place: str, now: datetime) -> None:
    if row.until is None or row.until <= now or row.place == place:
        return
    raise SenderBusy(
        f"{row.edition_id}: another sender ({row.holder}) is at work on it; follow it with: "
        f"fvdt-mailer status {row.edition_id} --watch. If that one died, run this again in a minute"
    )
