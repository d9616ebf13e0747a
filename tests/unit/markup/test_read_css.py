from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fvdt_mailer.pipeline.layout.trace import css_line, traced_css
from fvdt_mailer.pipeline.markup.read_css import read_css, read_style

PIECES = st.sampled_from(
    ["a", "{", "}", ":", ";", "(", ")", "[", "]", '"', "'", "/*", "*/", "@media x", "\n", "url(",
     "\\", "!important", "<!--", "\x00", "é", "#", "."]
)  # fmt: skip


def test_a_sheet_is_read_into_rules_with_the_conditions_around_them() -> None:
    css = (
        "p, .a > b { color: red; margin: 0 !important } @media (x) { @supports (y) { i { z: 1 } } }"
    )
    first, second = read_css(css).rules
    assert first.selectors == ("p", ".a > b")
    assert [(one.name, one.value, one.is_important) for one in first.declarations] == [
        ("color", "red", False),
        ("margin", "0", True),
    ]
    assert (first.conditions, second.conditions) == ((), ("@media (x)", "@supports (y)"))
    assert read_css(css).at_rules[-1][0] == ("@media (x)", "@supports (y)")


@pytest.mark.parametrize(
    ("css", "line", "text"),
    [
        ("a {\n  color red;\n  margin: 0;\n}", 2, '"color red" is no declaration'),
        ("a {\n  color: red\n  margin: 0;\n}", 2, '"color: red margin: 0" runs on'),
        ("a {\n  color: ;\n}", 2, '"color" has no value'),
        ("a { color: red;\n.b { color: blue; }", 1, "this { is never closed"),
        ("a { color: red; }\n}\n.b { color: blue; }", 2, "this } closes nothing"),
        ("a { b: c }\n@media x {\n.b { color: blue; }", 2, "this { is never closed"),
        ('a {\n  font: "x;\n}\n', 2, "a quotation mark is not closed on its line"),
        ("a {\n  b: url(x y);\n}\n", 2, "this url( ) cannot be read"),
        ("a {\n  b: (c;\n}\n", 2, "this ( is never closed"),
        ("a { b: c }\n{ d: e }", 2, "this block has no selector"),
        ("a { b: c }\nloose words", 2, '"loose words" is no rule'),
        ("a {\n  .b { c: d }\n}", 2, "a rule inside a rule"),
        ("a { b: c }\n/* d", 2, "this comment is never closed"),
        ("@font-face {\n  src url(x);\n}", 2, '"src url(x)" is no declaration'),
    ],
)
def test_what_clients_skip_is_a_fault_at_its_line(css: str, line: int, text: str) -> None:
    (fault,) = read_css(css).faults
    assert text in fault.text
    assert css.count("\n", 0, fault.offset) + 1 == line
    assert fault.hint


@pytest.mark.parametrize(
    "css",
    [
        "a { b: c; ; d: e }",
        "a::after { content: '}' } /* { */ b { c: \"{\" }",
        "@import 'x.css'; @font-face { src: url(x) }",
        "a:not(.b, .c) { d: calc(1px + (2px)) }",
        "u + .body a[href^='x'] { mso-hide: all }",
        "",
    ],
)
def test_what_clients_read_is_no_fault(css: str) -> None:
    assert read_css(css).faults == ()


@given(st.lists(PIECES, max_size=15))
def test_no_css_is_too_broken_to_be_read(pieces: list[str]) -> None:
    css = "".join(pieces)
    for sheet in (read_css(css), read_style(css)):
        assert all(0 <= fault.offset <= len(css) for fault in sheet.faults)


def test_marks_of_lines_are_no_part_of_selectors_and_values() -> None:
    template = "a,\nb {\n  font:\n    1px\n    x;\n}\n"
    (rule,) = read_css(traced_css(template)).rules
    assert rule.selectors == ("a", "b")
    assert rule.declarations[0].value.split() == ["1px", "x"]
    assert css_line(traced_css(template), rule.declarations[0].offset) == 3


def test_a_style_attribute_is_a_rule_without_a_selector() -> None:
    sheet = read_style("color: red; margin 0")
    assert [one.name for one in sheet.rules[0].declarations] == ["color"]
    assert [fault.text for fault in sheet.faults] == ['"margin 0" is no declaration']
