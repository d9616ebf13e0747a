"""Keys that outlive a run."""

from __future__ import annotations

import secrets
from contextlib import suppress

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from fvdt_mailer.adapters.store.database import Database
from fvdt_mailer.adapters.store.tables import SECRET_BYTES, secret
from fvdt_mailer.ports import Clock


class StoredSecrets:
    """Keys in the store: who holds a backup of the store holds them too."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def secret(self, name: str) -> bytes:
        """The 32 bytes kept under `name`, made once from the system's randomness."""
        kept = self._kept(name)
        if kept is not None:
            return kept
        # When another process makes it first, its key is the one.
        with suppress(IntegrityError):
            self._make(name)
        return self.secret(name)

    def _kept(self, name: str) -> bytes | None:
        with self._database.reading() as connection:
            return connection.scalar(select(secret.c.value).where(secret.c.name == name))

    def _make(self, name: str) -> None:
        with self._database.writing() as connection:
            connection.execute(
                insert(secret).values(
                    name=name,
                    value=secrets.token_bytes(SECRET_BYTES),
                    created_at=self._clock(),
                )
            )
