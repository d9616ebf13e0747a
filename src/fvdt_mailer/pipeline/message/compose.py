"""One reader's message, made by filling what their segment shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote

from fvdt_mailer.model.address import Address, Mailbox
from fvdt_mailer.model.delivery import Recipient
from fvdt_mailer.model.message import Envelope, Message
from fvdt_mailer.model.project import Project
from fvdt_mailer.model.rendition import Blank, Rendition
from fvdt_mailer.pipeline.message.encode import Escape, Runs, chain, encode, splice
from fvdt_mailer.pipeline.message.headers import (
    mailboxes,
    one_line,
    quoted_string,
    structured,
    unstructured,
)
from fvdt_mailer.pipeline.message.identity import base_url, list_id, message_id
from fvdt_mailer.pipeline.message.multipart import alternative
from fvdt_mailer.pipeline.message.tokens import Purpose, token


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    """How a mail opens: for a reader without a name, and with `{name}` for one who gave it."""

    anonymous: str
    by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mould:
    """What the messages of one segment share: encoded bytes, and what each reader's part needs.

    The fields of bytes stand in the order of the message: the reader's To goes after `opening`,
    Message-ID after `subject`, and the reader's token between each two pieces of `listing`.
    `trial` is empty for a mail that is meant.
    """

    mail_from: Address
    message_id_domain: str
    edition_id: str
    list_id: str
    base_url: str
    greeting: Greeting
    trial: str
    opening: bytes
    subject: bytes
    listing: tuple[bytes, ...]
    closing: Runs


def mould(
    rendition: Rendition,
    *,
    project: Project,
    edition_id: str,
    frozen_at: datetime,
    greeting: Greeting,
    trial: str = "",
) -> Mould:
    """Encode what a segment shares; ValueError says what cannot be sent as it is.

    A `trial` names one test run: the subject then says [TEST], and Message-IDs depend on it, on
    the segment and on the address, so that no server takes one test mail for a copy of another.
    Trials go to recipients with reader id 0, whose tokens act on nobody.
    """
    sender = project.sender
    return Mould(
        mail_from=sender.bounces or sender.from_.address,
        message_id_domain=sender.from_.address.domain,
        edition_id=edition_id,
        list_id=list_id(project),
        base_url=base_url(project),
        greeting=greeting,
        trial=trial,
        opening=_opening(project, frozen_at),
        subject=unstructured("Subject", _subject(rendition, trial)),
        listing=_listing(project),
        closing=_closing(project, rendition),
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
    content = (
        mould.opening,
        mailboxes("To", Mailbox(recipient.address, name)),
        mould.subject,
        structured("Message-ID", identity),
        unsubscribe.encode("ascii").join(mould.listing),
        splice(mould.closing, values),
    )
    envelope = Envelope(mail_from=mould.mail_from, rcpt_to=recipient.address)
    return Message(envelope=envelope, message_id=identity, content=b"".join(content))


def _opening(project: Project, frozen_at: datetime) -> bytes:
    if frozen_at.tzinfo is None:
        raise ValueError("frozen_at has no time zone; the Date of a message needs one")
    sender = project.sender
    date = format_datetime(frozen_at.astimezone(project.timezone))
    fields = [structured("Date", date), mailboxes("From", sender.from_)]
    if sender.reply_to is not None:
        fields.append(mailboxes("Reply-To", sender.reply_to))
    return b"".join(fields)


def _subject(rendition: Rendition, trial: str) -> str:
    if encode(rendition.subject, escape=Escape.NOTHING).slots:
        raise ValueError("a subject has no blanks; write it without BLANK-- marks")
    return f"[TEST] {rendition.subject}" if trial else rendition.subject


def _listing(project: Project) -> tuple[bytes, ...]:
    """List-Id and List-Unsubscribe, cut where a token goes: all tokens are equally long."""
    answers = (project.sender.reply_to or project.sender.from_).address
    anyone = token(b"", purpose="", reader_id=0, list_id="")
    by_click = _unsubscribe_url(base_url(project), anyone)
    by_mail = f"mailto:{quote(answers.local, safe='+')}@{answers.domain}?subject=unsubscribe%20"
    # Receivers read the URI as it stands (RFC 8058 3.1): it is never encoded, nor folded inside.
    fields = (
        structured("List-Id", f"{_label(project.name)}<{list_id(project)}>"),
        structured("List-Unsubscribe", f"<{by_click}>, <{by_mail}{anyone}>"),
    )
    return tuple(b"".join(fields).split(anyone.encode("ascii")))


def _label(name: str) -> str:
    """The phrase of List-Id; a name that would have to be encoded is left out (RFC 2919 3)."""
    label = one_line(name)
    is_plain = label.isascii() and "=?" not in label
    return f"{quoted_string(label)} " if label and is_plain else ""


def _closing(project: Project, rendition: Rendition) -> Runs:
    fields = []
    # RFC 8058 3.1: one click asks for an https URI and a signature over both fields.
    if project.is_signed and project.public_url.startswith("https:"):
        fields.append(structured("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    fields += (
        structured("Precedence", "bulk"),
        structured("MIME-Version", "1.0"),
        structured("Content-Language", rendition.key.language),
    )
    return chain((*fields, alternative(rendition)))


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
