"""Keeping out a sender whose edition another one has taken over."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select, update

from fvdt_mailer.adapters.store.tables import lease
from fvdt_mailer.errors import SenderBusy

TERM = timedelta(seconds=60)
_RENEWED_AFTER = TERM / 3

# The lock matters to PostgreSQL, where a transaction that reads does not keep out one that writes;
# in SQLite there is one writer at a time, and the words are left out.
_HELD = (
    select(lease.c.fence)
    .where(
        lease.c.edition_id == bindparam("of_edition"),
        lease.c.fence == bindparam("under"),
        lease.c.until.is_not(None),
    )
    .with_for_update()
)
# The first comes with every mail; a clock that was set back would leave a term that is too long.
_FRESH = _HELD.where(
    lease.c.until > bindparam("soon", type_=lease.c.until.type),
    lease.c.until <= bindparam("at_most", type_=lease.c.until.type),
)


def hold_fence(connection: Connection, edition_id: str, *, fence: int, now: datetime) -> None:
    """The edition is held under this fence until the transaction ends; SenderBusy when it is not.

    No clock decides here: a sender that was late keeps its edition as long as nobody else took
    it. When a third of its term has passed, its term begins anew.
    """
    mine = {"of_edition": edition_id, "under": fence}
    term = {"soon": now + TERM - _RENEWED_AFTER, "at_most": now + TERM}
    if connection.execute(_FRESH, mine | term).first() is not None:
        return
    if connection.execute(_HELD, mine).first() is None:
        raise SenderBusy(
            f"{edition_id}: another sender took it over, so nothing more of it leaves from here; "
            f"follow that one with: fvdt-mailer status {edition_id} --watch"
        )
    connection.execute(
        update(lease).where(lease.c.edition_id == edition_id).values(until=now + TERM)
    )
