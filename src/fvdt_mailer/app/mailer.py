"""From a campaign to mails: plan, queue, deliver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from fvdt_mailer.app.deliver import Run, Watch, deliver
from fvdt_mailer.errors import FilesError, NotReady, Problem, did_you_mean
from fvdt_mailer.model.audience import Segment, SegmentKey
from fvdt_mailer.model.campaign import Campaign
from fvdt_mailer.model.delivery import FrozenEdition, Recipient, State, Tally
from fvdt_mailer.model.edition import Edition
from fvdt_mailer.model.folder import Folder
from fvdt_mailer.model.letter import Letter
from fvdt_mailer.model.plan import Plan
from fvdt_mailer.model.rendition import Rendition
from fvdt_mailer.pipeline.check.check import check
from fvdt_mailer.pipeline.greet import words
from fvdt_mailer.pipeline.layout.render import render
from fvdt_mailer.pipeline.phrase import phrase
from fvdt_mailer.pipeline.segment import sample_keys, segment, segmenter
from fvdt_mailer.pipeline.select import select
from fvdt_mailer.ports import (
    Accounts,
    Audience,
    Clock,
    Ledger,
    Secrets,
    SendLock,
    Settlement,
    Transport,
)

_LINKS = "links"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailer:
    """A project folder with everything it needs from outside."""

    folder: Folder
    warnings: tuple[Problem, ...]
    audience: Audience
    ledger: Ledger
    accounts: Accounts
    settlement: Settlement
    lock: SendLock
    secrets: Secrets
    clock: Clock

    def plan(self, campaign_id: str) -> Plan:
        """Who would get what, and all that is wrong with it. Changes nothing."""
        edition = self.edition(campaign_id)
        segments = segment(edition, self.audience.readers(edition.campaign.audience))
        letters = tuple(phrase(edition, key) for key in _keys(edition, segments))
        return Plan(
            edition=edition,
            segments=segments,
            renditions=self.render(edition, letters),
            problems=(*self._warnings_about(edition), *check(self.folder, edition, letters)),
        )

    def queue(self, plan: Plan) -> int:
        """Freeze the plan with its recipients; how many were added, 0 the second time."""
        if plan.errors:
            raise FilesError(plan.errors)
        frozen = FrozenEdition(
            id=plan.edition.id,
            frozen_at=self.clock(),
            content_hash=plan.content_hash,
            project=plan.edition.project,
            renditions=plan.renditions,
        )
        return self.ledger.enter(frozen, self._recipients(plan))

    def deliver(self, edition_id: str, transport: Transport, watch: Watch) -> Tally:
        """Send what is owed of a queued edition; what was frozen decides, not today's files."""
        run = Run(
            edition=self.frozen(edition_id),
            ledger=self.ledger,
            clock=self.clock,
            secret=self.link_secret(),
            watch=watch,
        )
        with self.lock.hold(edition_id):
            deliver(run, transport)
        return self.accounts.tally(edition_id)

    def campaign(self, campaign_id: str) -> Campaign:
        """The campaign of that id."""
        campaign = self.folder.campaigns.get(campaign_id)
        if campaign is None:
            raise FilesError([_unknown_campaign(campaign_id, self.folder)])
        return campaign

    def edition(self, campaign_id: str) -> Edition:
        """The campaign applied to the activities, as of its own moment or now."""
        return select(self.folder, self.campaign(campaign_id), now=self.clock())

    def render(self, edition: Edition, letters: Iterable[Letter]) -> tuple[Rendition, ...]:
        """Each letter laid out by the folder's templates."""
        templates = self.folder.templates
        return tuple(render(letters, project=edition.project, templates=templates, words=words))

    def frozen(self, edition_id: str) -> FrozenEdition:
        """The edition as it was queued."""
        frozen = self.accounts.frozen(edition_id)
        if frozen is None:
            raise NotReady(f'"{edition_id}" was never queued; run: fvdt-mailer send {edition_id}')
        return frozen

    def first_due(self, edition_id: str) -> datetime | None:
        """When the first deferred delivery may be tried again, in the project's time zone."""
        deferred = self.accounts.deliveries(edition_id, (State.DEFERRED,))
        moments = (delivery.next_try for delivery in deferred)
        first = min((moment for moment in moments if moment is not None), default=None)
        return first and first.astimezone(self.folder.project.timezone)

    def link_secret(self) -> bytes:
        """The key that signs the links in mails."""
        return self.secrets.secret(_LINKS)

    def _warnings_about(self, edition: Edition) -> Iterator[Problem]:
        told = {self.folder.activity_origins[entry.activity.id].file for entry in edition.entries}
        campaign = self.folder.campaign_origins[edition.id].file
        about = {self.folder.project_origin.file, campaign, *told}
        return (warning for warning in self.warnings if warning.file in about)

    def _recipients(self, plan: Plan) -> Iterator[Recipient]:
        rendered = {rendition.key for rendition in plan.renditions}
        segment_of = segmenter(plan.edition)
        silent = {part.key for part in plan.segments if not part.is_mailed}
        for reader in self.audience.readers(plan.edition.campaign.audience):
            key = segment_of(reader)
            if key in silent:
                continue
            if key not in rendered:
                raise NotReady("the audience changed while this was planned; run it again")
            yield Recipient(
                reader_id=reader.id, address=reader.address, name=reader.name, segment=key
            )


def _keys(edition: Edition, segments: tuple[Segment, ...]) -> tuple[SegmentKey, ...]:
    """The segments that are mailed; before there are readers, what they could be."""
    mailed = tuple(part.key for part in segments if part.is_mailed)
    return mailed or sample_keys(edition)


def _unknown_campaign(campaign_id: str, folder: Folder) -> Problem:
    return Problem(
        rule="unknown-campaign",
        file="campaigns",
        text=f'there is no campaign "{campaign_id}"',
        hint=did_you_mean(campaign_id, folder.campaigns),
    )
