"""What the envelope says: who a notice goes to and what it names, and addresses as they travel."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.smtp_servers import Scripted, message, plain
from fvdt_mailer.adapters.smtp import commands
from fvdt_mailer.adapters.smtp.offers import Offers
from fvdt_mailer.adapters.smtp.xtext import xtext
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.delivery import State
from fvdt_mailer.model.message import Message
from fvdt_mailer.pipeline.verdict import Reply

EVERYTHING = Offers.parse(
    Reply(code=250, text="mail.example.org\nSIZE 99999999\n8BITMIME\nSMTPUTF8\nDSN")
)


def named(envelope_id: str = "2013-06.7", *, to: str = "an@example.org") -> Message:
    return replace(message(to=to), envelope_id=envelope_id)


def told(one: Message, *offers: str) -> list[str]:
    """The commands of its envelope, as a server with these offers hears them."""
    with Scripted(offers=offers) as server, plain(server.port).connect() as connection:
        assert connection.deliver(one).state is State.SENT
    return server.commands[1:3]


@pytest.mark.parametrize("others", [(), ("PIPELINING",)])
def test_a_server_that_sends_notices_is_told_which_and_about_what(others: tuple[str, ...]) -> None:
    assert told(named(), "DSN", *others) == [
        "MAIL FROM:<bounces@example.org> RET=HDRS ENVID=2013-06.7",
        "RCPT TO:<an@example.org> NOTIFY=FAILURE,DELAY ORCPT=rfc822;an@example.org",
    ]


def test_a_server_that_does_not_offer_it_is_told_nothing_of_notices() -> None:
    assert told(named()) == ["MAIL FROM:<bounces@example.org>", "RCPT TO:<an@example.org>"]


def test_what_cannot_stand_in_a_parameter_is_escaped() -> None:
    first, second = told(named("2013-06.7+ =", to="an+nieuws=x@example.org"), "DSN")
    assert first.endswith(" ENVID=2013-06.7+2B+20+3D")
    assert second.endswith(" ORCPT=rfc822;an+2Bnieuws+3Dx@example.org")


def test_a_message_without_an_envelope_id_names_none() -> None:
    assert told(named(""), "DSN")[0] == "MAIL FROM:<bounces@example.org> RET=HDRS"


@pytest.mark.parametrize(("length", "is_named"), [(100, True), (101, False)])
def test_an_envelope_id_longer_than_servers_take_is_left_out(
    length: int, *, is_named: bool
) -> None:
    # RFC 3461 4.4
    command = commands.mail(named("x" * length), EVERYTHING)
    assert (b" ENVID=" in command) is is_named
    assert b" RET=HDRS" in command


@pytest.mark.parametrize(("local", "is_told"), [("a" * 64, True), ("=" * 64, False)])
def test_an_original_recipient_that_makes_the_command_too_long_is_left_out(
    local: str, *, is_told: bool
) -> None:
    address = Address(local, ".".join(["d" * 50] * 3) + ".be")
    one = replace(named(), envelope=replace(named().envelope, rcpt_to=address))
    command = commands.rcpt(one, EVERYTHING)
    assert (b" ORCPT=" in command) is is_told
    assert b" NOTIFY=FAILURE,DELAY" in command
    assert len(command) <= 512


# The longest there are (RFC 5321 4.5.3.1): 254 characters, which UTF-8 may make more octets of.
locals_ = st.text("a日=+%", min_size=1, max_size=64)
domains = st.integers(1, 60).map(lambda length: ".".join(["d" * length] * 3))
addresses = st.builds(Address, locals_, domains)


@given(mail_from=addresses, rcpt_to=addresses, envelope_id=st.text(max_size=200))
def test_no_command_of_an_envelope_is_longer_than_servers_take(
    mail_from: Address, rcpt_to: Address, envelope_id: str
) -> None:
    # RFC 5321 4.5.3.1.4
    envelope = replace(message().envelope, mail_from=mail_from, rcpt_to=rcpt_to)
    one = replace(message(), envelope=envelope, envelope_id=envelope_id)
    for command in (commands.mail(one, EVERYTHING), commands.rcpt(one, EVERYTHING)):
        assert len(command) <= 512
        assert command.endswith(b"\r\n")
        assert command.count(b"\n") == command.count(b"\r") == 1


@given(st.text())
def test_xtext_is_visible_ascii_and_can_be_read_again(text: str) -> None:
    written = xtext(text)
    assert re.fullmatch(r"([!-*,-<>-~]|\+[0-9A-F]{2})*", written)
    octets = re.sub(r"\+(..)", lambda pair: chr(int(pair[1], 16)), written).encode("latin-1")
    assert octets.decode() == text


# --- addresses beyond ASCII


@pytest.mark.parametrize("offers", [(), ("SMTPUTF8", "8BITMIME", "DSN")])
def test_a_domain_beyond_ascii_travels_as_a_labels_and_needs_no_extension(
    offers: tuple[str, ...],
) -> None:
    first, second = told(named(to="lezer@bücher.example"), *offers)
    assert "SMTPUTF8" not in first
    assert second.startswith("RCPT TO:<lezer@xn--bcher-kva.example>")
    assert "ü" not in second


def test_only_a_local_part_beyond_ascii_asks_for_smtputf8() -> None:
    first, second = told(named(to="zoë@bücher.example"), "SMTPUTF8", "8BITMIME", "DSN")
    assert " SMTPUTF8 " in first
    assert second.startswith("RCPT TO:<zoë@xn--bcher-kva.example>")


def test_an_original_recipient_beyond_ascii_is_left_out() -> None:
    # RFC 6533 3: the address type rfc822 is for ASCII.
    _, second = told(named(to="zoë@example.org"), "SMTPUTF8", "8BITMIME", "DSN")
    assert second == "RCPT TO:<zoë@example.org> NOTIFY=FAILURE,DELAY"
