"""Each kind of mail program reads the same mail in its own way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fvdt_mailer.pipeline.layout.colour import contrast
from fvdt_mailer.pipeline.views.invert import inverted
from fvdt_mailer.pipeline.views.seen import seen
from fvdt_mailer.pipeline.views.view import VIEWS, Reading

MAIL = (
    "<head><style>@media (prefers-color-scheme: dark) { p { color: #ffffff } }</style></head>"
    "<!--[if mso]><p>mso</p><![endif]--><!--[if !mso]><!--><p>others</p><!--<![endif]-->"
    '<p style="max-width:600px;color:#112233"><img src="https://example.org/a.png" alt="A"></p>'
)


def test_as_it_was_sent_nothing_is_touched() -> None:
    assert seen(MAIL, Reading.AS_SENT) == MAIL


def test_a_program_without_style_keeps_what_stands_in_the_elements() -> None:
    html = seen(MAIL, Reading.WITHOUT_STYLE)
    assert "@media" not in html
    assert 'style="max-width:600px;color:#112233"' in html


def test_with_images_off_the_words_of_an_image_stay() -> None:
    html = seen(MAIL, Reading.WITHOUT_IMAGES)
    assert "a.png" not in html
    assert 'alt="A"' in html


def test_classic_outlook_reads_its_own_branch_and_drops_what_it_does_not_know() -> None:
    html = seen(MAIL, Reading.OUTLOOK, unsupported=["max-width"])
    assert "<p>mso</p>" in html
    assert "others" not in html
    assert "@media" not in html
    assert 'style="color:#112233"' in html


def test_a_program_that_inverts_does_not_honour_the_dark_colours_of_the_mail() -> None:
    assert "prefers-color-scheme" not in seen(MAIL, Reading.INVERTED)


def test_a_partial_inversion_leaves_dark_grounds_and_light_words() -> None:
    dark = '<td bgcolor="#102030" style="background-color:#102030;color:#f0f0f0">'
    assert inverted(dark, is_partial=True) == dark
    assert inverted(dark, is_partial=False) != dark


def test_a_partial_inversion_turns_light_grounds_and_dark_words() -> None:
    light = '<td bgcolor="#ffffff" style="background-color:#ffffff;color:#102030">'
    turned = inverted(light, is_partial=True)
    assert "#ffffff" not in turned
    assert "#102030" not in turned


@given(st.binary(min_size=3, max_size=3))
def test_an_inverted_colour_lies_on_the_other_side_of_the_middle(channels: bytes) -> None:
    colour = "#" + channels.hex()
    html = inverted(f'<p style="color:{colour}">', is_partial=False)
    turned = html.partition("color:")[2][:7]
    is_light = contrast(colour, "#000000") > contrast(colour, "#777777") * 5
    if is_light:
        assert contrast(turned, "#ffffff") > contrast(colour, "#ffffff")


@pytest.mark.parametrize("word", ["border-color", "background-color"])
def test_words_are_not_taken_for_grounds(word: str) -> None:
    html = inverted(f'<p style="{word}:#ffffff;color:#ffffff">', is_partial=True)
    assert f"{word}:#ffffff" not in html
    assert ";color:#ffffff" in html


def test_every_view_has_a_name_of_its_own_and_every_reading_is_looked_at() -> None:
    assert len({view.name for view in VIEWS}) == len(VIEWS)
    assert {view.reading for view in VIEWS} == set(Reading)
