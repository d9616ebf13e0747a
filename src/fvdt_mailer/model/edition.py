"""A campaign applied to the activities at one moment: what is told, in sections per cluster."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fvdt_mailer.model.activity import Activity
from fvdt_mailer.model.campaign import Campaign
from fvdt_mailer.model.project import Project


class Phase(StrEnum):
    """How an activity stands at the moment an edition speaks from."""

    UPCOMING = "upcoming"
    UNDER_WAY = "under_way"
    PAST = "past"
    CALLED_OFF = "called_off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One activity in an edition."""

    activity: Activity
    phase: Phase
    is_borrowed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One cluster as some readers get it; `falls_back` asks for the campaign's fallback text."""

    cluster: str
    entries: tuple[Entry, ...]
    falls_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What a campaign tells at `as_of`. Entries are in the order of their start."""

    project: Project
    campaign: Campaign
    as_of: datetime
    clusters: tuple[str, ...]
    entries: tuple[Entry, ...]
    falling_back: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """The campaign's id: a campaign has one edition, so that sending twice adds nothing."""
        return self.campaign.id

    @property
    def telling(self) -> tuple[str, ...]:
        """The clusters that have anything to print, in campaign order."""
        told = {cluster for entry in self.entries for cluster in entry.activity.clusters}
        return tuple(c for c in self.clusters if c in told or c in self.falling_back)

    def sections(self, followed: Collection[str]) -> tuple[Section, ...]:
        """The sections readers of `followed` get: each activity once, under its first of these."""
        clusters = [cluster for cluster in self.telling if cluster in followed]
        sections = (self._section(cluster, clusters) for cluster in clusters)
        return tuple(s for s in sections if s.entries or s.falls_back)

    def _section(self, cluster: str, clusters: Collection[str]) -> Section:
        entries = tuple(
            entry
            for entry in self.entries
            if next((own for own in entry.activity.clusters if own in clusters), None) == cluster
        )
        return Section(cluster=cluster, entries=entries, falls_back=cluster in self.falling_back)
