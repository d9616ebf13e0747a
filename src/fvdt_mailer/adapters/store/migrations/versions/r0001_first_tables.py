"""Make all tables of the first version.

A revision is history: it spells out its tables and never imports those of today.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_UTC = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    """Make the audience, the ledger and the secrets."""
    _make_audience()
    _make_editions()
    _make_deliveries()
    op.create_table(
        "secret",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", _UTC, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_secret"),
        sa.CheckConstraint("length(value) = 32", name="ck_secret_value"),
    )


def _make_audience() -> None:
    op.create_table(
        "reader",
        sa.Column("id", _ID, primary_key=True, autoincrement=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("address_key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("clusters", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("consent_source", sa.Text(), nullable=False),
        sa.Column("consent_at", sa.Text(), nullable=False),
        sa.Column("created_at", _UTC, nullable=False),
        sa.Column("updated_at", _UTC, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reader"),
        sa.CheckConstraint(
            "status IN ('unconfirmed', 'active', 'paused', 'unsubscribed', 'suppressed')",
            name="ck_reader_status",
        ),
        sa.UniqueConstraint("address_key", name="uq_reader_address_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "suppression",
        sa.Column("address_key", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", _UTC, nullable=False),
        sa.PrimaryKeyConstraint("address_key", name="pk_suppression"),
    )


def _make_editions() -> None:
    op.create_table(
        "edition",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("frozen_at", _UTC, nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("project", sa.Text(), nullable=False),
        sa.Column("recipients", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_edition"),
    )
    op.create_table(
        "rendition",
        sa.Column("edition_id", sa.Text(), nullable=False),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("preheader", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "segment", name="pk_rendition"),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_rendition_edition"),
    )
    op.create_table(
        "rendition_activity",
        sa.Column("edition_id", sa.Text(), nullable=False),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "segment", "activity", name="pk_rendition_activity"),
        _of_a_rendition("fk_rendition_activity_rendition"),
    )
    op.create_index("ix_rendition_activity_activity", "rendition_activity", ["activity"])


def _make_deliveries() -> None:
    op.create_table(
        "delivery",
        sa.Column("edition_id", sa.Text(), nullable=False),
        sa.Column("reader_id", _ID, nullable=False, autoincrement=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try", _UTC, nullable=True),
        sa.Column("blame", sa.String(16), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("updated_at", _UTC, nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "reader_id", name="pk_delivery"),
        _of_a_rendition("fk_delivery_rendition"),
        sa.CheckConstraint(
            "state IN ('queued', 'claimed', 'finalizing', 'sent', 'deferred', 'failed',"
            " 'suppressed', 'in_doubt')",
            name="ck_delivery_state",
        ),
        sa.CheckConstraint(
            "blame IN ('none', 'recipient', 'message', 'us')", name="ck_delivery_blame"
        ),
        sa.CheckConstraint(
            "(state = 'deferred') = (next_try IS NOT NULL)", name="ck_delivery_next_try"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_delivery_state", "delivery", ["edition_id", "state", "reader_id"])


def _of_a_rendition(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["edition_id", "segment"], ["rendition.edition_id", "rendition.segment"], name=name
    )
