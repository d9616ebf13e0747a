"""What the application needs from outside, in Protocols of one to four methods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from fvdt_mailer.model.address import Address
from fvdt_mailer.model.audience import AudienceStats, Entrant, Reader
from fvdt_mailer.model.campaign import AudienceRule
from fvdt_mailer.model.delivery import (
    Delivery,
    FrozenEdition,
    Outcome,
    Recipient,
    Recorded,
    State,
    Tally,
)
from fvdt_mailer.model.imported import ImportTally
from fvdt_mailer.model.message import Message


class Clock(Protocol):
    """Tells the time."""

    def __call__(self) -> datetime:
        """The present moment, aware."""


class Connection(Protocol):
    """One open line to whatever takes the mail."""

    def deliver(self, message: Message) -> Outcome:
        """Hand over one message; TransportDown when nothing more can be handed over.

        Returns SENT, DEFERRED, FAILED, or IN_DOUBT when the server may have taken it.
        """


class Transport(Protocol):
    """Opens connections."""

    def connect(self) -> AbstractContextManager[Connection]:
        """A connection ready for messages; TransportDown says what to do when there is none."""


class Ledger(Protocol):
    """The durable truth about deliveries."""

    def enter(self, edition: FrozenEdition, recipients: Iterable[Recipient]) -> int:
        """Freeze an edition with its recipients in one transaction.

        Returns how many rows were added: 0 when this edition was entered before.
        """

    def claim(self, edition_id: str, *, limit: int, now: datetime) -> tuple[Delivery, ...]:
        """Take up to `limit` due deliveries; the suppressed are marked so and left out."""

    def record(
        self, edition_id: str, *, outcomes: Sequence[Recorded], finalizing: Sequence[int]
    ) -> None:
        """Write outcomes, and the reader ids about to be finalized, in one durable commit."""

    def recover(self, edition_id: str) -> int:
        """After a stop: claimed goes back to queued; finalizing becomes in_doubt: how many."""


class Accounts(Protocol):
    """Reading the ledger."""

    def frozen(self, edition_id: str) -> FrozenEdition | None:
        """The edition as it was frozen, or None when it was never queued."""

    def editions(self) -> tuple[str, ...]:
        """The ids of all queued editions, by the moment they were frozen."""

    def tally(self, edition_id: str) -> Tally:
        """How many deliveries stand in each state."""

    def deliveries(self, edition_id: str, states: Sequence[State]) -> Iterator[Delivery]:
        """The deliveries in these states, by address."""


class Settlement(Protocol):
    """Deciding what became of deliveries in doubt."""

    def resolve(self, edition_id: str, *, to: State) -> int:
        """Settle every in_doubt delivery as SENT, or put it back as QUEUED; how many there were."""


class SendLock(Protocol):
    """Keeps a campaign to one sender."""

    def hold(self, edition_id: str) -> AbstractContextManager[None]:
        """Hold the campaign while the block runs; SenderBusy when another sender does."""


class Audience(Protocol):
    """The readers."""

    def readers(self, rule: AudienceRule) -> Iterator[Reader]:
        """Every active, unsuppressed reader the rule admits, by id, streamed."""

    def merge(self, entrants: Iterable[Entrant], *, dry_run: bool) -> ImportTally:
        """Add and update readers in one transaction; never touches status or consent of the known.

        With `dry_run` nothing is written. Suppressed addresses are counted and left alone.
        """

    def everyone(self) -> Iterator[Reader]:
        """All readers of whatever status, by address, streamed."""

    def stats(self) -> AudienceStats:
        """Counts over the whole audience."""


class Membership(Protocol):
    """Changes to one reader."""

    def suppress(self, address: Address, reason: str) -> None:
        """Never mail this address again; a second call changes nothing."""


class Secrets(Protocol):
    """Keys that outlive a run."""

    def secret(self, name: str) -> bytes:
        """The 32 bytes kept under `name`, made once from the system's randomness."""
