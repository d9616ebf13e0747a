"""Put an edition into words for one segment."""

from __future__ import annotations

from fvdt_mailer.model.audience import SegmentKey
from fvdt_mailer.model.campaign import Callout, Campaign, CampaignKind, Layout
from fvdt_mailer.model.edition import Edition, Phase, Section
from fvdt_mailer.model.language import Written
from fvdt_mailer.model.letter import Letter, LetterCallout, LetterSection
from fvdt_mailer.pipeline.fill import Token, fill
from fvdt_mailer.pipeline.tell import Teller, subject_of, tell

_SUBJECTS_IN_PREHEADER = 3
_WORTH_LISTING = 4


def phrase(edition: Edition, key: SegmentKey) -> Letter:
    """The letter of one segment: in its language wherever a text exists in it."""
    campaign = edition.campaign
    teller = Teller(edition=edition, language=key.language)
    sections = edition.sections(key.clusters)
    return Letter(
        key=key,
        kind=campaign.kind,
        layout=campaign.layout,
        subject=teller.say(campaign.subject_line),
        preheader=_preheader(sections, teller),
        headline=teller.say(campaign.headline),
        intro=tuple(teller.say(text) for text in campaign.intro),
        lead_in=teller.say(campaign.lead_in) if campaign.lead_in else None,
        sections=tuple(_section(section, teller) for section in sections),
        closing=tuple(teller.say(text) for text in campaign.closing),
        callout=_callout(campaign.callout, teller) if campaign.callout else None,
        has_contents=_has_contents(campaign, sections),
    )


def _has_contents(campaign: Campaign, sections: tuple[Section, ...]) -> bool:
    if campaign.kind is CampaignKind.ANNOUNCEMENT:
        return False
    if campaign.contents is not None:
        return campaign.contents
    entries = sum(len(section.entries) for section in sections)
    return campaign.layout is Layout.CARDS and entries >= _WORTH_LISTING


def _callout(callout: Callout, teller: Teller) -> LetterCallout:
    return LetterCallout(
        title=teller.say(callout.title) if callout.title else None,
        text=teller.say(callout.text),
        url=callout.url or "",
        label=teller.say(callout.label) if callout.label else None,
    )


def _section(section: Section, teller: Teller) -> LetterSection:
    cluster = teller.edition.project.clusters[section.cluster]
    return LetterSection(
        cluster=section.cluster,
        heading=teller.say(cluster.heading),
        colour=cluster.colour,
        paragraphs=tuple(
            tell(entry, teller, opens_section=place == 0)
            for place, entry in enumerate(section.entries)
        ),
        fallback=_fallback(section, teller) if section.falls_back else None,
    )


def _fallback(section: Section, teller: Teller) -> Written | None:
    text = teller.edition.campaign.fallback
    if text is None:
        return None
    written = teller.say(text)
    cluster = teller.edition.project.clusters[section.cluster].name
    name = cluster.written(written.language, teller.default).text
    return Written(fill(written.text, {Token.CLUSTER: name}), written.language)


def _preheader(sections: tuple[Section, ...], teller: Teller) -> Written:
    """The campaign's own line, else what the first activities to come are."""
    if teller.edition.campaign.preheader:
        return teller.say(teller.edition.campaign.preheader)
    coming = [
        entry.activity
        for section in sections
        for entry in section.entries
        if entry.phase in {Phase.UPCOMING, Phase.UNDER_WAY}
    ]
    subjects = [subject_of(activity, teller).text for activity in coming[:_SUBJECTS_IN_PREHEADER]]
    line = teller.speech.listing(subjects)
    return Written(line[:1].upper() + line[1:], teller.language)
