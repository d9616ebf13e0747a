"""When the server turns us down for reasons of ours: slower first, and then not at all."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from fvdt_mailer.errors import TransportDown
from fvdt_mailer.model.delivery import Blame, Outcome

_OUT = 5
_FIRST_REST = 1.0


class Strikes:
    """Counts refusals that blame us, in a row, over all connections.

    What was under way at the same moment counts once: a server that restarts is one strike,
    however many connections it drops.
    """

    def __init__(self, *, rest: Callable[[float], object], jitter: Callable[[], float]) -> None:
        self._rest = rest
        self._jitter = jitter
        self._lock = Lock()
        self._count = 0
        self.round = 0
        self.verdict: TransportDown | None = None

    @property
    def is_calm(self) -> bool:
        """True while nothing that blames us stands since the last good outcome."""
        return self._count == 0

    def note(self, outcome: Outcome, *, begun_in: int) -> None:
        """An outcome of a mail that was begun in that round."""
        if outcome.blame is not Blame.US:
            self._count = 0
            return
        self._strike(begun_in, TransportDown(_refused_us(outcome)))

    def note_down(self, down: TransportDown, *, begun_in: int) -> None:
        """There was no session to be had."""
        self._strike(begun_in, down)

    def rest(self) -> None:
        """Wait as long as the strikes so far ask for: 1 s, doubling, up to half as long again."""
        if self._count and self.verdict is None:
            self._rest(_FIRST_REST * 2 ** (self._count - 1) * (1 + self._jitter() / 2))

    def _strike(self, begun_in: int, verdict: TransportDown) -> None:
        with self._lock:
            if begun_in != self.round:
                return
            self.round += 1
            self._count += 1
            if self._count == _OUT:
                self.verdict = verdict


def _refused_us(outcome: Outcome) -> str:
    return (
        f"the server turned down {_OUT} mails in a row for a reason that is ours, "
        f'not the readers\': "{outcome.reply}"; mend that, then send again'
    )
