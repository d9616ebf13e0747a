"""Letters laid out as HTML and as plain text, with blanks for the reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from markupsafe import Markup, escape

from fvdt_mailer.errors import FilesError
from fvdt_mailer.model.audience import SegmentKey
from fvdt_mailer.model.folder import Template
from fvdt_mailer.model.language import Language, Written
from fvdt_mailer.model.letter import Letter, LetterSection
from fvdt_mailer.model.project import Project
from fvdt_mailer.model.rendition import Blank, Rendition
from fvdt_mailer.pipeline.layout.base_css import base_css_problems
from fvdt_mailer.pipeline.layout.inline import inline
from fvdt_mailer.pipeline.layout.template import Templates
from fvdt_mailer.pipeline.phrases.catalogue import Words

LETTER_HTML, LETTER_TEXT = "newsletter.html.j2", "newsletter.txt.j2"
SECTION_HTML = "section.html.j2"
BASE_CSS = "base.css"
# Each in a style element of its own: a client that cannot read one drops the whole element.
ENHANCE_CSS = ("enhance.css", "dark.css")

WordsOf: TypeAlias = Callable[[Language], Words]

# People's words are escaped, so that none of them can spell a comment.
_PREHEADER, _SECTIONS, _STYLES = (
    f"<!--part:{part}-->" for part in ("preheader", "sections", "styles")
)
_CLASS = re.compile(r"\.([A-Za-z][\w-]*)(?=[^{}]*\{)")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def render(
    letters: Iterable[Letter],
    *,
    project: Project,
    templates: Mapping[str, Template],
    words: WordsOf,
) -> Iterator[Rendition]:
    """Each letter as its segment reads it; FilesError says what to mend in a template.

    What letters share is laid out once: each section, and the shell around the sections.
    """
    filled = Templates(templates)
    sheets = _sheets(filled, project)
    press = _Press(project=project, templates=filled, words=words, sheets=sheets)
    for letter in letters:
        yield Rendition(
            key=letter.key,
            subject=_one_line(letter.subject),
            preheader=_one_line(letter.preheader),
            html=press.html(letter),
            text=_text(letter, project, filled, words(letter.key.language), body_only=False),
            activities=letter.activities,
        )


def body_text(
    letter: Letter,
    *,
    project: Project,
    templates: Mapping[str, Template],
    words: WordsOf,
) -> str:
    """The campaign's own words as plain text: without greeting and footer."""
    own = words(letter.key.language)
    return _text(letter, project, Templates(templates), own, body_only=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheets:
    """The style sheets of a project: what is inlined, what is not, and the classes that needs."""

    base: str
    styles: str
    classes: frozenset[str]


def _sheets(templates: Templates, project: Project) -> _Sheets:
    values = {"theme": project.theme}
    base = templates.fill(BASE_CSS, values)
    if problems := base_css_problems(base, templates.file(BASE_CSS)):
        raise FilesError(problems)
    enhancing = [templates.fill(name, values) for name in ENHANCE_CSS]
    for name, css in zip(ENHANCE_CSS, enhancing, strict=True):
        if "</" in css:
            raise templates.problem(name, text='"</" ends a style sheet', hint="take it out")
    return _Sheets(
        base=base,
        styles="\n".join(f"<style>{css}</style>" for css in enhancing),
        classes=frozenset(_CLASS.findall(_CSS_COMMENT.sub("", "\n".join(enhancing)))),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Press:
    """Lays out HTML; whatever was laid out before is taken from `laid_out`."""

    project: Project
    templates: Templates
    words: WordsOf
    sheets: _Sheets
    laid_out: dict[object, str] = field(default_factory=dict)

    def html(self, letter: Letter) -> str:
        """The whole document."""
        sections = "\n".join(self._section(section, letter) for section in letter.sections)
        preheader = str(escape(_one_line(letter.preheader)))
        return self._shell(letter).replace(_PREHEADER, preheader).replace(_SECTIONS, sections)

    def _section(self, section: LetterSection, letter: Letter) -> str:
        key = (section, letter.key.language, letter.kind, letter.layout)
        if key not in self.laid_out:
            self.laid_out[key] = self._inlined(SECTION_HTML, letter, {"section": section})
        return self.laid_out[key]

    def _shell(self, letter: Letter) -> str:
        language = letter.key.language
        key = replace(
            letter, key=SegmentKey((), language), preheader=Written("", language), sections=()
        )
        if key not in self.laid_out:
            marks = {"preheader": _PREHEADER, "sections": _SECTIONS, "styles": _STYLES}
            parts = {part: Markup(mark) for part, mark in marks.items()}  # noqa: S704 - constants
            shell = self._inlined(LETTER_HTML, letter, parts)
            self._demand(shell, marks)
            self.laid_out[key] = shell.replace(_STYLES, self.sheets.styles)
        return self.laid_out[key]

    def _inlined(self, name: str, letter: Letter, own: Mapping[str, object]) -> str:
        values = _values(letter, self.project, self.words(letter.key.language)) | {**own}
        html = re.sub(r"\n\s*\n", "\n", self.templates.fill(name, values)).strip()
        return inline(html, self.sheets.base, keep=self.sheets.classes)

    def _demand(self, shell: str, marks: Mapping[str, str]) -> None:
        for part, mark in marks.items():
            if shell.count(mark) != 1:
                raise self.templates.problem(
                    LETTER_HTML,
                    text=f'"{part}" is printed {shell.count(mark)} times, not once',
                    hint=f"put {{{{ {part} }}}} where it belongs",
                )


def _text(
    letter: Letter, project: Project, templates: Templates, words: Words, *, body_only: bool
) -> str:
    own = {"sections": letter.sections, "body_only": body_only}
    filled = templates.fill(LETTER_TEXT, _values(letter, project, words) | own)
    without_trails = re.sub(r"[ \t]+\n", "\n", filled)
    return re.sub(r"\n{3,}", "\n\n", without_trails).strip() + "\n"


def _values(letter: Letter, project: Project, words: Words) -> dict[str, object]:
    """What every template may print."""
    return {
        "name": project.name,
        "public_url": project.public_url.rstrip("/"),
        "organisation": project.organisation,
        "theme": project.theme,
        "words": words,
        "blank": {blank.value: blank.mark for blank in Blank},
        "language": letter.key.language,
        "project_language": project.language,
        "kind": letter.kind,
        "layout": letter.layout,
        "subject": _one_line(letter.subject),
        "headline": letter.headline,
        "intro": letter.intro,
        "lead_in": letter.lead_in,
        "closing": letter.closing,
    }


def _one_line(written: Written) -> str:
    return " ".join(written.text.split())
