"""Group readers who will read exactly the same edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from functools import cache

from fvdt_mailer.model.audience import Reader, Segment, SegmentKey
from fvdt_mailer.model.edition import Edition
from fvdt_mailer.model.language import Language


def segment_of(edition: Edition, reader: Reader) -> SegmentKey:
    """What this reader gets."""
    return key_for(edition, reader.clusters, reader.language)


def segmenter(edition: Edition) -> Callable[[Reader], SegmentKey]:
    """What `segment_of` says for this edition, worked out once for readers who follow the same."""

    @cache
    def key(followed: frozenset[str], language: Language) -> SegmentKey:
        return key_for(edition, followed, language)

    return lambda reader: key(reader.clusters, reader.language)


def key_for(edition: Edition, followed: Collection[str], language: Language) -> SegmentKey:
    """The followed clusters that tell something; all of them when none is followed."""
    telling = edition.telling
    clusters = tuple(c for c in telling if c in followed) if followed else telling
    return SegmentKey(clusters, language)


def segment(edition: Edition, readers: Iterable[Reader]) -> tuple[Segment, ...]:
    """The segments of these readers, in campaign order; together they are all the readers."""
    counts = Counter(map(segmenter(edition), readers))
    return tuple(
        Segment(key=key, readers=counts[key], activities=_activities(edition, key))
        for key in sorted(counts, key=lambda key: _position(edition, key))
    )


def sample_keys(edition: Edition) -> tuple[SegmentKey, ...]:
    """What an audience nobody has joined could read: all clusters together, and each alone."""
    language = edition.project.language
    together = edition.telling
    alone = tuple((cluster,) for cluster in together if len(together) > 1)
    keys = (SegmentKey(clusters, language) for clusters in (together, *alone))
    return tuple(key for key in keys if _activities(edition, key))


def _activities(edition: Edition, key: SegmentKey) -> tuple[str, ...]:
    return tuple(e.activity.id for s in edition.sections(key.clusters) for e in s.entries)


def _position(edition: Edition, key: SegmentKey) -> tuple[int, list[int], str]:
    places = [edition.clusters.index(cluster) for cluster in key.clusters]
    return (-len(places), places, key.language)
