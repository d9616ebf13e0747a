from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fvdt_mailer.pipeline.markup.conditional import Branch
from fvdt_mailer.pipeline.markup.element import Place
from fvdt_mailer.pipeline.markup.read_html import read_html

SOUND = """\
<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8"><title>a &amp; b</title><style>p > a {}</style></head>
<body><div><table><tr><td>x<br><img src="a" alt=""></td></tr></table>
<ul><li><p>a <a href="x">b</a></p></li></ul></div></body></html>
"""
PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<table>", "</table>", "<td", ">", "</", "<!--", "-->", "<![", "]", "é",
        "<a href='", "&amp", "<script>", "</script>", "<x:y/>", "<br/>", 'class="a" class="b"', "<",
        "<!DOCTYPE", "<?", "<title>", "<style>", "\x00",
    ]
)  # fmt: skip


def faults(html: str, branch: Branch = Branch.OTHERS) -> list[str]:
    return [fault.text for fault in read_html(html, branch).faults]


def test_a_sound_document_has_no_faults() -> None:
    assert read_html(SOUND).faults == ()
    assert next(read_html(SOUND).all("title")).text == "a & b"


@given(st.lists(PIECES, max_size=15))
def test_no_html_is_too_broken_to_be_read(pieces: list[str]) -> None:
    for branch in Branch:
        read_html("".join(pieces), branch)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<div><b>a</div>", "<b> is not closed before </div>"),
        ("<div>a", "<div> is not closed anywhere"),
        ("a</div>", "</div> closes nothing"),
        ("a</br>", "</br> closes nothing"),
        ("<div/>a", "<div/> is not closed by its slash"),
        ('<td class="a" id="b" class="c"></td>', '<td> has "class" twice'),
        ("<table><p>a</p></table>", "<p> in <table>"),
        ("<table><tr><div>a</div></tr></table>", "<div> in <tr>"),
        ("<table>a<tr><td>b</td></tr></table>", '"a" in <table>'),
        ("<div><tr></tr></div>", "<tr> in <div>"),
        ("<div><li>a</li></div>", "<li> in <div>"),
        ("<p><div>a</div></p>", "<div> in <p>"),
        ("<p><span><table></table></span></p>", "<table> in <p>"),
        ('<a href="x"><b><a href="y">z</a></b></a>', "<a> in <a>"),
        ("<html><head><div>a</div></head></html>", "<div> in <head>"),
    ],
)
def test_what_a_client_must_guess_at_is_a_fault(html: str, text: str) -> None:
    (fault,) = faults(html)
    assert text in fault


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td><p>a</p></td></tr></table>",
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>",
        "<tr><td>a part of a table</td></tr>",
        "<dl><dt>a</dt><dd>b</dd></dl>",
        "<br/><img alt=''/>",
        "<v:rect><v:fill/></v:rect>",
        "<p><a href='x'><img alt='a'></a></p>",
    ],
)
def test_what_all_clients_read_alike_is_no_fault(html: str) -> None:
    assert faults(html) == []


def test_what_html_closes_by_itself_is_not_grave() -> None:
    left, lost = read_html("<ul><li>a</ul><div>b").faults
    assert (left.is_grave, lost.is_grave) == (False, True)
    (moved,) = read_html("<table><p>a</p></table>").faults
    assert moved.is_grave


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<div><table><tr><td>a</div></td></tr></table>", "<table> is not closed before </div>"),
        ("<p>a<p>b</p></p><p>c</p>", "<p> in <p>"),
        ("<p>a<p>b</p><p>c</p><p>d</p>", "<p> in <p>"),
        ("<a href='x'>a<a href='y'>b</a><a href='z'>c</a>", "<a> in <a>"),
        ("<p>a<div>b</div></p><p>c</p>", "<div> in <p>"),
        ("<html><body><script>a</body></html>", "<script> is not closed anywhere"),
    ],
)
def test_one_mistake_is_one_fault(html: str, text: str) -> None:
    (fault,) = faults(html)
    assert fault.startswith(text)


def test_the_first_of_two_attributes_counts() -> None:
    (element,) = read_html('<td class="a" class="b"></td>').root.elements
    assert element.attributes["class"] == "a"


def test_a_table_that_outlook_alone_gets_is_read_in_its_branch() -> None:
    html = "<!--[if mso]><table><tr><td><![endif]-->a<!--[if mso]></td></tr></table><![endif]-->"
    assert faults(html) == faults(html, Branch.OUTLOOK) == []
    assert [element.tag for element in read_html(html).root.elements] == []
    assert [e.tag for e in read_html(html, Branch.OUTLOOK).root.elements] == ["table", "tr", "td"]


def test_a_ghost_table_that_closes_elsewhere_is_a_fault_for_outlook_alone() -> None:
    html = "<div><!--[if mso]><table><tr><td><![endif]--></div><!--[if mso]></table><![endif]-->"
    assert faults(html) == []
    assert "<table> is not closed before </div>" in faults(html, Branch.OUTLOOK)


def test_an_element_without_a_line_has_that_of_what_it_stands_in() -> None:
    html = '<div data-at="a.j2:3"><b>x</b><i data-at="a.j2:4">y</i></div>'
    div, bold, italic = read_html(html).root.elements
    assert (div.place, italic.place) == (Place("a.j2", 3), Place("a.j2", 4))
    assert bold.place == div.place
    assert (div.is_from_prose, bold.is_from_prose, italic.is_from_prose) == (False, True, False)


def test_a_fault_stands_at_the_line_that_opened_it() -> None:
    (fault,) = read_html('<div data-at="a.j2:3"><b data-at="a.j2:4">x</div>').faults
    assert fault.place == Place("a.j2", 4)
