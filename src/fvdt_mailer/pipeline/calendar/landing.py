"""What agenda links lead to: a page for each activity in each language, and its calendar file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fvdt_mailer.model.edition import Edition, Entry
from fvdt_mailer.model.event import Event, EventVersion
from fvdt_mailer.model.folder import Template
from fvdt_mailer.model.language import Language
from fvdt_mailer.pipeline.calendar.event import at_version, event_of, teller_for
from fvdt_mailer.pipeline.calendar.hosted import file_path, page_path
from fvdt_mailer.pipeline.calendar.links import OutlookHost, google_url, outlook_url
from fvdt_mailer.pipeline.calendar.version import told_entries
from fvdt_mailer.pipeline.calendar.write_ics import write_ics
from fvdt_mailer.pipeline.layout.template import Templates
from fvdt_mailer.pipeline.tell import tell

PAGE = "page/activity.html.j2"


@dataclass(frozen=True, slots=True, kw_only=True)
class HostedFile:
    """One file below the project's public address; a page is the index of its folder."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarLinks:
    """The ways from a page into a calendar; `file` is relative to the page."""

    file: str
    google: str
    outlook_home: str
    outlook_work: str


def hosted_files(
    edition: Edition,
    versions: Mapping[str, EventVersion],
    templates: Mapping[str, Template],
) -> Iterator[HostedFile]:
    """All that the links of this edition lead to, whatever language a reader has."""
    press = Templates(templates)
    for entry in told_entries(edition):
        activity = entry.activity.id
        for language in Language:
            event = at_version(event_of(entry, edition, language), versions[activity])
            html = page_html(entry, edition, language, event=event, templates=press)
            yield HostedFile(
                path=f"{page_path(activity, language)}index.html", content=html.encode()
            )
            yield HostedFile(path=file_path(activity, language), content=write_ics(event))


def page_html(
    entry: Entry,
    edition: Edition,
    language: Language,
    *,
    event: Event,
    templates: Templates,
) -> str:
    """The page of one activity in one language; FilesError says what to mend in its template."""
    teller, project = teller_for(edition, language), edition.project
    cluster = project.clusters[entry.activity.clusters[0]]
    values = {
        "name": project.name,
        "organisation": project.organisation,
        "theme": project.theme,
        "ribbon": tuple(one.colour for one in project.clusters.values()),
        "words": teller.speech.words,
        "language": language,
        "project_language": project.language,
        "colour": cluster.colour,
        "paragraph": tell(entry, teller, opens_section=True),
        "calendar": links_of(event, language),
    }
    return templates.fill(PAGE, values)


def links_of(event: Event, language: Language) -> CalendarLinks:
    """The links of a page; its file lies beside the folder of the page, wherever both are put."""
    return CalendarLinks(
        file=f"../{language.value}.ics",
        google=google_url(event),
        outlook_home=outlook_url(event, OutlookHost.HOME),
        outlook_work=outlook_url(event, OutlookHost.WORK),
    )
