"""Whether what would be sent is what somebody approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from fvdt_mailer.model.approval import Approval
from fvdt_mailer.model.plan import Plan
from fvdt_mailer.model.project import ApprovalRule
from fvdt_mailer.pipeline.approve import concern, objection, told, valid
from world import PROJECT, ZONE, edition

AN = Approval(
    campaign="2013-06",
    content_hash="another",
    by="An Peeters",
    at=datetime(2013, 6, 1, 8, 0, tzinfo=UTC),
    mails=6,
)


def plan(rule: ApprovalRule = ApprovalRule.REQUIRED) -> Plan:
    project = PROJECT.model_copy(update={"approval": rule})
    found = replace(edition(), project=project)
    return Plan(edition=found, segments=(), renditions=(), problems=())


def approved(found: Plan) -> Approval:
    return replace(AN, by="Bram Claes", content_hash=found.content_hash)


def test_what_nobody_approved_may_not_leave_and_the_command_is_named() -> None:
    assert objection(plan(), ()) == (
        "nobody has approved 2013-06 yet; after reading it, run: "
        "fvdt-mailer approve 2013-06 --by NAME"
    )


def test_what_changed_since_may_not_leave_and_it_is_said_who_approved_it_when() -> None:
    assert objection(plan(), [replace(AN, by="Els"), AN]) == (
        "2013-06 changed since it was approved by An Peeters on 2013-06-01 10:00; "
        "read it again, then run: fvdt-mailer approve 2013-06 --by NAME"
    )


def test_one_approval_of_this_content_is_enough_whatever_came_after() -> None:
    found = plan()
    assert objection(found, [approved(found), AN]) == ""
    assert valid([approved(found), AN], found.content_hash) == (approved(found),)


def test_where_approval_is_optional_everything_may_leave_but_a_change_is_a_concern() -> None:
    found = plan(ApprovalRule.OPTIONAL)
    assert objection(found, ()) == objection(found, [AN]) == ""
    assert "changed since it was approved by An Peeters" in concern(found, [AN])


def test_an_approval_is_told_in_the_time_zone_of_the_project() -> None:
    assert told(AN, ZONE) == "An Peeters on 2013-06-01 10:00"
