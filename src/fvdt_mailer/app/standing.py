"""How the sending of an edition stands."""

from __future__ import annotations

from fvdt_mailer.app.mailer import Mailer, never_queued
from fvdt_mailer.model.standing import Course, Standing

_DOMAINS = 10
_REMARKS = 5


def standing(mailer: Mailer, edition_id: str, *, in_parts: bool = True) -> Standing:
    """What the store knows about the sending of an edition now; `in_parts` takes longest."""
    smtp = mailer.folder.project.smtp
    survey = mailer.survey
    return Standing(
        edition_id=edition_id,
        course=course(mailer, edition_id),
        tally=mailer.accounts.tally(edition_id),
        segments=survey.by_segment(edition_id) if in_parts else {},
        domains=survey.by_domain(edition_id, most=_DOMAINS) if in_parts else {},
        remarks=survey.remarks(edition_id, most=_REMARKS),
        due=mailer.first_due(edition_id),
        lease=mailer.leases.lease(edition_id),
        approvals=mailer.approvals.of(edition_id),
        rate=smtp.rate if smtp else None,
        connections=smtp.connections if smtp else 1,
        now=mailer.clock(),
    )


def course(mailer: Mailer, edition_id: str) -> Course:
    """What was frozen of an edition, and when what happened."""
    found = mailer.survey.course(edition_id)
    if found is None:
        raise never_queued(edition_id)
    return found
