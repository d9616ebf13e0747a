"""E-mail addresses, parsed once at the border (RFC 5321 4.1.2, the dot-string form only)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_PLAIN = re.compile(rf"({_ATOM}(?:\.{_ATOM})*)@((?:{_LABEL}\.)+{_LABEL})")
_NAMED = re.compile(r"\s*(?P<name>[^<>]*?)\s*<\s*(?P<address>[^<>\s]+)\s*>\s*")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LONGEST = 254
_LONGEST_LOCAL = 64


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """An addr-spec: its domain in lower-case A-labels, its local part exactly as written."""

    local: str
    domain: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one address; comments, quotes, groups and controls are refused with ValueError."""
        written = text.strip()
        if len(written) > _LONGEST:
            raise ValueError(f"an address has at most {_LONGEST} characters")
        found = _PLAIN.fullmatch(written)
        if found is None:
            return cls._international(written)
        local, domain = found.groups()
        if len(local) > _LONGEST_LOCAL:
            raise ValueError(f'the part before "@" has at most {_LONGEST_LOCAL} characters')
        return cls(local, domain.lower())

    @classmethod
    def _international(cls, written: str) -> Self:
        if written.isascii():
            raise ValueError(f'"{written}" is not an e-mail address')
        # Slow to import, and only for the few addresses that are not ASCII.
        from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415

        try:
            valid = validate_email(written, check_deliverability=False)
        except EmailNotValidError as error:
            raise ValueError(f'"{written}" is not an e-mail address: {error}') from None
        return cls(valid.local_part, (valid.ascii_domain or valid.domain).lower())

    @property
    def needs_smtputf8(self) -> bool:
        """True when only an RFC 6531 server can carry this address."""
        return not self.local.isascii()

    @property
    def key(self) -> str:
        """What makes two spellings one reader: the whole address in lower case."""
        return f"{self.local}@{self.domain}".casefold()

    def __str__(self) -> str:
        return f"{self.local}@{self.domain}"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address with the name to show beside it (RFC 5322 3.4)."""

    address: Address
    name: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `Name <a@b>` or `a@b`; ValueError says why not."""
        named = _NAMED.fullmatch(text)
        if named is None:
            return cls(Address.parse(text))
        name = named["name"].strip().strip('"').strip()
        if _CONTROLS.search(name):
            raise ValueError("a name holds no control characters or line breaks")
        return cls(Address.parse(named["address"]), name)

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else str(self.address)


def _mailbox(value: object) -> Mailbox:
    match value:
        case Mailbox():
            return value
        case str():
            return Mailbox.parse(value)
        case _:
            raise ValueError('expected an address such as "Name <name@example.org>"')


def _address(value: object) -> Address:
    match value:
        case Address():
            return value
        case str():
            return Address.parse(value)
        case _:
            raise ValueError("expected an e-mail address")


MailboxText = Annotated[
    Mailbox,
    BeforeValidator(_mailbox),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "examples": ["Name <name@example.org>"]}),
]
AddressText = Annotated[
    Address,
    BeforeValidator(_address),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "format": "email"}),
]
