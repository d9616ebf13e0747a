"""Style sheets and style attributes, by the lines of the templates they stand in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.folder import Template
from fvdt_mailer.pipeline.check.page.classes import lost_classes
from fvdt_mailer.pipeline.check.page.gmail import (
    dropped_by_gmail,
    fetched_css,
    style_bytes,
    too_much_css,
)
from fvdt_mailer.pipeline.check.page.inline_styles import colours_alone, skipped_by_outlook
from fvdt_mailer.pipeline.check.page.style_sheets import broken_css
from fvdt_mailer.pipeline.layout.sheets import Sheet
from pages import FILE, case_of, mail_of, page_of

ENHANCE = "templates/enhance.css"


def places(found: Iterable[Problem]) -> list[tuple[str, str, int | None]]:
    return [(one.rule, one.file, one.line) for one in dict.fromkeys(found)]


def test_sound_sheets_have_no_findings() -> None:
    case = case_of(
        mail_of('<p class="a" style="color:#111111;background-color:{{ x }}">a</p>'),
        base=".a { margin: 0; mso-line-height-rule: exactly }",
        enhance="a:hover { color: rgba(0, 0, 0, 0.5) !important }\n@media x { .a { color: red } }",
    )
    for look in (broken_css, dropped_by_gmail, fetched_css, too_much_css, skipped_by_outlook):
        assert list(look(case)) == []


@pytest.mark.parametrize(
    ("css", "line", "text"),
    [
        ("/* a\n */\n.a {\n  color red;\n}\n", 4, '"color red" is no declaration'),
        (".a { color: red;\n\n.b { color: blue; }\n", 1, "this { is never closed"),
        (".a { color: red; }\n}\n", 2, "this } closes nothing"),
        (".a { color: red; }\n/* b\n.c { color: red; }\n", 2, "this comment is never closed"),
        (".a {\n  color: red\n  margin: 0\n}\n", 2, "runs on"),
    ],
)
def test_a_broken_sheet_is_an_error_at_its_line(css: str, line: int, text: str) -> None:
    (problem,) = broken_css(case_of(mail_of("a"), enhance=css))
    assert (problem.rule, problem.file, problem.line) == ("broken-css", ENHANCE, line)
    assert problem.is_error
    assert text in problem.text


def test_a_line_is_that_of_the_template_however_often_it_prints() -> None:
    printed = "\n".join(f"/*@7*/.{name} {{ margn: 0; }}" for name in "abc")
    sheet = Sheet(file=ENHANCE, css=printed, traced=printed)
    case = replace(case_of(mail_of("a")), sheets=(sheet,))
    assert places(broken_css(case)) == [("unknown-property", ENHANCE, 7)]


def test_an_unknown_property_names_the_nearest() -> None:
    (problem,) = broken_css(case_of(mail_of("a"), base="p {\n  margn: 0;\n}"))
    assert (problem.rule, problem.line, problem.is_error) == ("unknown-property", 2, False)
    assert problem.hint == 'did you mean "margin"?'


@pytest.mark.parametrize(
    "name", ["-webkit-text-size-adjust", "mso-hide", "--own", "supported-color-schemes"]
)
def test_properties_of_one_maker_are_known(name: str) -> None:
    assert list(broken_css(case_of(mail_of("a"), enhance=f"a {{ {name}: 0 }}"))) == []


@pytest.mark.parametrize("value", ["#12345", "#zzzzzz", "blu", "123456"])
def test_a_colour_that_is_none_is_told(value: str) -> None:
    (problem,) = broken_css(case_of(mail_of("a"), base=f"p {{ color: {value} }}"))
    assert (problem.rule, problem.is_error) == ("bad-colour", False)


@pytest.mark.parametrize("value", ["#123", "navy", "inherit", "currentColor", "rgb(0 0 0 / 1%)"])
def test_every_form_of_a_colour_is_one(value: str) -> None:
    assert list(broken_css(case_of(mail_of("a"), enhance=f"p {{ color: {value} }}"))) == []


def test_a_broken_style_attribute_is_an_error_at_its_line() -> None:
    html = mail_of(
        '<p\n style="color red">a</p>\n<p style="color: {{ x }}; width: {{ y }}px">b</p>'
    )
    assert places(broken_css(case_of(html))) == [("broken-css", FILE, 5)]


def test_a_broken_style_element_for_outlook_is_an_error_at_its_line() -> None:
    head = "\n<!--[if mso]>\n<style>\n.a { color red }\n</style>\n<![endif]-->"
    assert places(broken_css(case_of(mail_of("a", head=head)))) == [("broken-css", FILE, 5)]


def test_a_template_that_no_mail_is_made_of_is_left_alone() -> None:
    other = Template(file="templates/page.html.j2", text='<p style="color red" class="x">a</p>')
    case = case_of(mail_of("a"), templates=[other])
    assert list(broken_css(case)) == list(lost_classes(case)) == []


def test_a_template_that_is_brought_in_is_looked_at() -> None:
    part = Template(file="templates/part.j2", text='{# x\n #}<p style="color red">a</p>')
    shell = Template(file=FILE, text='{% import "part.j2" as part %}')
    case = case_of(mail_of("a"), templates=[part, shell])
    assert places(broken_css(case)) == [("broken-css", "templates/part.j2", 2)]


@pytest.mark.parametrize(
    ("css", "line", "text"),
    [
        (
            "a { b: c }\n@media x {\n  @font-face { src: url(x) }\n}",
            3,
            '"@font-face" inside "@media x"',
        ),
        ("a {\n  color: red !IMPORTANT;\n}", 2, "in capitals"),
        ("a {\n  color: red!important;\n}", 2, "no space before the !"),
        ("a {\n  color: rgba(0 0 0 / 50%);\n}", 2, "spaces between its numbers"),
        ("a {\n  color: rgb(10% 20% 30%);\n}", 2, "spaces between its numbers"),
    ],
)
def test_what_makes_gmail_drop_a_sheet_is_told(css: str, line: int, text: str) -> None:
    (problem,) = dropped_by_gmail(case_of(mail_of("a"), enhance=css))
    assert (problem.rule, problem.file, problem.line) == ("gmail-drops-css", ENHANCE, line)
    assert text in problem.text
    assert "the whole style sheet" in problem.text


def test_what_makes_gmail_drop_a_style_attribute_is_told() -> None:
    html = mail_of('<p style="color:rgb(0 0 0)">a</p>')
    (problem,) = dropped_by_gmail(case_of(html))
    assert (problem.line, "this style" in problem.text) == (4, True)


def test_important_in_small_letters_after_a_space_is_read_by_gmail() -> None:
    css = "a { color: red !important }\nb { color: rgba(0, 0, 0, 0.5)\n !important }"
    assert list(dropped_by_gmail(case_of(mail_of("a"), enhance=css))) == []


def test_a_sheet_that_clients_would_fetch_is_told() -> None:
    link = '<link rel="stylesheet" href="https://example.org/x.css">'
    case = case_of(mail_of("a", head=link), enhance="\n@import 'x.css';")
    assert places(fetched_css(case)) == [("loads-css", ENHANCE, 2), ("loads-css", FILE, 2)]


@pytest.mark.parametrize(("size", "is_told"), [(16 * 1024, False), (16 * 1024 + 1, True)])
def test_sheets_over_sixteen_kilobytes_are_told(size: int, *, is_told: bool) -> None:
    page = page_of(mail_of("a", head=f"<style>{'é' * (size // 2)}{'a' * (size % 2)}</style>"))
    assert style_bytes(page) == size
    assert bool(list(too_much_css(case_of(page)))) is is_told


def test_a_class_without_a_rule_names_the_nearest() -> None:
    html = mail_of('<p class="card {{ x }} card-{{ y }}\n crad">a</p>')
    (problem,) = lost_classes(case_of(html, base=".card { margin: 0 }"))
    assert (problem.rule, problem.file, problem.line) == ("unknown-class", FILE, 4)
    assert problem.text == 'no style sheet has a rule for the class "crad"'
    assert problem.hint == 'did you mean "card"?'
    assert problem.severity is Severity.WARNING


def test_a_rule_without_a_use_is_a_note_at_its_line() -> None:
    css = ".a { margin: 0 }\n.a, .b { margin: 0 }\n"
    (problem,) = lost_classes(case_of(mail_of('<p class="a">a</p>'), enhance=css))
    assert (problem.rule, problem.file, problem.line) == ("unused-class", ENHANCE, 2)
    assert problem.severity is Severity.NOTE


def test_a_class_that_a_template_puts_together_is_used() -> None:
    html = mail_of("<p class=\"{{ 'struck' if x else 'told' }}\">a</p>")
    case = case_of(html, base=".struck { margin: 0 } .told { margin: 0 }")
    assert list(lost_classes(case)) == []


def test_a_class_of_a_style_element_for_outlook_and_of_mail_programs_is_known() -> None:
    head = "<!--[if mso]><style>.x { margin: 0 }</style><![endif]-->"
    case = case_of(mail_of('<p class="x body">a</p>', head=head), enhance=".ExternalClass { a: b }")
    assert list(lost_classes(case)) == []


def test_what_outlook_skips_in_a_style_attribute_is_told() -> None:
    html = mail_of('<p style="color:red !important;background:{{ x }}">a</p>')
    assert places(skipped_by_outlook(case_of(html))) == [
        ("inline-important", FILE, 4),
        ("background-shorthand", FILE, 4),
    ]


def test_words_on_a_ground_without_a_colour_are_told() -> None:
    html = mail_of(
        '<p style="background-color:#eeeeee">a</p>\n'
        '<p style="background-color:#eeeeee;color:#111111">b</p>\n'
        '<div style="background-color:#eeeeee"><p style="color:#111111">c</p>&nbsp;</div>'
    )
    assert places(colours_alone(case_of(html))) == [("background-alone", FILE, 4)]


def test_a_colour_on_no_ground_is_told() -> None:
    html = mail_of('<p style="color:#111111">a</p>').replace(
        "background-color:#ffffff;color:#222222;", ""
    )
    assert places(colours_alone(case_of(html))) == [("colour-alone", FILE, 4)]
    assert places(colours_alone(case_of(mail_of('<p style="color:#111111">a</p>')))) == []
