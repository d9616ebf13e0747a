"""The documents tell the truth about the program."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from command import ROOT, Ended
from fvdt_mailer.cli.main import cli
from sink import listening

README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands(command: click.Command, path: str = "") -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from commands(below, f"{path} {name}".strip())
    else:
        yield path, command


def test_the_reference_is_up_to_date() -> None:
    script = ROOT / "docs" / "write_reference.py"
    done = subprocess.run([sys.executable, script, "--check"], cwd=ROOT, check=False)
    assert done.returncode == 0, "run: make docs"


@pytest.mark.parametrize(("path", "command"), list(commands(cli)))
def test_every_command_says_what_it_does_with_examples(path: str, command: click.Command) -> None:
    assert command.help
    assert command.epilog is not None
    assert f"fvdt-mailer {path}" in command.epilog
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{path} {option.opts}"


def test_the_readme_names_every_document() -> None:
    written = {path.name for path in (ROOT / "docs").glob("*.md")}
    assert written == {name for name in written if f"docs/{name}" in README}


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= 150


def test_every_link_in_the_documents_leads_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
            assert target.startswith("https://") or (page.parent / target).exists(), target


def test_the_five_minutes_of_the_readme_work_as_written(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    here = tmp_path
    with listening() as sink:
        for line in re.findall(r"^    \$ (.+)$", README, re.MULTILINE):
            for command in line.partition(" #")[0].split("&&"):
                words = shlex.split(command)
                if words[0] == "cd":
                    here = here / words[1]
                if words[0] != "fvdt-mailer":
                    continue
                prepare(here, words[1:], port=sink.port)
                ended = run(*words[1:], cwd=here, typed=f"{SAMPLE}\n")
                assert ended.code == 0, (command, ended.err)
        readers = [reader for reader in sink.readers if reader.startswith("reader")]
    assert len(readers) == len(set(readers)) == SAMPLE
    (quoted,) = re.findall(r"the mail says: \*(.+?)\*", README, re.DOTALL)
    texts = [path.read_text(encoding="utf-8") for path in (here / "out").glob("*.txt")]
    assert any(" ".join(quoted.split()) in " ".join(text.split()) for text in texts)


SAMPLE = 3


def prepare(folder: Path, words: list[str], *, port: int) -> None:
    """What the README asks a person to write before this command."""
    match words:
        case ["new", "campaign", *_]:
            (item,) = re.findall(r"```yaml\n(- id: .*?)```", README, re.DOTALL)
            path = folder / "activities" / "lezing-biocomposieten.yaml"
            path.write_text(item, encoding="utf-8")
        case ["check", name, *_]:
            path = folder / "campaigns" / f"{name}.yaml"
            text = re.sub(r"window: .*", "window: {to: 2027-02-28}\nas_of: 2027-02-01",
                          path.read_text(encoding="utf-8"))  # fmt: skip
            path.write_text(text, encoding="utf-8")
        case ["audience", "import", name]:
            rows = "".join(f"reader{n}@example.org,nl,nieuwe-materialen\n" for n in range(SAMPLE))
            (folder / name).write_text(f"email,language,clusters\n{rows}", encoding="utf-8")
        case ["test", *_]:
            with (folder / "mailer.yaml").open("a", encoding="utf-8") as settings:
                settings.write(f"\nsmtp: {{url: smtp://127.0.0.1:{port}}}\n")
        case _:
            pass
