"""Taking due deliveries, and settling those that may not be mailed any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from fvdt_mailer.adapters.store.rows import DELIVERY_COLUMNS, delivery_of
from fvdt_mailer.adapters.store.tables import delivery, edition, reader, suppression
from fvdt_mailer.model.audience import ReaderStatus
from fvdt_mailer.model.delivery import Blame, Delivery, State

_MOST_AT_ONCE = 1000


def claim_due(
    connection: Connection, edition_id: str, *, limit: int, now: datetime
) -> tuple[Delivery, ...]:
    """Claim up to `limit` due deliveries by reader id; empty only when nothing is due."""
    claimed: list[Delivery] = []
    while len(claimed) < limit:
        wanted = min(limit - len(claimed), _MOST_AT_ONCE)
        due = _due(connection, edition_id, limit=wanted, now=now)
        if not due:
            break
        barred = _barred(connection, due)
        _settle(connection, edition_id, barred, now=now)
        admitted = [one for one in due if one.recipient.reader_id not in barred]
        _mark_claimed(connection, edition_id, admitted, now=now)
        claimed += admitted
    return tuple(
        replace(one, state=State.CLAIMED, attempts=one.attempts + 1, next_try=None)
        for one in claimed
    )


def is_open(connection: Connection, edition_id: str, *, now: datetime) -> bool:
    """True from the moment that the edition was scheduled for, if it was."""
    wanted = select(edition.c.not_before).where(edition.c.id == edition_id)
    not_before: datetime | None = connection.scalar(wanted)
    return not_before is None or not_before <= now


def mark_started(connection: Connection, edition_id: str, *, now: datetime) -> None:
    """The edition knows when its first delivery was taken up."""
    connection.execute(
        update(edition)
        .where(edition.c.id == edition_id, edition.c.started_at.is_(None))
        .values(started_at=now)
    )


def _due(
    connection: Connection, edition_id: str, *, limit: int, now: datetime
) -> Sequence[Delivery]:
    """The first due deliveries by reader id. Two queries: each is read in the index's order."""
    ordered = (
        select(*DELIVERY_COLUMNS)
        .where(delivery.c.edition_id == edition_id)
        .order_by(delivery.c.reader_id)
        .limit(limit)
    )
    queued = ordered.where(delivery.c.state == State.QUEUED)
    deferred = ordered.where(delivery.c.state == State.DEFERRED, delivery.c.next_try <= now)
    due = [
        delivery_of(tuple(row)) for half in (queued, deferred) for row in connection.execute(half)
    ]
    return sorted(due, key=lambda one: one.recipient.reader_id)[:limit]


def _barred(connection: Connection, due: Sequence[Delivery]) -> Mapping[int, str]:
    """Why readers among `due` may not be mailed: suppressed, or no longer an active reader."""
    ids = [one.recipient.reader_id for one in due]
    keys = [one.recipient.address.key for one in due]
    statuses: dict[int, str] = {
        row.id: row.status
        for row in connection.execute(
            select(reader.c.id, reader.c.status).where(reader.c.id.in_(ids))
        )
    }
    reasons: dict[str, str] = {
        row.address_key: f"suppressed: {row.reason}"
        for row in connection.execute(
            select(suppression.c.address_key, suppression.c.reason).where(
                suppression.c.address_key.in_(keys)
            )
        )
    }
    barred = {}
    for reader_id, key in zip(ids, keys, strict=True):
        status = statuses.get(reader_id, "no longer in the audience")
        if key in reasons or status != ReaderStatus.ACTIVE:
            barred[reader_id] = reasons.get(key, status)
    return barred


def _settle(
    connection: Connection, edition_id: str, barred: Mapping[int, str], *, now: datetime
) -> None:
    if not barred:
        return
    connection.execute(
        update(delivery)
        .where(
            delivery.c.edition_id == edition_id, delivery.c.reader_id == bindparam("barred_reader")
        )
        .values(
            state=State.SUPPRESSED,
            next_try=None,
            blame=Blame.NONE,
            reply=bindparam("reason"),
            updated_at=now,
        ),
        [{"barred_reader": reader_id, "reason": reason} for reader_id, reason in barred.items()],
    )


def _mark_claimed(
    connection: Connection, edition_id: str, admitted: Sequence[Delivery], *, now: datetime
) -> None:
    connection.execute(
        update(delivery)
        .where(
            delivery.c.edition_id == edition_id,
            delivery.c.reader_id.in_([one.recipient.reader_id for one in admitted]),
        )
        .values(
            state=State.CLAIMED,
            attempts=delivery.c.attempts + 1,
            next_try=None,
            updated_at=now,
        )
    )
