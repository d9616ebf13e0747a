"""The tables of the store, once for SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    column,
    func,
)

from fvdt_mailer.model.audience import ReaderStatus
from fvdt_mailer.model.delivery import Blame, State

SECRET_BYTES = 32


class Utc(TypeDecorator[datetime]):
    """An aware moment, kept in UTC.

    SQLite has no type for it: there it is ISO 8601 text of one length, which sorts by time.
    """

    impl = DateTime(timezone=True).with_variant(Text(), "sqlite")
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        """The same moment in UTC."""
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.isoformat(timespec="microseconds") if dialect.name == "sqlite" else moment

    def process_result_value(
        self,
        value: datetime | str | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's
    ) -> datetime | None:
        """The moment as an aware one."""
        if isinstance(value, str):
            return datetime.fromisoformat(value)
        return None if value is None else value.astimezone(UTC)


def _one_of(name: str, words: Iterable[StrEnum]) -> CheckConstraint:
    return CheckConstraint(column(name).in_([word.value for word in words]), name=name)


# AUTOINCREMENT in SQLite needs INTEGER; the ids of erased readers are never given out again.
_Id = BigInteger().with_variant(Integer(), "sqlite")

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

# Clusters and tags are kept as `|a|b|`. Streaming an audience is one scan without joins, an import
# writes one row per reader, and the filter (see audience.py) passes a million readers in a second.
reader = Table(
    "reader",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("address", Text, nullable=False),
    Column("address_key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("clusters", Text, nullable=False),
    Column("tags", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("consent_source", Text, nullable=False),
    Column("consent_at", Text, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("updated_at", Utc, nullable=False),
    _one_of("status", ReaderStatus),
    sqlite_autoincrement=True,
)

suppression = Table(
    "suppression",
    metadata,
    Column("address_key", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("at", Utc, nullable=False),
)

edition = Table(
    "edition",
    metadata,
    Column("id", Text, primary_key=True),
    Column("frozen_at", Utc, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("project", Text, nullable=False),  # mailer.yaml as it was then, as JSON
    # Counted once, at the freeze: what the states must always add up to.
    Column("recipients", BigInteger, nullable=False),
    Column("not_before", Utc),
    Column("started_at", Utc),
    Column("program", Text),
)

rendition = Table(
    "rendition",
    metadata,
    Column("edition_id", Text, ForeignKey("edition.id"), primary_key=True),
    Column("segment", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("subject", Text, nullable=False),
    Column("preheader", Text, nullable=False),
    Column("html", Text, nullable=False),
    Column("text", Text, nullable=False),
)

rendition_activity = Table(
    "rendition_activity",
    metadata,
    Column("edition_id", Text, primary_key=True),
    Column("segment", Text, primary_key=True),
    Column("activity", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    ForeignKeyConstraint(["edition_id", "segment"], ["rendition.edition_id", "rendition.segment"]),
    Index(None, "activity"),
)

rendition_attachment = Table(
    "rendition_attachment",
    metadata,
    Column("edition_id", Text, primary_key=True),
    Column("segment", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("filename", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    ForeignKeyConstraint(["edition_id", "segment"], ["rendition.edition_id", "rendition.segment"]),
)

# No foreign key to reader: a delivery outlives the erasure of its reader. The one to rendition is
# the promise that everything is rendered before anything is queued.
delivery = Table(
    "delivery",
    metadata,
    Column("edition_id", Text, primary_key=True),
    Column("reader_id", _Id, primary_key=True, autoincrement=False),
    Column("address", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("segment", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_try", Utc),
    Column("blame", String(16)),
    Column("reply", Text, nullable=False),
    Column("updated_at", Utc, nullable=False),
    ForeignKeyConstraint(["edition_id", "segment"], ["rendition.edition_id", "rendition.segment"]),
    _one_of("state", State),
    _one_of("blame", Blame),
    CheckConstraint(
        (column("state") == State.DEFERRED.value) == column("next_try").is_not(None),
        name="next_try",
    ),
    Index("ix_delivery_state", "edition_id", "state", "reader_id"),
    sqlite_with_rowid=False,
)

# What readers were told of each activity last; no foreign key, for activities live in files.
event_version = Table(
    "event_version",
    metadata,
    Column("activity", Text, primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("changed_at", Utc, nullable=False),
)

# Who is sending an edition. It outlives an edition that was withdrawn, so that no fence is ever
# given out twice. `place` names the lock file of its holder; without `until` nobody holds it.
lease = Table(
    "lease",
    metadata,
    Column("edition_id", Text, primary_key=True),
    Column("fence", BigInteger, nullable=False),
    Column("holder", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("until", Utc),
)

# Rows are added and never changed; no foreign key, for campaigns live in files.
approval = Table(
    "approval",
    metadata,
    Column("campaign", Text, primary_key=True),
    Column("content_hash", Text, primary_key=True),
    Column("approver", Text, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("mails", BigInteger, nullable=False),
    Column("note", Text, nullable=False),
)

secret = Table(
    "secret",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
    Column("created_at", Utc, nullable=False),
    CheckConstraint(func.length(column("value")) == SECRET_BYTES, name="value"),
)
