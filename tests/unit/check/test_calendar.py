"""What is found about calendars before anyone is mailed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.activity import Activity
from fvdt_mailer.model.event import EventVersion
from fvdt_mailer.model.folder import Folder, KeyPath, Origin
from fvdt_mailer.pipeline.calendar.version import versions_of
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.mail.calendar import changed, endless, unfit_attachment
from fvdt_mailer.pipeline.phrase import phrase
from fvdt_mailer.pipeline.segment import sample_keys
from fvdt_mailer.pipeline.select import select
from pages import case_of
from world import NOW, activity, campaign, folder

ANNOUNCEMENT: dict[str, Any] = {"kind": "announcement", "activity": "lezing"}
LINES: Mapping[KeyPath, int] = {("id",): 3, ("start",): 4, ("end",): 5, ("venue",): 6}


def talk(start: str = "2013-06-25 19:30", **fields: Any) -> Activity:
    return activity("lezing", "materialen", start, **fields)


def world(one: Activity, *, lines: Mapping[KeyPath, int], **fields: Any) -> Folder:
    made = folder(activities=[one], campaigns=[campaign(**fields)])
    origin = Origin(file="activities/a.yaml", lines=lines)
    recipe = Origin(file="campaigns/2013-06.yaml", lines={("attach_calendar",): 9})
    return replace(made, activity_origins={one.id: origin}, campaign_origins={"2013-06": recipe})


def case(
    one: Activity,
    *,
    told: EventVersion | None = None,
    lines: Mapping[KeyPath, int] = LINES,
    **fields: Any,
) -> Case:
    made = world(one, lines=lines, **fields)
    edition = select(made, made.campaigns["2013-06"], now=NOW)
    before = {told.activity: told} if told else {}
    return replace(
        case_of(edition=edition, world=made),
        letters=tuple(phrase(edition, key) for key in sample_keys(edition)),
        versions=versions_of(edition, before),
        told=before,
    )


def only(problems: list[Problem]) -> Problem:
    (problem,) = problems
    return problem


def test_a_start_without_an_end_is_noted_where_readers_are_offered_a_calendar() -> None:
    note = only(list(endless(case(talk(), layout="cards"))))
    assert str(note).startswith("activities/a.yaml:4: start: it starts at 19:30 and no hour says")
    assert (note.rule, note.severity) == ("no-end-time", Severity.NOTE)
    assert list(endless(case(talk(), **ANNOUNCEMENT))) == [note]


@pytest.mark.parametrize(
    "one",
    [
        talk(end="2013-06-25 21:30"),
        talk("2013-06-25"),
        talk(all_day="ja"),
        talk(status="cancelled"),
        talk(end="2013-06-26"),
    ],
)
def test_what_has_an_end_or_needs_none_is_not_noted(one: Activity) -> None:
    assert list(endless(case(one, layout="cards"))) == []


def test_an_end_that_is_only_the_same_day_is_no_end() -> None:
    note = only(list(endless(case(talk(end="2013-06-25"), layout="cards"))))
    assert (note.line, note.key) == (5, "end")


def test_prose_offers_no_calendar() -> None:
    assert list(endless(case(talk()))) == []


def version(one: Activity) -> EventVersion:
    return case(one).versions[one.id]


def test_what_changed_since_it_was_told_is_noted_once_with_what_changed() -> None:
    told = version(talk(end="2013-06-25 21:30"))
    note = only(list(changed(case(talk("2013-06-26 19:30", venue="de Buda"), told=told))))
    assert str(note) == (
        "activities/a.yaml:4: start: changed since it was last told: start, end, place; "
        "say in its text what changed, for who planned on it"
    )
    assert note.severity is Severity.NOTE


def test_a_note_stands_where_the_first_change_was_written() -> None:
    note = only(list(changed(case(talk(venue="de Buda"), told=version(talk())))))
    assert (note.line, note.key) == (6, "venue")


def test_what_was_never_told_or_stayed_as_it_was_is_not_noted() -> None:
    assert list(changed(case(talk()))) == []
    assert list(changed(case(talk(price=20), told=version(talk())))) == []


def test_a_newsletter_cannot_attach_a_calendar() -> None:
    wrong = only(list(unfit_attachment(case(talk(), attach_calendar="yes"))))
    assert wrong.is_error
    assert (wrong.rule, wrong.file, wrong.line) == (
        "calendar-on-newsletter",
        "campaigns/2013-06.yaml",
        9,
    )


def test_an_attached_file_without_hours_is_a_warning() -> None:
    found = case(talk("2013-06-25"), attach_calendar="yes", **ANNOUNCEMENT)
    warning = only(list(unfit_attachment(found)))
    assert (warning.rule, warning.severity) == ("calendar-without-hours", Severity.WARNING)
    assert warning.line == 4


def test_an_attached_file_named_after_its_date_is_a_warning() -> None:
    found = case(talk(), attach_calendar="yes", lines={("start",): 4}, **ANNOUNCEMENT)
    warning = only(list(unfit_attachment(found)))
    assert (warning.rule, warning.severity) == ("calendar-id-follows-date", Severity.WARNING)


@pytest.mark.parametrize(
    ("one", "fields"),
    [
        (talk(), {"attach_calendar": "yes", **ANNOUNCEMENT}),
        (talk("2013-06-25", all_day="ja"), {"attach_calendar": "yes", **ANNOUNCEMENT}),
        (talk("2013-06-25"), ANNOUNCEMENT),
        (talk("2013-06-25"), {}),
    ],
)
def test_a_sound_attachment_and_none_are_fine(one: Activity, fields: dict[str, Any]) -> None:
    assert list(unfit_attachment(case(one, **fields))) == []
