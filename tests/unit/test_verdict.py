"""Replies of real servers, stage by stage, and what they make of a message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fvdt_mailer.model.delivery import Blame, State
from fvdt_mailer.pipeline.verdict import Reply, Stage, is_hard, lost, printable, verdict

SENT = (State.SENT, Blame.NONE)
OURS = (State.DEFERRED, Blame.US)
LATER = (State.DEFERRED, Blame.RECIPIENT)
REFUSED = (State.FAILED, Blame.RECIPIENT)
UNWANTED = (State.FAILED, Blame.MESSAGE)
UNKNOWN = (State.IN_DOUBT, Blame.US)

TABLE = [
    # What comes before a message was spoken of is never the message's or the reader's doing.
    (Stage.GREETING, "554 No SMTP service here", OURS),
    (Stage.GREETING, "521 5.3.2 This host does not accept mail", OURS),
    (Stage.EHLO, "550 5.7.1 Your name is not welcome", OURS),
    (Stage.STARTTLS, "454 4.7.0 TLS not available due to temporary reason", OURS),
    (Stage.AUTH, "535 5.7.8 Authentication credentials invalid", OURS),
    (Stage.AUTH, "454 4.7.0 Temporary authentication failure", OURS),
    # MAIL: no recipient was named yet.
    (Stage.MAIL, "530 5.7.0 Authentication required", OURS),
    (Stage.MAIL, "550 5.1.8 Sender's domain does not exist", OURS),
    (Stage.MAIL, "550 5.1.0 Sender rejected", OURS),
    (Stage.MAIL, "553 Sender address rejected: not owned by user", OURS),
    (Stage.MAIL, "452 4.3.1 Insufficient system storage", OURS),
    (Stage.MAIL, "503 sender already specified", OURS),
    (Stage.MAIL, "552 5.3.4 Message size exceeds fixed limit", UNWANTED),
    (Stage.MAIL, "552 message size exceeds fixed maximum message size", UNWANTED),
    (Stage.MAIL, "550 5.6.7 Internationalised addresses are not supported", UNWANTED),
    # RCPT
    (Stage.RCPT, "550 5.1.1 User unknown", REFUSED),
    (Stage.RCPT, "550 No such user here", REFUSED),
    (Stage.RCPT, "550 5.5.0 Requested action not taken: mailbox unavailable", REFUSED),
    (Stage.RCPT, "550 5.4.1 Recipient address rejected: Access denied", REFUSED),
    (Stage.RCPT, "551 User not local", REFUSED),
    (Stage.RCPT, "553 5.1.3 Bad recipient address syntax", REFUSED),
    (Stage.RCPT, "554 5.1.2 Bad destination system address", REFUSED),
    (Stage.RCPT, "556 5.1.10 Domain does not accept mail", REFUSED),
    (Stage.RCPT, "501 Bad address syntax", REFUSED),
    # Greylisting, in the words of those who do it, whatever the code.
    (Stage.RCPT, "450 4.2.0 Greylisted, try again later", LATER),
    (Stage.RCPT, "450 4.2.0 <an@example.org>: Delayed by Postgrey", LATER),
    (Stage.RCPT, "450 4.7.1 Greylisted for 5 minutes", LATER),
    (Stage.RCPT, "451 4.7.1 Greylisting in action, please come back in 00:05:00", LATER),
    (Stage.RCPT, "422 4.2.2 Greylisted, please try again in a few moments.", LATER),
    (Stage.RCPT, "451 Your address has been graylisted. Try again later", LATER),
    (Stage.RCPT, "451 4.3.0 You are grey listed", LATER),
    (Stage.RCPT, "452 grey-listed, wait", LATER),
    (Stage.RCPT, "421 4.7.0 GREYLISTED, closing", LATER),
    (Stage.RCPT, "450 4.7.1 <an@example.org>: Policy Rejection- Please try later.", LATER),
    (Stage.RCPT, "451 Internal resource is temporarily unavailable - see DOC-1369#451", LATER),
    (Stage.RCPT, "451 Internal resources are temporarily unavailable", LATER),
    (Stage.DATA, "451 4.7.1 greylisted", LATER),
    (Stage.CONTENT, "451 4.7.1 Greylisted, please try again", LATER),
    # Not before a recipient was named, not for good, and not in other words.
    (Stage.GREETING, "421 4.7.0 Greylisted", OURS),
    (Stage.AUTH, "454 4.7.0 greylisted", OURS),
    (Stage.MAIL, "451 4.7.1 greylisted", OURS),
    (Stage.RCPT, "550 5.7.1 Greylisted for good", OURS),
    (Stage.RCPT, "550 5.1.1 greylist@example.org unknown", REFUSED),
    (Stage.RCPT, "451 4.7.1 Try again later", OURS),
    (Stage.RCPT, "450 mailbox busy", LATER),
    (Stage.RCPT, "452 4.2.2 The mailbox is over quota", LATER),
    (Stage.RCPT, "552 5.2.2 Mailbox full", LATER),
    (Stage.RCPT, "552 Too many recipients", LATER),
    (Stage.RCPT, "552 5.3.4 Message too big for system", UNWANTED),
    (Stage.RCPT, "554 5.7.1 Relay access denied", OURS),
    (Stage.RCPT, "550 5.7.1 Client host blocked", OURS),
    (Stage.RCPT, "554 Transaction failed", OURS),
    (Stage.RCPT, "451 4.3.0 Queue file write error", OURS),
    (Stage.RCPT, "452 Insufficient system storage", OURS),
    (Stage.RCPT, "530 5.7.0 Must issue a STARTTLS command first", OURS),
    # DATA: nothing of the message was seen yet.
    (Stage.DATA, "554 5.5.1 No valid recipients", OURS),
    (Stage.DATA, "451 4.3.0 Try again later", OURS),
    (Stage.DATA, "550 5.1.1 User unknown after all", REFUSED),
    # The content.
    (Stage.CONTENT, "250 2.0.0 Ok: queued as 4XvK2", SENT),
    (Stage.CONTENT, "550 5.7.26 This mail is unauthenticated", OURS),
    (Stage.CONTENT, "550 5.7.515 Access denied, domain does not meet the level", OURS),
    (Stage.CONTENT, "421 4.7.28 Unusual rate of mail", OURS),
    (Stage.CONTENT, "451 4.3.0 Error: queue file write error", OURS),
    (Stage.CONTENT, "452 4.2.2 Over quota", LATER),
    (Stage.CONTENT, "550 5.2.2 Mailbox full", REFUSED),
    (Stage.CONTENT, "554 Transaction failed", UNWANTED),
    (Stage.CONTENT, "550 5.6.0 Lone CR or LF in headers", UNWANTED),
    (Stage.CONTENT, "552 5.2.3 Message exceeds the mailbox's limit", UNWANTED),
    (Stage.CONTENT, "354 go ahead", UNKNOWN),
    # The digits contradict each other: the basic code decides between now and for good.
    (Stage.RCPT, "450 5.1.1 User unknown", LATER),
    (Stage.RCPT, "550 4.2.2 Mailbox full", REFUSED),
    # Out of turn.
    (Stage.MAIL, "354 go ahead", OURS),
    (Stage.DATA, "250 Ok", OURS),
]

replies = st.builds(
    Reply,
    code=st.integers(200, 599),
    enhanced=st.just("")
    | st.builds(
        "{}.{}.{}".format, st.sampled_from((2, 4, 5)), st.integers(0, 9), st.integers(0, 30)
    ),
    text=st.text(max_size=1200),
)
stages = st.sampled_from(Stage)


@pytest.mark.parametrize(("stage", "reply", "expected"), TABLE)
def test_a_reply_is_judged_by_stage_code_and_enhanced_code(
    stage: Stage, reply: str, expected: tuple[State, Blame]
) -> None:
    outcome = verdict(stage, Reply.parse(reply))
    assert (outcome.state, outcome.blame) == expected


@pytest.mark.parametrize("stage", Stage)
def test_421_is_never_the_readers_doing(stage: Stage) -> None:
    for enhanced in ("", "4.2.2 ", "4.1.1 ", "4.3.2 "):
        outcome = verdict(stage, Reply.parse(f"421 {enhanced}Closing"))
        assert (outcome.state, outcome.blame) == OURS


@given(stage=stages, reply=replies)
def test_what_blames_us_is_never_settled_as_failed(stage: Stage, reply: Reply) -> None:
    outcome = verdict(stage, reply)
    assert not (outcome.blame is Blame.US and outcome.state is State.FAILED)


@given(stage=stages, reply=replies)
def test_only_a_positive_reply_to_the_content_means_sent(stage: Stage, reply: Reply) -> None:
    is_sent = verdict(stage, reply).state is State.SENT
    assert is_sent == (stage is Stage.CONTENT and 200 <= reply.code < 300)


@given(stage=stages, reply=replies)
def test_a_transient_reply_never_fails_a_message(stage: Stage, reply: Reply) -> None:
    if 400 <= reply.code < 500:
        assert verdict(stage, reply).state is State.DEFERRED


@given(stage=stages, reply=replies)
def test_policy_other_than_greylisting_never_blames_the_recipient(
    stage: Stage, reply: Reply
) -> None:
    if reply.enhanced.split(".")[1:2] == ["7"]:
        assert verdict(stage, reply).blame is not Blame.RECIPIENT


@given(stage=stages, reply=replies)
def test_the_words_of_an_outcome_fit_on_one_printable_line(stage: Stage, reply: Reply) -> None:
    words = verdict(stage, reply).reply
    assert len(words) <= 500
    assert words.isprintable()


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.CONTENT])
def test_a_session_lost_before_the_final_dot_is_deferred(stage: Stage) -> None:
    assert (lost(stage).state, lost(stage).blame) == OURS


def test_a_session_lost_after_the_final_dot_is_in_doubt() -> None:
    outcome = lost(Stage.CONTENT, "the server hung up")
    assert outcome.state is State.IN_DOUBT
    assert outcome.reply == "the server hung up"


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("550 5.1.1 User unknown", True),
        ("550 5.1.10 Null MX", True),
        ("556 No mail here", True),
        ("550 No such user", False),
        ("450 5.1.1 User unknown", False),
        ("552 5.2.2 Mailbox full", False),
        ("550 5.2.1 Mailbox disabled", False),
        ("550 5.7.1 Blocked", False),
    ],
)
def test_only_an_address_that_does_not_exist_is_hard(reply: str, *, expected: bool) -> None:
    assert is_hard(Reply.parse(reply)) is expected


def test_a_reply_written_into_an_outcome_can_be_read_again() -> None:
    reply = Reply(code=550, enhanced="5.1.1", text="No such user")
    assert Reply.parse(verdict(Stage.RCPT, reply).reply) == reply


def test_controls_in_a_reply_are_escaped() -> None:
    assert printable("no\x1b[31m\r\nBcc: \x00x\u202e") == "no\\x1b[31m Bcc: \\x00x\\u202e"


def test_text_that_is_no_reply_is_refused() -> None:
    with pytest.raises(ValueError, match="does not open with an SMTP reply code"):
        Reply.parse("hello")
