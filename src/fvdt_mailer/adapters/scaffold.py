"""The worked example on disk, and new files made from it."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

from fvdt_mailer.errors import NotReady

_PARTS = ("activities", "campaigns", "templates", "images", "audience")
_SETTINGS = "mailer.yaml"
_IGNORED = "# The store holds addresses: it is not for version control.\n.mailer/\n"


def example_root() -> Path:
    """The folder of the worked example: in the package, or around it in a checkout."""
    package = Path(str(files("fvdt_mailer")))
    installed = package / "example"
    return installed if installed.is_dir() else package.parents[1]


def copy_example(target: Path) -> tuple[Path, ...]:
    """Write the worked example into an empty or new folder; the files written."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise NotReady(f"{target} is not empty; name a new folder: fvdt-mailer init my-newsletter")
    source = example_root()
    target.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source / _SETTINGS, target / _SETTINGS)
    for part in _PARTS:
        shutil.copytree(
            source / part, target / part, ignore=shutil.ignore_patterns("__pycache__", ".*")
        )
    (target / ".gitignore").write_text(_IGNORED, encoding="utf-8")
    return tuple(sorted(path for path in target.rglob("*") if path.is_file()))


def write_new(path: Path, text: str) -> None:
    """Write a file that does not exist yet; NotReady when it does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise NotReady(f"{path} exists already; nothing was changed") from None
