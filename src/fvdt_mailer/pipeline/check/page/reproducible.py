"""Whether the same files make the same mail."""

from __future__ import annotations

from collections.abc import Iterator

from fvdt_mailer.errors import Problem
from fvdt_mailer.pipeline.check.case import Case


def differing(first: Case, second: Case) -> Iterator[Problem]:
    """An error for each part of a mail that came out otherwise when it was made again."""
    again = {rendition.key: rendition for rendition in second.renditions}
    told: set[str] = set()
    for rendition in first.renditions:
        other = again.get(rendition.key)
        for part in ("subject", "preheader", "html", "text", "attachments"):
            if other is not None and getattr(rendition, part) == getattr(other, part):
                continue
            if part not in told:
                told.add(part)
                yield _problem(first, part)
    for one, other_page in zip(first.pages, second.pages, strict=False):
        if not told and one.mail != other_page.mail:
            told.add("headers")
            yield _problem(first, "headers")


def _problem(case: Case, part: str) -> Problem:
    return Problem(
        rule="not-reproducible",
        file=case.origin.file,
        text=f"the {part} of a mail came out otherwise when it was made again",
        hint="this is a fault of fvdt-mailer: please report it with this project folder",
    )
