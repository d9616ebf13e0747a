"""Show what was sent, to how many, and who approved it."""

from __future__ import annotations

from collections import Counter

from fvdt_mailer.app.mailer import Mailer
from fvdt_mailer.app.standing import course
from fvdt_mailer.model.delivery import State
from fvdt_mailer.model.proof import Proof, Refusal
from fvdt_mailer.pipeline.approve import valid
from fvdt_mailer.pipeline.reasons import reason

_MISSED = (State.FAILED, State.SUPPRESSED, State.IN_DOUBT)


def proof(mailer: Mailer, edition_id: str) -> Proof:
    """What the ledger can prove about an edition; NotReady when it was never queued."""
    known = course(mailer, edition_id)
    return Proof(
        edition_id=edition_id,
        zone=mailer.folder.project.timezone,
        course=known,
        approvals=valid(mailer.approvals.of(edition_id), known.content_hash),
        tally=mailer.accounts.tally(edition_id),
        segments=mailer.survey.by_segment(edition_id),
        refusals=_refusals(mailer, edition_id),
    )


def _refusals(mailer: Mailer, edition_id: str) -> tuple[Refusal, ...]:
    """Why mails did not arrive, the most frequent reason first."""
    counts = Counter(
        (one.state, reason(one.state, one.outcome.reply if one.outcome else ""))
        for one in mailer.accounts.deliveries(edition_id, _MISSED)
    )
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Refusal(state=state, reason=why, mails=mails) for (state, why), mails in ranked)
