"""Who approved what, in the store."""

from __future__ import annotations

from sqlalchemy import and_, exists, insert, select

from fvdt_mailer.adapters.store.database import Database
from fvdt_mailer.adapters.store.tables import approval
from fvdt_mailer.model.approval import Approval


class StoredApprovals:
    """A log that only grows; serves Approvals."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, approved: Approval) -> bool:
        """Keep it; False, and as it was, when this person approved this content before."""
        known = exists().where(
            and_(
                approval.c.campaign == approved.campaign,
                approval.c.content_hash == approved.content_hash,
                approval.c.approver == approved.by,
            )
        )
        with self._database.writing() as connection:
            if connection.scalar(select(known)):
                return False
            connection.execute(
                insert(approval).values(
                    campaign=approved.campaign,
                    content_hash=approved.content_hash,
                    approver=approved.by,
                    at=approved.at,
                    mails=approved.mails,
                    note=approved.note,
                )
            )
            return True

    def of(self, campaign_id: str) -> tuple[Approval, ...]:
        """Every approval of a campaign, whatever it said then, the oldest first."""
        wanted = (
            select(approval)
            .where(approval.c.campaign == campaign_id)
            .order_by(approval.c.at, approval.c.approver)
        )
        with self._database.reading() as connection:
            return tuple(
                Approval(
                    campaign=row.campaign,
                    content_hash=row.content_hash,
                    by=row.approver,
                    at=row.at,
                    mails=row.mails,
                    note=row.note,
                )
                for row in connection.execute(wanted)
            )
