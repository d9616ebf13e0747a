"""What is installed works without this repository."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from command import ROOT


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, from a wheel in a venv of its own beside today's dependencies."""
    place = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = place.glob("*.whl")
    venv.create(place / "venv", with_pip=True)
    python = place / "venv" / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel], check=True
    )
    (packages,) = (place / "venv" / "lib").glob("python*/site-packages")
    # A folder named in a .pth is searched, but its own .pth files (this checkout) are not read.
    (packages / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"])
    return place / "venv" / "bin" / "fvdt-mailer"


CLEAN = "Checked: 1 note, 1 silenced.\n"


def run(program: Path, *arguments: str, cwd: Path) -> str:
    environ = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [program, *arguments], cwd=cwd, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.replace("\xa0", " ")


def test_the_wheel_holds_the_program_and_not_this_checkout(program: Path, tmp_path: Path) -> None:
    code = "import fvdt_mailer; print(fvdt_mailer.__file__)"
    where = subprocess.run(
        [program.with_name("python"), "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(program.parents[1])


def test_an_installed_wheel_can_init_and_check(program: Path, tmp_path: Path) -> None:
    run(program, "init", "mine", cwd=tmp_path)
    assert run(program, "check", "--quick", cwd=tmp_path / "mine").endswith(CLEAN)


def test_an_installed_wheel_can_demo_twice(program: Path, tmp_path: Path) -> None:
    for _ in range(2):
        out = run(program, "demo", cwd=tmp_path)
        assert "Each of the 87 mails arrived exactly once." in out
    assert (tmp_path / "demo-mail" / "index.html").exists()
