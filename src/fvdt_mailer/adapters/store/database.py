"""Opening the store, and its transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import (
    Connection,
    Engine,
    column,
    create_engine,
    inspect,
    make_url,
    select,
    table,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from fvdt_mailer.adapters.store import sqlite
from fvdt_mailer.adapters.store.tables import metadata
from fvdt_mailer.errors import StoreFailed

# Every revision under migrations/versions, in order. A constant, so that a store which is up to
# date opens without importing alembic.
REVISIONS = ("0001", "0002", "0003")
VERSION_TABLE = "mailer_version"
PATIENCE = 30.0


class Database:
    """Hands out transactions; whatever breaks below them becomes a StoreFailed with advice."""

    def __init__(self, engine: Engine, *, place: str) -> None:
        self._engine = engine
        self._writer = engine.execution_options(writes=True)
        self._place = place

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the store; nothing is written."""
        with self._explained(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it is durable when the block ends, none of it when it raises."""
        with self._explained(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            reason = self._reason(error)
            if reason is None:
                raise
            raise StoreFailed(f"{self._place}: {reason}, then run it again") from error

    def _reason(self, error: DBAPIError) -> str | None:
        if self._engine.dialect.name == "sqlite":
            return sqlite.advice(error.orig)
        if isinstance(error, OperationalError) or error.connection_invalidated:
            return f"{error.orig}; check that the database server runs and can be reached"
        return None


@contextmanager
def open_database(place: str | Path, *, patience: float = PATIENCE) -> Iterator[Database]:
    """The database at a path or URL, with the tables of this version."""
    engine, name = _engine(place, patience=patience)
    database = Database(engine, place=name)
    try:
        _bring_up_to_date(database, name)
        yield database
    finally:
        engine.dispose()


def _engine(place: str | Path, *, patience: float) -> tuple[Engine, str]:
    if isinstance(place, Path):
        return sqlite.sqlite_engine(place, patience=patience), str(place)
    try:
        url = make_url(place)
    except (ArgumentError, ValueError) as error:
        raise StoreFailed(
            "the store's address cannot be read; write postgresql://user@host/name"
        ) from error
    if url.drivername == "sqlite" and url.database:
        return sqlite.sqlite_engine(Path(url.database), patience=patience), url.database
    if url.drivername in {"postgresql", "postgres"}:
        name = url.render_as_string(hide_password=True)
        try:
            return create_engine(url.set(drivername="postgresql+psycopg")), name
        except ModuleNotFoundError as error:
            raise StoreFailed(
                'PostgreSQL needs its driver; install it with: pip install "psycopg[binary]"'
            ) from error
    raise StoreFailed(
        f'unknown kind of store "{url.drivername}"; write sqlite:///PATH, or postgresql://...'
    )


def _bring_up_to_date(database: Database, place: str) -> None:
    with database.reading() as connection:
        if _is_current(connection, place):
            return
    with database.writing() as connection:
        # Another process may do the same now: who gets the lock second finds nothing to do.
        _upgrade(connection, place)


def _is_current(connection: Connection, place: str) -> bool:
    found = inspect(connection).get_table_names()
    if VERSION_TABLE not in found:
        _refuse_foreign_tables(found, place)
        return False
    stored = connection.scalar(select(column("version_num")).select_from(table(VERSION_TABLE)))
    if stored is not None and stored not in REVISIONS:
        raise StoreFailed(
            f"{place}: was made by a newer version of fvdt-mailer (its tables are {stored}, "
            f"this version knows {REVISIONS[-1]}); upgrade fvdt-mailer, or put an older backup back"
        )
    return bool(stored == REVISIONS[-1])


def _refuse_foreign_tables(found: list[str], place: str) -> None:
    ours = set(found) & set(metadata.tables)
    if ours:
        raise StoreFailed(
            f"{place}: holds tables of another program ({', '.join(sorted(ours))}); "
            "give the mailer a database of its own"
        )


def _upgrade(connection: Connection, place: str) -> None:
    from alembic import command  # noqa: PLC0415 - only a store that is new or old needs it
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "fvdt_mailer.adapters.store:migrations")
    config.attributes["connection"] = connection
    config.attributes["version_table"] = VERSION_TABLE
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreFailed(f"{place}: its tables cannot be brought up to date: {error}") from error
