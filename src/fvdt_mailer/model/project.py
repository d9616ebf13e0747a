"""What holds for every campaign of a project: who sends, to whom, through which server."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    PlainSerializer,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)

from fvdt_mailer.model.activity import HttpUrl, Names, Strict
from fvdt_mailer.model.address import AddressText
from fvdt_mailer.model.language import Language, Text
from fvdt_mailer.model.mix import USUAL_MIX, Mix
from fvdt_mailer.model.per_connection import PerConnectionText
from fvdt_mailer.model.rate import RateText
from fvdt_mailer.model.secret import SecretReference, TokenReference
from fvdt_mailer.model.sender import Sender

ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
# RFC 5322 2.1.1: List-Unsubscribe cannot be folded inside an address, and a line ends at 998.
_LONGEST_PUBLIC_URL = 200
HOST = r"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$"


def _zone(value: object) -> ZoneInfo:
    if isinstance(value, ZoneInfo):
        return value
    try:
        return ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(
            f'unknown time zone "{value}"; write a name such as Europe/Brussels'
        ) from None


def _enterprise_number(value: str) -> str:
    digits = "".join(character for character in value if character.isdecimal())
    # Belgian enterprise numbers: ten digits, the last two are 97 minus the rest modulo 97.
    if len(digits) != len("0123456749") or 97 - int(digits[:8]) % 97 != int(digits[8:]):
        raise ValueError(f'"{value}" is not a Belgian enterprise number such as 0123.456.749')
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"


def _short_without_query(value: str) -> str:
    if len(value) > _LONGEST_PUBLIC_URL:
        raise ValueError(
            f"this address has {len(value)} characters, and every link begins with it; "
            f"keep it under {_LONGEST_PUBLIC_URL}"
        )
    if "?" in value or "#" in value:
        raise ValueError(f'"{value}" goes on after its path; leave "?" and "#" out')
    return value


Zone = Annotated[
    ZoneInfo,
    BeforeValidator(_zone),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "examples": ["Europe/Brussels"]}),
]
EnterpriseNumber = Annotated[str, AfterValidator(_enterprise_number)]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$", examples=["#0b6e8f"])]


class Cluster(BaseModel):
    """A topic that activities belong to and readers follow."""

    model_config = Strict

    heading: Text = Field(description="The words above its section.")
    name: Text = Field(description="Its name in running text.")
    colour: Colour = Field(default="#1f4e5f", description="Accent colour, six hexadecimal digits.")
    aliases: Names = Field(default=(), description="Other spellings that an audience file may use.")


class Organiser(BaseModel):
    """Someone who organises activities, and how its name is not to be spelled."""

    model_config = Strict

    name: str = Field(default="", description="The full name.")
    forbidden: Names = Field(default=(), description="Spellings to warn about.")


class Organisation(BaseModel):
    """Who is legally the sender; readers find this at the foot of every mail."""

    model_config = Strict

    name: str = Field(min_length=1, description="The official name.")
    address: str = Field(min_length=1, description="Postal address on one line.")
    enterprise_number: EnterpriseNumber | None = Field(
        default=None, description="Belgian enterprise number, for instance 0123.456.749."
    )
    email: AddressText = Field(description="Where readers can write to.")
    phone: str = Field(default="", description="Where readers can call.")
    website: HttpUrl = Field(description="The organisation's site.")
    privacy_url: HttpUrl = Field(description="The privacy statement.")


class Security(StrEnum):
    """How a connection is protected."""

    TLS = "tls"
    STARTTLS = "starttls"
    PLAIN = "plain-text-without-encryption"


class ApprovalRule(StrEnum):
    """Whether a campaign may leave without the approval of its content."""

    OPTIONAL = "optional"
    REQUIRED = "required"


class Smtp(BaseModel):
    """The server that takes the mail."""

    model_config = Strict

    url: str = Field(
        pattern=r"^smtps?://([^\s:@/]+@)?[A-Za-z0-9.\[\]:-]+(:[0-9]{1,5})?/?$",
        description="smtps://user@host:465 (TLS) or smtp://user@host:587 (STARTTLS, mandatory).",
    )
    password: SecretReference | None = Field(
        default=None,
        description="Where the password is: env:NAME or file:PATH, never the word itself.",
    )
    oauth_token: TokenReference | None = Field(
        default=None,
        description="In place of a password: where an OAuth 2.0 access token comes from, at every "
        "connection anew: command:PROGRAM with its arguments (it prints the token), env:NAME or "
        "file:PATH.",
    )
    security: Security | None = Field(
        default=None,
        description="tls, starttls or plain-text-without-encryption; default follows the url, "
        "and plain text is default only on this machine itself.",
    )
    ca: str = Field(
        default="", description="File with the certificate authority of your own server."
    )
    helo: str = Field(default="", description="Name to greet with; default: the domain of from.")
    connections: int = Field(
        default=4,
        ge=1,
        le=100,
        description="Most connections at the same time.",
    )
    rate: RateText | None = Field(default=None, description="Most mails per time: 50/s, 600/min.")
    per_connection: PerConnectionText | None = Field(
        default=None,
        description="Most mails, or minutes, before a connection is ended and replaced: 500 mails, "
        "10 min; default: a connection is kept as long as the server keeps it.",
    )

    @field_validator("oauth_token")
    @classmethod
    def _is_the_only_way_in(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value and info.data.get("password"):
            raise ValueError(
                "there is a password too, and a server is shown one of them; take one out"
            )
        return value


class SecondKey(BaseModel):
    """Another key of the same domain, with which each mail is signed too."""

    model_config = Strict

    selector: str = Field(pattern=HOST, description="The s= selector.")
    key: SecretReference = Field(description="The private key (PEM): env:NAME or file:PATH.")


class Dkim(BaseModel):
    """How mails are signed."""

    model_config = Strict

    domain: str = Field(pattern=HOST, description="The d= domain.")
    selector: str = Field(pattern=HOST, description="The s= selector.")
    key: SecretReference = Field(description="The private key (PEM): env:NAME or file:PATH.")
    second: SecondKey | None = Field(
        default=None, description="One more signature, with an Ed25519 key beside the RSA one."
    )


class DarkTheme(BaseModel):
    """The same surfaces and inks for readers whose screen is dark."""

    model_config = Strict

    ink: Colour = Field(default="#e6eaec", description="Text colour.")
    muted: Colour = Field(default="#a8b3b9", description="Colour of secondary text.")
    paper: Colour = Field(default="#1a2023", description="Background of the letter.")
    canvas: Colour = Field(default="#101416", description="Background around the letter.")


class Theme(BaseModel):
    """Colours, fonts and logo that the templates use."""

    model_config = Strict

    accent: Colour = Field(default="#1f4e5f", description="Accent colour of masthead and links.")
    ink: Colour = Field(default="#1c2326", description="Text colour.")
    muted: Colour = Field(default="#566167", description="Colour of secondary text.")
    paper: Colour = Field(default="#ffffff", description="Background of the letter.")
    canvas: Colour = Field(default="#eef1f2", description="Background around the letter.")
    font: str = Field(
        default="Georgia, serif",
        pattern=r"^[A-Za-z0-9 ,'-]+$",
        description="Font stack of headings.",
    )
    body_font: str = Field(
        default="-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif",
        pattern=r"^[A-Za-z0-9 ,'-]+$",
        description="Font stack of running text.",
    )
    logo: HttpUrl | None = Field(default=None, description="Address of the logo, a PNG on https.")
    logo_alt: str = Field(default="", description="What the logo shows.")
    dark: DarkTheme = Field(
        default=DarkTheme(), description="Colours where the reader's screen is dark."
    )


def _one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _store(value: str) -> str:
    if value == "sqlite" or value.startswith(("sqlite:///", "env:")):
        return value
    # The text is not repeated: an address of a database often holds its password.
    raise ValueError("unknown store; write sqlite, or env:DATABASE_URL for a database of your own")


class Project(BaseModel):
    """The settings in mailer.yaml."""

    model_config = Strict

    name: str = Field(min_length=1, description="Name of the newsletter, as readers see it.")
    language: Language = Field(default=Language.NL, description="Language texts are written in.")
    timezone: Zone = Field(
        default=ZoneInfo("Europe/Brussels"), description="Time zone of every date and time."
    )
    public_url: Annotated[HttpUrl, AfterValidator(_short_without_query)] = Field(
        description="Where readers unsubscribe and read in the browser."
    )
    organisation: Organisation = Field(description="Who is legally the sender.")
    sender: Sender = Field(description="The addresses a mail carries.")
    clusters: dict[Annotated[str, Field(pattern=ID)], Cluster] = Field(
        min_length=1, description="The clusters by id; their order here is the default order."
    )
    organisers: dict[str, Organiser] = Field(
        default_factory=dict, description="Registry of organisers; with it, others are questioned."
    )
    smtp: Smtp | None = Field(default=None, description="The server that takes the mail.")
    dkim: Dkim | Literal["smarthost"] | None = Field(
        default=None,
        description="A key to sign every mail with, or `smarthost` when your server signs.",
    )
    store: Annotated[str, AfterValidator(_store)] = Field(
        default="sqlite", description="sqlite (.mailer/mailer.db), or env:DATABASE_URL."
    )
    theme: Theme = Field(default=Theme(), description="Colours, fonts and logo.")
    clients: Mix = Field(
        default=dict(USUAL_MIX),
        min_length=1,
        description="The mail programs of your readers, each with its share; `outlook-web` is the "
        "new Outlook as well. The default is an assumption: replace it by your own figures.",
    )
    test_readers: Annotated[tuple[AddressText, ...], BeforeValidator(_one_or_more)] = Field(
        default=(), description="Who gets `test` when no --to is given."
    )
    approval: ApprovalRule = Field(
        default=ApprovalRule.OPTIONAL,
        description="With `required`, `send` refuses what nobody approved as it is now.",
    )

    @property
    def is_signed(self) -> bool:
        """True when mails reach readers with a DKIM signature (RFC 8058 3.1)."""
        return self.dkim is not None
