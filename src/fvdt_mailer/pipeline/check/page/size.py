"""How large the mails of an edition are, against what Gmail shows of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.letter import Letter
from fvdt_mailer.model.rendition import Blank
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.page.gmail import LIMIT as STYLE_LIMIT
from fvdt_mailer.pipeline.check.page.gmail import style_bytes
from fvdt_mailer.pipeline.message.encode import Escape, encode
from fvdt_mailer.pipeline.message.specimen import specimen

LIMIT = 102_000
_FULL, _NEARLY_FULL = 100_000, 80_000
_WORTH_A_NOTE = 25_000  # below that nobody asks how many more would fit
_KILO = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What the largest mail of an edition weighs, in bytes as they are sent.

    `sections` are those of its clusters, `layout` all that is around them. `style` is what the
    sheets in its head take, unencoded: that is how Gmail counts them.
    """

    letter: Letter
    html: int
    layout: int
    sections: Mapping[str, int]
    text: int
    style: int
    is_unsubscribing_cut: bool

    @property
    def room(self) -> int:
        """How many more activities of the same length would fit."""
        told = len(self.letter.activities)
        each = sum(self.sections.values()) / told if told else 0
        return int((_FULL - self.html) / each) if each else 0


def weight(case: Case) -> Weight | None:
    """The weight of the largest mail; None when nobody gets one."""
    pairs = zip(case.letters, case.renditions, strict=True)
    letter, rendition = max(pairs, key=lambda pair: len(pair[1].html), default=(None, None))
    if letter is None or rendition is None:
        return None
    html = len(_html_part(specimen(case.edition, rendition).content))
    sections = _sections(case, letter)
    before = rendition.html.partition(Blank.UNSUBSCRIBE_URL.mark)[0]
    return Weight(
        letter=letter,
        html=html,
        layout=html - sum(sections.values()),
        sections=sections,
        text=_encoded(rendition.text),
        style=max((style_bytes(page) for page in case.pages), default=0),
        is_unsubscribing_cut=len(before) > _FULL and _encoded(before) > LIMIT,
    )


def too_large(case: Case) -> Iterator[Problem]:
    """An error for a mail that Gmail cuts off, a warning near that, a note on the room left."""
    found = weight(case)
    if found is None or found.html < _WORTH_A_NOTE:
        return
    if found.html < _NEARLY_FULL:
        yield _problem(case, found, "mail-size", "", Severity.NOTE)
        return
    hint = 'announce fewer: a shorter window, or "limit_per_cluster" under "pick"'
    if found.is_unsubscribing_cut:
        hint = "readers could not unsubscribe; " + hint
    severity = Severity.ERROR if found.html >= _FULL else Severity.WARNING
    yield _problem(case, found, "gmail-clips", hint, severity)


def _problem(case: Case, found: Weight, rule: str, hint: str, severity: Severity) -> Problem:
    parts = {"layout": found.layout, **found.sections}
    breakdown = ", ".join(f"{name} {_kilo(size)}" for name, size in parts.items())
    text = (
        f"the largest mail ({found.letter.key}) takes {_kilo(found.html)} of the "
        f"{LIMIT // _KILO} kB that Gmail shows: {breakdown}; its style sheets "
        f"{found.style / 1024:.1f} of {STYLE_LIMIT // 1024} KB, its text {_kilo(found.text)} kB"
    )
    if severity is Severity.NOTE:
        text += f"; about {found.room} more activities like these fit"
    return Problem(
        rule=rule,
        file=case.origin.file,
        line=case.origin.line("pick") if "pick" in case.edition.campaign.model_fields_set else None,
        text=text,
        hint=hint,
        severity=severity,
    )


def _kilo(size: int) -> str:
    return f"{size / _KILO:.1f}"


def _sections(case: Case, letter: Letter) -> Mapping[str, int]:
    """The encoded bytes of each section of the letter, taken from the pages that show it."""
    known = {
        (section, page.letter.key.language): html
        for page in case.pages
        for section, html in zip(page.letter.sections, page.sections, strict=False)
    }
    sections = ((one.cluster, known.get((one, letter.key.language), "")) for one in letter.sections)
    return {cluster: _encoded(html) for cluster, html in sections}


def _encoded(text: str) -> int:
    return sum(len(run) for run in encode(text, escape=Escape.NOTHING).runs)


def _html_part(mail: bytes) -> bytes:
    """The HTML as it is sent: no encoded text holds the mark of a boundary (RFC 2045 6.7)."""
    head = mail.index(b"text/html")
    start = mail.index(b"\r\n\r\n", head) + len(b"\r\n\r\n")
    return mail[start : mail.index(b"\r\n--=_", start)]
