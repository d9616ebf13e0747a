"""A proof of sending as a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import yaml

from fvdt_mailer.model.approval import Approval
from fvdt_mailer.model.delivery import State
from fvdt_mailer.model.proof import Proof, Refusal
from fvdt_mailer.pipeline.write_proof import write_proof
from standings import MINUTE, NOW, standing, tally
from world import ZONE

APPROVED = Approval(
    campaign="2013-06", content_hash="abc", by="An Peeters", at=NOW, mails=5, note="één keer"
)
PROOF = Proof(
    edition_id="2013-06",
    zone=ZONE,
    course=replace(
        standing().course, started=NOW, finished=NOW + timedelta(minutes=2), scheduled=None
    ),
    approvals=(APPROVED,),
    tally=tally(sent=4, failed=1),
    segments={"voeding.fr": tally(sent=1), "voeding.nl": tally(sent=3, failed=1)},
    refusals=(Refusal(state=State.FAILED, reason="550 5.1.1, no such mailbox", mails=1),),
)
TEXT = """\
# Proof of sending, from the ledger of fvdt-mailer. It holds counts and no addresses.
# The same content of the campaign has the same hash; another has another.
campaign: 2013-06
content: sha256:abc
approved:
- {by: An Peeters, at: '2013-06-01T12:00:00+02:00', mails: 5, note: één keer}
frozen: '2013-06-01T11:59:00+02:00'
scheduled: null
started: '2013-06-01T12:00:00+02:00'
finished: '2013-06-01T12:02:00+02:00'
complete: true
balanced: true
recipients: 5
states: {sent: 4, failed: 1}
segments:
  voeding.fr: {recipients: 1, sent: 1}
  voeding.nl: {recipients: 4, sent: 3, failed: 1}
refusals:
- {state: failed, reason: '550 5.1.1, no such mailbox', mails: 1}
program: fvdt-mailer 1.2.3
"""


def test_a_proof_says_what_who_when_how_many_and_why_not() -> None:
    assert write_proof(PROOF) == TEXT


def test_a_proof_of_what_is_not_finished_says_so() -> None:
    unfinished = replace(
        PROOF,
        course=standing(scheduled=NOW + MINUTE).course,
        approvals=(),
        tally=tally(sent=4, queued=1),
    )
    told = yaml.safe_load(write_proof(unfinished))
    assert (told["complete"], told["finished"], told["approved"]) == (False, None, [])
    assert told["scheduled"] == "2013-06-01T12:01:00+02:00"


def test_a_name_with_signs_of_yaml_in_it_comes_back_as_it_was() -> None:
    odd = replace(APPROVED, by="An: {Peeters} #1", note="- 'ja'")
    told = yaml.safe_load(write_proof(replace(PROOF, approvals=(odd,))))
    assert (told["approved"][0]["by"], told["approved"][0]["note"]) == (odd.by, odd.note)
