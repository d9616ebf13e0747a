"""The project folder on disk: what a person wrote, read and checked as a whole."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from fvdt_mailer.errors import FilesError, NotReady, Problem
from fvdt_mailer.model.activity import Activity
from fvdt_mailer.model.campaign import Campaign
from fvdt_mailer.model.folder import Folder, Origin, Picture, Template
from fvdt_mailer.model.project import Project
from fvdt_mailer.pipeline.files.build_tree import Tree
from fvdt_mailer.pipeline.files.parse import Placed, parse_activities, parse_campaign, parse_project
from fvdt_mailer.pipeline.files.picture_format import ENOUGH, picture_format
from fvdt_mailer.pipeline.files.read_yaml import LONGEST, read
from fvdt_mailer.pipeline.files.refer import known_to, refer
from fvdt_mailer.pipeline.files.salvage import salvage_activities, salvage_campaign

SETTINGS = "mailer.yaml"

_YAML = frozenset({".yaml", ".yml"})
_NOT_TEMPLATES = frozenset(
    {".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".woff", ".woff2", ".ttf", ".otf", ".pdf"}
)
# Formats that mail clients show, and whose size is worth knowing.
_MEASURED = frozenset({"png", "jpeg", "gif", "webp"})
_BOM = b"\xef\xbb\xbf"


def find_project(start: Path) -> Path:
    """The nearest folder with a mailer.yaml, from `start` upwards."""
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / SETTINGS).is_file():
            return folder
    raise NotReady(
        f"no {SETTINGS} in {here} or any folder above it; go to your project folder, name it with "
        '--project DIR, or run "fvdt-mailer init DIR" to start one'
    )


def read_folder(
    root: Path, *, builtin_templates: Mapping[str, Template]
) -> tuple[Folder, tuple[Problem, ...]]:
    """Everything in the folder, and the warnings; FilesError holds all problems of all files."""
    if not root.is_dir():
        raise NotReady(f'there is no folder {root}; run "fvdt-mailer init {root}" to start one')
    reading = _Reading(root.resolve())
    settings, settings_origin, project = reading.project()
    activities = reading.activities()
    campaigns = reading.campaigns()
    templates = reading.templates("templates")
    pictures = reading.pictures()
    known = known_to(
        project, settings, pictures=pictures, has_all_activities=reading.has_all_activities
    )
    reading.problems += refer(
        known,
        (*activities, *reading.salvaged_activities),
        (*campaigns, *reading.salvaged_campaigns),
    )
    problems = tuple(sorted(reading.problems, key=_by_place))
    if project is None or any(problem.is_error for problem in problems):
        raise FilesError(problems)
    folder = Folder(
        project=project,
        activities=tuple(placed.noun for placed in activities),
        campaigns={placed.noun.id: placed.noun for placed in campaigns},
        templates={**builtin_templates, **templates},
        project_origin=settings_origin,
        activity_origins={placed.noun.id: placed.origin for placed in activities},
        campaign_origins={placed.noun.id: placed.origin for placed in campaigns},
        pictures=pictures,
    )
    return folder, problems


def template_set(root: Path) -> Mapping[str, Template]:
    """The templates below `root`, by their name relative to it."""
    reading = _Reading(root.resolve().parent)
    templates = reading.templates(root.resolve().name)
    if reading.problems:
        raise FilesError(sorted(reading.problems, key=_by_place))
    return templates


@dataclass(slots=True)
class _Reading:
    """One pass over a folder, collecting problems on the way."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    salvaged_activities: list[Placed[Activity]] = field(default_factory=list)
    salvaged_campaigns: list[Placed[Campaign]] = field(default_factory=list)
    has_all_activities: bool = True

    def project(self) -> tuple[Tree | None, Origin, Project | None]:
        path = self.root / SETTINGS
        if not path.exists():
            hint = 'run "fvdt-mailer init" to start a project folder'
            self._report("missing-file", path, "there is no such file", hint)
            return None, Origin(file=SETTINGS, lines={}), None
        read_tree = self._tree(path)
        if read_tree is None:
            return None, Origin(file=SETTINGS, lines={}), None
        tree, origin = read_tree
        project, problems = parse_project(tree, origin)
        self.problems += problems
        return tree, origin, project

    def activities(self) -> tuple[Placed[Activity], ...]:
        found: list[Placed[Activity]] = []
        for path in self._below("activities"):
            if path.suffix.casefold() not in _YAML:
                continue
            read_tree = self._tree(path)
            if read_tree is None:
                self.has_all_activities = False
                continue
            activities, problems = parse_activities(*read_tree)
            found += activities
            self.problems += problems
            self.salvaged_activities += salvage_activities(*read_tree)
            self.has_all_activities &= not problems
        return tuple(found)

    def campaigns(self) -> tuple[Placed[Campaign], ...]:
        found: dict[str, Placed[Campaign]] = {}
        for path in self._below("campaigns"):
            if path.suffix.casefold() not in _YAML:
                continue
            if path.parent != self.root / "campaigns":
                hint = "move it to campaigns/: its name is its id"
                self._report("misplaced-file", path, "a campaign in a folder of its own", hint)
                continue
            read_tree = self._tree(path)
            if read_tree is None:
                continue
            campaign, problems = parse_campaign(*read_tree, path.stem)
            self.problems += problems
            if campaign is None:
                salvaged = salvage_campaign(*read_tree, path.stem)
                self.salvaged_campaigns += [salvaged] if salvaged else []
                continue
            if campaign.id in found:
                text = f"{found[campaign.id].origin.file} is the campaign {campaign.id} already"
                self._report("duplicate-id", path, text, "keep one of the two files")
                continue
            found[campaign.id] = Placed(noun=campaign, origin=read_tree[1])
        return tuple(found.values())

    def templates(self, folder: str) -> dict[str, Template]:
        found = {}
        for path in self._below(folder):
            if path.suffix.casefold() in _NOT_TEMPLATES:
                continue
            text = self._text(path)
            if text is not None:
                name = path.relative_to(self.root / folder).as_posix()
                found[name] = Template(file=self._name(path), text=text)
        return found

    def pictures(self) -> dict[str, Picture]:
        found = {}
        for path in self._below("images"):
            picture = self._picture(path)
            if picture is not None:
                found[picture.file.removeprefix("images/")] = picture
        return found

    def _below(self, folder: str) -> Iterator[Path]:
        """The files in a folder and the folders in it, by name; none when there is no folder."""
        top = self.root / folder
        if top.is_symlink() and not self._is_inside(top):
            return
        for parent, folders, files in os.walk(top):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in folders:
                path = Path(parent) / name
                if path.is_symlink():
                    hint = "put the files themselves in this folder"
                    self._report("linked-folder", path, "a link to another folder", hint)
            for name in sorted(files):
                path = Path(parent) / name
                if not name.startswith((".", "~")) and self._is_inside(path):
                    yield path

    def _is_inside(self, path: Path) -> bool:
        try:
            if path.resolve(strict=True).is_relative_to(self.root):
                return True
            text = "a link to a file outside the project folder"
        except (OSError, RuntimeError):  # RuntimeError: links in a circle, before Python 3.13
            text = "a link that leads nowhere"
        self._report("linked-file", path, text, "put the file itself here")
        return False

    def _tree(self, path: Path) -> tuple[Tree | None, Origin] | None:
        """The tree in a file; None when it cannot be read, and the problem is told."""
        text = self._text(path) if self._is_inside(path) else None
        if text is None:
            return None
        tree, origin, problems = read(text, file=self._name(path))
        self.problems += problems
        if tree is None and any(problem.is_error for problem in problems):
            return None
        return tree, origin

    def _text(self, path: Path) -> str | None:
        size = self._size(path)
        if size is None:
            return None
        if size > 4 * LONGEST:
            text = f"the file has {size:,} bytes"
            self._report("file-too-large", path, text, "divide it over several files")
            return None
        try:
            data = path.read_bytes().removeprefix(_BOM)
        except OSError as error:
            self._unreadable(path, error)
            return None
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self._report("not-utf-8", path, "a character here is not UTF-8", "save as UTF-8", line)
            return None

    def _picture(self, path: Path) -> Picture | None:
        size = self._size(path)
        if size is None:
            return None
        try:
            with path.open("rb") as opened:
                kind = picture_format(opened.read(ENOUGH))
                width, height = _pixels(opened) if kind in _MEASURED else (0, 0)
        except OSError as error:
            self._unreadable(path, error)
            return None
        name = self._name(path)
        return Picture(file=name, bytes=size, format=kind, width=width, height=height)

    def _size(self, path: Path) -> int | None:
        """The bytes in a file; None when it is no file, and the problem is told."""
        try:
            status = path.stat()
        except OSError as error:
            self._unreadable(path, error)
            return None
        if not stat.S_ISREG(status.st_mode):
            self._report("not-a-file", path, "this is not a file", "remove it")
            return None
        return status.st_size

    def _unreadable(self, path: Path, error: OSError) -> None:
        text = f"the file cannot be read: {error.strerror}"
        self._report("unreadable-file", path, text, "mend its permissions")

    def _name(self, path: Path) -> str:
        name = path.relative_to(self.root).as_posix()
        # A name that is not UTF-8 reaches Python with surrogates, which cannot be printed.
        return name.encode(errors="surrogateescape").decode(errors="replace")

    def _report(self, rule: str, path: Path, text: str, hint: str, line: int | None = None) -> None:
        name = self._name(path)
        self.problems.append(Problem(rule=rule, file=name, line=line, text=text, hint=hint))


def _pixels(opened: BinaryIO) -> tuple[int, int]:
    """Width and height of a picture; zeros when it is damaged."""
    # Slow to import, and only for folders with pictures.
    import imagesize  # noqa: PLC0415

    opened.seek(0)
    try:
        width, height = imagesize.get(opened)
    except ValueError:
        return 0, 0
    return max(width, 0), max(height, 0)


def _by_place(problem: Problem) -> tuple[str, int]:
    return problem.file, problem.line or 0
