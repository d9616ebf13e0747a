"""Make the tables for calendar files: what mails carry, and which version readers were told.

A revision is history: it spells out its tables and never imports those of today.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_UTC = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    """Make the attachments of renditions, and the versions of events."""
    _make_attachments()
    op.create_table(
        "event_version",
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("changed_at", _UTC, nullable=False),
        sa.PrimaryKeyConstraint("activity", name="pk_event_version"),
    )


def _make_attachments() -> None:
    op.create_table(
        "rendition_attachment",
        sa.Column("edition_id", sa.Text(), nullable=False),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint(
            "edition_id", "segment", "position", name="pk_rendition_attachment"
        ),
        sa.ForeignKeyConstraint(
            ["edition_id", "segment"],
            ["rendition.edition_id", "rendition.segment"],
            name="fk_rendition_attachment_rendition",
        ),
    )
