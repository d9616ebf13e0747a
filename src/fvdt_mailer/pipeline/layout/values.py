"""The values every template may print."""

from __future__ import annotations

from fvdt_mailer.model.language import Written
from fvdt_mailer.model.letter import Letter
from fvdt_mailer.model.project import Project
from fvdt_mailer.model.rendition import Blank
from fvdt_mailer.pipeline.phrases.catalogue import Words


def values_for(letter: Letter, project: Project, words: Words) -> dict[str, object]:
    """What every template may print about a letter; its sections are handed over apart."""
    return {
        "name": project.name,
        "public_url": project.public_url.rstrip("/"),
        "organisation": project.organisation,
        "theme": project.theme,
        "ribbon": tuple(cluster.colour for cluster in project.clusters.values()),
        "words": words,
        "blank": {blank.value: blank.mark for blank in Blank},
        "language": letter.key.language,
        "project_language": project.language,
        "kind": letter.kind,
        "layout": letter.layout,
        "subject": one_line(letter.subject),
        "headline": letter.headline,
        "intro": letter.intro,
        "lead_in": letter.lead_in,
        "callout": letter.callout,
        "closing": letter.closing,
    }


def one_line(written: Written) -> str:
    """The words on one line."""
    return " ".join(written.text.split())
