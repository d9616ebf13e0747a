"""All that is known before anyone is mailed: who gets what, and what is wrong with it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from fvdt_mailer.errors import Problem
from fvdt_mailer.model.audience import Segment, SegmentKey
from fvdt_mailer.model.edition import Edition
from fvdt_mailer.model.event import EventVersion
from fvdt_mailer.model.project import Dkim, Project
from fvdt_mailer.model.rendition import Rendition

# When a calendar file was made, where its campaign speaks from the present moment: what it says
# stays the same.
_STAMPS = re.compile(rb"^(DTSTAMP|LAST-MODIFIED):[^\r\n]*\r?\n", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An edition, its segments, a rendition for each that is mailed, and every problem.

    `versions` are those of the activities it tells, as they become known when it is queued.
    """

    edition: Edition
    segments: tuple[Segment, ...]
    renditions: tuple[Rendition, ...]
    problems: tuple[Problem, ...]
    versions: tuple[EventVersion, ...] = ()

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
        """SHA-256 over what is sent, to whom, and by whom, in hexadecimal.

        It stays the same until one of these changes: the moment of planning is no part of it, nor
        is who follows the campaign's clusters, as long as nobody reads another mail than before.
        """
        digest = hashlib.sha256()
        for part in self._content():
            digest.update(len(part).to_bytes(8, "big") + part)
        return digest.hexdigest()

    def _content(self) -> Iterator[bytes]:
        edition = self.edition
        yield edition.id.encode()
        yield edition.campaign.audience.model_dump_json().encode()
        yield from _sender(edition.project)
        for rendition in sorted(self.renditions, key=lambda rendition: rendition.key):
            texts = (rendition.subject, rendition.preheader, rendition.html, rendition.text)
            for text in (str(rendition.key), *texts):
                yield text.encode()
            yield str(len(rendition.attachments)).encode()
            for attachment in rendition.attachments:
                yield from (attachment.filename.encode(), attachment.media_type.encode())
                yield _STAMPS.sub(b"", attachment.content)


def _sender(project: Project) -> Iterator[bytes]:
    """The settings that every mail carries in its headers."""
    yield project.sender.model_dump_json().encode()
    dkim = project.dkim
    match dkim:
        case Dkim():
            second = dkim.second.selector if dkim.second else ""
            signed = (dkim.domain, dkim.selector, second)
        case _:
            signed = (dkim or "", "", "")
    for text in (project.name, project.public_url, str(project.timezone), *signed):
        yield text.encode()
