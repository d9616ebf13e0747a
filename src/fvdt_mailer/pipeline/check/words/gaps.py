"""What readers need to go to an activity, and are not told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.activity import Activity
from fvdt_mailer.model.campaign import Layout
from fvdt_mailer.model.edition import Entry, Phase
from fvdt_mailer.model.folder import Origin
from fvdt_mailer.model.language import Localised
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.words.bare import ADDRESS, bare

_LEADS_ON = re.compile(rf"{ADDRESS}|\]\(|\+?[0-9](?:[ /.-]?[0-9]){{8}}")


def missing_facts(case: Case) -> Iterator[Problem]:
    """A place or a link that an activity to come does not have."""
    for entry in case.edition.entries:
        activity = entry.activity
        # Of a day to be kept free, the rest is told later.
        if entry.phase not in {Phase.UPCOMING, Phase.UNDER_WAY} or activity.save_the_date:
            continue
        origin = case.folder.activity_origins[activity.id]
        if not _has_place(activity) and not _is_told_in_words(entry, case):
            yield _problem(
                "missing-place",
                origin,
                "nothing says where this takes place",
                'add "municipality", "venue" or "online: true"',
                severity=Severity.WARNING,
            )
        if not activity.links and not any(map(_leads_on, (activity.text, activity.reason))):
            yield _problem(
                "missing-link",
                origin,
                "readers who want to know more, or to come, find no link",
                'add "info" or "registration", or say in the text whom to ask',
                severity=Severity.NOTE,
            )


def _has_place(activity: Activity) -> bool:
    is_somewhere = activity.venue or activity.municipality or activity.address
    return bool(is_somewhere or activity.online)


def _is_told_in_words(entry: Entry, case: Case) -> bool:
    """True where running prose alone tells the activity: then the place stands in its words."""
    is_prose = case.edition.campaign.layout is Layout.PROSE
    return is_prose and entry.activity.text is not None and entry.activity.topic is None


def _leads_on(text: Localised | None) -> bool:
    return text is not None and any(
        _LEADS_ON.search(words) or ADDRESS in bare(words) for _, words in text.texts
    )


def _problem(rule: str, origin: Origin, text: str, hint: str, *, severity: Severity) -> Problem:
    return Problem(
        rule=rule,
        file=origin.file,
        line=origin.line(),
        text=text,
        hint=hint,
        severity=severity,
    )
