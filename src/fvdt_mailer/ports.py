"""What the application needs from outside, in Protocols of one to four methods."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from fvdt_mailer.errors import Problem
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.approval import Approval
from fvdt_mailer.model.audience import AudienceStats, Entrant, Reader
from fvdt_mailer.model.campaign import AudienceRule
from fvdt_mailer.model.delivery import (
    Beat,
    Delivery,
    FrozenEdition,
    Outcome,
    Recipient,
    Recorded,
    State,
    Tally,
)
from fvdt_mailer.model.event import EventVersion
from fvdt_mailer.model.imported import ImportTally
from fvdt_mailer.model.lease import Lease
from fvdt_mailer.model.message import Message
from fvdt_mailer.model.project import Project
from fvdt_mailer.model.standing import Course, Remark
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.message.dkim import SigningKey


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

    def beat(self, finishing: Message | None, opening: Message | None) -> Beat:
        """Hand over the content of the message the last beat opened, and open the next one.

        TransportDown only when there was nothing to finish, and `opening` was not begun.
        """


class Transport(Protocol):
    """Opens connections."""

    def connect(self) -> AbstractContextManager[Connection]:
        """A connection ready for messages; TransportDown says what to do when there is none."""


class Crew(Protocol):
    """Hands that work at the same time."""

    def work(self, job: Callable[[], None], *, times: int) -> None:
        """Do the job so many times side by side; the first error is raised when all have ended."""


class Pace(Protocol):
    """Keeps to a rate, over all connections."""

    def admit(self, *, is_patient: bool) -> bool:
        """True when a mail may leave, after waiting for it; False when impatient, or stopped."""

    def within_a_second(self, most: int) -> int:
        """How many mails may leave in one second, from 1 to `most`."""


class Ledger(Protocol):
    """The durable truth about deliveries.

    A sender writes under the fence of its hold on the edition: SenderBusy, and nothing is
    written, once another sender holds it.
    """

    def enter(self, edition: FrozenEdition, recipients: Iterable[Recipient]) -> int:
        """Freeze an edition with its recipients in one transaction.

        Returns how many rows were added: 0 when this edition was entered before.
        """

    def claim(
        self, edition_id: str, *, limit: int, now: datetime, fence: int
    ) -> tuple[Delivery, ...]:
        """Take up to `limit` due deliveries; the suppressed are marked so and left out."""

    def record(
        self,
        edition_id: str,
        *,
        outcomes: Sequence[Recorded],
        finalizing: Sequence[int],
        fence: int,
    ) -> None:
        """Write outcomes, and the reader ids about to be finalized, in one durable commit."""

    def recover(self, edition_id: str, *, fence: int) -> int:
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


class Agenda(Protocol):
    """What readers were told of each activity last."""

    def versions(self) -> Mapping[str, EventVersion]:
        """The last version of every activity that was ever told, by its id."""

    def publish(self, versions: Iterable[EventVersion]) -> None:
        """Keep these as told; an earlier version never replaces a later one."""


class SendLock(Protocol):
    """Keeps a campaign to one sender."""

    def hold(self, edition_id: str) -> AbstractContextManager[int]:
        """Hold the campaign while the block runs, under the fence it gives the block.

        SenderBusy when another sender does.
        """


class Leases(Protocol):
    """Who is sending an edition, on whichever machine."""

    def acquire(self, edition_id: str, *, holder: str, place: str) -> int:
        """Hold an edition for a while under a new fence; SenderBusy while another holds it.

        A holder at the same place is no other: it has died.
        """

    def release(self, edition_id: str, *, fence: int) -> None:
        """Nobody holds it any more, unless another took it over."""

    def lease(self, edition_id: str) -> Lease | None:
        """The last hold on it; None when it was let go, or never held."""


class Schedule(Protocol):
    """When editions are due."""

    def owing(self) -> Mapping[str, datetime]:
        """Each edition that owes a mail, with the first moment at which one may leave."""

    def move(self, edition_id: str, *, to: datetime, fence: int) -> bool:
        """Nothing of it leaves before that moment; False, and as it was, once it has begun."""

    def withdraw(self, edition_id: str, *, fence: int) -> bool:
        """It is as if it was never frozen; False, and as it was, once it has begun."""


class Survey(Protocol):
    """What the deliveries of an edition add up to."""

    def by_segment(self, edition_id: str) -> Mapping[str, Tally]:
        """A tally for each segment, by its name."""

    def by_domain(self, edition_id: str, *, most: int) -> Mapping[str, Tally]:
        """A tally for each of the domains with the most recipients, the largest first."""

    def remarks(self, edition_id: str, *, most: int) -> tuple[Remark, ...]:
        """What servers said last of mails that did not arrive, the latest first."""

    def course(self, edition_id: str) -> Course | None:
        """What was frozen, its moments, and how fast answers came last; None if never queued."""


class Approvals(Protocol):
    """Who approved what: a log that only grows."""

    def add(self, approved: Approval) -> bool:
        """Keep it; False, and as it was, when this person approved this content before."""

    def of(self, campaign_id: str) -> tuple[Approval, ...]:
        """Every approval of a campaign, whatever it said then, the oldest first."""


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


class Signing(Protocol):
    """The keys that mails are signed with."""

    def keys(self, project: Project) -> tuple[SigningKey, ...]:
        """The keys these settings name, none where mails are not signed here; NotReady if unfit."""


class Secrets(Protocol):
    """Keys that outlive a run."""

    def secret(self, name: str) -> bytes:
        """The 32 bytes kept under `name`, made once from the system's randomness."""


class Inspector(Protocol):
    """Looks at mails with a program from outside."""

    @property
    def name(self) -> str:
        """What it looks with, as progress is told: `Chromium`, `SpamAssassin`, `the web`."""

    def inspect(self, case: Case) -> Iterator[Problem]:
        """What it finds in the mails of a case; NotReady when its program fails."""
