"""The mail as HTML: what clients would have to guess at, and what they block."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.folder import Template
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.page.active import active_content
from fvdt_mailer.pipeline.check.page.broken_html import broken_html, duplicate_ids
from fvdt_mailer.pipeline.check.page.conditionals import (
    conditionals_between_cells,
    odd_conditionals,
)
from fvdt_mailer.pipeline.check.page.head import weak_head
from fvdt_mailer.pipeline.check.page.raw_html import raw_html
from fvdt_mailer.pipeline.check.page.tables import poor_tables
from fvdt_mailer.pipeline.layout.trace import traced_html
from fvdt_mailer.pipeline.select import select
from pages import FILE, case_of, mail_of, page_of
from world import NOW, activity, campaign, folder

LAYOUT = 'role="presentation" border="0" cellpadding="0" cellspacing="0"'
GHOST = f"<!--[if mso]><table {LAYOUT}><tr><td><![endif]-->"
GHOST_END = "<!--[if mso]></td></tr></table><![endif]-->"


def rules(found: Iterable[Problem]) -> list[tuple[str, int | None]]:
    return [(problem.rule, problem.line) for problem in dict.fromkeys(found)]


def every_look(case: Case) -> list[Problem]:
    looks = (
        broken_html, duplicate_ids, odd_conditionals, conditionals_between_cells, weak_head,
        poor_tables, active_content, raw_html,
    )  # fmt: skip
    return [problem for look in looks for problem in look(case)]


def test_a_sound_mail_has_no_findings() -> None:
    body = f"<table {LAYOUT}><tr><td>{GHOST}<p>a</p>{GHOST_END}</td></tr></table>"
    assert every_look(case_of(mail_of(body), dark="@media (prefers-color-scheme: dark) {}")) == []


def test_an_element_that_is_not_closed_is_an_error_at_its_line() -> None:
    (problem,) = broken_html(case_of(mail_of("<p>\n<b>a\n</p>")))
    assert (problem.rule, problem.file, problem.line) == ("broken-html", FILE, 5)
    assert problem.is_error
    assert "<b> is not closed before </p>" in problem.text


def test_what_html_closes_by_itself_is_a_warning() -> None:
    (problem,) = broken_html(case_of(mail_of("<ul>\n<li>a\n</ul>")))
    assert (problem.rule, problem.line, problem.is_error) == ("unclosed-html", 5, False)


def test_what_is_broken_for_outlook_alone_says_so() -> None:
    problems = list(broken_html(case_of(mail_of(f"<div>{GHOST}</div>{GHOST_END}"))))
    assert {problem.line for problem in problems} == {4}
    assert all(problem.text.startswith("for classic Outlook, ") for problem in problems)


def test_what_is_broken_for_everyone_is_told_once() -> None:
    assert len(list(broken_html(case_of(mail_of("<div><b>a</div>"))))) == 1


def test_an_id_that_is_used_again_is_a_warning_at_the_second() -> None:
    html = mail_of('<p id="a">a</p>\n<p id="a">b</p>\n<p id="b">c</p>')
    assert rules(duplicate_ids(case_of(html))) == [("duplicate-id", 5)]


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("<p>a</p>\n<!--[if mso]><b>", "broken-conditional"),
        ("<p>a</p>\n<![endif]-->", "broken-conditional"),
        ("<p>a</p>\n<![if !mso]>a<![endif]>", "odd-conditional"),
    ],
)
def test_a_conditional_comment_that_is_misread_is_told_at_its_line(body: str, rule: str) -> None:
    (problem,) = odd_conditionals(case_of(mail_of(body)))
    assert (problem.rule, problem.line) == (rule, 5)
    assert problem.is_error is (rule == "broken-conditional")


def test_a_conditional_comment_is_told_in_the_template_that_has_it() -> None:
    shell = "<!DOCTYPE html>\n<div>\n{{ sections }}\n\n<![if !mso]>a<![endif]></div>"
    section = "<![if !mso]>\n<p>b</p>\n<![endif]>\n<p>c</p>\n<![if !mso]>d<![endif]>"
    page = page_of("")
    html = traced_html(section, "templates/section.html.j2")
    whole = traced_html(shell, FILE).replace("{{ sections }}", html).replace("\n\n", "\n")
    templates = [
        Template(file=FILE, text=shell),
        Template(file="templates/section.html.j2", text=section),
    ]
    found = odd_conditionals(case_of(replace(page, traced=whole), templates=templates))
    assert [(one.file.rpartition("/")[2], one.line) for one in found] == [
        ("section.html.j2", 1),
        ("section.html.j2", 5),
        ("newsletter.html.j2", 5),
    ]


@pytest.mark.parametrize(
    "table",
    [
        f"<table {LAYOUT}>\n{GHOST}{GHOST_END}<tr><td>a</td></tr></table>",
        f"<table {LAYOUT}><tr><td>a</td>\n<!--[if mso]><td>b</td><![endif]--></tr></table>",
    ],
)
def test_a_conditional_comment_between_cells_is_a_warning(table: str) -> None:
    found = rules(conditionals_between_cells(case_of(mail_of(f"<p>a</p>\n{table}"))))
    assert found == [("conditional-place", 6)]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("<!DOCTYPE html>\n", "", "missing-doctype"),
        ('<meta charset="utf-8">', "", "missing-meta"),
        ('<meta charset="utf-8">', '<meta charset="latin1">', "wrong-charset"),
        ('name="viewport"', 'name="x"', "missing-meta"),
        ('name="color-scheme"', 'name="x"', "missing-meta"),
        ("initial-scale=1", "user-scalable=no", "zoom-disabled"),
        ("initial-scale=1", "maximum-scale=1.0", "zoom-disabled"),
        ("<title>Juni</title>", "", "missing-title"),
        ("<title>Juni</title>", "<title> </title>", "missing-title"),
    ],
)
def test_what_is_missing_in_the_head_is_told(old: str, new: str, rule: str) -> None:
    html = mail_of("<p>a</p>")
    assert old in html
    found = list(
        weak_head(case_of(html.replace(old, new), dark="@media (prefers-color-scheme: dark) {}"))
    )
    assert [problem.rule for problem in found] == [rule]


def test_the_names_of_metas_are_read_in_any_case() -> None:
    html = mail_of("<p>a</p>").replace('name="viewport"', 'NAME="Viewport"')
    assert list(weak_head(case_of(html))) == []


def test_a_mail_without_dark_colours_needs_no_colour_scheme() -> None:
    html = mail_of("<p>a</p>").replace('name="color-scheme"', 'name="x"')
    assert list(weak_head(case_of(html))) == []


def test_a_layout_table_says_so_and_has_no_spacing_of_its_own() -> None:
    html = mail_of("<table><tr><td>a</td></tr></table>")
    found = {problem.rule: problem for problem in poor_tables(case_of(html))}
    assert set(found) == {"layout-table", "table-spacing"}
    assert found["table-spacing"].hint == 'write border="0" cellpadding="0" cellspacing="0"'


def test_a_ghost_table_is_a_layout_table_too() -> None:
    html = mail_of("<!--[if mso]><table><tr><td><![endif]-->a" + GHOST_END)
    assert ("layout-table", 4) in rules(poor_tables(case_of(html)))


def test_a_table_of_data_has_headers_with_a_scope() -> None:
    table = '<table><tr>\n<th scope="row">a</th><td>b</td></tr>\n<tr><th>c</th></tr></table>'
    assert rules(poor_tables(case_of(mail_of(table)))) == [("header-scope", 6)]


def test_a_header_in_a_table_inside_does_not_make_the_outer_one_data() -> None:
    inner = '<table><tr><th scope="col">a</th></tr></table>'
    html = mail_of(f'<table border="0" cellpadding="0" cellspacing="0"><tr><td>\n{inner}')
    assert rules(poor_tables(case_of(html + "</td></tr></table>"))) == [("layout-table", 4)]


def test_tables_in_too_many_tables_are_told_at_the_first_too_deep() -> None:
    opened = f"<table {LAYOUT}><tr><td>\n" * 16
    found = rules(poor_tables(case_of(mail_of(opened + "</td></tr></table>" * 16))))
    assert found == [("deep-tables", 4 + 14)]


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ("<script>x()</script>", "active-content"),
        ('<form action="https://example.org"></form>', "active-content"),
        ("<iframe></iframe>", "active-content"),
        ("<object></object>", "active-content"),
        ('<p onclick="x()">a</p>', "active-content"),
        ('<meta http-equiv="Refresh" content="0;url=x">', "active-content"),
        ('<img alt="" src="java\tscript:x()">', "script-address"),
        ('<td background=" JavaScript:x()">a</td>', "script-address"),
        ('<img alt="" src="data:text/html,x">', "script-address"),
        ("<!--[if mso]><script>x()</script><![endif]-->", "active-content"),
    ],
)
def test_what_acts_by_itself_is_an_error(html: str, rule: str) -> None:
    (problem,) = dict.fromkeys(active_content(case_of(mail_of(html))))
    assert (problem.rule, problem.line, problem.is_error) == (rule, 4, True)


def test_data_for_search_engines_and_addresses_of_pictures_do_not_act() -> None:
    html = (
        '<script type="application/ld+json">{}</script><img alt="" src="data:image/png;base64,x">'
        '<a href="https://example.org/javascript:x" title="onclick">a</a>'
    )
    assert list(active_content(case_of(mail_of(html)))) == []


def texts(text: str) -> list[Problem]:
    recipe = campaign()
    world = folder(activities=[activity("x", "voeding", "2013-06-17", text=text)])
    edition = select(world, recipe, now=NOW)
    return list(raw_html(case_of(edition=edition, world=world)))


@pytest.mark.parametrize(
    "text",
    ["Kom <b>kijken</b>.", "<script>x()</script>", "a<br/>b", '<A HREF="x">y</A>', "a <!-- b -->"],
)
def test_tags_in_a_text_are_an_error_at_the_text(text: str) -> None:
    (problem,) = texts(text)
    assert (problem.rule, problem.file, problem.key) == ("raw-html", "activities/a.yaml", "text")
    assert problem.severity is Severity.ERROR
    assert "mail text is plain text" in problem.text


@pytest.mark.parametrize("text", ["Als a < b en c > d.", "Mail <info@example.org>.", "x<y>z", "<3"])
def test_a_mere_angle_is_no_tag(text: str) -> None:
    assert texts(text) == []


def test_a_tag_in_a_title_is_an_error_too() -> None:
    world = folder(activities=[activity("x", "voeding", "2013-06-17", title="<i>x</i>", text="a")])
    edition = select(world, campaign(), now=NOW)
    (problem,) = raw_html(case_of(edition=edition, world=world))
    assert (problem.rule, problem.key) == ("raw-html", "title")
