"""Make what surrounds a send: its moment, who holds it, and who approved it.

A revision is history: it spells out its tables and never imports those of today.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_UTC = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    """Give editions their moments, and make the leases and approvals."""
    op.add_column("edition", sa.Column("not_before", _UTC, nullable=True))
    op.add_column("edition", sa.Column("started_at", _UTC, nullable=True))
    op.add_column("edition", sa.Column("program", sa.Text(), nullable=True))
    op.create_table(
        "lease",
        sa.Column("edition_id", sa.Text(), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("until", _UTC, nullable=True),
        sa.PrimaryKeyConstraint("edition_id", name="pk_lease"),
    )
    op.create_table(
        "approval",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("approver", sa.Text(), nullable=False),
        sa.Column("at", _UTC, nullable=False),
        sa.Column("mails", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("campaign", "content_hash", "approver", name="pk_approval"),
    )
