"""A small newsletter on disk, quick to plan, that sends through a server of the test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from command import ROOT, Ended

CAMPAIGN = "june"
READERS = ("an@example.org", "bram@example.org", "celine@example.com")


def small_newsletter(
    root: Path, run: Callable[..., Ended], *, port: int = 0, readers: Iterable[str] = READERS
) -> Path:
    """The campaign `june` for these readers, in one segment."""
    shutil.copytree(ROOT / "tests" / "golden" / "base", root, dirs_exist_ok=True)
    if port:
        add_setting(root, f"smtp: {{url: 'smtp://127.0.0.1:{port}', connections: 1}}")
    file = root / "readers.csv"
    file.write_text("email\n" + "".join(f"{reader}\n" for reader in readers), encoding="utf-8")
    assert run("audience", "import", "readers.csv", cwd=root).code == 0
    return root


def add_setting(root: Path, line: str) -> None:
    """One more line in mailer.yaml."""
    with (root / "mailer.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"{line}\n")


def change_campaign(root: Path, old: str, new: str) -> None:
    """Other words in the campaign."""
    path = root / "campaigns" / f"{CAMPAIGN}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
