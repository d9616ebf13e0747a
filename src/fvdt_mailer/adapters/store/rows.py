"""Between rows of the store and the nouns of the model."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from typing import TypeAlias

from fvdt_mailer.adapters.store.tables import delivery, reader
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.audience import Reader, ReaderStatus, SegmentKey
from fvdt_mailer.model.delivery import Blame, Delivery, Outcome, Recipient, State
from fvdt_mailer.model.language import Language

DeliveryRow: TypeAlias = tuple[str, int, str, str, str, str, int, datetime | None, str | None, str]
ReaderRow: TypeAlias = tuple[int, str, str, str, str, str, str, str, str, str]

DELIVERY_COLUMNS = (
    delivery.c.edition_id,
    delivery.c.reader_id,
    delivery.c.address,
    delivery.c.name,
    delivery.c.segment,
    delivery.c.state,
    delivery.c.attempts,
    delivery.c.next_try,
    delivery.c.blame,
    delivery.c.reply,
)
READER_COLUMNS = (
    reader.c.id,
    reader.c.address,
    reader.c.language,
    reader.c.name,
    reader.c.organisation,
    reader.c.clusters,
    reader.c.tags,
    reader.c.status,
    reader.c.consent_source,
    reader.c.consent_at,
)
_WAITING = frozenset({State.QUEUED, State.CLAIMED, State.FINALIZING})


def delivery_of(row: DeliveryRow) -> Delivery:
    """The delivery a row of DELIVERY_COLUMNS holds."""
    edition_id, reader_id, address, name, segment, state, attempts, next_try, blame, reply = row
    return Delivery(
        edition_id=edition_id,
        recipient=Recipient(
            reader_id=reader_id,
            address=address_of(address),
            name=name,
            segment=SegmentKey.parse(segment),
        ),
        state=State(state),
        attempts=attempts,
        next_try=next_try,
        outcome=_outcome(State(state), blame, reply),
    )


def reader_maker() -> Callable[[ReaderRow], Reader]:
    """A function from a row of READER_COLUMNS to its reader, that knows the word sets it met."""
    words = lru_cache(maxsize=4096)(split)
    languages = {language.value: language for language in Language}
    statuses = {status.value: status for status in ReaderStatus}

    def reader_of(row: ReaderRow) -> Reader:
        reader_id, address, language, name, organisation, clusters, tags, status, source, at = row
        return Reader(
            id=reader_id,
            address=address_of(address),
            language=languages[language],
            name=name,
            organisation=organisation,
            clusters=words(clusters),
            tags=words(tags),
            status=statuses[status],
            consent_source=source,
            consent_at=at,
        )

    return reader_of


def address_of(text: str) -> Address:
    """The address whose text was stored; what was parsed once is not parsed again."""
    local, _, domain = text.rpartition("@")
    return Address(local, domain)


def joined(words: Iterable[str]) -> str:
    """The words as one text, `|a|b|`, the same for every order of them."""
    return "".join(f"|{word}" for word in sorted(words)) + "|" if words else ""


def split(text: str) -> frozenset[str]:
    """The inverse of `joined`."""
    return frozenset(word for word in text.split("|") if word)


def _outcome(state: State, blame: str | None, reply: str) -> Outcome | None:
    """What the last attempt led to: a delivery that waits again was deferred before."""
    if blame is None:
        return None
    led_to = State.DEFERRED if state in _WAITING else state
    return Outcome(state=led_to, blame=Blame(blame), reply=reply)
