"""Who may receive: readers, and the segments in which they read exactly the same edition."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from fvdt_mailer.model.address import Address
from fvdt_mailer.model.language import Language


class ReaderStatus(StrEnum):
    """Whether a reader may be mailed: only the active may."""

    UNCONFIRMED = "unconfirmed"
    ACTIVE = "active"
    PAUSED = "paused"
    UNSUBSCRIBED = "unsubscribed"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One person in the audience. No clusters means all of them."""

    id: int
    address: Address
    language: Language
    name: str = ""
    organisation: str = ""
    clusters: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    status: ReaderStatus = ReaderStatus.ACTIVE
    consent_source: str = ""
    consent_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrant:
    """What an audience file says about one reader, before the audience knows them.

    Where the file names no language, `language` is for a new reader only.
    """

    address: Address
    language: Language
    is_language_given: bool = field(default=True, compare=False)
    name: str = ""
    organisation: str = ""
    clusters: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    consent_source: str = ""
    consent_at: str = ""


@dataclass(frozen=True, slots=True, order=True)
class SegmentKey:
    """What the readers of one segment share: clusters in campaign order, and a language."""

    clusters: tuple[str, ...]
    language: Language

    def __str__(self) -> str:
        return f"{'+'.join(self.clusters) or 'nothing'}.{self.language}"

    @classmethod
    def parse(cls, text: str) -> SegmentKey:
        """The inverse of str()."""
        clusters, _, language = text.rpartition(".")
        return cls(() if clusters == "nothing" else tuple(clusters.split("+")), Language(language))


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The readers who get exactly the same edition: how many, and what they get."""

    key: SegmentKey
    readers: int
    activities: tuple[str, ...]

    @property
    def is_mailed(self) -> bool:
        """False when there is no activity to tell these readers about: they get no mail."""
        return bool(self.activities)


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceStats:
    """Counts over the whole audience."""

    readers: int
    by_status: tuple[tuple[str, int], ...]
    by_language: tuple[tuple[str, int], ...]
    by_cluster: tuple[tuple[str, int], ...]
    suppressions: int
