"""Show what would be sent, exactly as it would be sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy

from fvdt_mailer.app.mailer import Mailer
from fvdt_mailer.errors import FilesError, NotReady, Problem, did_you_mean
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.audience import SegmentKey
from fvdt_mailer.model.delivery import Recipient
from fvdt_mailer.model.edition import Edition
from fvdt_mailer.model.language import Language
from fvdt_mailer.model.rendition import Rendition
from fvdt_mailer.pipeline.greet import greeting, words
from fvdt_mailer.pipeline.layout.render import body_text
from fvdt_mailer.pipeline.message.compose import compose, mould
from fvdt_mailer.pipeline.phrase import phrase
from fvdt_mailer.pipeline.segment import key_for

_SOMEONE = Address("lezer", "example.org")


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
    (rendition,) = mailer.render(edition, [phrase(edition, key)])
    return _view(edition, rendition)


def body(
    mailer: Mailer, campaign_id: str, *, clusters: Sequence[str], language: Language | None
) -> str:
    """The campaign's own words for these readers as text, without greeting and footer."""
    edition = mailer.edition(campaign_id)
    letter = phrase(edition, _key(edition, clusters, language))
    return body_text(
        letter,
        project=edition.project,
        templates=mailer.folder.templates,
        words=words,
    )


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
    shared = mould(
        rendition,
        project=edition.project,
        edition_id=edition.id,
        frozen_at=edition.as_of,
        greeting=greeting(rendition.key.language),
    )
    nobody = Recipient(reader_id=0, address=_SOMEONE, name="", segment=rendition.key)
    # Whoever gets this file can act for nobody, and the same files give the same bytes.
    message = compose(shared, nobody, secret=b"")
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
