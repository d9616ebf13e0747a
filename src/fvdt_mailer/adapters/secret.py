"""Secrets that mailer.yaml only refers to: a variable of the environment, or a file."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from fvdt_mailer.errors import NotReady

_LONGEST = 100_000
_BOM = b"\xef\xbb\xbf"


def read_secret(reference: str, root: Path, environ: Mapping[str, str]) -> str:
    """What `env:NAME` or `file:PATH` refers to; a relative path starts at the project folder."""
    kind, _, name = reference.partition(":")
    match kind:
        case "env" if name:
            if secret := environ.get(name, ""):
                return secret
            raise NotReady(f"the environment variable {name} is not set; set it to the secret")
        case "file" if name:
            return _secret_in(root, name)
    # The reference is not repeated: it may be the secret itself.
    raise NotReady("a secret is referred to as env:NAME or file:PATH; mend it in mailer.yaml")


def _secret_in(root: Path, name: str) -> str:
    try:
        path = (root.resolve() / Path(name).expanduser()).resolve()
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise NotReady(f"{path} is not a file; let file: name the file with the secret")
        with path.open("rb") as opened:
            data = opened.read(_LONGEST)
    except (OSError, RuntimeError) as error:  # RuntimeError: no such home, links in a circle
        reason = error.strerror if isinstance(error, OSError) else "the path leads nowhere"
        raise NotReady(f"the secret in file:{name} cannot be read: {reason}") from error
    # Outside the project (/run/secrets) whoever mounted the file decides who reads it.
    if os.name == "posix" and mode & 0o077 and path.is_relative_to(root.resolve()):
        raise NotReady(f"others can read the secret in {path}; run: chmod 600 {path}")
    try:
        secret = data.removeprefix(_BOM).decode().rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise NotReady(f"the secret in {path} is not text; save it as UTF-8") from error
    if not secret:
        raise NotReady(f"{path} is empty; write the secret in it")
    return secret
