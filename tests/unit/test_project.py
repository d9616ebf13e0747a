from __future__ import annotations

import pytest
from pydantic import ValidationError

from fvdt_mailer.model.project import Project
from world import PROJECT


def with_(**settings: object) -> Project:
    return Project.model_validate({**PROJECT.model_dump(by_alias=True), **settings})


@pytest.mark.parametrize("field", ["from", "reply_to", "bounces"])
def test_a_sender_that_would_make_every_mail_need_smtputf8_is_refused(field: str) -> None:
    sender = {"from": "nieuws@example.org", field: "zo\u00eb@example.org"}
    with pytest.raises(ValidationError, match="letters before the @ that few mail servers take"):
        with_(sender=sender)


@pytest.mark.parametrize("url", ["https://example.org/?list=1", "https://example.org/#top"])
def test_a_public_url_that_goes_on_after_its_path_is_refused(url: str) -> None:
    with pytest.raises(ValidationError, match="goes on after its path"):
        with_(public_url=url)


def test_a_public_url_too_long_for_a_header_is_refused() -> None:
    start = "https://example.org/"
    with_(public_url=start + "x" * (200 - len(start)))
    with pytest.raises(ValidationError, match="has 201 characters, and every link begins with it"):
        with_(public_url=start + "x" * (201 - len(start)))


def test_settings_survive_being_frozen_as_json() -> None:
    frozen = PROJECT.model_dump_json(by_alias=True)
    assert Project.model_validate_json(frozen) == PROJECT


@pytest.mark.parametrize(
    ("number", "is_right"),
    [("0123.456.749", True), ("BE 0123 456 749", True), ("0123.456.748", False), ("123", False)],
)
def test_an_enterprise_number_is_right_modulo_97(number: str, *, is_right: bool) -> None:
    organisation = {
        **PROJECT.organisation.model_dump(exclude_none=True),
        "enterprise_number": number,
    }
    if is_right:
        assert with_(organisation=organisation).organisation.enterprise_number == "0123.456.749"
        return
    with pytest.raises(ValidationError, match="not a Belgian enterprise number"):
        with_(organisation=organisation)
