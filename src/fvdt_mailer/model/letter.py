"""The words of one segment's mail: everything phrased, nothing laid out."""

from __future__ import annotations

from dataclasses import dataclass

from fvdt_mailer.model.activity import Image, LinkKind
from fvdt_mailer.model.audience import SegmentKey
from fvdt_mailer.model.campaign import CampaignKind, Layout
from fvdt_mailer.model.language import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A link, as a closing sentence and as the words of a button.

    `subject` says what it is about, for who hears links alone.
    """

    kind: LinkKind
    sentence: Written
    action: Written
    url: str
    subject: Written


@dataclass(frozen=True, slots=True, kw_only=True)
class DateTile:
    """A date at a glance: `17` over `juni`, `8–9` over `december`."""

    days: str
    month: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One activity as it is told; the facts are empty strings where they are not known.

    `is_struck` says that it does not take place; `agenda_url` leads to its page with a calendar
    file, and is empty for what is over or called off.
    """

    activity: str
    title: Written
    prose: Written
    closings: tuple[Closing, ...] = ()
    label: str = ""
    when: str = ""
    where: str = ""
    price: str = ""
    organisers: str = ""
    image: Image | None = None
    tile: DateTile | None = None
    is_struck: bool = False
    agenda_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSection:
    """One cluster: its heading and its paragraphs, then its fallback text if it has one."""

    cluster: str
    heading: Written
    colour: str
    paragraphs: tuple[Paragraph, ...]
    fallback: Written | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterCallout:
    """A message set apart from the activities; `url` is empty when it leads nowhere."""

    title: Written | None
    text: Written
    url: str = ""
    label: Written | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What one segment reads, in order."""

    key: SegmentKey
    kind: CampaignKind
    layout: Layout
    subject: Written
    preheader: Written
    headline: Written
    intro: tuple[Written, ...]
    lead_in: Written | None
    sections: tuple[LetterSection, ...]
    closing: tuple[Written, ...]
    callout: LetterCallout | None = None
    has_contents: bool = False

    @property
    def listed_sections(self) -> tuple[LetterSection, ...]:
        """The sections its list of contents names; none when it has no such list."""
        return self.sections if self.has_contents else ()

    @property
    def activities(self) -> tuple[str, ...]:
        """The ids of the activities it tells about."""
        return tuple(p.activity for section in self.sections for p in section.paragraphs)
