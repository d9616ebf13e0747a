"""Write out a first campaign or activity for a person to change."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

_CAMPAIGN = """\
# A newsletter. See what it would send: fvdt-mailer render {id} --format text
# as_of fixes the moment it speaks from; without it, that is now.

kind: newsletter
window: {{from: {first}, to: {last}}}
headline: {headline}
intro:
  - Schrijf hier uw inleiding.
nothing_upcoming: drop
"""

_ACTIVITY = """\
# An activity. It is a draft, which is never sent, until you take the status away.

- id: {id}
  cluster: {cluster}
  start: {start}
  status: draft
  kind: seminarie
  topic: het onderwerp
  # text: Een zin of twee die na de eerste zin komt.
  # municipality: Kortrijk
  # organiser: Voka
  # price: gratis
  # info: https://www.example.org/meer
"""


def new_campaign(campaign_id: str, *, name: str, today: date) -> str:
    """The YAML of a campaign over the rest of this month and the whole next."""
    year, month = divmod(today.year * 12 + today.month, 12)
    last = date(year, month + 1, monthrange(year, month + 1)[1])
    headline = f'"{name}"'.replace("\\", "")
    return _CAMPAIGN.format(id=campaign_id, first=today, last=last, headline=headline)


def new_activity(activity_id: str, *, cluster: str, start: date) -> str:
    """The YAML of a draft activity in `cluster`."""
    return _ACTIVITY.format(id=activity_id, cluster=cluster, start=start)
