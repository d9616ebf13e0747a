from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fvdt_mailer.pipeline.markup.conditional import Branch, misread, resolve

PIECES = st.sampled_from(
    [
        "<!--[if mso]>", "<![endif]-->", "<!--[if !mso]><!-->", "<!--<![endif]-->", "<!--", "-->",
        "<![if !mso]>", "<![endif]>", "<table>", "a\n", "\n", "<!DOCTYPE html>", "<?x", "<![odd[",
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("html", "outlook", "others"),
    [
        ("<!--[if mso]>a<![endif]-->", "a", ""),
        ("<!--[if gte mso 9]>a<![endif]-->", "a", ""),
        ("<!--[if mso | IE]>a<![endif]-->", "a", ""),
        ("<!--[if IE]>a<![endif]-->", "", ""),
        ("<!--[if !mso]><!-->a<!--<![endif]-->", "", "a"),
        ("<!--[if !mso]><!-- -->a<!-- <![endif]-->", "", "a"),
        ("<![if !mso]>a<![endif]>", "", "a"),
        ("a<!-- b -->c", "ac", "ac"),
        ("a<?xml b?>c<![CDATA[d]]>e<!ENTITY f>g", "aceg", "aceg"),
        ("<!DOCTYPE html>a", "<!DOCTYPE html>a", "<!DOCTYPE html>a"),
    ],
)
def test_each_branch_reads_its_own_side(html: str, outlook: str, others: str) -> None:
    assert resolve(html, Branch.OUTLOOK) == outlook
    assert resolve(html, Branch.OTHERS) == others


@given(st.lists(PIECES, max_size=12))
def test_whatever_is_written_every_line_stays_where_it_was(pieces: list[str]) -> None:
    html = "".join(pieces)
    for branch in Branch:
        assert resolve(html, branch).count("\n") == html.count("\n")


@given(st.lists(PIECES, max_size=12))
def test_what_is_misread_is_found_at_its_mark(pieces: list[str]) -> None:
    html = "".join(pieces)
    for found in misread(html):
        assert html.startswith(found.mark, found.offset)


@pytest.mark.parametrize(
    "html",
    [
        "<!--[if mso]><table><![endif]-->x<!--[if mso]></table><![endif]-->",
        "<!--[if !mso]><!-->x<!--<![endif]-->",
        "<!--[if gte mso 9]>x<![endif]-->",
        "<!-- a comment --> and <!-- another -->",
        "<!--[if !mso]><!--><!-- a comment -->x<!--<![endif]-->",
    ],
)
def test_the_forms_that_all_read_alike_are_sound(html: str) -> None:
    assert list(misread(html)) == []


@pytest.mark.parametrize(
    ("html", "offset", "text"),
    [
        ("a<!--[if mso]><table>", 1, "never closed"),
        ("a<![endif]-->", 1, "closes no conditional comment"),
        ("<!--[if mso]><!-- b --><table><![endif]-->", 13, "ends it early"),
        ("<!--[if mso]>a<!--[if mso]>b<![endif]-->", 14, "ends it early"),
        ("<!--[if mso]>a<!--<![endif]-->", 14, "ends it early"),
        ("<!--[if !mso]>a<![endif]-->", 0, "nobody"),
        ("<!--[if !mso]><!-->a<![endif]-->", 20, "does not close <!--[if !mso]><!-->"),
        ("<!--[if !mso]><!-->a<!--[if mso]>b<![endif]-->", 20, "inside another"),
        ("a<!-- b", 1, "this comment is never closed"),
    ],
)
def test_what_hides_or_shows_the_wrong_thing_is_grave(html: str, offset: int, text: str) -> None:
    (found,) = misread(html)
    assert (found.offset, found.is_grave) == (offset, True)
    assert text in found.text


@pytest.mark.parametrize(
    "html", ["<![if !mso]>x<![endif]>", "<!--[if !mso]><!-- -->x<!-- <![endif]-->"]
)
def test_a_form_that_few_programs_know_is_odd_and_told_once(html: str) -> None:
    (found,) = misread(html)
    assert (found.offset, found.is_grave) == (0, False)
