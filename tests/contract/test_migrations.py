"""What holds for opening a store: its tables are right, or it is said what to do."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, create_mock_engine
from sqlalchemy.engine.mock import MockConnection

from contract.stores import EDITION, clock, edition, entrant, opened
from fvdt_mailer.adapters.store.database import REVISIONS, VERSION_TABLE
from fvdt_mailer.adapters.store.opening import Store, open_store
from fvdt_mailer.adapters.store.tables import metadata
from fvdt_mailer.errors import StoreFailed
from fvdt_mailer.model.campaign import AudienceRule
from fvdt_mailer.model.delivery import Recipient
from world import PROJECT


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the store of a project folder is, or will be."""
    return tmp_path / ".mailer" / "mailer.db"


@pytest.fixture
def made(tmp_path: Path, file: Path) -> Path:
    """A store that was made before."""
    with opened(tmp_path):
        pass
    return file


def _schema(path: Path) -> list[tuple[str, str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE name <> ? AND tbl_name <> ?"
            " ORDER BY type, name",
            (VERSION_TABLE, VERSION_TABLE),
        ).fetchall()
    return [(kind, name, re.sub(r"\s+", " ", sql or "")) for kind, name, sql in rows]


def test_the_migrations_make_exactly_the_tables_of_this_version(tmp_path: Path, made: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'direct.db'}")
    metadata.create_all(engine)
    engine.dispose()
    assert _schema(made) == _schema(tmp_path / "direct.db")


def test_the_known_revisions_are_those_of_alembic() -> None:
    config = Config()
    config.set_main_option("script_location", "fvdt_mailer.adapters.store:migrations")
    script = ScriptDirectory.from_config(config)
    assert [one.revision for one in reversed(list(script.walk_revisions()))] == list(REVISIONS)
    assert script.get_heads() == [REVISIONS[-1]]


def test_every_table_can_be_written_for_postgresql() -> None:
    written: list[str] = []
    engine: MockConnection = create_mock_engine(
        "postgresql+psycopg://", lambda ddl, *_, **__: written.append(str(ddl.compile(engine)))
    )
    metadata.create_all(engine, checkfirst=False)
    assert sum("CREATE TABLE" in ddl for ddl in written) == len(metadata.tables)
    assert "TIMESTAMP WITH TIME ZONE" in "".join(written)


def test_a_store_is_made_where_there_is_none_and_kept_where_there_is_one(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        store.audience.merge([entrant("an")], dry_run=False)
    with opened(tmp_path) as store:
        assert store.audience.stats().readers == 1


def test_a_url_and_a_path_open_the_same_store(tmp_path: Path, made: Path) -> None:
    with opened(tmp_path) as store:
        store.audience.merge([entrant("an")], dry_run=False)
    with open_store(f"sqlite:///{made}", clock=clock) as store:
        assert store.audience.stats().readers == 1


def test_a_store_that_is_up_to_date_opens_without_alembic(made: Path) -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from contract.stores import clock, open_store\n"
        "with open_store(Path(sys.argv[1]), clock=clock): print('alembic' in sys.modules)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, str(made)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout == "False\n"


def test_stores_made_at_the_same_time_are_one_store(tmp_path: Path) -> None:
    start = threading.Barrier(4)
    made: list[str] = []

    def make(name: str) -> None:
        start.wait(timeout=30)
        with opened(tmp_path) as store:
            store.audience.merge([entrant(name)], dry_run=False)
            made.append(name)

    threads = [threading.Thread(target=make, args=(f"r{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with opened(tmp_path) as store:
        assert store.audience.stats().readers == len(made) == 4


def test_a_store_is_durable_and_guards_its_references(tmp_path: Path) -> None:
    with opened(tmp_path) as store, store.audience._database.reading() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_only_its_owner_may_read_a_store(tmp_path: Path, file: Path) -> None:
    with opened(tmp_path) as store:
        store.secrets.secret("links")
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}
    assert modes["mailer.db"] == modes["mailer.db-wal"] == 0o600


def test_an_older_store_without_tables_is_brought_up_to_date(file: Path, tmp_path: Path) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(f"CREATE TABLE {VERSION_TABLE} (version_num VARCHAR(32) NOT NULL)")
    with opened(tmp_path) as store:
        assert store.audience.stats().readers == 0


def test_a_store_of_the_first_version_keeps_what_it_holds(file: Path, tmp_path: Path) -> None:
    _make_at("0001", file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            "INSERT INTO edition VALUES ('2013-06', '2013-06-01T00:00:00.000000+00:00', 'x', ?, 1)",
            (PROJECT.model_dump_json(by_alias=True),),
        )
        connection.execute(
            "INSERT INTO rendition VALUES ('2013-06', 'voeding.nl', 0, 'Juni', '', '<p>', 'Hallo')"
        )
    with opened(tmp_path) as store:
        frozen = store.accounts.frozen("2013-06")
        assert store.agenda.versions() == {}
    assert frozen is not None
    assert [(one.text, one.attachments) for one in frozen.renditions] == [("Hallo", ())]


# --- what cannot be opened


def _open(place: Path | str) -> None:
    with open_store(place, clock=clock, patience=0.05):
        pass


def test_a_store_of_a_newer_version_is_refused(made: Path) -> None:
    with closing(sqlite3.connect(made)) as connection, connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    before = _schema(made)
    with pytest.raises(StoreFailed, match=r"newer version of fvdt-mailer.*upgrade"):
        _open(made)
    assert _schema(made) == before


def test_a_database_of_another_program_is_left_alone(file: Path) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE reader (name TEXT)")
    with pytest.raises(StoreFailed, match=r"another program.*a database of its own"):
        _open(file)
    assert [name for _, name, _ in _schema(file)] == ["reader"]


def test_a_file_that_is_no_database_is_named(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("Beste lezer,\n" * 500)
    with pytest.raises(StoreFailed, match=r"mailer\.db: it is not a database; put the last backup"):
        _open(file)


def test_a_damaged_store_is_named(tmp_path: Path, made: Path) -> None:
    with opened(tmp_path) as store:
        store.audience.merge([entrant(f"r{number}") for number in range(2000)], dry_run=False)
    content = bytearray(made.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 40 * 4096] = b"\xff" * 40 * 4096
    made.write_bytes(content)
    with opened(tmp_path) as store, pytest.raises(StoreFailed, match=r"damaged.*last backup"):
        list(store.audience.readers(AudienceRule()))


def test_a_store_that_another_process_keeps_locked_is_named(tmp_path: Path, made: Path) -> None:
    with (
        closing(sqlite3.connect(made)) as other,
        opened(tmp_path, patience=0.05) as store,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreFailed, match="another process keeps it locked"):
            store.audience.merge([entrant("an")], dry_run=False)
        other.rollback()
        store.audience.merge([entrant("an")], dry_run=False)


def test_a_full_disk_is_named_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        readers = [entrant(f"r{number}", name="x" * 500) for number in range(5000)]
        _fill_disk(store)
        with pytest.raises(StoreFailed, match="the disk is full; free some space"):
            store.audience.merge(readers, dry_run=False)
        with pytest.raises(StoreFailed, match="the disk is full"):
            store.ledger.enter(edition(), (_recipient(number) for number in range(9000)))
        assert store.audience.stats().readers == 0
        assert store.accounts.frozen(EDITION) is None


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreFailed, match="check the folder and your permissions"):
        _open(tmp_path / "file" / ".mailer" / "mailer.db")


def test_a_folder_in_the_place_of_a_store_is_named(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(StoreFailed, match="check the folder and your permissions"):
        _open(file)


def test_a_folder_that_may_not_be_written_is_named() -> None:
    with pytest.raises(StoreFailed, match="check the folder and your permissions"):
        _open(Path("/proc/mailer.db"))  # not even root may


@pytest.mark.parametrize(
    ("place", "advice"),
    [
        ("mysql://user@host/name", "write sqlite:///PATH, or postgresql://"),
        ("sqlite://", "write sqlite:///PATH"),
        ("what is this", "write postgresql://user@host/name"),
    ],
)
def test_a_store_of_an_unknown_kind_is_refused(place: str, advice: str) -> None:
    with pytest.raises(StoreFailed, match=advice):
        _open(place)


def test_a_mistake_of_ours_is_not_called_a_failing_store(tmp_path: Path) -> None:
    with (
        opened(tmp_path) as store,
        pytest.raises(Exception, match="no such table") as raised,
        store.audience._database.reading() as connection,
    ):
        connection.exec_driver_sql("SELECT * FROM nowhere")
    assert not isinstance(raised.value, StoreFailed)


def _make_at(revision: str, file: Path) -> None:
    """A store as the version with this revision made it."""
    file.parent.mkdir()
    engine = create_engine(f"sqlite:///{file}")
    config = Config()
    config.set_main_option("script_location", "fvdt_mailer.adapters.store:migrations")
    config.attributes["version_table"] = VERSION_TABLE
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


def _recipient(number: int) -> Recipient:
    person = entrant(f"r{number}")
    return Recipient(
        reader_id=number,
        address=person.address,
        name="x" * 500,
        segment=edition().renditions[0].key,
    )


def _fill_disk(store: Store) -> None:
    """Let the database have as many pages as it has, and a few: SQLite then finds the disk full."""
    with store.audience._database.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")
