"""The worked example beside a mail server that records what it takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fvdt_mailer.adapters.scaffold import copy_example
from sink import Sink, listening


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A server on this machine, for the length of a test."""
    with listening() as sink:
        yield sink


@pytest.fixture
def newsletter(tmp_path: Path, sink: Sink) -> Path:
    """The worked example, sending through the sink over one connection."""
    root = tmp_path / "newsletter"
    copy_example(root)
    with (root / "mailer.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"\nsmtp: {{url: smtp://127.0.0.1:{sink.port}, connections: 1}}\n")
    return root
