"""The same files make the same mail."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from fvdt_mailer.pipeline.check.page.reproducible import differing
from pages import case_of, mail_of


def test_a_mail_that_comes_out_the_same_is_sound() -> None:
    assert list(differing(case_of(mail_of("a")), case_of(mail_of("a")))) == []


@pytest.mark.parametrize("part", ["subject", "preheader", "html", "text"])
def test_a_part_that_comes_out_otherwise_is_an_error_told_once(part: str) -> None:
    first = case_of(mail_of("a"), mail_of("a"))
    change: dict[str, Any] = {part: "other"}
    others = tuple(replace(one, **change) for one in first.renditions)
    (problem,) = differing(first, replace(first, renditions=others))
    assert (problem.rule, problem.is_error) == ("not-reproducible", True)
    assert problem.text.startswith(f"the {part} of a mail came out otherwise")


def test_a_mail_that_is_not_made_again_is_an_error() -> None:
    first = case_of(mail_of("a"))
    assert list(differing(first, replace(first, renditions=())))


def test_headers_that_come_out_otherwise_are_an_error() -> None:
    first = case_of(mail_of("a"))
    page = replace(first.pages[0], mail=first.pages[0].mail.replace(b"Date: ", b"Date:  "))
    (problem,) = differing(first, replace(first, pages=(page,)))
    assert problem.text.startswith("the headers of a mail")
