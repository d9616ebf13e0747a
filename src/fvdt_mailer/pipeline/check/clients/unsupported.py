"""What a mail uses that part of its readers cannot see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from fvdt_mailer.errors import Problem
from fvdt_mailer.model.support import Answer, Client, Feature, Verdict
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.clients.finding import Hit, Shares, finding
from fvdt_mailer.pipeline.check.clients.judge import judge
from fvdt_mailer.pipeline.check.clients.losses import SERVES, Loss
from fvdt_mailer.pipeline.check.clients.own_features import OWN_FEATURES
from fvdt_mailer.pipeline.check.clients.told_elsewhere import is_told_elsewhere
from fvdt_mailer.pipeline.check.clients.use import Use
from fvdt_mailer.pipeline.check.clients.uses import Seen, uses_in, uses_in_sheets

Features: TypeAlias = Mapping[str, Feature]

_LACKING = frozenset({Verdict.NO, Verdict.PARTLY})

_CLASSIC = frozenset({Client.OUTLOOK_WINDOWS})


def unsupported(case: Case) -> Iterator[Problem]:
    """A warning for each feature that enough readers' programs lack, a note for a half one.

    What only adds to the mail is left out: the style sheets in its head, a property with a
    fallback before it, corners and shadows. Classic Outlook is asked about what stands in its
    own branch of the conditional comments, every other program about the other one.
    """
    features = {**case.support.features, **OWN_FEATURES}
    shares = _shares(case.folder.project.clients)
    hits: dict[str, list[Hit]] = defaultdict(list)
    for hit in _hits(case, features, shares):
        hits[hit.use.slug].append(hit)
    all_found = (finding(features[slug], found, shares) for slug, found in hits.items())
    findings = {found.feature.slug: found for found in all_found if found}
    for slug, found in findings.items():
        served = findings.get(SERVES.get(slug, ""))
        if served is None or not served.is_whole:
            yield found.problem(case)


def _shares(weights: Mapping[Client, float]) -> Shares:
    whole = sum(weights.values())
    return {client: weight / whole for client, weight in weights.items()}


def _hits(case: Case, features: Features, shares: Shares) -> Iterator[Hit]:
    lacking: dict[str, Mapping[Client, Answer]] = {}
    for use, clients in _uses(case, frozenset(shares)):
        if is_told_elsewhere(use, case):
            continue
        if use.slug not in lacking:
            lacking[use.slug] = _lacking(features.get(use.slug), shares)
        answers = {c: answer for c, answer in lacking[use.slug].items() if c in clients}
        judged = {client: judge(use, answer) for client, answer in answers.items()}
        lost = {client: one for client, one in judged.items() if one.loss is not Loss.NOTHING}
        if lost:
            yield Hit(use=use, lost=lost)


def _lacking(feature: Feature | None, shares: Shares) -> Mapping[Client, Answer]:
    """The programs in the mix of which there is more to say than that they have the feature."""
    answers = feature.answers if feature else {}
    return {
        client: answer
        for client, answer in answers.items()
        if client in shares and (answer.notes or answer.verdict in _LACKING)
    }


def _uses(case: Case, clients: frozenset[Client]) -> Iterator[tuple[Use, frozenset[Client]]]:
    classic, others = clients & _CLASSIC, clients - _CLASSIC
    seen_by_classic: Seen = set()
    seen_by_others: Seen = set()
    yield from ((use, clients) for use in uses_in_sheets(case.sheets))
    for page in case.pages:
        others_get = uses_in(page.document, case.sheets, seen_by_others)
        classic_gets = uses_in(page.outlook, case.sheets, seen_by_classic)
        yield from ((use, others) for use in others_get)
        yield from ((use, classic) for use in classic_gets)
