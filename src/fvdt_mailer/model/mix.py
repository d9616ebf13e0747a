"""Which mail programs readers have, and how many of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, WithJsonSchema

from fvdt_mailer.errors import did_you_mean
from fvdt_mailer.model.support import Client

_NUMBER = r"[0-9]+(\.[0-9]+)?"

# An assumption about who reads mail of a Flemish public body, not a measurement: companies and
# administrations read in Outlook, most of them still in the classic one; the rest on a phone.
USUAL_MIX: Mapping[Client, float] = {
    Client.OUTLOOK_WINDOWS: 30,
    Client.OUTLOOK_WEB: 18,
    Client.APPLE_MAIL_IOS: 12,
    Client.GMAIL_ANDROID: 9,
    Client.GMAIL_WEB: 8,
    Client.OUTLOOK_IOS: 5,
    Client.OUTLOOK_ANDROID: 4,
    Client.GMAIL_IOS: 4,
    Client.APPLE_MAIL_MACOS: 3,
    Client.OUTLOOK_MACOS: 2,
    Client.SAMSUNG_EMAIL: 2,
    Client.THUNDERBIRD: 1,
    Client.YAHOO_WEB: 1,
    Client.PROTON_WEB: 1,
}


def _client(value: object) -> Client:
    known = {client.value: client for client in Client}
    if str(value) in known:
        return known[str(value)]
    raise ValueError(f"unknown mail program; {did_you_mean(str(value), known)}")


def _weight(value: object) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    written = str(value).strip().removesuffix("%").rstrip()
    if not (is_number or isinstance(value, str)) or not re.fullmatch(_NUMBER, written):
        raise ValueError("expected a number; write a share such as 35 or 12.5")
    if not float(written):
        raise ValueError("nobody has this program; leave it out")
    return float(written)


ClientName = Annotated[Client, BeforeValidator(_client)]
Weight = Annotated[
    float,
    BeforeValidator(_weight),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "exclusiveMinimum": 0},
                {"type": "string", "pattern": rf"^(?=.*[1-9]){_NUMBER} ?%?$"},
            ]
        }
    ),
]
Mix: TypeAlias = dict[ClientName, Weight]
