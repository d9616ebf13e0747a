"""Why mails did not arrive, without whom they were for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fvdt_mailer.model.delivery import State
from fvdt_mailer.pipeline.reasons import reason


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("550 5.1.1 <an@example.org>: no such user", "550 5.1.1, no such mailbox"),
        ("550-5.1.1 first line", "550 5.1.1, no such mailbox"),
        ("552 5.2.2 an@example.org is over quota", "552 5.2.2, the mailbox is full"),
        ("554 5.7.26 unauthenticated", "554 5.7.26, policy or authentication"),
        ("550 an@example.org unknown", "550"),
        ("an@example.org: needs SMTPUTF8", "without a code"),
        ("5501 an@example.org", "without a code"),
        ("", "without a code"),
    ],
)
def test_a_refusal_is_told_by_its_codes_and_what_they_mean(reply: str, expected: str) -> None:
    assert reason(State.FAILED, reply) == expected


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("unsubscribed", "unsubscribed"),
        ("no longer in the audience", "no longer in the audience"),
        ("suppressed: An Peeters asked us to", "suppressed"),
    ],
)
def test_a_suppression_is_told_without_what_a_person_wrote_about_it(
    reply: str, expected: str
) -> None:
    assert reason(State.SUPPRESSED, reply) == expected


def test_a_mail_in_doubt_had_no_answer() -> None:
    assert reason(State.IN_DOUBT, "no reply to the end of the content") == "no answer of the server"


@given(state=st.sampled_from(State), words=st.text())
def test_no_reason_ever_holds_an_address(state: State, words: str) -> None:
    for reply in (f"{words} an@example.org", f"550 5.1.1 {words} an@example.org"):
        assert "@" not in reason(state, reply)
