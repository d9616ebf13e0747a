"""The command line, run in this process or in one of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


def runner(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Ended]:
    """A function that runs a command in `cwd`, with `typed` on its standard input."""

    def run(*arguments: str, cwd: Path = ROOT, typed: str = "") -> Ended:
        from fvdt_mailer.cli.main import main  # noqa: PLC0415 - only this suite needs the commands

        monkeypatch.chdir(cwd)
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main(list(arguments))
        captured = capsys.readouterr()
        code = stopped.value.code
        return Ended(code=code if isinstance(code, int) else 1, out=captured.out, err=captured.err)

    return run


def launch(
    *arguments: str, cwd: Path, environ: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    """A command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", "from fvdt_mailer.cli.main import main; main()", *arguments],
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1", **(environ or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
