"""What readers lose of one feature, as a problem a person can mend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Sized
from dataclasses import dataclass
from typing import TypeAlias

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.support import Category, Client, Feature
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.clients.advice import advice
from fvdt_mailer.pipeline.check.clients.judge import Judgement
from fvdt_mailer.pipeline.check.clients.losses import Loss
from fvdt_mailer.pipeline.check.clients.spot import spot
from fvdt_mailer.pipeline.check.clients.use import Use

Shares: TypeAlias = Mapping[Client, float]

# One reader in fifty is not worth a finding: then nothing could ever be used.
_FEW = 0.02
_NAMED = 3
_RULES: Mapping[Category, str] = {
    Category.CSS: "client-css",
    Category.HTML: "client-html",
    Category.IMAGE: "client-image",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hit:
    """One use, and the programs whose readers lose something of it."""

    use: Use
    lost: Mapping[Client, Judgement]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Finding:
    """A feature that enough readers lose: wholly, or in part."""

    feature: Feature
    hits: Sequence[Hit]
    clients: Sequence[Client]
    share: float
    is_whole: bool

    def problem(self, case: Case) -> Problem:
        """A warning for a whole loss, a note for a part, at the first line that uses it."""
        spots = {spot(hit.use, case): hit for hit in reversed(self.hits)}
        first, hit = min(spots.items(), key=lambda pair: pair[0])
        feature = self.feature
        return Problem(
            rule=_RULES[feature.category],
            file=first.file,
            line=first.line,
            key=first.key,
            text=self._text(hit, spots),
            hint=f"{advice(feature.slug, feature.category)} "
            f"({feature.url}, tested {feature.tested:%Y-%m})",
            severity=Severity.WARNING if self.is_whole else Severity.NOTE,
        )

    def _text(self, hit: Hit, spots: Sized) -> str:
        (note, *_) = [hit.lost[client].note for client in self.clients if client in hit.lost]
        lines = f" (on {len(spots)} lines)" if len(spots) > 1 else ""
        said = f"{hit.use.said}{lines} {self._does(note)} {_named(self.clients)}"
        share = f"{self.share:.0%} of readers"
        return f"{said} ({share})" + (f": {note}" if note and not self.is_whole else "")

    def _does(self, note: str) -> str:
        if self.feature.category is Category.IMAGE:
            return "is not shown in" if self.is_whole else "is shown only partly in"
        return "works only partly in" if note and not self.is_whole else "does not work in"


def finding(feature: Feature, hits: Sequence[Hit], shares: Shares) -> Finding | None:
    """The finding there is in these uses of a feature, if enough readers are concerned."""
    for at_least in (Loss.ALL, Loss.SOMETHING):
        concerned = tuple(hit for hit in hits if _clients(hit, at_least))
        clients = {client for hit in concerned for client in _clients(hit, at_least)}
        share = sum(shares[client] for client in clients)
        if share > _FEW:
            return Finding(
                feature=feature,
                hits=concerned,
                clients=sorted(clients, key=lambda one: (-shares[one], one)),
                share=share,
                is_whole=at_least is Loss.ALL,
            )
    return None


def _clients(hit: Hit, at_least: Loss) -> frozenset[Client]:
    return frozenset(client for client, lost in hit.lost.items() if lost.loss >= at_least)


def _named(clients: Sequence[Client]) -> str:
    """The programs with the most readers by name, and how many there are besides."""
    titles = [client.full_name for client in clients]
    if len(titles) <= _NAMED + 1:
        *before, last = titles
        return f"{', '.join(before)} and {last}" if before else last
    return f"{', '.join(titles[:_NAMED])} and {len(titles) - _NAMED} more"
