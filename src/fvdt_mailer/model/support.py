"""What mail programs make of HTML and CSS, as it was tested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Verdict(StrEnum):
    """What a test of a feature in a mail program showed."""

    YES = "y"
    PARTLY = "a"
    NO = "n"
    UNKNOWN = "u"


class Category(StrEnum):
    """What kind of thing a feature is."""

    CSS = "css"
    HTML = "html"
    IMAGE = "image"


class Client(StrEnum):
    """A mail program on one kind of device, as mailer.yaml names it."""

    OUTLOOK_WINDOWS = "outlook-windows"
    OUTLOOK_WEB = "outlook-web"
    OUTLOOK_MACOS = "outlook-macos"
    OUTLOOK_IOS = "outlook-ios"
    OUTLOOK_ANDROID = "outlook-android"
    GMAIL_WEB = "gmail-web"
    GMAIL_ANDROID = "gmail-android"
    GMAIL_IOS = "gmail-ios"
    APPLE_MAIL_MACOS = "apple-mail-macos"
    APPLE_MAIL_IOS = "apple-mail-ios"
    SAMSUNG_EMAIL = "samsung-email"
    THUNDERBIRD = "thunderbird"
    YAHOO_WEB = "yahoo-web"
    YAHOO_ANDROID = "yahoo-android"
    YAHOO_IOS = "yahoo-ios"
    PROTON_WEB = "proton-web"
    PROTON_ANDROID = "proton-android"
    PROTON_IOS = "proton-ios"

    @property
    def full_name(self) -> str:
        """Its name in a sentence."""
        return _TITLES[self]


_TITLES: Mapping[Client, str] = {
    Client.OUTLOOK_WINDOWS: "classic Outlook for Windows",
    Client.OUTLOOK_WEB: "new Outlook",
    Client.OUTLOOK_MACOS: "Outlook for Mac",
    Client.OUTLOOK_IOS: "Outlook on iPhone",
    Client.OUTLOOK_ANDROID: "Outlook on Android",
    Client.GMAIL_WEB: "Gmail on the web",
    Client.GMAIL_ANDROID: "Gmail on Android",
    Client.GMAIL_IOS: "Gmail on iPhone",
    Client.APPLE_MAIL_MACOS: "Apple Mail on Mac",
    Client.APPLE_MAIL_IOS: "Apple Mail on iPhone",
    Client.SAMSUNG_EMAIL: "Samsung Email",
    Client.THUNDERBIRD: "Thunderbird",
    Client.YAHOO_WEB: "Yahoo Mail on the web",
    Client.YAHOO_ANDROID: "Yahoo Mail on Android",
    Client.YAHOO_IOS: "Yahoo Mail on iPhone",
    Client.PROTON_WEB: "Proton Mail on the web",
    Client.PROTON_ANDROID: "Proton Mail on Android",
    Client.PROTON_IOS: "Proton Mail on iPhone",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How one mail program does one feature; the notes are those of the tester, as written."""

    verdict: Verdict
    notes: tuple[str, ...] = ()


UNTESTED = Answer(verdict=Verdict.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One feature, and the answer of each mail program it was tested in."""

    slug: str
    title: str
    category: Category
    url: str
    tested: date
    answers: Mapping[Client, Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Every feature that was tested, by its slug; `source` names the data, `as_of` its day."""

    source: str
    as_of: date
    features: Mapping[str, Feature] = field(default_factory=dict)

    def answer(self, slug: str, client: Client) -> Answer:
        """What is known of a feature in a mail program."""
        feature = self.features.get(slug)
        return feature.answers.get(client, UNTESTED) if feature else UNTESTED
