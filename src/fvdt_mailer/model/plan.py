"""All that is known before anyone is mailed: who gets what, and what is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from fvdt_mailer.errors import Problem
from fvdt_mailer.model.audience import Segment, SegmentKey
from fvdt_mailer.model.edition import Edition
from fvdt_mailer.model.rendition import Rendition


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An edition, its segments, a rendition for each that is mailed, and every problem."""

    edition: Edition
    segments: tuple[Segment, ...]
    renditions: tuple[Rendition, ...]
    problems: tuple[Problem, ...]

    @property
    def mailed(self) -> int:
        """How many readers get a mail."""
        return sum(segment.readers for segment in self.segments if segment.is_mailed)

    @property
    def unmailed(self) -> int:
        """How many readers get no mail, because there is no activity to tell them about."""
        return sum(segment.readers for segment in self.segments if not segment.is_mailed)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a send."""
        return tuple(problem for problem in self.problems if problem.is_error)

    def rendition(self, key: SegmentKey) -> Rendition:
        """The rendition of one segment; KeyError when it has none."""
        for rendition in self.renditions:
            if rendition.key == key:
                return rendition
        raise KeyError(key)

    @property
    def content_hash(self) -> str:
        """SHA-256 over what is sent, to whom, and by whom, in hexadecimal."""
        digest = hashlib.sha256()
        for part in self._content():
            digest.update(len(part).to_bytes(8, "big") + part)
        return digest.hexdigest()

    def _content(self) -> Iterator[bytes]:
        edition = self.edition
        yield edition.id.encode()
        yield edition.project.sender.model_dump_json().encode()
        yield edition.campaign.audience.model_dump_json().encode()
        for rendition in sorted(self.renditions, key=lambda rendition: rendition.key):
            for text in (str(rendition.key), rendition.subject, rendition.html, rendition.text):
                yield text.encode()
