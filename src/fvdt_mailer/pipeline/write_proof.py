"""A proof of sending as a file for version control."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import yaml

from fvdt_mailer.model.approval import Approval
from fvdt_mailer.model.delivery import Tally
from fvdt_mailer.model.proof import Proof

_HEAD = """\
# Proof of sending, from the ledger of fvdt-mailer. It holds counts and no addresses.
# The same content of the campaign has the same hash; another has another.
"""
_WIDTH = 100


def write_proof(proof: Proof) -> str:
    """The proof as YAML: the same ledger gives the same text."""
    zone, course, tally = proof.zone, proof.course, proof.tally
    tree = {
        "campaign": proof.edition_id,
        "content": f"sha256:{course.content_hash}",
        "approved": [_approval(one, zone) for one in proof.approvals],
        "frozen": _moment(course.frozen, zone),
        "scheduled": _moment(course.scheduled, zone),
        "started": _moment(course.started, zone),
        "finished": _moment(course.finished, zone),
        "complete": tally.is_complete,
        "balanced": tally.is_balanced,
        "recipients": tally.frozen,
        "states": _states(tally),
        "segments": {
            name: {"recipients": part.frozen, **_states(part)}
            for name, part in proof.segments.items()
        },
        "refusals": [
            {"state": one.state.value, "reason": one.reason, "mails": one.mails}
            for one in proof.refusals
        ],
        "program": f"fvdt-mailer {course.program}".strip(),
    }
    text = yaml.safe_dump(
        tree, sort_keys=False, allow_unicode=True, width=_WIDTH, default_flow_style=None
    )
    return f"{_HEAD}{text}"


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
