"""Which addresses a mail can be sent from, and return to."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from fvdt_mailer.model.sender import Sender
from fvdt_mailer.pipeline.message.tokens import bounce_token


def sender(**settings: object) -> Sender:
    return Sender.model_validate({"from": "Nieuws <nieuws@example.org>", **settings})


@pytest.mark.parametrize(
    ("settings", "returns_to", "is_verp"),
    [
        ({}, "nieuws@example.org", False),
        ({"verp": "yes"}, "nieuws@example.org", False),
        ({"bounces": "bounces@example.org"}, "bounces@example.org", True),
        ({"bounces": "bounces@example.org", "verp": "ja"}, "bounces@example.org", True),
        ({"bounces": "bounces@example.org", "verp": "no"}, "bounces@example.org", False),
    ],
)
def test_only_a_mailbox_for_bounces_gets_return_addresses_of_their_own(
    settings: dict[str, object], returns_to: str, *, is_verp: bool
) -> None:
    found = sender(**settings)
    assert (str(found.return_address), found.is_verp) == (returns_to, is_verp)


@pytest.mark.parametrize("length", [31, 32])
def test_a_token_must_fit_behind_the_name_of_the_mailbox(length: int) -> None:
    token = bounce_token(b"k", reader_id=2**63 - 1, edition_id="2013-06", list_id="x")
    bounces = "b" * length + "@example.org"
    assert sender(bounces=bounces, verp="no").return_address.local == "b" * length
    if len(f"{'b' * length}+{token}") <= 64:
        assert sender(bounces=bounces).is_verp
        return
    with pytest.raises(
        ValidationError, match=r'bounces has 32 characters before the "@".*verp: no'
    ):
        sender(bounces=bounces)


def test_verp_is_yes_or_no() -> None:
    with pytest.raises(ValidationError, match="expected yes or no"):
        sender(bounces="bounces@example.org", verp="bounces+{token}")
