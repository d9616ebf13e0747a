"""From a campaign to mails: plan, queue, deliver."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from fvdt_mailer.app.deliver import Run, deliver
from fvdt_mailer.app.watch import Watch
from fvdt_mailer.errors import FilesError, NotReady, Problem, did_you_mean
from fvdt_mailer.model.audience import Segment, SegmentKey
from fvdt_mailer.model.campaign import Campaign
from fvdt_mailer.model.delivery import FrozenEdition, Recipient, Tally
from fvdt_mailer.model.edition import Edition
from fvdt_mailer.model.event import EventVersion
from fvdt_mailer.model.folder import Folder
from fvdt_mailer.model.plan import Plan
from fvdt_mailer.model.support import Support
from fvdt_mailer.pipeline.approve import objection
from fvdt_mailer.pipeline.calendar.attach import with_calendar
from fvdt_mailer.pipeline.calendar.version import versions_of
from fvdt_mailer.pipeline.check.case import Case, gather
from fvdt_mailer.pipeline.check.check import check
from fvdt_mailer.pipeline.greet import words
from fvdt_mailer.pipeline.layout.press import Press
from fvdt_mailer.pipeline.layout.render import render
from fvdt_mailer.pipeline.phrase import phrase
from fvdt_mailer.pipeline.segment import sample_keys, segment, segmenter
from fvdt_mailer.pipeline.select import select
from fvdt_mailer.ports import (
    Accounts,
    Agenda,
    Approvals,
    Audience,
    Clock,
    Crew,
    Leases,
    Ledger,
    Schedule,
    Secrets,
    SendLock,
    Settlement,
    Signing,
    Survey,
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
    agenda: Agenda
    settlement: Settlement
    lock: SendLock
    leases: Leases
    schedule: Schedule
    survey: Survey
    approvals: Approvals
    crew: Crew
    signing: Signing
    secrets: Secrets
    support: Support
    clock: Clock
    program: str

    def plan(self, campaign_id: str, *, at: datetime | None = None) -> Plan:
        """Who would get what if it left at that moment, or now, and all that is wrong with it.

        Changes nothing.
        """
        edition = self.edition(campaign_id, at=at)
        segments = self.segments(edition)
        case = self.case(edition, segments)
        return Plan(
            edition=edition,
            segments=segments,
            renditions=case.renditions,
            problems=check(case, known=self.warnings_about(edition)),
            versions=tuple(case.versions.values()),
        )

    def queue(self, plan: Plan, *, not_before: datetime | None = None) -> int:
        """Freeze the plan with its recipients; how many were added, 0 the second time.

        Nothing of it leaves before that moment.
        """
        self.require_sendable(plan)
        if plan.edition.id not in self.accounts.editions():
            # First: a stop in between then tells this version again, not another under its number.
            self.agenda.publish(plan.versions)
        frozen = FrozenEdition(
            id=plan.edition.id,
            frozen_at=self.clock(),
            content_hash=plan.content_hash,
            project=plan.edition.project,
            renditions=plan.renditions,
            not_before=not_before,
            program=self.program,
        )
        return self.ledger.enter(frozen, self._recipients(plan))

    def require_sendable(self, plan: Plan) -> None:
        """FilesError when the plan has errors, NotReady when it lacks a required approval."""
        if plan.errors:
            raise FilesError(plan.errors)
        lack = objection(plan, self.approvals.of(plan.edition.id))
        if lack:
            raise NotReady(lack)

    def deliver(self, edition_id: str, transport: Transport, watch: Watch) -> Tally:
        """Send what is owed of a queued edition; what was frozen decides, not today's files."""
        with self.lock.hold(edition_id) as fence:
            # Read while it is held: until then another process may have moved or withdrawn it.
            edition = self.frozen(edition_id)
            run = Run(
                edition=edition,
                fence=fence,
                ledger=self.ledger,
                clock=self.clock,
                secret=self.link_secret(),
                signing=self.signing.keys(edition.project),
                watch=watch,
            )
            deliver(run, transport, self.crew)
        return self.accounts.tally(edition_id)

    def move(self, edition_id: str, *, to: datetime) -> None:
        """Let a queued edition leave from that moment on; NotReady once it has begun."""
        self._require_queued(edition_id)
        with self.lock.hold(edition_id) as fence:
            if not self.schedule.move(edition_id, to=to, fence=fence):
                raise NotReady(_begun(edition_id, "its moment can no longer change"))

    def withdraw(self, edition_id: str) -> None:
        """Take a queued edition back; NotReady once a mail of it may have left."""
        self._require_queued(edition_id)
        with self.lock.hold(edition_id) as fence:
            if not self.schedule.withdraw(edition_id, fence=fence):
                raise NotReady(_begun(edition_id, "it can no longer be taken back"))

    def campaign(self, campaign_id: str) -> Campaign:
        """The campaign of that id."""
        campaign = self.folder.campaigns.get(campaign_id)
        if campaign is None:
            raise FilesError([_unknown_campaign(campaign_id, self.folder)])
        return campaign

    def edition(self, campaign_id: str, *, at: datetime | None = None) -> Edition:
        """The campaign applied to the activities, as of its own moment, else that one or now."""
        return select(self.folder, self.campaign(campaign_id), now=at or self.clock())

    def segments(self, edition: Edition) -> tuple[Segment, ...]:
        """Who reads the same; together they are all whom the campaign may reach."""
        return segment(edition, self.audience.readers(edition.campaign.audience))

    def case(self, edition: Edition, segments: tuple[Segment, ...]) -> Case:
        """The edition as these segments would get it, rendered and ready to be checked."""
        letters = tuple(phrase(edition, key) for key in _keys(edition, segments))
        press, told = self.press(), self.agenda.versions()
        versions = versions_of(edition, told)
        renditions = tuple(with_calendar(render(letters, press), edition, versions))
        return gather(
            self.folder,
            edition,
            letters,
            renditions,
            press,
            support=self.support,
            versions=versions,
            told=told,
        )

    def versions(self, edition: Edition) -> Mapping[str, EventVersion]:
        """The version of each activity it tells, after what readers were told before."""
        return versions_of(edition, self.agenda.versions())

    def press(self) -> Press:
        """What lays out letters by the folder's templates."""
        return Press(project=self.folder.project, templates=self.folder.templates, words=words)

    def frozen(self, edition_id: str) -> FrozenEdition:
        """The edition as it was queued."""
        frozen = self.accounts.frozen(edition_id)
        if frozen is None:
            raise never_queued(edition_id)
        return frozen

    def first_due(self, edition_id: str) -> datetime | None:
        """When the next mail of it may leave, in the project's time zone; None if none is owed."""
        first = self.schedule.owing().get(edition_id)
        return first and first.astimezone(self.folder.project.timezone)

    def link_secret(self) -> bytes:
        """The key that signs the links in mails."""
        return self.secrets.secret(_LINKS)

    def warnings_about(self, edition: Edition) -> Iterator[Problem]:
        """What reading its files found: those of the project, the campaign and its activities."""
        told = {self.folder.activity_origins[entry.activity.id].file for entry in edition.entries}
        campaign = self.folder.campaign_origins[edition.id].file
        about = {self.folder.project_origin.file, campaign, *told}
        return (warning for warning in self.warnings if warning.file in about)

    def _require_queued(self, edition_id: str) -> None:
        if edition_id not in self.accounts.editions():
            raise never_queued(edition_id)

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


def never_queued(edition_id: str) -> NotReady:
    """What to say of an edition that the ledger does not know."""
    return NotReady(f'"{edition_id}" was never queued; run: fvdt-mailer send {edition_id}')


def _keys(edition: Edition, segments: tuple[Segment, ...]) -> tuple[SegmentKey, ...]:
    """The segments that are mailed; before there are readers, what they could be."""
    mailed = tuple(part.key for part in segments if part.is_mailed)
    return mailed or sample_keys(edition)


def _begun(edition_id: str, so: str) -> str:
    return f"{edition_id} has begun: {so}; see: fvdt-mailer status {edition_id}"


def _unknown_campaign(campaign_id: str, folder: Folder) -> Problem:
    return Problem(
        rule="unknown-campaign",
        file="campaigns",
        text=f'there is no campaign "{campaign_id}"',
        hint=did_you_mean(campaign_id, folder.campaigns),
    )
