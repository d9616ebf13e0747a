"""When editions are due, in the store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, exists, func, or_, select, update

from fvdt_mailer.adapters.store.database import Database
from fvdt_mailer.adapters.store.fencing import hold_fence
from fvdt_mailer.adapters.store.tables import (
    delivery,
    edition,
    rendition,
    rendition_activity,
    rendition_attachment,
)
from fvdt_mailer.model.delivery import State
from fvdt_mailer.ports import Clock

_WAITING = (State.QUEUED, State.CLAIMED, State.FINALIZING)

# One edition and one state at a time: then the index answers, however many readers there are.
_IN_STATE = (
    select(delivery.c.reader_id)
    .where(
        delivery.c.edition_id == bindparam("of_edition"), delivery.c.state == bindparam("in_state")
    )
    .limit(1)
)
_AGAIN = select(func.min(delivery.c.next_try, type_=delivery.c.next_try.type)).where(
    delivery.c.edition_id == bindparam("of_edition"), delivery.c.state == State.DEFERRED
)


class StoredSchedule:
    """The moments of editions; serves Schedule."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def owing(self) -> Mapping[str, datetime]:
        """Each edition that owes a mail, with the first moment at which one may leave.

        What is under way counts as due: after a crash it is, and while it is sent its sender holds
        the edition.
        """
        moments = select(edition.c.id, edition.c.frozen_at, edition.c.not_before)
        owing = {}
        with self._database.reading() as connection:
            for row in connection.execute(moments).all():
                first = _first_due(connection, row.id, opens=row.not_before or row.frozen_at)
                if first is not None:
                    owing[row.id] = first
        return owing

    def move(self, edition_id: str, *, to: datetime, fence: int) -> bool:
        """Nothing of it leaves before that moment; False, and as it was, once it has begun."""
        with self._database.writing() as connection:
            hold_fence(connection, edition_id, fence=fence, now=self._clock())
            if _has_begun(connection, edition_id):
                return False
            connection.execute(
                update(edition).where(edition.c.id == edition_id).values(not_before=to)
            )
            return True

    def withdraw(self, edition_id: str, *, fence: int) -> bool:
        """It is as if it was never frozen; False, and as it was, once it has begun."""
        with self._database.writing() as connection:
            hold_fence(connection, edition_id, fence=fence, now=self._clock())
            if _has_begun(connection, edition_id):
                return False
            for table in (delivery, rendition_attachment, rendition_activity, rendition):
                connection.execute(delete(table).where(table.c.edition_id == edition_id))
            connection.execute(delete(edition).where(edition.c.id == edition_id))
            return True


def _first_due(connection: Connection, edition_id: str, *, opens: datetime) -> datetime | None:
    for state in _WAITING:
        asked = {"of_edition": edition_id, "in_state": state}
        if connection.execute(_IN_STATE, asked).first() is not None:
            return opens
    # What was put off was taken up before, so that its edition is open.
    again: datetime | None = connection.scalar(_AGAIN, {"of_edition": edition_id})
    return again


def _has_begun(connection: Connection, edition_id: str) -> bool:
    """True when a delivery of it was ever taken up, or settled."""
    touched = exists().where(
        delivery.c.edition_id == edition_id,
        or_(delivery.c.state != State.QUEUED, delivery.c.attempts > 0),
    )
    return bool(connection.scalar(select(touched)))
