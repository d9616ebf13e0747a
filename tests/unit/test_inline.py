"""What premailer is known to break, and must not break here."""

from __future__ import annotations

import re

import pytest

from fvdt_mailer.pipeline.layout.base_css import base_css_problems
from fvdt_mailer.pipeline.layout.inline import inline

MSO = (
    '<!--[if mso]><table role="presentation" width="600" class="x"><tr><td><![endif]-->',
    "<!--[if !mso]><!-->",
    "<!--<![endif]-->",
    "<!--[if mso]></td></tr></table>\n  <style>.x { color: red }</style><![endif]-->",
)


def test_a_class_and_an_element_name_become_a_style() -> None:
    html = inline('<p class="x">a</p>', "p { margin: 0; color: #111111 } .x { color: #003366 }")
    assert html == '<p style="margin:0;color:#003366">a</p>'


def test_a_style_that_was_written_wins() -> None:
    html = inline('<td class="x" style="color:#123456">a</td>', ".x { color: #000000 }")
    assert 'style="color:#123456"' in html


def test_conditional_comments_stay_byte_for_byte() -> None:
    html = inline(f'{MSO[0]}<div class="x">{MSO[1]}a{MSO[2]}</div>{MSO[3]}', ".x{color:#112233}")
    assert html == f'{MSO[0]}<div style="color:#112233">{MSO[1]}a{MSO[2]}</div>{MSO[3]}'


def test_the_width_of_an_image_stays() -> None:
    html = inline('<img src="x.png" width="600">', "img { width: 100%; height: auto }")
    assert html == '<img src="x.png" width="600" style="width:100%;height:auto">'


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/é?q=ü&amp;x=1",
        "BLANK--unsubscribe_url--",
        "{{ x }}",
        "https://example.org/a b",
        "https://example.org/%C3%A9#é",
        "mailto:an@example.org?subject=Één",
    ],
)
def test_an_address_is_not_rewritten(url: str) -> None:
    assert f'href="{url}"' in inline(f'<a href="{url}">x</a>', "a { color: #112233 }")


def test_entities_and_spaces_stay_as_they_were_written() -> None:
    words = "a&nbsp;b&rsquo;c&#847;&zwnj; \u00a0é€ “” &lt;&amp; 😀"
    assert words in inline(f"<p>{words}</p>", "p { margin: 0 }")


def test_a_style_element_is_neither_inlined_nor_changed() -> None:
    style = "<style>\n@media (x) { .a { color: RED !important } }\nu + .body .a{}\n</style>"
    html = inline(f'<head>{style}</head><body class="a"><p class="a">x</p></body>', "p{margin:0}")
    assert style in html
    assert "RED" not in html.replace(style, "")


def test_every_colour_has_six_digits() -> None:
    html = inline('<td class="x">a</td>', ".x { background-color: #003366; color: #ffffff }")
    assert 'bgcolor="#003366"' in html
    assert "background-color:#003366;color:#ffffff" in html


def test_cells_take_alignment_as_attributes_and_tables_do_not() -> None:
    html = inline("<table><tr><td>a</td></tr></table>", "table, td { text-align: center }")
    assert '<td align="center"' in html
    assert '<table align="center"' not in html


def test_an_attribute_that_was_written_is_not_overwritten() -> None:
    html = inline('<td align="right" class="x">a</td>', ".x { text-align: left }")
    assert html.count("align=") == 1
    assert 'align="right"' in html


def test_only_kept_classes_are_left() -> None:
    html = inline('<p class="a b c">x</p>', ".a { margin: 0 }", keep={"b"})
    assert html == '<p class="b" style="margin:0">x</p>'


def test_a_row_without_its_table_stays_a_row() -> None:
    html = inline('<tr><td class="x">a</td></tr>', ".x { color: #112233 }")
    assert html == '<tr><td style="color:#112233">a</td></tr>'


