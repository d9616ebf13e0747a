"""The links of an edition, each with the place a person wrote it in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.activity import Activity, Link
from fvdt_mailer.model.folder import KeyPath, Origin
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.files.build_tree import dotted

# What the layout makes a link of; anything else between parentheses is printed as it stands.
LINK_IN_PROSE = re.compile(
    r"\[(?P<words>[^\]\[]+)\]\((?P<url>(?:https?://|mailto:)(?:[^\s()]|\([^\s()]*\))+)\)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLink:
    """One address, where it stands, and what it belongs to, if anything.

    `words` are those a person wrote for it: empty where the program says what it leads to.
    """

    url: str
    origin: Origin
    path: KeyPath
    words: str = ""
    activity: Activity | None = None
    link: Link | None = None

    def problem(self, rule: str, text: str, hint: str, *, severity: Severity) -> Problem:
        """A problem at the place of this address."""
        return Problem(
            rule=rule,
            file=self.origin.file,
            line=self.origin.line(*self.path),
            key=dotted(self.path),
            text=text,
            hint=hint,
            severity=severity,
        )


def links_of(case: Case) -> Iterator[WrittenLink]:
    """Every link a person wrote: in the settings, the campaign, its activities, and in prose."""
    yield from _of_project(case)
    callout = case.edition.campaign.callout
    if callout is not None and callout.url:
        yield WrittenLink(url=callout.url, origin=case.origin, path=("callout", "url"))
    for entry in case.edition.entries:
        yield from _of_activity(entry.activity, case.folder.activity_origins[entry.activity.id])
    for text in case.texts:
        for found in LINK_IN_PROSE.finditer(text.text):
            yield WrittenLink(
                url=found["url"],
                origin=text.origin,
                path=text.path,
                words=found["words"],
                activity=text.activity,
            )


def _of_project(case: Case) -> Iterator[WrittenLink]:
    project, origin = case.folder.project, case.folder.project_origin
    organisation = project.organisation
    yield WrittenLink(url=project.public_url, origin=origin, path=("public_url",))
    for key in ("website", "privacy_url"):
        url = getattr(organisation, key)
        yield WrittenLink(url=url, origin=origin, path=("organisation", key))


def _of_activity(activity: Activity, origin: Origin) -> Iterator[WrittenLink]:
    for place, link in enumerate(activity.links):
        # What was not written below `links` is a short form: `info: https://...`.
        is_listed = ("links", place) in origin.lines
        path: KeyPath = ("links", place, "url") if is_listed else (link.kind.value,)
        yield WrittenLink(
            url=link.url,
            origin=origin,
            path=path,
            words=str(link.label or ""),
            activity=activity,
            link=link,
        )
