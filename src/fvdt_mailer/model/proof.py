"""What can be shown of a send when its store is long gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from fvdt_mailer.model.approval import Approval
from fvdt_mailer.model.delivery import State, Tally
from fvdt_mailer.model.standing import Course


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """How many mails did not arrive for one reason."""

    state: State
    reason: str
    mails: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was sent to how many, when, and who approved it. It names no reader."""

    edition_id: str
    zone: ZoneInfo
    course: Course
    approvals: tuple[Approval, ...]
    tally: Tally
    segments: Mapping[str, Tally]
    refusals: tuple[Refusal, ...]