def test_a_document_stays_a_document() -> None:
    html = '<!DOCTYPE html>\n<html lang="nl"><head><title>t</title></head><body>\n</body></html>\n'
    assert inline(html, "p { margin: 0 }") == html


@pytest.mark.parametrize("html", ["", "alleen woorden &amp; zo", "<!-- a --> b"])
def test_words_without_elements_stay(html: str) -> None:
    assert inline(html, "p { margin: 0 }") == html


def test_nothing_is_fetched_and_the_link_stays() -> None:
    link = '<link rel="stylesheet" href="https://127.0.0.1:9/x.css">'
    assert link in inline(f"<head>{link}</head><body><p>x</p></body>", "p { margin: 0 }")


def test_properties_of_outlook_and_quoted_fonts_survive() -> None:
    css = ".x { mso-line-height-rule: exactly; mso-hide: all; font-family: 'Segoe UI', Arial }"
    html = inline('<p class="x">a</p>', css)
    assert "mso-line-height-rule:exactly;mso-hide:all" in html
    assert "font-family:'Segoe UI', Arial" in html


def test_inlining_twice_changes_nothing() -> None:
    css = "p { margin: 0 } .x { color: #003366 }"
    once = inline('<p class="x" title="a &gt; b">a</p>', css, keep={"x"})
    assert inline(once, css, keep={"x"}) == once


def test_an_attribute_with_angles_does_not_end_its_element() -> None:
    html = inline('<p title="a > b" class="x">c</p>', ".x { margin: 0 }")
    assert html == '<p title="a > b" style="margin:0">c</p>'


@pytest.mark.parametrize(
    ("css", "line", "text"),
    [
        ("\na:hover { color: red }", 2, '"a:hover" cannot be inlined'),
        ("* { margin: 0 }", 1, '"*" cannot be inlined'),
        ("p { margin: 0 }\np,\n.a .b { color: red }", 2, '".a .b" cannot be inlined'),
        ("p.x { color: red }", 1, '"p.x" cannot be inlined'),
        ("p[lang] { color: red }", 1, "cannot be inlined"),
        ("p {\n  margin: 0;\n  color: red !important;\n}", 3, "!important"),
        ("p {\n  color: red;\n  color: blue;\n}", 3, '"color" stands twice'),
        ("p { background: red }", 1, '"background" leaves Outlook no colour'),
        ("p { background-image: url(x.png) }", 1, "loads nothing"),
        ("p {\n  color red;\n}", 2, '"color red" is not a declaration'),
        ("/* a\nb */\n.a { padding: 0 }\n.b { padding-top: 1px }", 4, '"padding-top" beside'),
        ("p { margin: 0 }\n@media print { p { margin: 0 } }", 2, "only plain rules"),
        ("p { margin: 0 }\n@import 'x.css';", 2, "only plain rules"),
        ("p { margin: 0", 1, "only plain rules"),
    ],
)
def test_what_premailer_gets_wrong_is_a_problem_on_its_line(css: str, line: int, text: str) -> None:
    (problem,) = base_css_problems(css, "templates/base.css")
    assert (problem.rule, problem.file, problem.line) == (
        "template-css",
        "templates/base.css",
        line,
    )
    assert text in problem.text
    assert problem.hint


def test_a_longhand_in_the_same_rule_is_right() -> None:
    assert base_css_problems("p { border: 0; border-top: 1px solid #112233 }", "base.css") == ()


def test_every_declaration_of_a_plain_sheet_is_inlined() -> None:
    css = ".a { margin: 0 0 1px 0; max-width: 600px } /* x { } */ p, .a { line-height: 1.6 }"
    assert base_css_problems(css, "base.css") == ()
    styled = inline('<p class="a">x</p>', css)
    found = re.findall(r"([a-z-]+):([^;\"]+)", styled.split('style="')[1])
    assert dict(found) == {"margin": "0 0 1px 0", "max-width": "600px", "line-height": "1.6"}
