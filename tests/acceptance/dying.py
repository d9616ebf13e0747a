"""Run the command line, and die at a named point of it, as if the plug were pulled.

    python dying.py POINT:WHEN:COUNT ARGUMENT ...

POINT is one of POINTS, WHEN is before or after, COUNT the how-manieth time it is passed.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections.abc import Callable
from functools import wraps
from threading import Lock

# Where each name stands: what is looked up at run time, so that all callers pass it.
POINTS = {
    "claim": "fvdt_mailer.adapters.store.ledger:StoredLedger.claim",
    "record": "fvdt_mailer.adapters.store.ledger:StoredLedger.record",
    "recover": "fvdt_mailer.adapters.store.ledger:StoredLedger.recover",
    "mark-claimed": "fvdt_mailer.adapters.store.claiming:_mark_claimed",
    "outcome-row": "fvdt_mailer.adapters.store.ledger:_outcome_row",
    "commit": "sqlalchemy.engine.base:RootTransaction.commit",
    "group-commit": "fvdt_mailer.app.book:Book._write",
    "book": "fvdt_mailer.app.book:Book.record",
    "feed": "fvdt_mailer.app.feed:Feed.next",
    "batch": "fvdt_mailer.app.feed:Feed._batch",
    "compose": "fvdt_mailer.app.deliver:compose",
    "moulds": "fvdt_mailer.app.deliver:_moulds",
    "settled": "fvdt_mailer.app.deliver:_settled",
    "beat": "fvdt_mailer.adapters.smtp.transport:SmtpConnection.beat",
    "envelope": "fvdt_mailer.adapters.smtp.beat:envelope",
    "answers": "fvdt_mailer.adapters.smtp.beat:answers",
    "finish": "fvdt_mailer.adapters.smtp.beat:finish",
    "wire-form": "fvdt_mailer.adapters.smtp.transaction:wire_form",
    "write": "fvdt_mailer.adapters.smtp.wire:Wire.write",
    "read-reply": "fvdt_mailer.adapters.smtp.transaction:read_reply",
    "read-line": "fvdt_mailer.adapters.smtp.wire:Wire.read_line",
    "dial": "fvdt_mailer.adapters.smtp.transport:dial",
    "hang-up": "fvdt_mailer.adapters.smtp.transport:SmtpConnection.close",
    "frozen": "fvdt_mailer.adapters.store.accounts:StoredAccounts.frozen",
    "threads": "fvdt_mailer.adapters.threads:Threads.work",
}


def arm(point: str, when: str, count: int) -> None:
    """The process dies at that point, before or after it, the how-manieth time."""
    module, _, path = POINTS[point].partition(":")
    *owners, name = path.split(".")
    owner: object = importlib.import_module(module)
    for one in owners:
        owner = getattr(owner, one)
    setattr(owner, name, deadly(getattr(owner, name), when, count))


def deadly(function: Callable[..., object], when: str, count: int) -> Callable[..., object]:
    lock, passed = Lock(), [0]

    def die() -> None:
        with lock:
            passed[0] += 1
            if passed[0] == count:
                os.kill(os.getpid(), signal.SIGKILL)

    @wraps(function)
    def run(*arguments: object, **named: object) -> object:
        if when == "before":
            die()
        result = function(*arguments, **named)
        if when == "after":
            die()
        return result

    return run


if __name__ == "__main__":
    where, *rest = sys.argv[1:]
    if where != "never":
        named, moment, times = where.split(":")
        arm(named, moment, int(times))
    from fvdt_mailer.cli.main import main

    main(rest)
