"""Approve what would be sent, by name."""

from __future__ import annotations

from fvdt_mailer.app.mailer import Mailer
from fvdt_mailer.errors import FilesError, NotReady
from fvdt_mailer.model.approval import Approval
from fvdt_mailer.model.plan import Plan

_LONGEST_NAME = 100
_LONGEST_NOTE = 1000


def approve(mailer: Mailer, plan: Plan, *, by: str, note: str = "") -> bool:
    """Bind a name to the content of a plan; False when it was bound to it before."""
    if plan.errors:
        raise FilesError(plan.errors)
    campaign = plan.edition.id
    if campaign in mailer.accounts.editions():
        raise NotReady(
            f"{campaign} was queued already, and what is queued changes no more; "
            f"see: fvdt-mailer status {campaign}"
        )
    return mailer.approvals.add(
        Approval(
            campaign=campaign,
            content_hash=plan.content_hash,
            by=by,
            at=mailer.clock(),
            mails=plan.mailed,
            note=note,
        )
    )


def name_of(written: str) -> str:
    """A name as it is kept, in one spelling of its spaces; ValueError says what is wrong."""
    name = " ".join(written.split())
    if not name:
        raise ValueError("write who approves it: --by 'An Peeters'")
    return _printed(name, longest=_LONGEST_NAME)


def note_of(written: str) -> str:
    """A note as it is kept, on one line; ValueError says what is wrong."""
    return _printed(" ".join(written.split()), longest=_LONGEST_NOTE)


def _printed(text: str, *, longest: int) -> str:
    if not text.isprintable():
        raise ValueError("this holds characters that do not print; type it again")
    if len(text) > longest:
        raise ValueError(f"this has {len(text)} characters; {longest} is the most")
    return text
