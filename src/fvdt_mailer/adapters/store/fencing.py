"""Keeping out a sender whose edition another one has taken over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select, update

from fvdt_mailer.adapters.store.tables import edition, lease
from fvdt_mailer.errors import SenderBusy

TERM = timedelta(seconds=60)
_RENEWED_AFTER = TERM / 3

# The lock matters to PostgreSQL, where a transaction that reads does not keep out one that writes;
# in SQLite there is one writer at a time, and the words are left out.
_FENCED = (
    select(lease.c.fence, lease.c.until, edition.c.not_before, edition.c.started_at)
    .join(edition, edition.c.id == lease.c.edition_id)
    .where(lease.c.edition_id == bindparam("of_edition"))
    .with_for_update(of=lease)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the holder of an edition may know of it."""

    not_before: datetime | None
    started_at: datetime | None


def hold_fence(connection: Connection, edition_id: str, *, fence: int, now: datetime) -> Held:
    """The edition is held under this fence until the transaction ends; SenderBusy when it is not.

    No clock decides here: a sender that was late keeps its edition as long as nobody else took
    it. When a third of its term has passed, its term begins anew.
    """
    row = connection.execute(_FENCED, {"of_edition": edition_id}).first()
    if row is None or row.fence != fence or row.until is None:
        raise SenderBusy(
            f"{edition_id}: another sender took it over, so nothing more of it leaves from here; "
            f"follow that one with: fvdt-mailer status {edition_id} --watch"
        )
    # A clock that was set back would leave a term that is too long.
    if not TERM - _RENEWED_AFTER < row.until - now <= TERM:
        connection.execute(
            update(lease).where(lease.c.edition_id == edition_id).values(until=now + TERM)
        )
    return Held(not_before=row.not_before, started_at=row.started_at)
