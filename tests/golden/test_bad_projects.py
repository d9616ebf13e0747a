"""Each bad project gives exactly the problems written down beside it.

A folder in bad/ holds the files that differ from base/, and expected.txt: what `check` prints.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from command import Ended

HERE = Path(__file__).parent
BAD = sorted(path.name for path in (HERE / "bad").iterdir())


@pytest.mark.parametrize("name", BAD)
def test_a_bad_project_is_told_exactly_what_to_mend(
    name: str, run: Callable[..., Ended], tmp_path: Path, *, is_updating: bool
) -> None:
    shutil.copytree(HERE / "base", tmp_path, dirs_exist_ok=True)
    shutil.copytree(HERE / "bad" / name, tmp_path, dirs_exist_ok=True)
    expected = HERE / "bad" / name / "expected.txt"
    ended = run("--no-color", "check", "--quick", cwd=tmp_path)
    if is_updating:
        expected.write_text(ended.out, encoding="utf-8")
    assert ended.out == expected.read_text(encoding="utf-8")
    assert ended.code == (2 if "error " in ended.out else 0)
    assert "Traceback" not in ended.err


def test_the_base_of_the_bad_projects_is_good(run: Callable[..., Ended]) -> None:
    ended = run("check", "--strict", "--quick", cwd=HERE / "base")
    assert (ended.code, ended.out) == (0, "Checked: nothing is wrong.\n")
