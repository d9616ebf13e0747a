"""The Chromium that is installed, and what drives it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from fvdt_mailer.errors import NotReady

OVERRIDE = "FVDT_CHROMIUM"
_NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_chromium(environ: Mapping[str, str]) -> Path:
    """The program; NotReady says how to install what is missing."""
    named = environ.get(OVERRIDE, "")
    names = (named,) if named else _NAMES
    paths = (shutil.which(name, path=environ.get("PATH")) for name in names)
    program = next((path for path in paths if path), None)
    if named and program is None:
        raise NotReady(f"{OVERRIDE} names {named}, which is not a program; name your Chromium")
    lacks = [] if program else ["apt-get install chromium"]
    if find_spec("playwright") is None:
        lacks.append("pip install 'fvdt-mailer[browser]'")
    if program is None or lacks:
        raise NotReady(f"mails were not looked at in Chromium; for that: {' and '.join(lacks)}")
    return Path(program)
