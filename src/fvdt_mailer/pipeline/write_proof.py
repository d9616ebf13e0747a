"""A proof of sending as a file for version control."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import yaml

from fvdt_mailer.model.approval import Approval
from fvdt_mailer.model.delivery import Tally
from fvdt_mailer.model.proof import Proof
from fvdt_mailer.model.standing import Course

_HEAD = """\
# Proof of sending, from the ledger of fvdt-mailer. It holds counts and no addresses.
# The same content of the campaign has the same hash; another has another.
"""
_WIDTH = 100


def write_proof(proof: Proof) -> str:
    """The proof as YAML: the same ledger gives the same text."""
    tree = {
        "campaign": proof.edition_id,
        "content": f"sha256:{proof.course.content_hash}",
        "approved": [_approval(one, proof.zone) for one in proof.approvals],
        **_moments(proof.course, proof.zone),
        **_counts(proof),
        "program": f"fvdt-mailer {proof.course.program}".strip(),
    }
    text = yaml.safe_dump(
        tree, sort_keys=False, allow_unicode=True, width=_WIDTH, default_flow_style=None
    )
    return f"{_HEAD}{text}"


def _moments(course: Course, zone: ZoneInfo) -> dict[str, str | None]:
    return {
        "frozen": _moment(course.frozen, zone),
        "scheduled": _moment(course.scheduled, zone),
        "started": _moment(course.started, zone),
        "finished": _moment(course.finished, zone),
    }


def _counts(proof: Proof) -> dict[str, object]:
    return {
        "complete": proof.tally.is_complete,
        "balanced": proof.tally.is_balanced,
        "recipients": proof.tally.frozen,
        "states": _states(proof.tally),
        "segments": {
            name: {"recipients": part.frozen, **_states(part)}
            for name, part in proof.segments.items()
        },
        "refusals": [
            {"state": one.state.value, "reason": one.reason, "mails": one.mails}
            for one in proof.refusals
        ],
    }


def _approval(approval: Approval, zone: ZoneInfo) -> dict[str, object]:
    told: dict[str, object] = {
        "by": approval.by,
        "at": _moment(approval.at, zone),
        "mails": approval.mails,
    }
    return told | ({"note": approval.note} if approval.note else {})


def _states(tally: Tally) -> dict[str, int]:
    return {state.value: number for state, number in tally.counts}


def _moment(moment: datetime | None, zone: ZoneInfo) -> str | None:
    return None if moment is None else moment.astimezone(zone).isoformat(timespec="seconds")
