"""A store on disk with an audience and a frozen edition, for the contract tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fvdt_mailer.adapters.store.opening import Store, open_store
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.audience import Entrant, SegmentKey
from fvdt_mailer.model.campaign import AudienceRule
from fvdt_mailer.model.delivery import (
    Blame,
    Delivery,
    FrozenEdition,
    Outcome,
    Recipient,
    Recorded,
    State,
)
from fvdt_mailer.model.language import Language
from fvdt_mailer.model.rendition import Attachment, Rendition
from world import PROJECT

NOW = datetime(2013, 6, 1, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
EDITION = "2013-06"
FENCE = 1
VOEDING = SegmentKey(("voeding",), Language.NL)
ALL = SegmentKey(("blue-energy", "voeding"), Language.FR)
ATTACHED = (
    Attachment(filename="zee.ics", media_type="text/calendar; charset=utf-8", content=b"BEGIN\r\n"),
    Attachment(filename="a.bin", media_type="application/octet-stream", content=bytes(range(256))),
)


def clock() -> datetime:
    """A moment that stands still."""
    return NOW


@contextmanager
def opened(folder: Path, *, patience: float = 10.0) -> Iterator[Store]:
    """The store of a project folder."""
    with open_store(folder / ".mailer" / "mailer.db", clock=clock, patience=patience) as store:
        yield store


@contextmanager
def at_moments(folder: Path) -> Iterator[Callable[[datetime], Store]]:
    """The store of a project folder, as machines see it whose clocks stand at given moments."""
    with ExitStack() as stack:

        def at(moment: datetime) -> Store:
            place = folder / ".mailer" / "mailer.db"
            return stack.enter_context(open_store(place, clock=lambda: moment))

        yield at


def entrant(
    local: str,
    *,
    name: str | None = None,
    organisation: str = "",
    language: Language = Language.NL,
    clusters: frozenset[str] = frozenset(),
    tags: frozenset[str] = frozenset(),
    consent_source: str = "",
    consent_at: str = "",
) -> Entrant:
    """Someone at example.org."""
    return Entrant(
        address=Address.parse(f"{local}@example.org"),
        language=language,
        name=local.title() if name is None else name,
        organisation=organisation,
        clusters=clusters,
        tags=tags,
        consent_source=consent_source,
        consent_at=consent_at,
    )


def edition(edition_id: str = EDITION) -> FrozenEdition:
    """An edition with two segments; both tell of the certificates, one of the sea too.

    The second carries two files.
    """
    return FrozenEdition(
        id=edition_id,
        frozen_at=NOW,
        content_hash="sha256:abc",
        project=PROJECT,
        renditions=(
            _rendition(VOEDING, "certificaten"),
            replace(_rendition(ALL, "zee", "certificaten"), attachments=ATTACHED),
        ),
    )


def _rendition(key: SegmentKey, *activities: str) -> Rendition:
    return Rendition(
        key=key,
        subject=f"Juni ‘{key}’",
        preheader="Eerst",
        html="<p>Één</p>",
        text="Één",
        activities=activities,
    )


def queue(store: Store, *names: str, edition_id: str = EDITION) -> dict[str, int]:
    """Queue an edition for these readers, and hold it as its first sender; their ids by name."""
    store.audience.merge([entrant(name) for name in names], dry_run=False)
    readers = tuple(store.audience.readers(AudienceRule()))
    store.ledger.enter(
        edition(edition_id),
        [
            Recipient(reader_id=r.id, address=r.address, name=r.name, segment=VOEDING)
            for r in readers
        ],
    )
    if store.leases.lease(edition_id) is None:
        assert hold(store, edition_id) == FENCE
    return {reader.address.local: reader.id for reader in readers}


def hold(store: Store, edition_id: str = EDITION, *, place: str = "here") -> int:
    """Hold an edition as a sender at this place; the fence."""
    return store.leases.acquire(edition_id, holder=f"a sender {place}", place=place)


def sent(reader_id: int) -> Recorded:
    """The server took it."""
    return Recorded(reader_id=reader_id, outcome=Outcome(state=State.SENT, reply="250 2.0.0 ok"))


def failed(reader_id: int) -> Recorded:
    """The server knows no such reader."""
    outcome = Outcome(state=State.FAILED, blame=Blame.RECIPIENT, reply="550 5.1.1 no such user")
    return Recorded(reader_id=reader_id, outcome=outcome)


def deferred(reader_id: int, *, until: datetime) -> Recorded:
    """The server asks to come back."""
    outcome = Outcome(state=State.DEFERRED, blame=Blame.RECIPIENT, reply="450 4.2.0 greylisted")
    return Recorded(reader_id=reader_id, outcome=outcome, next_try=until)


def claim(
    store: Store, *, limit: int = 100, now: datetime = NOW, fence: int = FENCE
) -> tuple[Delivery, ...]:
    """Claim from the June edition."""
    return store.ledger.claim(EDITION, limit=limit, now=now, fence=fence)


def record(
    store: Store, *outcomes: Recorded, finalizing: Sequence[int] = (), fence: int = FENCE
) -> None:
    """Record in the June edition."""
    store.ledger.record(EDITION, outcomes=outcomes, finalizing=finalizing, fence=fence)


def recover(store: Store, *, fence: int = FENCE) -> int:
    """Recover the June edition."""
    return store.ledger.recover(EDITION, fence=fence)


def states(store: Store) -> dict[str, State]:
    """The state of each delivery of the June edition, by the name of its reader."""
    deliveries = store.accounts.deliveries(EDITION, tuple(State))
    return {one.recipient.address.local: one.state for one in deliveries}
