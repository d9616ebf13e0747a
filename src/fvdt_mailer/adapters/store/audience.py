"""The readers, in the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from sqlalchemy import Column, ColumnElement, Connection, Select, exists, func, or_, select

from fvdt_mailer.adapters.store.database import Database
from fvdt_mailer.adapters.store.merging import merged
from fvdt_mailer.adapters.store.rows import READER_COLUMNS, reader_maker, split
from fvdt_mailer.adapters.store.tables import delivery, reader, rendition_activity, suppression
from fvdt_mailer.model.audience import AudienceStats, Entrant, Reader, ReaderStatus
from fvdt_mailer.model.campaign import AudienceRule
from fvdt_mailer.model.delivery import State
from fvdt_mailer.model.imported import ImportTally
from fvdt_mailer.ports import Clock

_AT_ONCE = 1000


class StoredAudience:
    """All who may receive, in the store."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def readers(self, rule: AudienceRule) -> Iterator[Reader]:
        """Every active, unsuppressed reader the rule admits, by id, streamed.

        A cluster admits its followers and those who follow no cluster: they get all.
        """
        return self._streamed(*_admitted(rule), by=reader.c.id)

    def merge(self, entrants: Iterable[Entrant], *, dry_run: bool) -> ImportTally:
        """Add and update readers in one transaction; what the entrants raise leaves nothing.

        What an entrant leaves empty stays as it is known. Status and consent of the known are
        never touched; the suppressed and the unsubscribed are counted and left alone. With
        `dry_run` the same work is done and taken back, so that its counts are the true ones.
        """
        with self._database.writing() as connection:
            tally = merged(connection, entrants, now=self._clock())
            if dry_run:
                connection.rollback()
            return tally

    def everyone(self) -> Iterator[Reader]:
        """All readers of whatever status, by address without regard to case, streamed."""
        return self._streamed(by=reader.c.address_key)

    def stats(self) -> AudienceStats:
        """Counts over the whole audience; cluster "" counts those who follow none, so get all."""
        with self._database.reading() as connection:
            followers: Counter[str] = Counter()
            for clusters, number in _numbers(connection, reader.c.clusters):
                followers.update(dict.fromkeys(split(clusters) or {""}, number))
            by_status = _numbers(connection, reader.c.status)
            return AudienceStats(
                readers=sum(number for _, number in by_status),
                by_status=by_status,
                by_language=_numbers(connection, reader.c.language),
                by_cluster=tuple(sorted(followers.items())),
                suppressions=connection.scalar(select(func.count()).select_from(suppression)) or 0,
            )

    def _streamed(
        self, *conditions: ColumnElement[bool], by: Column[int] | Column[str]
    ) -> Iterator[Reader]:
        query = select(*READER_COLUMNS).where(*conditions).order_by(by)
        reader_of = reader_maker()
        with self._database.reading() as connection:
            for row in connection.execution_options(yield_per=_AT_ONCE).execute(query):
                yield reader_of(tuple(row))


def _admitted(rule: AudienceRule) -> Iterator[ColumnElement[bool]]:
    yield reader.c.status == ReaderStatus.ACTIVE
    yield ~exists().where(suppression.c.address_key == reader.c.address_key)
    if rule.clusters:
        follows = (_holds(reader.c.clusters, cluster) for cluster in rule.clusters)
        yield or_(reader.c.clusters == "", *follows)
    if rule.languages:
        yield reader.c.language.in_(rule.languages)
    if rule.tags:
        yield or_(*(_holds(reader.c.tags, tag) for tag in rule.tags))
    if rule.received:
        yield reader.c.id.in_(_told(rule.received))


def _holds(words: Column[str], word: str) -> ColumnElement[bool]:
    """True when the word is in `|a|b|`."""
    # Of what both databases offer, only replace() minds case and knows no wildcards.
    return func.replace(words, f"|{word}|", "") != words


def _told(activity: str) -> Select[int]:
    """The readers who were told of this activity, or may have been."""
    return (
        select(delivery.c.reader_id)
        .join(
            rendition_activity,
            (rendition_activity.c.edition_id == delivery.c.edition_id)
            & (rendition_activity.c.segment == delivery.c.segment),
        )
        .where(
            rendition_activity.c.activity == activity,
            delivery.c.state.in_([State.SENT, State.IN_DOUBT]),
        )
    )


def _numbers(connection: Connection, column: Column[str]) -> tuple[tuple[str, int], ...]:
    rows = connection.execute(
        select(column.label("word"), func.count().label("number")).group_by(column).order_by(column)
    )
    return tuple((row.word, row.number) for row in rows)
