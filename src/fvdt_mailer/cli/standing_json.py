"""How sends stand, for a program."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from fvdt_mailer.app.mailer import Mailer
from fvdt_mailer.app.standing import standing
from fvdt_mailer.cli.standing_text import MISSED
from fvdt_mailer.model.delivery import Delivery, State, Tally
from fvdt_mailer.model.standing import Standing
from fvdt_mailer.pipeline.bottleneck import bottleneck, seconds_left


def as_document(mailer: Mailer, names: Iterable[str], *, missing: bool) -> str:
    """A JSON object with `campaigns`; with `missing`, each names who did not get it."""
    rows = [_row(mailer, standing(mailer, name), missing=missing) for name in names]
    return json.dumps({"campaigns": rows}, indent=2, ensure_ascii=False)


def _row(mailer: Mailer, now: Standing, *, missing: bool) -> dict[str, object]:
    row: dict[str, object] = {
        "campaign": now.edition_id,
        **_counts(now.tally),
        "balanced": now.tally.is_balanced,
        "complete": now.tally.is_complete,
        **_moments(now),
        "rate": _rate(now),
        "seconds_left": seconds_left(now),
        "limited_by": bottleneck(now),
        "sender": now.sender,
        "approvals": _approvals(now),
        "segments": _tallies(now.segments),
        "domains": _tallies(now.domains),
        "last_errors": _errors(now),
    }
    if missing:
        deliveries = mailer.accounts.deliveries(now.edition_id, MISSED)
        row["missing"] = [_missed(delivery) for delivery in deliveries]
    return row


def _approvals(now: Standing) -> list[dict[str, object]]:
    return [
        {
            "by": one.by,
            "at": _text(one.at),
            "note": one.note,
            "mails": one.mails,
            "valid": one.content_hash == now.course.content_hash,
        }
        for one in now.approvals
    ]


def _errors(now: Standing) -> list[dict[str, object]]:
    return [
        {
            "reply": one.reply,
            "state": one.state.value,
            "blame": one.blame.value,
            "times": one.times,
            "last": _text(one.last),
        }
        for one in now.remarks
    ]


def _counts(tally: Tally) -> dict[str, int]:
    return {"frozen": tally.frozen, **{state.value: tally[state] for state in State}}


def _tallies(tallies: Mapping[str, Tally]) -> dict[str, dict[str, int]]:
    return {name: _counts(tally) for name, tally in tallies.items()}


def _moments(now: Standing) -> dict[str, str | None]:
    course = now.course
    return {
        "content_hash": course.content_hash,
        "queued_at": _text(course.frozen),
        "scheduled": _text(course.scheduled),
        "started": _text(course.started),
        "finished": _text(course.finished),
        "next_due": _text(now.due),
    }


def _rate(now: Standing) -> float | None:
    tempo = now.course.tempo
    return round(tempo.per_second, 3) if tempo is not None and tempo.per_second else None


def _missed(delivery: Delivery) -> dict[str, object]:
    outcome = delivery.outcome
    return {
        "address": str(delivery.recipient.address),
        "segment": str(delivery.recipient.segment),
        "state": delivery.state.value,
        "reply": outcome.reply if outcome else "",
        "attempts": delivery.attempts,
        "next_try": _text(delivery.next_try),
    }


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")
