"""One reader's message, made by filling what their segment shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote

from fvdt_mailer.model.address import Address, Mailbox
from fvdt_mailer.model.delivery import Recipient
from fvdt_mailer.model.message import Envelope, Message
from fvdt_mailer.model.project import Project
from fvdt_mailer.model.rendition import Blank, Rendition
from fvdt_mailer.pipeline.message.dkim import Seal, SigningKey
from fvdt_mailer.pipeline.message.encode import Escape, Runs, encode, spliced
from fvdt_mailer.pipeline.message.headers import (
    mailboxes,
    one_line,
    quoted_string,
    structured,
    unstructured,
)
from fvdt_mailer.pipeline.message.identity import (
    base_url,
    envelope_id,
    list_id,
    message_id,
    return_path,
)
from fvdt_mailer.pipeline.message.multipart import body
from fvdt_mailer.pipeline.message.tokens import Purpose, bounce_token, token

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

# The fields that each reader has of their own, once.
_OWN = ("To", "Message-ID", "List-Unsubscribe")


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    """How a mail opens: for a reader without a name, and with `{name}` for one who gave it."""

    anonymous: str
    by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mould:
    """What the messages of one segment share: encoded bytes, and what each reader's part needs.

    A message is its signatures, the reader's own fields, the shared `fields` with the empty line
    after them, and `body`. The reader's token goes between each two pieces of `listing`.
    `hashed` is the hash of the body up to its first slot. `trial` is empty for a mail that is
    meant. With `is_verp`, the address in each envelope is `mail_from` and a token of its own.
    """

    mail_from: Address
    is_verp: bool
    message_id_domain: str
    edition_id: str
    list_id: str
    base_url: str
    greeting: Greeting
    trial: str
    fields: bytes
    listing: tuple[bytes, ...]
    body: Runs
    seals: tuple[Seal, ...]
    hashed: Hash


def mould(
    rendition: Rendition,
    *,
    project: Project,
    edition_id: str,
    frozen_at: datetime,
    greeting: Greeting,
    trial: str = "",
    signing: Sequence[SigningKey] = (),
) -> Mould:
    """Encode what a segment shares; ValueError says what cannot be sent as it is.

    A `trial` names one test run: the subject then says [TEST], and Message-IDs depend on it, on
    the segment and on the address, so that no server takes one test mail for a copy of another.
    Trials go to recipients with reader id 0, whose tokens act on nobody.
    """
    sender = project.sender
    kind, runs = _apart(body(rendition))
    shared = (
        *_opening(project, frozen_at),
        unstructured("Subject", _subject(rendition, trial)),
        *_closing(project, rendition),
        kind,
    )
    return Mould(
        mail_from=sender.return_address,
        is_verp=sender.is_verp,
        message_id_domain=sender.from_.address.domain,
        edition_id=edition_id,
        list_id=list_id(project),
        base_url=base_url(project),
        greeting=greeting,
        trial=trial,
        fields=b"".join((*shared, b"\r\n")),
        listing=_listing(project),
        body=runs,
        seals=tuple(Seal.prepare(key, shared=shared, own=_OWN, at=frozen_at) for key in signing),
        hashed=sha256(runs.runs[0]),
    )


def compose(mould: Mould, recipient: Recipient, *, secret: bytes) -> Message:
    """The message of one reader: the same bytes whenever and wherever it is composed again."""
    unsubscribe = _token(mould, recipient, secret=secret, purpose=Purpose.UNSUBSCRIBE)
    preferences = _token(mould, recipient, secret=secret, purpose=Purpose.PREFERENCES)
    name = one_line(recipient.name)
    values = {
        Blank.GREETING: _greeting(mould.greeting, name),
        Blank.ADDRESS: str(recipient.address),
        Blank.UNSUBSCRIBE_URL: _unsubscribe_url(mould.base_url, unsubscribe),
        Blank.PREFERENCES_URL: f"{mould.base_url}/p/{preferences}",
    }
    identity = _message_id(mould, recipient)
    own = (
        mailboxes("To", Mailbox(recipient.address, name)),
        structured("Message-ID", identity),
        unsubscribe.encode("ascii").join(mould.listing),
    )
    body = spliced(mould.body, values)
    pieces = (*_signatures(mould, own, body), *own, mould.fields, *body)
    return _enveloped(mould, recipient, identity, pieces, secret=secret)


def _enveloped(
    mould: Mould, recipient: Recipient, identity: str, pieces: tuple[bytes, ...], *, secret: bytes
) -> Message:
    """The token is in the envelope only: Return-Path is the last server's (RFC 5321 4.4)."""
    back = bounce_token(
        secret,
        reader_id=recipient.reader_id,
        edition_id=mould.edition_id,
        list_id=mould.list_id,
    )
    mail_from = return_path(mould.mail_from, token=back) if mould.is_verp else mould.mail_from
    return Message(
        envelope=Envelope(mail_from=mail_from, rcpt_to=recipient.address),
        message_id=identity,
        pieces=pieces,
        envelope_id=envelope_id(edition_id=mould.edition_id, token=back),
    )


