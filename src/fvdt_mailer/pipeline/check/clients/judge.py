"""What a mail program makes of one use of a feature."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from fvdt_mailer.model.support import Answer, Verdict
from fvdt_mailer.pipeline.check.clients.limits import limit_of
from fvdt_mailer.pipeline.check.clients.losses import Loss, loss
from fvdt_mailer.pipeline.check.clients.use import Use

_LOST_BY: Mapping[Verdict, Loss] = {Verdict.NO: Loss.ALL, Verdict.PARTLY: Loss.SOMETHING}
_VERDICT = re.compile(r"^(?:Partial and buggy|Partial support|Partial|Buggy|Not supported)[.:,]\s*")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_SEE = re.compile(r"\s*\(?See [^.]*\.?\)?\.?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What readers lose of a use in one program, and the tester's words on it."""

    loss: Loss
    note: str = ""


FINE = Judgement(loss=Loss.NOTHING)


def judge(use: Use, answer: Answer) -> Judgement:
    """What readers lose of a use, by the answer of their program."""
    bitten = (_bitten(use, note, answer.verdict) for note in answer.notes or ("",))
    worst = max(bitten, key=lambda one: one.loss)
    if worst.loss is Loss.NOTHING:
        return FINE
    return replace(worst, loss=min(worst.loss, loss(use)))


def _bitten(use: Use, note: str, verdict: Verdict) -> Judgement:
    """What one note of a tester comes to for this use; a note we know counts with any verdict."""
    how_much = _LOST_BY.get(verdict, Loss.NOTHING)
    limit = limit_of(use.slug, note)
    if limit is not None:
        if not limit.bites(use):
            return FINE
        how_much = max(how_much, Loss.ALL if limit.is_lost else Loss.SOMETHING)
    return Judgement(loss=how_much, note=_words(note)) if how_much else FINE


def _words(note: str) -> str:
    """The note without its verdict and its addresses."""
    plain = _LINK.sub(r"\1", _VERDICT.sub("", note))
    return _SEE.sub("", plain).rstrip(". ")
