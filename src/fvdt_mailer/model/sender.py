"""The addresses a mail carries."""

from __future__ import annotations

from typing import Final, Self

from pydantic import BaseModel, Field, model_validator

from fvdt_mailer.model.activity import Strict, YesNo
from fvdt_mailer.model.address import Address, AddressText, Mailbox, MailboxText

# RFC 5321 4.5.3.1.1: 64 octets before the @, and "+" with a token takes 33 of them.
_LONGEST_BEFORE_TOKEN: Final = 31


class Sender(BaseModel):
    """The addresses a mail carries."""

    model_config = Strict

    from_: MailboxText = Field(alias="from", description="Name and address readers see.")
    reply_to: MailboxText | None = Field(
        default=None, description="Where answers go; default: from."
    )
    bounces: AddressText | None = Field(
        default=None, description="Envelope sender, where bounces go; default: the from address."
    )
    verp: YesNo = Field(
        default=True,
        description="Give each mail a return address of its own, bounces+TOKEN@..., that tells "
        "whose mail came back; only with bounces. Write no when that mailbox takes no mail for "
        "plus addresses, or your server refuses to send from them.",
    )

    @model_validator(mode="after")
    def _can_be_sent_from(self) -> Self:
        boxes = (self.from_, self.reply_to, Mailbox(self.bounces) if self.bounces else None)
        for box in filter(None, boxes):
            if box.address.needs_smtputf8:
                raise ValueError(
                    f"{box.address} has letters before the @ that few mail servers take; "
                    "use plain ones"
                )
        if self.is_verp and len(self.return_address.local) > _LONGEST_BEFORE_TOKEN:
            raise ValueError(
                f'bounces has {len(self.return_address.local)} characters before the "@", and a '
                f"token still goes after them; keep it to {_LONGEST_BEFORE_TOKEN}, or write "
                "verp: no"
            )
        return self

    @property
    def return_address(self) -> Address:
        """Where bounces go, before a token is put in."""
        return self.bounces or self.from_.address

    @property
    def is_verp(self) -> bool:
        """True when each mail has a return address of its own (variable envelope return path)."""
        return self.verp and self.bounces is not None
