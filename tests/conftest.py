"""What every suite shares: the command line, sample folders and the golden switch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from command import Ended, runner
from fvdt_mailer.adapters.scaffold import copy_example


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden files instead of comparing"
    )


@pytest.fixture
def is_updating(request: pytest.FixtureRequest) -> bool:
    """True when golden files are to be written."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Ended]:
    """Run a command in this process: `run("check", cwd=folder)`."""
    return runner(capsys, monkeypatch)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A fresh copy of the worked example."""
    target = tmp_path / "newsletter"
    copy_example(target)
    return target
