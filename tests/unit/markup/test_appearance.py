from __future__ import annotations

import pytest

from fvdt_mailer.pipeline.markup.appearance import Appearance, appearances
from fvdt_mailer.pipeline.markup.cascade import Scheme
from fvdt_mailer.pipeline.markup.css_values import hexadecimal, length
from fvdt_mailer.pipeline.markup.read_html import read_html
from fvdt_mailer.pipeline.markup.selector import read_selector


def look(html: str, *, css: str = "", scheme: Scheme = Scheme.LIGHT) -> Appearance:
    """How the element with id="x" looks."""
    document = read_html(f"<html><head><style>{css}</style></head><body>{html}</body></html>")
    looks = appearances(document, scheme)
    return next(one for element, one in looks.items() if element.attributes.get("id") == "x")


def colours(html: str, *, css: str = "", scheme: Scheme = Scheme.LIGHT) -> tuple[str, str]:
    found = look(html, css=css, scheme=scheme)
    return found.colour, found.ground


def test_words_that_nobody_coloured_are_black_on_white() -> None:
    found = look("<p id=x>a</p>")
    assert (found.colour, found.ground, found.size, found.line) == ("#000000", "#ffffff", 16, 19.2)
    assert (found.is_coloured, found.is_grounded) == (False, False)


def test_colour_and_ground_come_from_the_nearest_that_has_them() -> None:
    html = '<div style="background-color:#111111;color:#eeeeee"><p style="color:#cccccc">'
    assert colours(f"{html}<b id=x>a</b></p></div>") == ("#cccccc", "#111111")


@pytest.mark.parametrize(
    ("attributes", "ground"),
    [
        ('bgcolor="#123456"', "#123456"),
        ('bgcolor="123456"', "#123456"),
        ('style="background: url(a.png) #123456"', "#123456"),
        ('style="background-color: transparent"', "#ffffff"),
        ('style="background-color: rgba(0,0,0,0.5)"', "#808080"),
        ('bgcolor="#123456" style="background-color:#654321"', "#654321"),
    ],
)
def test_every_way_to_give_a_ground_counts(attributes: str, ground: str) -> None:
    assert colours(f"<table><tr><td id=x {attributes}>a</td></tr></table>")[1] == ground


def test_a_link_without_a_colour_is_blue_and_one_that_inherits_is_not() -> None:
    around = '<p style="color:#333333">'
    assert colours(f'{around}<a id=x href="y">a</a></p>')[0] == "#0000ee"
    assert colours(f'{around}<a id=x href="y" style="color:inherit">a</a></p>')[0] == "#333333"


def test_a_font_element_gives_a_colour_and_no_other_attribute_does() -> None:
    assert colours('<font id=x color="#123456">a</font>')[0] == "#123456"
    assert colours('<p id=x color="#123456">a</p>')[0] == "#000000"


def test_dark_rules_win_over_a_style_only_when_they_say_important() -> None:
    html = '<p id=x class="a b" style="color:#111111;background-color:#ffffff">a</p>'
    css = (
        "@media (prefers-color-scheme: dark) { .a { color: #eeeeee !important } "
        "p.b { background-color: #000000 } }"
    )
    assert colours(html, css=css, scheme=Scheme.DARK) == ("#eeeeee", "#ffffff")
    assert colours(html, css=css) == ("#111111", "#ffffff")


@pytest.mark.parametrize(
    ("css", "colour"),
    [
        (".a { color: #111111 } p { color: #222222 }", "#111111"),
        ("p { color: #111111 } p { color: #222222 }", "#222222"),
        ("#x { color: #111111 } p.a { color: #222222 }", "#111111"),
        ("div .a { color: #111111 } .a { color: #222222 }", "#111111"),
        ("div > p { color: #111111 }", "#111111"),
        ("body > p { color: #111111 }", "#000000"),
        ("a:hover, [data-ogsc] p, p:first-child { color: #111111 }", "#000000"),
        ("* { color: #111111 }", "#111111"),
        (":root p { color: #111111 }", "#111111"),
        ("@media screen { p { color: #111111 } }", "#111111"),
        ("@media (min-width: 640px) { p { color: #111111 } }", "#000000"),
    ],
)
def test_the_sheets_in_the_head_follow_the_cascade(css: str, colour: str) -> None:
    assert colours('<div><p id=x class="a">a</p></div>', css=css)[0] == colour


def test_a_selector_that_is_not_resolved_points_at_nothing() -> None:
    for written in ("a:hover", "[x] p", "p + p", "p ~ p", "", ">", "p >"):
        assert read_selector(written) is None


@pytest.mark.parametrize(
    ("style", "size", "line"),
    [
        ("font-size:20px;line-height:1.5", 20, 30),
        ("font-size:1.5em;line-height:30px", 30, 30),
        ("font-size:15pt", 20, 30),
        ("font:bold 18px/1.2 Arial", 18, 21.6),
        ("font-size:small;line-height:normal", 13, 15.6),
        ("font-size:0", 0, 0),
        ("font-size:max(16px, 1rem)", 20, 30),
    ],
)
def test_sizes_are_worked_out_in_pixels(style: str, size: float, line: float) -> None:
    found = look(f'<div style="font-size:20px;line-height:1.5"><p id=x style="{style}">a</p></div>')
    assert (found.size, round(found.line, 1)) == (size, line)


def test_headings_are_large_and_bold_by_themselves() -> None:
    found = look("<h1 id=x>a</h1>")
    assert (found.size, found.is_bold) == (32, True)
    assert not look('<h1 id=x style="font-weight:400">a</h1>').is_bold
    assert look('<p id=x style="font-weight:600">a</p>').is_bold
    assert not look('<p id=x style="font-weight:500">a</p>').is_bold


@pytest.mark.parametrize(
    "html",
    [
        '<div style="display:none"><p id=x>a</p></div>',
        "<div hidden><p id=x>a</p></div>",
        '<div style="max-height:0;overflow:hidden"><p id=x>a</p></div>',
        '<p id=x style="font-size:0">a</p>',
    ],
)
def test_what_is_hidden_is_not_seen(html: str) -> None:
    assert not look(html).is_seen


@pytest.mark.parametrize(
    ("value", "on", "colour"),
    [
        ("#ABC", "#ffffff", "#aabbcc"),
        ("navy", "#ffffff", "#000080"),
        ("rgb(1, 2, 3)", "#ffffff", "#010203"),
        ("rgba(0,0,0,0.5)", "#ffffff", "#808080"),
        ("rgba(0,0,0,0.5)", "", ""),
        ("inherit", "#ffffff", ""),
        ("#12345", "#ffffff", None),
        ("rgb(0 0 0 / 50%)", "#ffffff", None),
    ],
)
def test_a_colour_is_read_over_its_ground(value: str, on: str, colour: str | None) -> None:
    assert hexadecimal(value, on) == colour


@pytest.mark.parametrize(
    ("value", "pixels"),
    [
        ("0", 0),
        ("12px", 12),
        ("1.5em", 30),
        ("50%", 10),
        ("2rem", 32),
        ("12", None),
        ("auto", None),
    ],
)
def test_a_length_is_read_in_pixels(value: str, pixels: float | None) -> None:
    assert length(value, 20) == pixels
