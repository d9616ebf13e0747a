"""Adding entrants to the readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from sqlalchemy import Connection, RowMapping, bindparam, insert, select, update

from fvdt_mailer.adapters.store.rows import joined
from fvdt_mailer.adapters.store.tables import reader, suppression
from fvdt_mailer.model.audience import Entrant, ReaderStatus
from fvdt_mailer.model.imported import ImportTally

_BATCH = 500
_DATA = ("name", "organisation", "language", "clusters", "tags")
_UPDATE = (
    update(reader)
    .where(reader.c.id == bindparam("reader_id"))
    .values({name: bindparam(f"new_{name}") for name in (*_DATA, "updated_at")})
)


def merged(connection: Connection, entrants: Iterable[Entrant], *, now: datetime) -> ImportTally:
    """Add and update readers, streamed; the counts of what happened."""
    counts: Counter[str] = Counter()
    for batch in _batches(entrants):
        counts.update(_merge_batch(connection, batch, now=now))
    return ImportTally(**counts)


def _batches(entrants: Iterable[Entrant]) -> Iterator[Mapping[str, Entrant]]:
    """Batches by address key; an address met again waits until its first row is in the table."""
    batch: dict[str, Entrant] = {}
    for entrant in entrants:
        key = entrant.address.key
        if key in batch or len(batch) == _BATCH:
            yield batch
            batch = {}
        batch[key] = entrant
    yield batch


def _merge_batch(
    connection: Connection, batch: Mapping[str, Entrant], *, now: datetime
) -> Counter[str]:
    known = _known(connection, batch)
    suppressed = _suppressed(connection, batch)
    counts: Counter[str] = Counter()
    additions, changes = [], []
    for key, entrant in batch.items():
        row = known.get(key)
        status = ReaderStatus.ACTIVE if row is None else row["status"]
        if key in suppressed or status == ReaderStatus.SUPPRESSED:
            counts["suppressed"] += 1
        elif status == ReaderStatus.UNSUBSCRIBED:
            counts["unsubscribed"] += 1
        elif row is None:
            counts["new"] += 1
            additions.append(_addition(key, entrant, now=now))
        elif (change := _change(row, entrant)) is None:
            counts["unchanged"] += 1
        else:
            counts["changed"] += 1
            changes.append({**change, "new_updated_at": now})
    if additions:
        connection.execute(insert(reader), additions)
    if changes:
        connection.execute(_UPDATE, changes)
    return counts


def _known(connection: Connection, keys: Collection[str]) -> Mapping[str, RowMapping]:
    columns = [reader.c[name] for name in ("id", "address_key", "status", *_DATA)]
    rows = connection.execute(select(*columns).where(reader.c.address_key.in_(keys)))
    return {row["address_key"]: row for row in rows.mappings()}


def _suppressed(connection: Connection, keys: Collection[str]) -> frozenset[str]:
    rows = connection.scalars(
        select(suppression.c.address_key).where(suppression.c.address_key.in_(keys))
    )
    return frozenset(rows)


def _addition(key: str, entrant: Entrant, *, now: datetime) -> dict[str, object]:
    return {
        **_data(entrant),
        "address": str(entrant.address),
        "address_key": key,
        "status": ReaderStatus.ACTIVE,
        "consent_source": entrant.consent_source,
        "consent_at": entrant.consent_at,
        "created_at": now,
        "updated_at": now,
    }


def _change(row: RowMapping, entrant: Entrant) -> dict[str, object] | None:
    """What to write for a known reader; what the file leaves empty stays as it is known."""
    written = {name: value or row[name] for name, value in _data(entrant).items()}
    if not entrant.is_language_given:
        written["language"] = row["language"]
    if all(row[name] == value for name, value in written.items()):
        return None
    return {"reader_id": row["id"], **{f"new_{name}": value for name, value in written.items()}}


def _data(entrant: Entrant) -> dict[str, str]:
    return {
        "name": entrant.name,
        "organisation": entrant.organisation,
        "language": entrant.language.value,
        "clusters": joined(entrant.clusters),
        "tags": joined(entrant.tags),
    }
