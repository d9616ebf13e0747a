"""Counting the deliveries of an edition in several ways, in the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, exists, func, select

from fvdt_mailer.adapters.store.database import Database
from fvdt_mailer.adapters.store.tables import delivery, edition
from fvdt_mailer.model.delivery import SETTLED, Blame, State, Tally
from fvdt_mailer.model.standing import Course, Remark, Tempo

_WINDOW = timedelta(minutes=1)
_ANSWERED = (State.SENT, State.DEFERRED, State.FAILED)
_UNHAPPY = (State.DEFERRED, State.FAILED, State.IN_DOUBT)

# What is left of the @ is what remains when all other characters of the address are trimmed from
# the right: the one way to say it that SQLite and PostgreSQL share.
_LOCAL = func.rtrim(delivery.c.address, func.replace(delivery.c.address, "@", ""))
_DOMAIN = func.substr(delivery.c.address, func.length(_LOCAL) + 1)
_FIRST = func.min(delivery.c.updated_at, type_=delivery.c.updated_at.type)
_LAST = func.max(delivery.c.updated_at, type_=delivery.c.updated_at.type)
_COURSE = select(
    edition.c.content_hash,
    edition.c.program,
    edition.c.frozen_at,
    edition.c.not_before,
    edition.c.started_at,
)


class StoredSurvey:
    """What the deliveries of an edition add up to; serves Survey."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def by_segment(self, edition_id: str) -> Mapping[str, Tally]:
        """A tally for each segment, by its name."""
        tallies = self._tallies(edition_id, delivery.c.segment)
        return dict(sorted(tallies.items()))

    def by_domain(self, edition_id: str, *, most: int) -> Mapping[str, Tally]:
        """A tally for each of the domains with the most recipients, the largest first."""
        tallies = self._tallies(edition_id, _DOMAIN)
        ranked = sorted(tallies.items(), key=lambda item: (-item[1].frozen, item[0]))
        return dict(ranked[:most])

    def remarks(self, edition_id: str, *, most: int) -> tuple[Remark, ...]:
        """What servers said last of mails that did not arrive, the latest first."""
        last = _LAST.label("last")
        wanted = (
            select(
                delivery.c.reply,
                delivery.c.state,
                delivery.c.blame,
                func.count().label("times"),
                last,
            )
            .where(delivery.c.edition_id == edition_id, delivery.c.state.in_(_UNHAPPY))
            .group_by(delivery.c.reply, delivery.c.state, delivery.c.blame)
            .order_by(last.desc(), delivery.c.reply)
            .limit(most)
        )
        with self._database.reading() as connection:
            return tuple(
                Remark(
                    reply=row.reply,
                    state=State(row.state),
                    blame=Blame(row.blame),
                    times=row.times,
                    last=row.last,
                )
                for row in connection.execute(wanted)
            )

    def course(self, edition_id: str) -> Course | None:
        """What was frozen, its moments, and how fast answers came last; None if never queued."""
        with self._database.reading() as connection:
            row = connection.execute(_COURSE.where(edition.c.id == edition_id)).first()
            if row is None:
                return None
            return Course(
                content_hash=row.content_hash,
                program=row.program or "",
                frozen=row.frozen_at,
                scheduled=row.not_before,
                started=row.started_at,
                finished=_finished(connection, edition_id),
                tempo=_tempo(connection, edition_id),
            )

    def _tallies(self, edition_id: str, name: ColumnElement[str]) -> dict[str, Tally]:
        # Grouped by the label: repeated, an expression with values in it is another to PostgreSQL.
        wanted = (
            select(name.label("part"), delivery.c.state, func.count().label("number"))
            .where(delivery.c.edition_id == edition_id)
            .group_by("part", delivery.c.state)
        )
        numbers: defaultdict[str, dict[State, int]] = defaultdict(dict)
        with self._database.reading() as connection:
            for row in connection.execute(wanted):
                numbers[row.part][State(row.state)] = row.number
        return {name: _tally(counts) for name, counts in numbers.items()}


def _tally(counts: Mapping[State, int]) -> Tally:
    ordered = tuple((state, counts[state]) for state in State if state in counts)
    return Tally(frozen=sum(counts.values()), counts=ordered)


def _finished(connection: Connection, edition_id: str) -> datetime | None:
    """When the last delivery was settled; None while any is owed."""
    mine = delivery.c.edition_id == edition_id
    owed = exists().where(mine, delivery.c.state.not_in(SETTLED))
    if connection.scalar(select(owed)):
        return None
    last: datetime | None = connection.scalar(select(_LAST).where(mine))
    return last


def _tempo(connection: Connection, edition_id: str) -> Tempo | None:
    answered = (delivery.c.edition_id == edition_id, delivery.c.state.in_(_ANSWERED))
    last = connection.scalar(select(_LAST).where(*answered))
    if last is None:
        return None
    row = connection.execute(
        select(func.count().label("number"), _FIRST.label("first")).where(
            *answered, delivery.c.updated_at > last - _WINDOW
        )
    ).one()
    return Tempo(outcomes=row.number, since=row.first, until=last)
