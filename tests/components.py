"""Programs that some tests need, and that pip does not bring."""

from __future__ import annotations

import os
import shutil

import pytest

# The package that holds each program on Debian.
_PACKAGES = {
    "cc": "gcc",
    "chromium": "chromium",
    "smtp-sink": "postfix",
    "spamassassin": "spamassassin",
}


def needs(program: str) -> str:
    """Where the program is. Without it the test is skipped; in CI, where CI=true, it fails."""
    path = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if path is not None:
        return path
    missing = f"{program} is missing; install it with: apt-get install {_PACKAGES[program]}"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)
