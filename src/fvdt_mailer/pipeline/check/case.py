"""All that a check may look at: one edition as it would be mailed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.edition import Edition
from fvdt_mailer.model.event import EventVersion
from fvdt_mailer.model.folder import Folder, Origin
from fvdt_mailer.model.letter import Letter
from fvdt_mailer.model.rendition import Rendition
from fvdt_mailer.model.support import Support
from fvdt_mailer.pipeline.check.words.written import WrittenText, texts_of
from fvdt_mailer.pipeline.layout.press import SHELLS, Press
from fvdt_mailer.pipeline.layout.sheets import Sheet
from fvdt_mailer.pipeline.markup.conditional import Branch
from fvdt_mailer.pipeline.markup.element import Document, Element, Place
from fvdt_mailer.pipeline.markup.read_html import read_html
from fvdt_mailer.pipeline.message.specimen import specimen


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Page:
    """One rendition looked at as HTML: as most clients read it, and as classic Outlook does.

    Its elements know their place in a template; `traced` is the HTML they were read from. `mail`
    is the whole message as it would leave, for nobody. `sections` is the HTML of each of the
    letter's sections.
    """

    letter: Letter
    rendition: Rendition
    traced: str
    document: Document
    outlook: Document
    mail: bytes
    sections: tuple[str, ...] = ()

    def problem(
        self,
        rule: str,
        where: Element | Place | None,
        text: str,
        hint: str,
        *,
        severity: Severity = Severity.ERROR,
    ) -> Problem:
        """A problem at the line of the template that wrote `where`."""
        place = where.place if isinstance(where, Element) else where
        return Problem(
            rule=rule,
            file=place.file if place else f"templates/{SHELLS[self.letter.kind]}",
            line=place.line if place else None,
            text=text,
            hint=hint,
            severity=severity,
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    """An edition, its letters and renditions (in the same order), and what they were made of.

    `pages` are so few of the renditions that every section in every language is among them.
    `versions` are those of its activities by their id, and `told` what readers knew before.
    """

    folder: Folder
    edition: Edition
    letters: tuple[Letter, ...]
    renditions: tuple[Rendition, ...]
    texts: tuple[WrittenText, ...]
    pages: tuple[Page, ...]
    sheets: tuple[Sheet, ...]
    support: Support
    versions: Mapping[str, EventVersion] = field(default_factory=dict)
    told: Mapping[str, EventVersion] = field(default_factory=dict)

    @property
    def origin(self) -> Origin:
        """Where the campaign was written."""
        return self.folder.campaign_origins[self.edition.id]


def gather(
    folder: Folder,
    edition: Edition,
    letters: tuple[Letter, ...],
    renditions: tuple[Rendition, ...],
    press: Press,
    *,
    support: Support,
    versions: Mapping[str, EventVersion] = MappingProxyType({}),
    told: Mapping[str, EventVersion] = MappingProxyType({}),
) -> Case:
    """The case of an edition: what covers all of its letters is read back as HTML."""
    rendition_of = dict(zip(letters, renditions, strict=True))
    return Case(
        folder=folder,
        edition=edition,
        letters=letters,
        renditions=renditions,
        texts=tuple(texts_of(folder, edition)),
        pages=tuple(
            _page(letter, rendition_of[letter], edition, press) for letter in covering(letters)
        ),
        sheets=(press.sheets.base, *press.sheets.enhancing),
        support=support,
        versions=versions,
        told=told,
    )


def covering(letters: Iterable[Letter]) -> Iterator[Letter]:
    """A few of the letters, in which every section of every language stands at least once."""
    seen: set[object] = set()
    for letter in sorted(letters, key=lambda one: len(one.sections), reverse=True):
        language = letter.key.language
        told = {(language, section) for section in letter.sections} | {(language, "shell")}
        if told - seen:
            seen |= told
            yield letter


def _page(letter: Letter, rendition: Rendition, edition: Edition, press: Press) -> Page:
    traced = press.traced(letter)
    return Page(
        letter=letter,
        rendition=rendition,
        traced=traced,
        document=read_html(traced),
        outlook=read_html(traced, Branch.OUTLOOK),
        mail=specimen(edition, rendition).content,
        sections=tuple(press.section(section, letter) for section in letter.sections),
    )
