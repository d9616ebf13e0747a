"""Reading the ledger, and settling what is in doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pydantic import ValidationError
from sqlalchemy import Connection, func, select, update

from fvdt_mailer.adapters.store.database import Database
from fvdt_mailer.adapters.store.rows import DELIVERY_COLUMNS, delivery_of
from fvdt_mailer.adapters.store.tables import (
    delivery,
    edition,
    rendition,
    rendition_activity,
    rendition_attachment,
)
from fvdt_mailer.errors import StoreFailed
from fvdt_mailer.model.audience import SegmentKey
from fvdt_mailer.model.delivery import Blame, Delivery, FrozenEdition, State, Tally
from fvdt_mailer.model.project import Project
from fvdt_mailer.model.rendition import Attachment, Rendition
from fvdt_mailer.ports import Clock

_AT_ONCE = 1000


class StoredAccounts:
    """What the ledger in the store holds; serves Accounts and Settlement."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def frozen(self, edition_id: str) -> FrozenEdition | None:
        """The edition as it was frozen, or None when it was never queued."""
        with self._database.reading() as connection:
            row = connection.execute(select(edition).where(edition.c.id == edition_id)).first()
            if row is None:
                return None
            return FrozenEdition(
                id=edition_id,
                frozen_at=row.frozen_at,
                content_hash=row.content_hash,
                project=_project(edition_id, row.project),
                renditions=_renditions(connection, edition_id),
                not_before=row.not_before,
                program=row.program or "",
            )

    def editions(self) -> tuple[str, ...]:
        """The ids of all queued editions, by the moment they were frozen."""
        with self._database.reading() as connection:
            ids = connection.scalars(
                select(edition.c.id).order_by(edition.c.frozen_at, edition.c.id)
            )
            return tuple(ids)

    def tally(self, edition_id: str) -> Tally:
        """How many deliveries stand in each state, beside the number counted at the freeze."""
        with self._database.reading() as connection:
            frozen = connection.scalar(
                select(edition.c.recipients).where(edition.c.id == edition_id)
            )
            rows = connection.execute(
                select(delivery.c.state, func.count().label("number"))
                .where(delivery.c.edition_id == edition_id)
                .group_by(delivery.c.state)
            )
            numbers: dict[str, int] = {row.state: row.number for row in rows}
        counts = tuple((state, numbers[state]) for state in State if state in numbers)
        return Tally(frozen=frozen or 0, counts=counts)

    def deliveries(self, edition_id: str, states: Sequence[State]) -> Iterator[Delivery]:
        """The deliveries in these states, by address, streamed."""
        wanted = (
            select(*DELIVERY_COLUMNS)
            .where(delivery.c.edition_id == edition_id, delivery.c.state.in_(states))
            .order_by(delivery.c.address, delivery.c.reader_id)
        )
        with self._database.reading() as connection:
            for row in connection.execution_options(yield_per=_AT_ONCE).execute(wanted):
                yield delivery_of(tuple(row))

    def resolve(self, edition_id: str, *, to: State) -> int:
        """Settle every in_doubt delivery as SENT, or put it back as QUEUED; how many there were."""
        if to not in {State.SENT, State.QUEUED}:
            raise ValueError(f"what is in doubt is settled as sent or queued, not {to}")
        is_sent = to is State.SENT
        with self._database.writing() as connection:
            return connection.execute(
                update(delivery)
                .where(delivery.c.edition_id == edition_id, delivery.c.state == State.IN_DOUBT)
                .values(
                    state=to,
                    blame=Blame.NONE if is_sent else None,
                    reply="assumed sent; its fate was in doubt" if is_sent else "",
                    updated_at=self._clock(),
                )
            ).rowcount


def _project(edition_id: str, text: str) -> Project:
    try:
        return Project.model_validate_json(text)
    except ValidationError as error:
        raise StoreFailed(
            f"{edition_id}: was queued by another version of fvdt-mailer, whose settings this one "
            "cannot read; finish it with that version"
        ) from error


def _renditions(connection: Connection, edition_id: str) -> tuple[Rendition, ...]:
    activities = _activities(connection, edition_id)
    attachments = _attachments(connection, edition_id)
    rows = connection.execute(
        select(rendition).where(rendition.c.edition_id == edition_id).order_by(rendition.c.position)
    )
    return tuple(
        Rendition(
            key=SegmentKey.parse(row.segment),
            subject=row.subject,
            preheader=row.preheader,
            html=row.html,
            text=row.text,
            activities=tuple(activities.get(row.segment, ())),
            attachments=tuple(attachments.get(row.segment, ())),
        )
        for row in rows
    )


def _activities(connection: Connection, edition_id: str) -> Mapping[str, Sequence[str]]:
    """The activities of each segment, in the order they are told."""
    told: dict[str, list[str]] = defaultdict(list)
    rows = connection.execute(
        select(rendition_activity.c.segment, rendition_activity.c.activity)
        .where(rendition_activity.c.edition_id == edition_id)
        .order_by(rendition_activity.c.segment, rendition_activity.c.position)
    )
    for row in rows:
        told[row.segment].append(row.activity)
    return told


def _attachments(connection: Connection, edition_id: str) -> Mapping[str, Sequence[Attachment]]:
    """The attachments of each segment, in their order."""
    carried: dict[str, list[Attachment]] = defaultdict(list)
    rows = connection.execute(
        select(rendition_attachment)
        .where(rendition_attachment.c.edition_id == edition_id)
        .order_by(rendition_attachment.c.segment, rendition_attachment.c.position)
    )
    for row in rows:
        carried[row.segment].append(
            Attachment(filename=row.filename, media_type=row.media_type, content=row.content)
        )
    return carried
