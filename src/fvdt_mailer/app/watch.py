"""How a person follows, bounds and ends a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

from fvdt_mailer.model.delivery import Delivery, Outcome
from fvdt_mailer.ports import Pace


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Told of every outcome, by whichever connection has it; `stop` ends the run politely.

    `jitter` gives numbers from 0 to 1, so that senders who were turned down together do not come
    back together.
    """

    on_outcome: Callable[[Delivery, Outcome], None]
    pace: Pace
    jitter: Callable[[], float]
    stop: Event = field(default_factory=Event)
    limit: int | None = None
    connections: int = 1
