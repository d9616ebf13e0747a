from __future__ import annotations

import pytest

from fvdt_mailer.model.per_connection import PerConnection
from fvdt_mailer.model.project import Smtp


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("500 mails", "500 mails"),
        ("1 mail", "1 mails"),
        ("500mails", "500 mails"),
        (" 10 min ", "10 min"),
        ("10min", "10 min"),
    ],
)
def test_a_share_is_mails_or_minutes(text: str, written: str) -> None:
    assert str(PerConnection.parse(text)) == written
    assert PerConnection.parse(written) == PerConnection.parse(text)


@pytest.mark.parametrize(
    "text", ["", "500", "0 mails", "-1 mails", "10 s", "10 minutes", "1.5 min", "mails", "1 mail/s"]
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="neither mails nor minutes; write 500 mails or 10 min"):
        PerConnection.parse(text)


@pytest.mark.parametrize(
    ("share", "mails", "seconds", "expected"),
    [
        ("2 mails", 1, 9999, False),
        ("2 mails", 2, 0, True),
        ("2 min", 9999, 119.9, False),
        ("2 min", 0, 120, True),
    ],
)
def test_a_share_is_had_by_what_it_counts(
    share: str, mails: int, seconds: float, *, expected: bool
) -> None:
    assert PerConnection.parse(share).is_reached(mails=mails, seconds=seconds) is expected


@pytest.mark.parametrize("share", [500, ["500 mails"], True])
def test_what_is_no_text_is_no_share(share: object) -> None:
    with pytest.raises(ValueError, match="expected an amount such as 500 mails"):
        Smtp.model_validate({"url": "smtps://mail.example.org", "per_connection": share})


def test_a_share_survives_being_frozen_as_json() -> None:
    smtp = Smtp.model_validate({"url": "smtps://mail.example.org", "per_connection": "10 min"})
    assert Smtp.model_validate_json(smtp.model_dump_json()) == smtp
