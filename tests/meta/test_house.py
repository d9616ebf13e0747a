"""The house stays as it was meant."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from command import ROOT

SOURCE = ROOT / "src" / "fvdt_mailer"
MODULES = sorted(SOURCE.rglob("*.py"))


def test_no_module_is_over_300_lines_and_the_median_is_under_150() -> None:
    lengths = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES)
    assert lengths[-1] <= 300
    assert lengths[len(lengths) // 2] < 150


def test_no_module_is_a_drawer() -> None:
    drawers = {"utils", "helpers", "common", "manager", "base", "misc", "util"}
    assert drawers.isdisjoint({path.stem for path in MODULES})


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_module_and_public_function_says_what_holds(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name


def test_help_starts_without_loading_what_commands_need() -> None:
    heavy = ("sqlalchemy", "pydantic", "premailer", "jinja2", "aiosmtpd", "rich", "babel")
    code = (
        "import sys\n"
        "from fvdt_mailer.cli.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
