"""A note of a tester, and the uses of a feature it concerns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from fvdt_mailer.pipeline.check.clients.use import Use

Question: TypeAlias = Callable[[Use], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A note, by how it begins, and the uses it bites; `is_lost` when nothing is left of those."""

    note: str
    bites: Question
    is_lost: bool = False


def lost(note: str, bites: Question = lambda _: True) -> Limit:
    """What the note says leaves nothing of the uses it bites."""
    return Limit(note=note, bites=bites, is_lost=True)


def partly(note: str, bites: Question) -> Limit:
    """What the note says takes something from the uses it bites."""
    return Limit(note=note, bites=bites)


def harmless(note: str) -> Limit:
    """What the note says takes nothing from what readers get."""
    return Limit(note=note, bites=lambda _: False)
