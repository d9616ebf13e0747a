"""The worked example renders to exactly the files written down in good/."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from command import Ended

GOOD = Path(__file__).parent / "good"
SEGMENTS = [
    ("2013-06", "", "nl"),
    ("2013-06", "voeding", "fr"),
    ("2013-06", "blue-energy", "en"),
    ("2026-12", "", "nl"),
    ("2026-12", "", "fr"),
    ("2026-12", "", "en"),
    ("2026-12", "nieuwe-materialen,voeding", "nl"),
    ("2026-12-10-biocomposieten", "", "nl"),
    ("2026-12-10-biocomposieten", "", "fr"),
    ("2026-12-10-biocomposieten", "", "en"),
]


@pytest.mark.parametrize("form", ["html", "text", "eml"])
@pytest.mark.parametrize(("campaign", "clusters", "language"), SEGMENTS)
def test_a_segment_renders_as_it_was_approved(
    campaign: str,
    clusters: str,
    language: str,
    form: str,
    run: Callable[..., Ended],
    *,
    is_updating: bool,
) -> None:
    golden = GOOD / campaign / f"{clusters.replace(',', '+') or 'all'}.{language}.{form}"
    ended = run(
        "render", campaign, "--clusters", clusters, "--language", language, "--format", form
    )
    assert ended.code == 0
    if is_updating:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(ended.out, encoding="utf-8", newline="\n")
    assert ended.out.splitlines() == golden.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("campaign", ["2013-06", "2026-12", "2026-12-10-biocomposieten"])
def test_two_renders_give_the_same_bytes(
    campaign: str, run: Callable[..., Ended], tmp_path: Path
) -> None:
    for name in ("one", "two"):
        run("render", campaign, "-o", str(tmp_path / name))
    one, two = (
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("one", "two")
    )
    assert len(one) >= 3
    assert one == two
