"""The mail of a segment as a reader without a name would get it."""

from __future__ import annotations

from fvdt_mailer.model.address import Address
from fvdt_mailer.model.delivery import Recipient
from fvdt_mailer.model.edition import Edition
from fvdt_mailer.model.message import Message
from fvdt_mailer.model.rendition import Rendition
from fvdt_mailer.pipeline.greet import greeting
from fvdt_mailer.pipeline.message.compose import compose, mould

_SOMEONE = Address("lezer", "example.org")


def specimen(edition: Edition, rendition: Rendition) -> Message:
    """The bytes that would leave, for nobody: whoever holds them can act for no reader.

    The same files give the same bytes.
    """
    shared = mould(
        rendition,
        project=edition.project,
        edition_id=edition.id,
        frozen_at=edition.as_of,
        greeting=greeting(rendition.key.language),
    )
    nobody = Recipient(reader_id=0, address=_SOMEONE, name="", segment=rendition.key)
    return compose(shared, nobody, secret=b"")
