"""What readers were told of each activity, in the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, insert, select, update

from fvdt_mailer.adapters.store.database import Database
from fvdt_mailer.adapters.store.tables import event_version
from fvdt_mailer.model.event import EventVersion


class StoredAgenda:
    """The versions of activities that were told; serves Agenda."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def versions(self) -> Mapping[str, EventVersion]:
        """The last version of every activity that was ever told, by its id."""
        with self._database.reading() as connection:
            rows = connection.execute(select(event_version))
            return {
                row.activity: EventVersion(
                    activity=row.activity,
                    sequence=row.sequence,
                    digest=row.digest,
                    changed_at=row.changed_at,
                )
                for row in rows
            }

    def publish(self, versions: Iterable[EventVersion]) -> None:
        """Keep these as told, in one transaction; an earlier version never replaces a later one."""
        with self._database.writing() as connection:
            for version in versions:
                _keep(connection, version)


def _keep(connection: Connection, version: EventVersion) -> None:
    known = connection.scalar(
        select(event_version.c.sequence).where(event_version.c.activity == version.activity)
    )
    values = {
        "sequence": version.sequence,
        "digest": version.digest,
        "changed_at": version.changed_at,
    }
    if known is None:
        connection.execute(insert(event_version).values(activity=version.activity, **values))
    elif known < version.sequence:
        connection.execute(
            update(event_version)
            .where(event_version.c.activity == version.activity)
            .values(**values)
        )
