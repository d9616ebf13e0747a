"""Letters laid out as HTML and as plain text, with blanks for the reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fvdt_mailer.model.letter import Letter
from fvdt_mailer.model.rendition import Rendition
from fvdt_mailer.pipeline.layout.press import Press
from fvdt_mailer.pipeline.layout.values import one_line


def render(letters: Iterable[Letter], press: Press) -> Iterator[Rendition]:
    """Each letter as its segment reads it; FilesError says what to mend in a template."""
    for letter in letters:
        yield Rendition(
            key=letter.key,
            subject=one_line(letter.subject),
            preheader=one_line(letter.preheader),
            html=press.html(letter),
            text=press.text(letter),
            activities=letter.activities,
        )
