"""What readers put into their calendars: files that travel along, and days that moved.

That a file reads back is not asked here: whatever text a person wrote, `write_ics` writes a file
that another reader understands, and its tests hold it to that.
"""

from __future__ import annotations

from collections.abc import Iterator

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.activity import Activity
from fvdt_mailer.model.campaign import CampaignKind
from fvdt_mailer.model.event import Hours
from fvdt_mailer.pipeline.calendar.span import span_of
from fvdt_mailer.pipeline.calendar.version import Aspect, changes, told_entries
from fvdt_mailer.pipeline.check.case import Case

_KEYS = {
    Aspect.START: "start",
    Aspect.END: "end",
    Aspect.PLACE: "venue",
    Aspect.STATUS: "status",
    Aspect.TITLE: "title",
}


def unfit_attachment(case: Case) -> Iterator[Problem]:
    """A calendar file that is asked for and cannot go along, or would not say when."""
    campaign, origin = case.edition.campaign, case.origin
    if not campaign.attach_calendar:
        return
    if campaign.kind is not CampaignKind.ANNOUNCEMENT:
        yield Problem(
            rule="calendar-on-newsletter",
            file=origin.file,
            line=origin.line("attach_calendar"),
            key="attach_calendar",
            text="a newsletter carries no calendar file, so readers would not get what this says",
            hint="take it out; `layout: cards` gives each activity a link to its calendar file",
        )
        return
    for entry in told_entries(case.edition):
        yield from _unfit(entry.activity, case)


def endless(case: Case) -> Iterator[Problem]:
    """A note for each activity that readers can put into a calendar without knowing its length."""
    zone, offered = case.edition.project.timezone, _offered(case)
    for entry in told_entries(case.edition):
        activity = entry.activity
        span = span_of(activity, zone)
        if activity.id in offered and isinstance(span, Hours) and span.ends is None:
            yield _about(
                activity,
                case,
                rule="no-end-time",
                key="end" if activity.end else "start",
                text=f"it starts at {activity.start.clock:%H:%M} and no hour says when it ends, so "
                "calendars show no length",
                hint="write `end` with its time when you know it",
            )


def changed(case: Case) -> Iterator[Problem]:
    """A note for each activity of which readers were told something else before."""
    for entry in told_entries(case.edition):
        told = case.told.get(entry.activity.id)
        found = case.versions.get(entry.activity.id)
        if told is None or found is None or told.digest == found.digest:
            continue
        aspects = changes(told, found)
        yield _about(
            entry.activity,
            case,
            rule="changed-since-told",
            key=_KEYS[aspects[0]],
            text=f"changed since it was last told: {', '.join(aspects)}",
            hint="say in its text what changed, for who planned on it",
        )


def _offered(case: Case) -> frozenset[str]:
    """The activities that some reader gets a link into a calendar for."""
    return frozenset(
        paragraph.activity
        for letter in case.letters
        for section in letter.sections
        for paragraph in section.paragraphs
        if paragraph.agenda_url
    )


def _unfit(activity: Activity, case: Case) -> Iterator[Problem]:
    if activity.start.clock is None and not activity.all_day:
        yield _about(
            activity,
            case,
            rule="calendar-without-hours",
            key="start",
            text="the calendar file of this announcement names the day but no hour",
            hint="write the time after the date, or `all_day: yes` when it takes the whole day",
            severity=Severity.WARNING,
        )
    if ("id",) not in case.folder.activity_origins[activity.id].lines:
        yield _about(
            activity,
            case,
            rule="calendar-id-follows-date",
            key="start",
            text=f'its id is made of its date ("{activity.id}"), and calendars know it by its id',
            hint='write an "id" of its own, so that calendars follow when the date moves',
            severity=Severity.WARNING,
        )


def _about(
    activity: Activity,
    case: Case,
    *,
    rule: str,
    key: str,
    text: str,
    hint: str,
    severity: Severity = Severity.NOTE,
) -> Problem:
    origin = case.folder.activity_origins[activity.id]
    return Problem(
        rule=rule,
        file=origin.file,
        line=origin.line(key),
        key=key,
        text=text,
        hint=hint,
        severity=severity,
    )
