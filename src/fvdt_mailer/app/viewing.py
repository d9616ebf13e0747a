"""Show what would be sent, exactly as it would be sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy

from fvdt_mailer.app.mailer import Mailer
from fvdt_mailer.errors import FilesError, NotReady, Problem, did_you_mean
from fvdt_mailer.model.audience import SegmentKey
from fvdt_mailer.model.edition import Edition
from fvdt_mailer.model.language import Language
from fvdt_mailer.model.rendition import Rendition
from fvdt_mailer.pipeline.calendar.attach import with_calendar
from fvdt_mailer.pipeline.calendar.landing import HostedFile, hosted_files
from fvdt_mailer.pipeline.layout.render import render
from fvdt_mailer.pipeline.message.specimen import specimen
from fvdt_mailer.pipeline.phrase import phrase
from fvdt_mailer.pipeline.segment import key_for


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One segment's mail as a reader without a name would get it."""

    key: SegmentKey
    eml: bytes
    html: str
    text: str


def views(mailer: Mailer, campaign_id: str) -> Iterator[View]:
    """What each mailed segment of a campaign would get."""
    plan = mailer.plan(campaign_id)
    for rendition in plan.renditions:
        yield _view(plan.edition, rendition)


def view(
    mailer: Mailer, campaign_id: str, *, clusters: Sequence[str], language: Language | None
) -> View:
    """What readers of these clusters would get; no clusters is all of them."""
    edition = mailer.edition(campaign_id)
    key = _key(edition, clusters, language)
    rendered = render([phrase(edition, key)], mailer.press())
    (rendition,) = with_calendar(rendered, edition, mailer.versions(edition))
    return _view(edition, rendition)


def hosted(mailer: Mailer, campaign_id: str) -> Iterator[HostedFile]:
    """The pages and calendar files that the mails of a campaign lead to."""
    edition = mailer.edition(campaign_id)
    return hosted_files(edition, mailer.versions(edition), mailer.folder.templates)


def body(
    mailer: Mailer, campaign_id: str, *, clusters: Sequence[str], language: Language | None
) -> str:
    """The campaign's own words for these readers as text, without greeting and footer."""
    edition = mailer.edition(campaign_id)
    letter = phrase(edition, _key(edition, clusters, language))
    return mailer.press().text(letter, body_only=True)


def _key(edition: Edition, clusters: Sequence[str], language: Language | None) -> SegmentKey:
    unknown = [cluster for cluster in clusters if cluster not in edition.clusters]
    if unknown:
        raise FilesError([_unknown_cluster(name, edition) for name in unknown])
    key = key_for(edition, frozenset(clusters), language or edition.project.language)
    if not any(section.entries for section in edition.sections(key.clusters)):
        raise NotReady(f"{edition.id} has no activity for these readers: they get no mail")
    return key


def _unknown_cluster(name: str, edition: Edition) -> Problem:
    return Problem(
        rule="unknown-cluster",
        file=f"campaigns/{edition.id}",
        text=f'the campaign has no cluster "{name}"',
        hint=did_you_mean(name, edition.clusters),
    )


def _view(edition: Edition, rendition: Rendition) -> View:
    message = specimen(edition, rendition)
    parsed = message_from_bytes(message.content, policy=policy.SMTP)
    html, text = (parsed.get_body((kind,)) for kind in ("html", "plain"))
    assert html is not None
    assert text is not None
    return View(
        key=rendition.key,
        eml=message.content,
        html=str(html.get_content()).replace("\r\n", "\n"),
        text=str(text.get_content()).replace("\r\n", "\n"),
    )
