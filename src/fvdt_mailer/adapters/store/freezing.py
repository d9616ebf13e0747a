"""Writing an edition as it stands at the freeze."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from sqlalchemy import Connection, insert, select, update

from fvdt_mailer.adapters.store.tables import (
    delivery,
    edition,
    rendition,
    rendition_activity,
    rendition_attachment,
)
from fvdt_mailer.model.delivery import FrozenEdition, Recipient, State
from fvdt_mailer.model.rendition import Rendition

_BATCH = 1000


def is_frozen(connection: Connection, edition_id: str) -> bool:
    """True when this edition was entered before."""
    return connection.scalar(select(edition.c.id).where(edition.c.id == edition_id)) is not None


def insert_edition(connection: Connection, frozen: FrozenEdition) -> None:
    """Write the edition and its renditions."""
    connection.execute(
        insert(edition).values(
            id=frozen.id,
            frozen_at=frozen.frozen_at,
            content_hash=frozen.content_hash,
            project=frozen.project.model_dump_json(by_alias=True),
            recipients=0,
            not_before=frozen.not_before,
            program=frozen.program,
        )
    )
    for position, one in enumerate(frozen.renditions):
        _insert_rendition(connection, frozen.id, one, position=position)


def insert_deliveries(
    connection: Connection, frozen: FrozenEdition, recipients: Iterable[Recipient]
) -> int:
    """Queue every recipient, streamed; how many there were is kept with the edition."""
    entered = 0
    for batch in _batches(recipients):
        connection.execute(insert(delivery), [_queued(frozen, one) for one in batch])
        entered += len(batch)
    connection.execute(update(edition).where(edition.c.id == frozen.id).values(recipients=entered))
    return entered


def _insert_rendition(
    connection: Connection, edition_id: str, one: Rendition, *, position: int
) -> None:
    place = {"edition_id": edition_id, "segment": str(one.key)}
    connection.execute(
        insert(rendition).values(
            **place,
            position=position,
            subject=one.subject,
            preheader=one.preheader,
            html=one.html,
            text=one.text,
        )
    )
    for rank, activity in enumerate(one.activities):
        connection.execute(
            insert(rendition_activity).values(**place, activity=activity, position=rank)
        )
    _insert_attachments(connection, place, one)


def _insert_attachments(connection: Connection, place: Mapping[str, str], one: Rendition) -> None:
    for rank, attachment in enumerate(one.attachments):
        connection.execute(
            insert(rendition_attachment).values(
                **place,
                position=rank,
                filename=attachment.filename,
                media_type=attachment.media_type,
                content=attachment.content,
            )
        )


def _queued(frozen: FrozenEdition, recipient: Recipient) -> dict[str, object]:
    return {
        "edition_id": frozen.id,
        "reader_id": recipient.reader_id,
        "address": str(recipient.address),
        "name": recipient.name,
        "segment": str(recipient.segment),
        "state": State.QUEUED,
        "attempts": 0,
        "reply": "",
        "updated_at": frozen.frozen_at,
    }


def _batches(recipients: Iterable[Recipient]) -> Iterator[list[Recipient]]:
    remaining = iter(recipients)
    while batch := list(islice(remaining, _BATCH)):
        yield batch
