"""Changes to one reader."""

from __future__ import annotations

from sqlalchemy import insert, select, update

from fvdt_mailer.adapters.store.database import Database
from fvdt_mailer.adapters.store.tables import reader, suppression
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.audience import ReaderStatus
from fvdt_mailer.ports import Clock


class StoredMembership:
    """Readers in the store, changed one at a time."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def suppress(self, address: Address, reason: str) -> None:
        """Never mail this address again, known or not; a second call changes nothing."""
        now = self._clock()
        with self._database.writing() as connection:
            known = connection.scalar(
                select(suppression.c.reason).where(suppression.c.address_key == address.key)
            )
            if known is not None:
                return
            connection.execute(
                insert(suppression).values(address_key=address.key, reason=reason, at=now)
            )
            connection.execute(
                update(reader)
                .where(reader.c.address_key == address.key)
                .values(status=ReaderStatus.SUPPRESSED, updated_at=now)
            )
