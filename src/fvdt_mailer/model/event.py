"""An activity as a calendar keeps it: one event, and the version of it that readers were told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias


class EventStatus(StrEnum):
    """How an event stands, in the words of RFC 5545 3.8.1.11."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Whole days; the last one belongs to it."""

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """From one moment to another, both in UTC; None when no end is known."""

    starts: datetime
    ends: datetime | None = None


Span: TypeAlias = Days | Hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event in one language. `uid` names it for ever; `sequence` counts what changed since."""

    uid: str
    changed_at: datetime
    span: Span
    status: EventStatus
    summary: str
    location: str
    description: str
    url: str
    sequence: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EventVersion:
    """What readers were told of an activity; `digest` stands for all they may have planned on."""

    activity: str
    digest: str
    changed_at: datetime
    sequence: int = 0
