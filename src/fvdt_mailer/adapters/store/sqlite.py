"""All that is particular to SQLite: how it is opened, locked, and what its errors mean.

Every other module of the store is written for PostgreSQL too.
"""

from __future__ import annotations

import os
import sqlite3
from functools import partial
from pathlib import Path
from time import monotonic, sleep

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.pool import ConnectionPoolEntry

from fvdt_mailer.errors import StoreFailed

_ADVICE = {
    sqlite3.SQLITE_FULL: "the disk is full; free some space",
    sqlite3.SQLITE_BUSY: "another process keeps it locked; wait until that one is done",
    sqlite3.SQLITE_LOCKED: "another process keeps it locked; wait until that one is done",
    sqlite3.SQLITE_READONLY: "it may not be written; give yourself write permission",
    sqlite3.SQLITE_PERM: "it may not be opened; give yourself permission",
    sqlite3.SQLITE_AUTH: "it may not be opened; give yourself permission",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; check the folder and your permissions",
    sqlite3.SQLITE_IOERR: "the disk gave an error; check the disk",
    sqlite3.SQLITE_CORRUPT: "it is damaged; put the last backup back",
    sqlite3.SQLITE_NOTADB: "it is not a database; put the last backup back, or move it away",
}
_PRIMARY = 0xFF  # the low byte of an extended result code
_PAUSE = 0.01


def sqlite_engine(path: Path, *, patience: float) -> Engine:
    """An engine on the file: durable, private, waiting `patience` seconds for another's lock."""
    _make_private_file(path)
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": patience},
        pool_size=5,
    )
    event.listen(engine, "connect", partial(_make_durable, patience=patience))
    event.listen(engine, "begin", _begin)
    return engine


def advice(error: BaseException | None) -> str | None:
    """What went wrong and what to do; None when the error is not of the file or its disk."""
    if not isinstance(error, sqlite3.Error):
        return None
    return _ADVICE.get(getattr(error, "sqlite_errorcode", 0) & _PRIMARY)


def _make_private_file(path: Path) -> None:
    """The file is there, and only its owner may read it: it holds addresses and keys."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Only a new file is opened here: closing one that SQLite has open in this process would
        # let go of SQLite's locks on it (a rule of POSIX locks).
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        raise StoreFailed(
            f"{path}: cannot be opened for writing ({error.strerror}); "
            "check the folder and your permissions, then run it again"
        ) from error


def _make_durable(
    connection: DBAPIConnection, _entry: ConnectionPoolEntry, *, patience: float
) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin`, not by the driver
    cursor = connection.cursor()
    # WAL with FULL: a committed row survives a power cut; with NORMAL it may not.
    _switch_to_wal(cursor, until=monotonic() + patience)
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _switch_to_wal(cursor: DBAPICursor, *, until: float) -> None:
    """The journal is a write-ahead log, also when another process switches to it right now."""
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            # For this statement SQLite does not wait for the other by itself.
            if not _is_busy(error) or monotonic() > until:
                raise
            sleep(_PAUSE)
        else:
            return


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & _PRIMARY == sqlite3.SQLITE_BUSY


def _begin(connection: Connection) -> None:
    # A transaction that will write takes the lock at once: one that reads first and writes later
    # would be refused when another writer came between.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
