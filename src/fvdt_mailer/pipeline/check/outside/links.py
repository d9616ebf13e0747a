"""The links of a mail that can be visited, each at the places where it was written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fvdt_mailer.model.project import Project
from fvdt_mailer.pipeline.check.case import Case, Page
from fvdt_mailer.pipeline.check.outside.target import plain
from fvdt_mailer.pipeline.check.words.written_links import WrittenLink, links_of
from fvdt_mailer.pipeline.markup.element import Element

# Whoever opens one of these acts for a reader, or signs somebody off.
_ACTS = re.compile(
    r"unsubscri|uitschrij|afmeld|opt-?out|d(e|%C3%A9)s(inscri|abonn)|one-?click", re.IGNORECASE
)
_MARK = "BLANK--"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address in printable ASCII, and one place where it was written."""

    url: str
    file: str
    line: int | None
    key: str = ""


def links_in(case: Case) -> tuple[Link, ...]:
    """The links of the mails that can be opened without harm, at each place of each.

    A link that no person wrote stands at the line of the template that makes it.
    """
    written: dict[str, list[Link]] = {}
    for link in map(_written, links_of(case)):
        written.setdefault(link.url, []).append(link)
    found: dict[Link, None] = {}
    for page in case.pages:
        for anchor in page.document.all("a"):
            href = anchor.attributes.get("href", "")
            if not is_harmless(href, case.folder.project):
                continue
            made = _made(page, anchor)
            found.update(dict.fromkeys(written.get(made.url, [made])))
    return tuple(found)


def is_harmless(href: str, project: Project) -> bool:
    """True for an address on the web that changes nothing when it is opened."""
    url, base = plain(href), plain(project.public_url.rstrip("/"))
    if _MARK in url or url.startswith((f"{base}/u/", f"{base}/p/")):
        return False
    scheme, _, rest = url.partition("://")
    return scheme.lower() in {"http", "https"} and not _ACTS.search(rest.partition("/")[2])


def _written(link: WrittenLink) -> Link:
    at = link.origin
    return Link(url=plain(link.url), file=at.file, line=at.line(*link.path), key=str(link.path[0]))


def _made(page: Page, anchor: Element) -> Link:
    at = page.problem("link-dead", anchor, "", "")
    return Link(url=plain(anchor.attributes["href"]), file=at.file, line=at.line)