def _signatures(mould: Mould, own: Sequence[bytes], body: Sequence[bytes]) -> tuple[bytes, ...]:
    if not mould.seals:
        return ()
    hashed = mould.hashed.copy()
    hashed.update(b"".join(body[1:]))
    body_hash = hashed.digest()
    return tuple(seal.field(own, body_hash=body_hash) for seal in mould.seals)


def _apart(runs: Runs) -> tuple[bytes, Runs]:
    """The Content-Type field, and the body behind the empty line after it."""
    field, _, start = runs.runs[0].partition(b"\r\n\r\n")
    return field + b"\r\n", Runs(runs=(start, *runs.runs[1:]), slots=runs.slots)


def _opening(project: Project, frozen_at: datetime) -> tuple[bytes, ...]:
    if frozen_at.tzinfo is None:
        raise ValueError("frozen_at has no time zone; the Date of a message needs one")
    sender = project.sender
    date = format_datetime(frozen_at.astimezone(project.timezone))
    fields = [structured("Date", date), mailboxes("From", sender.from_)]
    if sender.reply_to is not None:
        fields.append(mailboxes("Reply-To", sender.reply_to))
    return tuple(fields)


def _subject(rendition: Rendition, trial: str) -> str:
    if encode(rendition.subject, escape=Escape.NOTHING).slots:
        raise ValueError("a subject has no blanks; write it without BLANK-- marks")
    return f"[TEST] {rendition.subject}" if trial else rendition.subject


def _listing(project: Project) -> tuple[bytes, ...]:
    """List-Unsubscribe, cut where a token goes: all tokens are equally long."""
    answers = (project.sender.reply_to or project.sender.from_).address
    anyone = token(b"", purpose="", reader_id=0, list_id="")
    by_click = _unsubscribe_url(base_url(project), anyone)
    by_mail = f"mailto:{quote(answers.local, safe='+')}@{answers.domain}?subject=unsubscribe%20"
    # Receivers read the URI as it stands (RFC 8058 3.1): it is never encoded, nor folded inside.
    field = structured("List-Unsubscribe", f"<{by_click}>, <{by_mail}{anyone}>")
    return tuple(field.split(anyone.encode("ascii")))


def _label(name: str) -> str:
    """The phrase of List-Id; a name that would have to be encoded is left out (RFC 2919 3)."""
    label = one_line(name)
    is_plain = label.isascii() and "=?" not in label
    return f"{quoted_string(label)} " if label and is_plain else ""


def _closing(project: Project, rendition: Rendition) -> tuple[bytes, ...]:
    fields = [structured("List-Id", f"{_label(project.name)}<{list_id(project)}>")]
    # RFC 8058 3.1: one click asks for an https URI and a signature over both fields.
    if project.is_signed and project.public_url.startswith("https:"):
        fields.append(structured("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    return (
        *fields,
        structured("Precedence", "bulk"),
        structured("MIME-Version", "1.0"),
        structured("Content-Language", rendition.key.language),
    )


def _token(mould: Mould, recipient: Recipient, *, secret: bytes, purpose: Purpose) -> str:
    return token(secret, purpose=purpose, reader_id=recipient.reader_id, list_id=mould.list_id)


def _greeting(greeting: Greeting, name: str) -> str:
    return greeting.by_name.replace("{name}", name) if name else greeting.anonymous


def _message_id(mould: Mould, recipient: Recipient) -> str:
    salt = f"{mould.trial}\0{recipient.segment}\0{recipient.address}" if mould.trial else ""
    return message_id(
        list_id=mould.list_id,
        edition_id=mould.edition_id,
        reader_id=recipient.reader_id,
        domain=mould.message_id_domain,
        salt=salt,
    )


def _unsubscribe_url(base_url: str, unsubscribe: str) -> str:
    return f"{base_url}/u/{unsubscribe}"
