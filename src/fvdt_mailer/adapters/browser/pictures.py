"""The project's own pictures, as readers will be served them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """The files in images/ of a project folder, by the address that mails show them from."""

    root: Path
    public_url: str

    def at(self, address: str) -> Path | None:
        """The file behind an address; None for every address that is not of a file in images/."""
        own = f"{self.public_url.rstrip('/')}/images/"
        if not address.startswith(own):
            return None
        folder = (self.root / "images").resolve()
        try:
            path = (folder / unquote(urlsplit(address.removeprefix(own)).path)).resolve()
            return path if path.is_relative_to(folder) and path.is_file() else None
        except (OSError, ValueError, RuntimeError):  # a name no file can have, links in a circle
            return None
