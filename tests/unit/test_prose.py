from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fvdt_mailer.pipeline.layout.prose import to_html, to_text

MARKS = "*_[]\\"
PIECES = [*"ab <>&\"'()!`#-\n", *MARKS, "](https://x.org", "<b>"]
PLAIN = st.text(
    st.characters(blacklist_characters=f"{MARKS}\0", blacklist_categories=["Cs"]), max_size=80
)


@pytest.mark.parametrize(
    ("written", "html", "text"),
    [
        ("een *mooi* verhaal", "een <em>mooi</em> verhaal", "een mooi verhaal"),
        ("een **groot** plan", "een <strong>groot</strong> plan", "een groot plan"),
        (r"een \*ster\*", "een *ster*", "een *ster*"),
        ("5 * 3 * 2 en snake_case_naam", "5 * 3 * 2 en snake_case_naam",
         "5 * 3 * 2 en snake_case_naam"),
        ("zie [de site](https://example.org/a?b=1&c=2).",
         'zie <a href="https://example.org/a?b=1&amp;c=2">de site</a>.',
         "zie de site (https://example.org/a?b=1&c=2)."),
        ("zie [de *hele* site](http://example.org)",
         'zie <a href="http://example.org">de <em>hele</em> site</a>',
         "zie de hele site (http://example.org)"),
        ("[https://example.org](https://example.org)",
         '<a href="https://example.org">https://example.org</a>', "https://example.org"),
        ("schrijf [an@example.org](mailto:an@example.org)",
         'schrijf <a href="mailto:an@example.org">an@example.org</a>', "schrijf an@example.org"),
        ("schrijf [An](mailto:an@example.org)",
         'schrijf <a href="mailto:an@example.org">An</a>', "schrijf An (an@example.org)"),
    ],
)  # fmt: skip
def test_emphasis_and_links_are_marks(written: str, html: str, text: str) -> None:
    assert to_html(written) == html
    assert to_text(written) == text


@pytest.mark.parametrize(
    "written",
    [
        "<b>vet</b> &amp; <script>x</script>",
        "# geen titel",
        "- geen lijst",
        "`geen code` en ~~niets~~",
        "https://example.org/bare en <https://example.org>",
        "\"rechte\" 'aanhalingstekens' -- blijven...",
        "1. is geen lijst",
        "&copy; &#x41;",
    ],
)
def test_nothing_else_is_a_mark(written: str) -> None:
    assert to_text(written) == written
    assert unescape(to_html(written)) == written
    assert "<" not in to_html(written)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "/pad", "ftp://x", "#"])
def test_a_link_to_anything_but_web_and_mail_stays_text(url: str) -> None:
    assert to_text(f"[x]({url})") == f"[x]({url})"
    assert "<a" not in to_html(f"[x]({url})")


def test_an_image_is_not_loaded() -> None:
    assert "<img" not in to_html("![x](https://example.org/x.png)")


def test_white_space_of_a_web_editor_becomes_one_space() -> None:
    assert to_html(" een\u00a0 traject\nmet  spaties ") == "een traject met spaties"
    assert to_text("op 25\u00a0 juni\n") == "op 25 juni"


def test_a_meant_no_break_space_stays_in_html_alone() -> None:
    assert to_html("17\u00a0juni") == "17\u00a0juni"
    assert to_text("17\u00a0juni") == "17 juni"


@settings(max_examples=60, deadline=None)
@given(PLAIN)
def test_words_without_marks_come_out_word_for_word(text: str) -> None:
    assert to_text(text) == " ".join(text.split())
    assert unescape(to_html(text)).split() == text.split()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_words_open_an_element_of_their_own(text: str) -> None:
    html = to_html(text)
    for known in ("<em>", "</em>", "<strong>", "</strong>", '<a href="https://x.org', "</a>"):
        html = html.replace(known, "")
    assert "<" not in html
