"""Every campaign of this repository, as readers of each cluster and language get it."""

from __future__ import annotations

from command import ROOT
from fvdt_mailer.model.audience import Reader
from fvdt_mailer.model.edition import Edition
from fvdt_mailer.model.language import Language
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.segment import segment
from fvdt_mailer.wiring import open_mailer
from world import reader

CAMPAIGNS = tuple(path.stem for path in sorted((ROOT / "campaigns").glob("*.yaml")))


def example_case(campaign: str) -> Case:
    """The case of a campaign for readers of everything, and of each cluster alone."""
    with open_mailer(ROOT, writes=False) as mailer:
        edition = mailer.edition(campaign)
        return mailer.case(edition, segment(edition, _readers(edition)))


def _readers(edition: Edition) -> list[Reader]:
    return [
        reader(number, *followed, language=language)
        for number, (language, followed) in enumerate(
            (language, followed)
            for language in Language
            for followed in ((), *((cluster,) for cluster in edition.clusters))
        )
    ]
