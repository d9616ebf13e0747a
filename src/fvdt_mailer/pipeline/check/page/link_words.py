"""Whether the words of a link say where it leads."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.pipeline.check.case import Case, Page
from fvdt_mailer.pipeline.check.words.written import WrittenText, names_of
from fvdt_mailer.pipeline.check.words.written_links import WrittenLink, links_of
from fvdt_mailer.pipeline.markup.accessible_name import accessible_name, visible_words
from fvdt_mailer.pipeline.markup.element import Element

# A link that consists of these says nothing about where it leads.
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        """
        hier klik klikt even lees lezen meer verder info informatie vindt vind u je via voor de
        het deze dit link weten ga door naar
        ici cliquez clique lire lisez plus suite d infos info informations en savoir ce cet cette
        lien voir la le trouverez vous pour
        here click read more learn find out this link info information for the a to continue
        """,
    )
)
_CLICK = re.compile(r"\b(?:klik|druk|cliqu|click)", re.IGNORECASE)
_NOT_WORDS = re.compile(r"[^\w\s]|_")
_WARNING = Severity.WARNING


def wordless_links(case: Case) -> Iterator[Problem]:
    """An error for each link that nobody can hear, and a warning where its label is another."""
    for page in case.pages:
        for link in _links(page):
            name = accessible_name(link)
            if not name:
                yield page.problem("link-without-words", link, *_without_words(link))
            seen = visible_words(link)
            if "aria-label" in link.attributes and not _bare(name).startswith(_bare(seen)):
                yield page.problem(
                    "label-in-name",
                    link,
                    f'a link shows "{seen}" and is called "{name}"',
                    "begin aria-label with the words that are seen",
                    severity=_WARNING,
                )


def vague_links(case: Case) -> Iterator[Problem]:
    """A warning for each link that says "here": in a template, a label, or a person's prose."""
    labels = _labels(case)
    for page in case.pages:
        for link in _links(page):
            name = accessible_name(link)
            if link.is_from_prose or not _is_vague(name):
                continue
            if label := labels.get(_bare(visible_words(link))):
                yield from _vaguely_written(label, name)
            else:
                hint = "name the place in it, or in an aria-label that begins with these words"
                yield page.problem("vague-link", link, _says(name), hint, severity=_WARNING)
    for written in links_of(case):
        if written.link is None and _is_vague(written.words):
            yield from _vaguely_written(written, written.words)


def confusable_links(case: Case) -> Iterator[Problem]:
    """A warning for each name that two links with different targets share."""
    written = {link.url: link for link in links_of(case) if link.activity}
    told: set[str] = set()
    for page in case.pages:
        targets: dict[str, dict[str, Element]] = defaultdict(dict)
        for link in _links(page):
            targets[_bare(accessible_name(link))].setdefault(link.attributes["href"], link)
        for name, links in targets.items():
            is_news = name not in told and bool(name) and not _is_vague(name)
            if len(links) > 1 and is_news:
                told.add(name)
                yield _confusable(page, links, written)


def _labels(case: Case) -> dict[str, WrittenText]:
    """The words that people wrote for links, and where."""
    names = names_of(case.folder, case.edition)
    return {_bare(name.text): name for name in names if "label" in name.path}


def _confusable(page: Page, links: dict[str, Element], written: dict[str, WrittenLink]) -> Problem:
    _, (url, link), *_ = links.items()
    text = f'{len(links)} links are called "{accessible_name(link)}" and lead to different places'
    if url in written:
        hint = 'give this activity a title of its own, or its link a "label"'
        return written[url].problem("same-link-words", text, hint, severity=_WARNING)
    hint = "say in each what it leads to, or add an aria-label that does"
    return page.problem("same-link-words", link, text, hint, severity=_WARNING)


def _links(page: Page) -> Iterator[Element]:
    for link in page.document.all("a", "area"):
        if "href" in link.attributes and not link.is_hidden:
            yield link


def _without_words(link: Element) -> tuple[str, str]:
    if next(link.all("img"), None) is not None:
        return "the picture in a link has no alt", "say in alt where the link leads"
    return "a link without words", "write where it leads, or take it out"


def _vaguely_written(place: WrittenText | WrittenLink, words: str) -> Iterator[Problem]:
    # "Klik hier" is told as a matter of style, wherever it stands.
    if not _CLICK.search(words):
        hint = 'say where it leads, such as "het programma van de dag"'
        yield place.problem("vague-link", _says(words), hint, severity=_WARNING)


def _says(name: str) -> str:
    return f'the link "{name}" does not say where it leads'


def _is_vague(name: str) -> bool:
    words = _bare(name).split()
    return bool(words) and all(word in _EMPTY for word in words)


def _bare(name: str) -> str:
    return " ".join(_NOT_WORDS.sub(" ", name.casefold()).split())
