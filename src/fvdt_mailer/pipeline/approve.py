"""Whether what would be sent is what somebody approved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo

from fvdt_mailer.model.approval import Approval
from fvdt_mailer.model.plan import Plan
from fvdt_mailer.model.project import ApprovalRule


def valid(approvals: Iterable[Approval], content_hash: str) -> tuple[Approval, ...]:
    """The approvals of exactly this content."""
    return tuple(one for one in approvals if one.content_hash == content_hash)


def objection(plan: Plan, approvals: Iterable[Approval]) -> str:
    """Why this plan may not be sent as it is; empty when it may."""
    if plan.edition.project.approval is ApprovalRule.OPTIONAL:
        return ""
    return concern(plan, approvals)


def concern(plan: Plan, approvals: Iterable[Approval]) -> str:
    """What an approver has to hear: nobody approved it, or it changed since; else empty."""
    known = tuple(approvals)
    if valid(known, plan.content_hash):
        return ""
    campaign = plan.edition.id
    again = f"fvdt-mailer approve {campaign} --by NAME"
    if not known:
        return f"nobody has approved {campaign} yet; after reading it, run: {again}"
    last = told(known[-1], plan.edition.project.timezone)
    return f"{campaign} changed since it was approved by {last}; read it again, then run: {again}"


def told(approval: Approval, zone: tzinfo) -> str:
    """Who approved when: `An Peeters on 2026-11-24 10:00`."""
    return f"{approval.by} on {approval.at.astimezone(zone):%Y-%m-%d %H:%M}"
