"""Links that lead nowhere, elsewhere than they say, or where readers do not expect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.activity import LinkKind
from fvdt_mailer.model.edition import Phase
from fvdt_mailer.model.rendition import Blank
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.page.address_faults import faults_of, host_of, is_example
from fvdt_mailer.pipeline.check.words.written import names_of
from fvdt_mailer.pipeline.check.words.written_links import (
    LINK_IN_PROSE,
    WrittenLink,
    links_of,
)

_LOOKS_LIKE_ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_NOT_A_LINK = re.compile(r"\[[^\]\[]+\]\([^)\s][^)]*\)")
_BARE = re.compile(r"(?<![\w/@.])(?:https?://|www\.)[^\s<>]*[^\s<>.,;:!?)’”\"]")
_REGISTERS = re.compile(r"inschrij|aanmeld|inscri|regist|ticket|sign-?up", re.IGNORECASE)
# What other programs fill in: Mailchimp, Flexmail, Drupal, and people's own.
_MERGE_TAG = re.compile(
    r"\{\{\s*[\w.|-]+\s*\}\}|\*\|[^|\n]+\|\*|%%[^%\n]+%%|%[A-Z][A-Z_]{2,}%|<%[^%\n]*%>"
    r"|\[(?:VOORNAAM|ACHTERNAAM|NAAM|FIRST_?NAME|LAST_?NAME|NAME|E-?MAIL|PRENOM|NOM)\](?!\()"
)
_BLANKS = frozenset(blank.mark for blank in Blank)


def weak_links(case: Case) -> Iterator[Problem]:
    """Every fault of every address a person wrote, at its line."""
    may_be_example = is_example(case.folder.project)
    for link in links_of(case):
        if link.words and _is_disguised(link.words, link.url):
            yield link.problem(
                "disguised-link",
                f"the words say {link.words}, but the link leads to {host_of(link.url)}",
                "let the two agree",
                severity=Severity.WARNING,
            )
        for fault in faults_of(link.url, may_be_example=may_be_example):
            is_told = fault.rule == "http-link" and link.path == ("public_url",)
            is_announced = fault.rule == "file-link" and link.words
            if not (is_told or is_announced):
                yield link.problem(fault.rule, fault.text, fault.hint, severity=fault.severity)


def template_links(case: Case) -> Iterator[Problem]:
    """The same for the addresses that stand in a template."""
    project = case.folder.project
    may_be_example = is_example(project)
    own = (project.public_url, f"mailto:{project.organisation.email}")
    known = {link.url for link in links_of(case)} | _BLANKS
    for page in case.pages:
        for anchor in page.document.all("a", "area"):
            url = anchor.attributes.get("href", "").strip()
            if anchor.is_from_prose or url in known or url.startswith(own):
                continue
            if url in {"", "#"} or url.lower().startswith("javascript:"):
                text, hint = (
                    f'a link to "{url}" leads nowhere',
                    "give it an address, or take it out",
                )
                yield page.problem("empty-link", anchor, text, hint)
                continue
            for fault in faults_of(url, may_be_example=may_be_example) if url[0] != "#" else ():
                severity = fault.severity
                yield page.problem(fault.rule, anchor, fault.text, fault.hint, severity=severity)


def links_in_prose(case: Case) -> Iterator[Problem]:
    """What was meant as a link, or as a place to fill in, and is printed as it stands."""
    for text in chain(case.texts, names_of(case.folder, case.edition)):
        unlinked = LINK_IN_PROSE.sub("", text.text)
        if found := _NOT_A_LINK.search(unlinked):
            yield text.problem(
                "unread-link",
                f"readers would see {found[0]} as it stands",
                "write [words](https://...), with an address that starts with https:// or mailto:",
                severity=Severity.WARNING,
            )
        if found := _MERGE_TAG.search(text.text):
            yield text.problem(
                "merge-tag",
                f'nothing fills in "{found[0]}" here: it belongs to another program',
                "take it out; a mail greets its reader by itself",
                severity=Severity.WARNING,
            )


def bare_links(case: Case) -> Iterator[Problem]:
    """A note for an address in prose that is no link there."""
    for text in case.texts:
        if found := _BARE.search(_NOT_A_LINK.sub("", LINK_IN_PROSE.sub("", text.text))):
            yield text.problem(
                "bare-link",
                f"{found[0]} is text here, no link",
                "write [words](https://...), so that the words say where it leads",
                severity=Severity.NOTE,
            )


def shared_links(case: Case) -> Iterator[Problem]:
    """A note for an address that another activity has too."""
    first: dict[str, WrittenLink] = {}
    for link in links_of(case):
        if link.activity is None or link.link is None:
            continue
        earlier = first.setdefault(link.url, link)
        if earlier.activity is None or earlier.activity.id == link.activity.id:
            continue
        yield link.problem(
            "shared-link",
            f'"{earlier.activity.id}" leads to {link.url} too',
            "check that it is right for both",
            severity=Severity.NOTE,
        )


def late_registrations(case: Case) -> Iterator[Problem]:
    """A note for a look back at what is over that leads to a page to register."""
    past = {entry.activity.id for entry in case.edition.entries if entry.phase is Phase.PAST}
    for link in links_of(case):
        if link.link is None or link.link.kind is not LinkKind.INFO:
            continue
        if link.activity and link.activity.id in past and _REGISTERS.search(link.url + link.words):
            yield link.problem(
                "late-registration",
                f"this is over, and {link.url} seems to be where readers register",
                "lead to photos or a report, or leave it out",
                severity=Severity.NOTE,
            )


def _is_disguised(words: str, url: str) -> bool:
    said = words.strip().rstrip(".")
    if not _LOOKS_LIKE_ADDRESS.fullmatch(said) or url.lower().startswith("mailto:"):
        return False
    return host_of(said if "://" in said else f"https://{said}") != host_of(url)
