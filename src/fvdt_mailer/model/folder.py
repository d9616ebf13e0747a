"""A project folder as it was read: every value a person wrote, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from fvdt_mailer.model.activity import Activity
from fvdt_mailer.model.campaign import Campaign
from fvdt_mailer.model.project import Project

KeyPath: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The file a value was written in, and the line of each key below it."""

    file: str
    lines: Mapping[KeyPath, int]

    def line(self, *path: str | int) -> int:
        """The line of `path`, or of the nearest thing around it that was written."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 1

    def below(self, *path: str | int) -> Origin:
        """The same file, seen from `path`."""
        depth = len(path)
        lines = {key[depth:]: line for key, line in self.lines.items() if key[:depth] == path}
        return Origin(file=self.file, lines=lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One template as text, and the file it came from."""

    file: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A file in images/: its size in bytes and pixels, and what its first bytes say it is.

    `format` is png, jpeg, gif, webp, svg and the like, or empty when it is no picture; width and
    height are then 0.
    """

    file: str
    bytes: int
    format: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """Everything in a project folder; `pictures` by their path below images/."""

    project: Project
    activities: tuple[Activity, ...]
    campaigns: Mapping[str, Campaign]
    templates: Mapping[str, Template]
    project_origin: Origin
    activity_origins: Mapping[str, Origin]
    campaign_origins: Mapping[str, Origin]
    pictures: Mapping[str, Picture] = field(default_factory=dict)

    def activity(self, activity_id: str) -> Activity:
        """The activity of that id; KeyError when there is none."""
        return next(a for a in self.activities if a.id == activity_id)
