"""Who stands for what is sent: a name, bound to the content they saw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One person's yes to one content of a campaign, and how many mails it was then."""

    campaign: str
    content_hash: str
    by: str
    at: datetime
    mails: int
    note: str = ""
