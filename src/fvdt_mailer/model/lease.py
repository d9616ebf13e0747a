"""Who is sending an edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """One sender's hold on an edition until a moment that it keeps moving on.

    Each new hold has a higher fence: what a sender writes under a lower one is refused.
    """

    edition_id: str
    fence: int
    holder: str
    until: datetime

    def is_held(self, *, now: datetime) -> bool:
        """True while the sender was heard of lately."""
        return now < self.until
