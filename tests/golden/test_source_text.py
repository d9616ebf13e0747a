"""The edition of June 2013 gives its source text back word for word."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import yaml

from command import Ended

SOURCE = Path(__file__).with_name("newsletter-2013-06.txt")


def words(text: str) -> str:
    """The text modulo white space and the lines that hold only an address."""
    lines = (line for line in text.splitlines() if not re.fullmatch(r"\s*https?://\S+\s*", line))
    return " ".join(" ".join(lines).split())


def test_the_text_of_june_2013_is_the_source_text_word_for_word(run: Callable[..., Ended]) -> None:
    ended = run("render", "2013-06", "--format", "text", "--body-only")
    assert ended.code == 0
    assert words(ended.out) == words(SOURCE.read_text(encoding="utf-8"))


def test_every_activity_of_june_2013_has_its_link_on_a_line_of_its_own(
    run: Callable[..., Ended],
) -> None:
    ended = run("render", "2013-06", "--format", "text", "--body-only")
    alone = [line for line in ended.out.splitlines() if line.strip().startswith("https://")]
    assert len(alone) == 5
    assert all(re.fullmatch(r"\s*https://example\.org/\S+", line) for line in alone)


def test_a_moved_date_moves_in_the_prose_too(run: Callable[..., Ended], example: Path) -> None:
    written = example / "activities" / "2013.yaml"
    text = written.read_text(encoding="utf-8")
    written.write_text(text.replace("start: 2013-06-24", "start: 2013-06-26"), encoding="utf-8")
    ended = run("render", "2013-06", "--format", "text", "--body-only", cwd=example)
    assert "organiseert Unizo op 26 juni een bezoek" in words(ended.out)


def test_the_food_item_comes_from_its_fields_alone() -> None:
    items = yaml.load(
        Path("activities/2013.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
    )
    (food,) = [item for item in items if item["cluster"] == "voeding"]
    assert "organiseert" not in food["text"]
    assert food["topic"] == "voedingscertificaten"
