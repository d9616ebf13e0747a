from __future__ import annotations

from fvdt_mailer.pipeline.markup.accessible_name import accessible_name, visible_words
from fvdt_mailer.pipeline.markup.element import Element
from fvdt_mailer.pipeline.markup.read_html import read_html


def element(html: str) -> Element:
    return next(read_html(html).root.elements)


def test_the_text_of_an_element_leaves_out_styles_and_scripts() -> None:
    html = "<div> a <b>b</b>\n<style>c {}</style><script>d</script>e</div>"
    assert element(html).text == "a b e"


def test_the_own_text_of_an_element_leaves_out_what_is_in_it_and_padding() -> None:
    assert element("<p>a <b>b</b> c</p>").own_text == "a c"
    assert element("<td>&nbsp;&#847;&zwnj; </td>").own_text == ""


def test_what_lies_in_something_hidden_is_hidden() -> None:
    div, bold = read_html('<div style="DISPLAY: none"><b>a</b></div>').root.elements
    assert div.is_hidden
    assert bold.is_hidden
    assert not element("<div><b>a</b></div>").is_hidden


def test_the_last_of_two_declarations_is_the_style() -> None:
    assert element('<p style="color:red;broken;COLOR: blue">a</p>').style == {"color": "blue"}


def test_a_label_is_the_name_before_the_words() -> None:
    link = element('<a href="x" aria-label="Meer info: lezing">Meer <b>info</b></a>')
    assert accessible_name(link) == "Meer info: lezing"
    assert visible_words(link) == "Meer info"


def test_the_alt_of_a_picture_is_part_of_the_name_and_is_not_seen() -> None:
    link = element('<a href="x">Kom <img src="a" alt="naar zee"><i hidden>x</i></a>')
    assert accessible_name(link) == "Kom naar zee"
    assert visible_words(link) == "Kom"


def test_what_is_hidden_from_hearing_is_no_part_of_the_name() -> None:
    link = element('<a href="x"><i aria-hidden="true">→</i> Kom<i style="display:none">x</i></a>')
    assert accessible_name(link) == "Kom"
    assert visible_words(link) == "→ Kom"


def test_padding_is_no_name() -> None:
    assert accessible_name(element('<a href="x">&nbsp;&zwnj;</a>')) == ""
