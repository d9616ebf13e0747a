"""What a campaign would send, as it is shown before anything leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from fvdt_mailer.cli.report import number, print_problems
from fvdt_mailer.errors import FilesError, NotReady

if TYPE_CHECKING:
    from datetime import datetime

    from fvdt_mailer.app.mailer import Mailer
    from fvdt_mailer.model.plan import Plan


AT = click.option(
    "--at", metavar="TIME", help="The moment to send from: 2026-12-01 09:00, or `now`."
)


def appointed(mailer: Mailer, at: str | None) -> datetime | None:
    """The moment that --at names; one that cannot be is a usage error."""
    from fvdt_mailer.pipeline.appoint import appoint

    if at is None:
        return None
    try:
        moment = appoint(at, zone=mailer.folder.project.timezone, now=mailer.clock())
    except ValueError as error:
        raise click.UsageError(f"--at: {error}") from None
    if moment.note:
        click.echo(moment.note, err=True)
    return moment.at


def shown_plan(mailer: Mailer, campaign: str, *, at: datetime | None) -> Plan:
    """The plan of a campaign, printed; its errors and a plan for nobody are refused."""
    from fvdt_mailer.cli.tally import print_plan

    plan = mailer.plan(campaign, at=at)
    print_problems(plan.problems)
    if plan.errors:
        raise FilesError(())
    print_plan(plan)
    if not plan.mailed:
        raise NotReady(_nobody(plan))
    return plan


def print_approvals(mailer: Mailer, plan: Plan) -> None:
    """Print who approved it as it is, or that it is no longer what somebody approved."""
    from fvdt_mailer.model.project import ApprovalRule
    from fvdt_mailer.pipeline.approve import concern, told, valid

    project = plan.edition.project
    known = mailer.approvals.of(plan.edition.id)
    for one in valid(known, plan.content_hash):
        then = f", when it was {number(one.mails, 'mail')}" if one.mails != plan.mailed else ""
        note = f": {one.note}" if one.note else ""
        click.echo(f"Approved by {told(one, project.timezone)}{then}{note}")
    lack = concern(plan, known)
    if lack and (known or project.approval is ApprovalRule.REQUIRED):
        click.echo(click.style(f"Not approved: {lack}", fg="yellow"))


def _nobody(plan: Plan) -> str:
    if not plan.segments:
        return "there are no readers yet; run: fvdt-mailer audience import FILE"
    return f"there is nobody to mail; see: fvdt-mailer segments {plan.edition.id}"
