"""What holds for whoever drives the mailer, with or without the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from fvdt_mailer.errors import FilesError
from fvdt_mailer.wiring import open_mailer


def test_a_plan_with_an_error_is_never_queued(example: Path) -> None:
    campaign = example / "campaigns" / "2013-06.yaml"
    text = campaign.read_text(encoding="utf-8")
    campaign.write_text(text.replace("headline: ", "headline: Op {date} "), encoding="utf-8")
    with open_mailer(example, writes=True) as mailer:
        with pytest.raises(FilesError, match=r"\{date\} cannot be filled in here"):
            mailer.queue(mailer.plan("2013-06"))
        assert mailer.accounts.editions() == ()
