"""Something that happens: a visit, a lecture, a seminar, as a person wrote it down."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)

from fvdt_mailer.model.language import Text
from fvdt_mailer.model.moment import Moment, When

Strict = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

_YES = frozenset({"true", "yes", "ja", "oui"})
_NO = frozenset({"false", "no", "nee", "non"})


class Status(StrEnum):
    """Where an activity stands; it decides how, and whether, it is announced."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    SOLD_OUT = "sold_out"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class LinkKind(StrEnum):
    """What a link is for; it decides the closing sentence."""

    INFO = "info"
    REGISTRATION = "registration"
    PHOTOS = "photos"
    REPORT = "report"


def _one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _yes_or_no(value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = value.strip().casefold() if isinstance(value, str) else ""
    if word in _YES or word in _NO:
        return word in _YES
    raise ValueError("expected yes or no; write one of the two")


def _below_images(value: str) -> str:
    name = value.removeprefix("images/")
    if "://" in name:
        raise ValueError(f'"{value}" is not a file; put the picture in images/ and name it')
    if "\\" in name or ":" in name or {"", ".", ".."} & set(name.split("/")):
        raise ValueError(f'"{value}" is not a file in images/; write its name, such as zaal.jpg')
    return name


Names = Annotated[tuple[str, ...], BeforeValidator(_one_or_more)]
YesNo = Annotated[
    bool,
    BeforeValidator(_yes_or_no),
    WithJsonSchema({"anyOf": [{"type": "boolean"}, {"enum": sorted(_YES | _NO)}]}),
]
HttpUrl = Annotated[
    str,
    Field(pattern=r"^https?://[^\s/@:]+(:[0-9]+)?(/[^\s<>\"]*)?$", max_length=2000),
]


class Link(BaseModel):
    """Where a reader can read, register or look."""

    model_config = Strict

    kind: LinkKind = Field(
        description="What the link is for: info, registration, photos or report."
    )
    url: HttpUrl = Field(description="The address, starting with https://.")
    label: Text | None = Field(
        default=None, description="A closing sentence of your own instead of the standard one."
    )


class Image(BaseModel):
    """A picture that belongs to an activity."""

    model_config = Strict

    file: Annotated[str, AfterValidator(_below_images)] = Field(
        description="File name under images/ in the project folder."
    )
    alt: Text = Field(description="What the picture shows, for who cannot see it.")


class Price(BaseModel):
    """What taking part costs: an amount in euro (0 is free), or words."""

    model_config = Strict

    amount: Decimal | None = None
    words: str = ""

    @property
    def is_free(self) -> bool:
        """True when taking part costs nothing."""
        return self.amount == 0


def _price(value: object) -> object:
    if isinstance(value, Price):
        return value
    if not isinstance(value, str | int | float | Decimal):
        raise ValueError('expected an amount such as 25 or 12,50, "gratis", or words')
    text = str(value).strip()
    if text.casefold() in {"gratis", "gratuit", "free"}:
        return Price(amount=Decimal(0))
    number = text.removeprefix("€").removesuffix("euro").strip().replace(",", ".")
    if number.replace(".", "", 1).isdecimal():
        return Price(amount=Decimal(number))
    return Price(words=text)


PriceText = Annotated[
    Price,
    BeforeValidator(_price),
    WithJsonSchema({"type": ["string", "number"], "examples": ["gratis", 25, "12,50"]}),
]


class Activity(BaseModel):
    """One activity: `clusters`, `start`, and `text` or a `kind` with `title` or `topic`."""

    model_config = Strict

    id: str = Field(
        default="",
        pattern=r"^([a-z0-9]+(-[a-z0-9]+)*)?$",
        max_length=80,
        description="Its name in campaigns and calendars; default cluster-date-subject.",
    )
    clusters: Names = Field(
        min_length=1, description="Ids of the clusters it belongs to; `cluster` for a single one."
    )
    start: When = Field(description="When it starts: 2013-06-17, or 2013-06-17 14:00.")
    end: When | None = Field(default=None, description="When it ends; default the end of the day.")
    all_day: YesNo = Field(
        default=False, description="It takes whole days; clock times are left out."
    )
    status: Status = Field(
        default=Status.CONFIRMED,
        description="draft, confirmed, sold_out, postponed or cancelled.",
    )
    reason: Text | None = Field(
        default=None, description="Why it was postponed or cancelled, as a whole sentence."
    )
    save_the_date: YesNo = Field(
        default=False, description="Announce it beyond the end of a campaign's window."
    )
    kind: Text | None = Field(
        default=None, description="What it is: lezing, bezoek, seminarie, ..."
    )
    title: Text | None = Field(default=None, description="Its name, if it has one.")
    topic: Text | None = Field(
        default=None,
        description="What it is about. The fields make an opening sentence, which `text` follows.",
    )
    text: Text | None = Field(
        default=None,
        description="The paragraph, with {date}, {date_long}, {time}, {municipality}, {venue}, "
        "{organisers}, {title} and {cluster} filled in.",
    )
    text_past: Text | None = Field(
        default=None, description="The paragraph once it is over; without it, it then disappears."
    )
    text_cancelled: Text | None = Field(
        default=None, description="The paragraph when it is cancelled or postponed."
    )
    text_standalone: Text | None = Field(
        default=None, description="The paragraph when it opens its section, or is the whole mail."
    )
    organisers: Names = Field(default=(), description="Who organises it.")
    speakers: Names = Field(default=(), description="Who speaks.")
    venue: Text | None = Field(default=None, description="The place: a hall, a company.")
    municipality: Text | None = Field(default=None, description="The town.")
    address: str = Field(default="", description="Street and number.")
    online: YesNo = Field(default=False, description="It takes place online.")
    price: PriceText | None = Field(default=None, description="A number, gratis, or words.")
    links: tuple[Link, ...] = Field(
        default=(), description="Links; for one of a kind, `info: https://...` is short for it."
    )
    related: Text | None = Field(
        default=None, description="The larger event it is coupled to: de Week van het Ontwerpen."
    )
    image: Image | None = Field(default=None, description="A picture, with what it shows.")
    source: str = Field(default="", description="Where these facts came from.")

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, data: object) -> object:
        return _spelled_out(data) if isinstance(data, dict) else data

    @model_validator(mode="after")
    def _has_words(self) -> Self:
        if self.text is None and (self.kind is None or (self.title or self.topic) is None):
            raise ValueError('needs "text", or "kind" with a "title" or a "topic"')
        return self

    @property
    def last(self) -> Moment:
        """The moment it ends, as far as a person wrote it."""
        return self.end or Moment(self.start.day)


def _spelled_out(data: dict[str, object]) -> dict[str, object]:
    """`cluster: x` becomes `clusters: [x]`, and `info: URL` becomes a link."""
    spelled = dict(data)
    for singular, plural in (("cluster", "clusters"), ("organiser", "organisers")):
        if singular in spelled:
            if plural in spelled:
                raise ValueError(f'write "{singular}" or "{plural}", not both')
            spelled[plural] = spelled.pop(singular)
    short = [
        {"kind": kind.value, "url": spelled.pop(kind.value)}
        for kind in LinkKind
        if kind.value in spelled
    ]
    links = spelled.get("links", [])
    if short and isinstance(links, list | tuple):
        spelled["links"] = [*links, *short]
    return spelled
