"""Letters laid out as HTML and as plain text; what letters share is laid out once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from markupsafe import Markup, escape

from fvdt_mailer.errors import FilesError
from fvdt_mailer.model.audience import SegmentKey
from fvdt_mailer.model.campaign import CampaignKind
from fvdt_mailer.model.folder import Template
from fvdt_mailer.model.language import Language, Written
from fvdt_mailer.model.letter import Letter, LetterSection
from fvdt_mailer.model.project import Project
from fvdt_mailer.pipeline.layout.inline import inline
from fvdt_mailer.pipeline.layout.sheets import sheets
from fvdt_mailer.pipeline.layout.template import Templates
from fvdt_mailer.pipeline.layout.trace import traced_html, untraced
from fvdt_mailer.pipeline.layout.unreadable_style import unreadable_style
from fvdt_mailer.pipeline.layout.values import one_line, values_for
from fvdt_mailer.pipeline.phrases.catalogue import Words

SHELLS: Mapping[CampaignKind, str] = {
    CampaignKind.NEWSLETTER: "newsletter.html.j2",
    CampaignKind.ANNOUNCEMENT: "announcement.html.j2",
}
SECTIONS: Mapping[CampaignKind, str] = {
    CampaignKind.NEWSLETTER: "section.html.j2",
    CampaignKind.ANNOUNCEMENT: "hero.html.j2",
}
TEXTS: Mapping[CampaignKind, str] = {
    CampaignKind.NEWSLETTER: "newsletter.txt.j2",
    CampaignKind.ANNOUNCEMENT: "announcement.txt.j2",
}
SECTION_TEXTS: Mapping[CampaignKind, str] = {
    CampaignKind.NEWSLETTER: "section.txt.j2",
    CampaignKind.ANNOUNCEMENT: "hero.txt.j2",
}
CONTENTS, CONTENTS_TEXT = "contents.html.j2", "contents.txt.j2"

WordsOf: TypeAlias = Callable[[Language], Words]
Make: TypeAlias = Callable[[str, Letter, Mapping[str, object]], str]

# People's words are escaped, so that none of them can spell a comment.
_PREHEADER, _CONTENTS, _SECTIONS, _STYLES = (
    f"<!--part:{part}-->" for part in ("preheader", "contents", "sections", "styles")
)


class Press:
    """Lays out letters by one set of templates; whatever was laid out before is kept."""

    def __init__(
        self, *, project: Project, templates: Mapping[str, Template], words: WordsOf
    ) -> None:
        self._project = project
        self._words = words
        self._templates = Templates({name: _traced(one) for name, one in templates.items()})
        self.sheets = sheets(templates, project.theme)
        self._classes = self.sheets.classes
        self._laid_out: dict[object, str] = {}
        self._clean: dict[str, str] = {}

    def html(self, letter: Letter) -> str:
        """The whole document, as it is sent."""
        pieces = [self._untraced(piece) for piece in self._pieces(letter)]
        return _assembled(letter, *pieces)

    def traced(self, letter: Letter) -> str:
        """The same document, in which each element names the line of a template that wrote it."""
        return _assembled(letter, *self._pieces(letter))

    def section(self, section: LetterSection, letter: Letter) -> str:
        """One section of a letter, as it is sent."""
        return self._untraced(self._section(section, letter))

    def text(self, letter: Letter, *, body_only: bool = False) -> str:
        """The letter as plain text; `body_only` leaves out greeting and footer."""
        own = {
            "sections": self._texts(SECTION_TEXTS[letter.kind], letter.sections, letter),
            "contents": self._texts(CONTENTS_TEXT, letter.listed_sections, letter),
            "body_only": body_only,
        }
        filled = self._fill(TEXTS[letter.kind], letter, own)
        # No-break spaces have held together on a line what belongs together; wrapping is over.
        without_trails = re.sub(r"[ \t]+\n", "\n", filled.replace("\u00a0", " "))
        return re.sub(r"\n{3,}", "\n\n", without_trails).strip() + "\n"

    def _texts(self, name: str, sections: Iterable[LetterSection], letter: Letter) -> str:
        return "\n".join(self._once(name, section, letter, make=self._fill) for section in sections)

    def _pieces(self, letter: Letter) -> tuple[str, str, str]:
        shell = self._shell(letter)
        contents = [
            self._once(CONTENTS, section, letter, make=self._inlined)
            for section in letter.listed_sections
        ]
        sections = [self._section(section, letter) for section in letter.sections]
        return shell, "\n".join(contents), "\n".join(sections)

    def _section(self, section: LetterSection, letter: Letter) -> str:
        return self._once(SECTIONS[letter.kind], section, letter, make=self._inlined)

    def _once(self, name: str, section: LetterSection, letter: Letter, *, make: Make) -> str:
        """The template filled with that section, however many letters it is in."""
        key = (name, section, letter.key.language, letter.kind, letter.layout)
        if key not in self._laid_out:
            self._laid_out[key] = make(name, letter, {"section": section})
        return self._laid_out[key]

    def _shell(self, letter: Letter) -> str:
        language = letter.key.language
        key = replace(
            letter, key=SegmentKey((), language), preheader=Written("", language), sections=()
        )
        if (key, letter.has_contents) not in self._laid_out:
            marks = {"preheader": _PREHEADER, "sections": _SECTIONS, "styles": _STYLES}
            if letter.has_contents:
                marks["contents"] = _CONTENTS
            parts: dict[str, object] = {part: Markup(mark) for part, mark in marks.items()}  # noqa: S704 - constants
            name = SHELLS[letter.kind]
            shell = self._inlined(name, letter, {"contents": ""} | parts)
            self._demand(name, shell, marks)
            self._laid_out[key, letter.has_contents] = shell.replace(_STYLES, self.sheets.styles)
        return self._laid_out[key, letter.has_contents]

    def _inlined(self, name: str, letter: Letter, own: Mapping[str, object]) -> str:
        html = re.sub(r"\n\s*\n", "\n", self._fill(name, letter, own)).strip()
        try:
            return inline(html, self.sheets.base.css, keep=self._classes)
        except TypeError as error:  # premailer's, on a style attribute that is no declarations
            if (problem := unreadable_style(html)) is None:
                raise
            raise FilesError([problem]) from error

    def _fill(self, name: str, letter: Letter, own: Mapping[str, object]) -> str:
        values = values_for(letter, self._project, self._words(letter.key.language))
        return self._templates.fill(name, {**values, **own})

    def _untraced(self, piece: str) -> str:
        if piece not in self._clean:
            self._clean[piece] = untraced(piece)
        return self._clean[piece]

    def _demand(self, name: str, shell: str, marks: Mapping[str, str]) -> None:
        for part, mark in marks.items():
            if shell.count(mark) != 1:
                raise self._templates.problem(
                    name,
                    text=f'"{part}" is printed {shell.count(mark)} times, not once',
                    hint=f"put {{{{ {part} }}}} where it belongs",
                )


def _assembled(letter: Letter, shell: str, contents: str, sections: str) -> str:
    preheader = str(escape(one_line(letter.preheader)))
    whole = shell.replace(_PREHEADER, preheader).replace(_CONTENTS, contents)
    return whole.replace(_SECTIONS, sections)


def _traced(template: Template) -> Template:
    if not template.file.endswith(".j2"):
        return template
    return replace(template, text=traced_html(template.text, template.file))
