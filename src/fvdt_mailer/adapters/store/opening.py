"""The whole store, opened for one run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fvdt_mailer.adapters.store.accounts import StoredAccounts
from fvdt_mailer.adapters.store.agenda import StoredAgenda
from fvdt_mailer.adapters.store.approvals import StoredApprovals
from fvdt_mailer.adapters.store.audience import StoredAudience
from fvdt_mailer.adapters.store.database import PATIENCE, open_database
from fvdt_mailer.adapters.store.leases import StoredLeases
from fvdt_mailer.adapters.store.ledger import StoredLedger
from fvdt_mailer.adapters.store.membership import StoredMembership
from fvdt_mailer.adapters.store.schedule import StoredSchedule
from fvdt_mailer.adapters.store.secrets import StoredSecrets
from fvdt_mailer.adapters.store.survey import StoredSurvey
from fvdt_mailer.ports import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """What the store serves; use from any thread."""

    ledger: StoredLedger
    accounts: StoredAccounts
    leases: StoredLeases
    schedule: StoredSchedule
    survey: StoredSurvey
    approvals: StoredApprovals
    agenda: StoredAgenda
    audience: StoredAudience
    membership: StoredMembership
    secrets: StoredSecrets


@contextmanager
def open_store(place: str | Path, *, clock: Clock, patience: float = PATIENCE) -> Iterator[Store]:
    """The store at a file or a URL, made or brought up to date if need be, closed afterwards.

    `patience` is how many seconds to wait for another process that writes.
    """
    with open_database(place, patience=patience) as database:
        yield Store(
            ledger=StoredLedger(database, clock=clock),
            accounts=StoredAccounts(database, clock=clock),
            leases=StoredLeases(database, clock=clock),
            schedule=StoredSchedule(database, clock=clock),
            survey=StoredSurvey(database),
            approvals=StoredApprovals(database),
            agenda=StoredAgenda(database),
            audience=StoredAudience(database, clock=clock),
            membership=StoredMembership(database, clock=clock),
            secrets=StoredSecrets(database, clock=clock),
        )
