"""The recipe for one mailing: which activities, whose readers, which words."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, Field, model_validator

from fvdt_mailer.model.activity import HttpUrl, Names, Strict, YesNo
from fvdt_mailer.model.language import Language, Text
from fvdt_mailer.model.moment import When


class CampaignKind(StrEnum):
    """What a campaign is: a newsletter with sections, or the announcement of one activity."""

    NEWSLETTER = "newsletter"
    ANNOUNCEMENT = "announcement"


class NothingUpcoming(StrEnum):
    """What a cluster without upcoming activities shows."""

    DROP = "drop"
    FALLBACK = "fallback"
    BORROW = "borrow"


class Layout(StrEnum):
    """How an activity looks: running prose, or prose with facts and buttons."""

    PROSE = "prose"
    CARDS = "cards"


def _one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str | dict) else value


Reason = Annotated[str, Field(min_length=1)]
Paragraphs = Annotated[tuple[Text, ...], BeforeValidator(_one_or_more)]


class Window(BaseModel):
    """The days whose activities are announced."""

    model_config = Strict

    from_: When | None = Field(
        default=None, alias="from", description="First moment; default as_of."
    )
    to: When | None = Field(default=None, description="Last day; default: everything to come.")


class Pick(BaseModel):
    """Corrections by hand on what the window selects."""

    model_config = Strict

    include: Names = Field(default=(), description="Activities to announce outside the window too.")
    exclude: Names = Field(default=(), description="Activities to leave out.")
    limit_per_cluster: int | None = Field(
        default=None, ge=1, description="Most activities in one section."
    )


class AudienceRule(BaseModel):
    """Whose readers get this campaign; an empty rule is everyone."""

    model_config = Strict

    clusters: Names = Field(default=(), description="Readers who follow one of these clusters.")
    languages: Annotated[tuple[Language, ...], BeforeValidator(_one_or_more)] = Field(
        default=(), description="Readers in these languages."
    )
    tags: Names = Field(default=(), description="Readers who carry one of these tags.")
    received: str = Field(
        default="", description="Only readers who were sent this activity before: for a correction."
    )


class Callout(BaseModel):
    """A message set apart from the activities."""

    model_config = Strict

    title: Text | None = Field(default=None, description="Its heading.")
    text: Text = Field(description="What it says.")
    url: HttpUrl | None = Field(default=None, description="Where it leads.")
    label: Text | None = Field(default=None, description="The words of its link.")

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if (self.url is None) != (self.label is None):
            raise ValueError('write both "url" and "label", or neither')
        return self


class Campaign(BaseModel):
    """One file in campaigns/; its id is the file's name."""

    model_config = Strict

    id: str = Field(default="", exclude=True, json_schema_extra={"readOnly": True})
    kind: CampaignKind = Field(
        default=CampaignKind.NEWSLETTER, description="newsletter or announcement."
    )
    as_of: When | None = Field(
        default=None, description="The moment it speaks from; default: now. Fixes what is past."
    )
    window: Window = Field(default=Window(), description="The days whose activities are announced.")
    recap_since: When | None = Field(
        default=None,
        description="Look back at activities that ended after this; "
        "default the previous newsletter's as_of, else two months back.",
    )
    subject: Text | None = Field(default=None, description="Subject line; default the headline.")
    preheader: Text | None = Field(
        default=None,
        description="Line after the subject in an inbox; default the first activities.",
    )
    headline: Text = Field(description="The words at the top of the letter.")
    intro: Paragraphs = Field(default=(), description="Opening paragraphs.")
    lead_in: Text | None = Field(default=None, description="The sentence before the sections.")
    clusters: Names = Field(
        default=(), description="Clusters in order; default all of the project."
    )
    pick: Pick = Field(default=Pick(), description="Corrections by hand on the selection.")
    nothing_upcoming: NothingUpcoming = Field(
        default=NothingUpcoming.DROP,
        description="A cluster without upcoming activities: drop it, print the fallback text, or "
        "borrow from the month after the window.",
    )
    fallback: Text | None = Field(
        default=None, description="Text for a cluster with nothing to come."
    )
    audience: AudienceRule = Field(default=AudienceRule(), description="Whose readers get it.")
    closing: Paragraphs = Field(default=(), description="Closing paragraphs.")
    layout: Layout = Field(default=Layout.PROSE, description="prose or cards.")
    activity: str = Field(default="", description="The activity an announcement is about.")
    callout: Callout | None = Field(
        default=None, description="A message set apart, after the opening paragraphs."
    )
    contents: YesNo | None = Field(
        default=None,
        description="A list of contents; default: with cards, from four activities on.",
    )
    attach_calendar: YesNo = Field(
        default=False, description="An announcement carries its activity as a calendar file."
    )
    silence: dict[str, Reason] = Field(
        default_factory=dict,
        description="Findings of `check` that are meant so: the rule, and the reason.",
    )

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if self.kind is CampaignKind.ANNOUNCEMENT and not self.activity:
            raise ValueError('an announcement needs "activity": the id of what it announces')
        if self.kind is CampaignKind.NEWSLETTER and self.activity:
            raise ValueError('"activity" belongs to `kind: announcement`')
        if self.nothing_upcoming is NothingUpcoming.FALLBACK and self.fallback is None:
            raise ValueError('`nothing_upcoming: fallback` needs "fallback": the text to print')
        return self

    @property
    def subject_line(self) -> Text:
        """The subject, which is the headline unless another was written."""
        return self.subject or self.headline
