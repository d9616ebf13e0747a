"""The text part against the HTML: the same news, the same links, and nothing odd."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cases import case, rules, told
from fvdt_mailer.errors import Severity
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.mail.faces import telling
from fvdt_mailer.pipeline.check.mail.text_part import html_in_words, odd_text, unlike_parts
from pages import case_of, mail_of, page_of
from sample_letter import letter

HTML_OF = "templates/newsletter.html.j2"
TEXT_OF = "templates/newsletter.txt.j2"
LETTER = letter()
PARAGRAPHS = [p for section in LETTER.sections for p in section.paragraphs]
PROSE = [p.prose.text for p in PARAGRAPHS]
URLS = [p.closings[0].url for p in PARAGRAPHS]
HTML = "\n".join(
    f'<p>{prose}</p><p><a href="{url.replace("&", "&amp;")}">Meer info vindt u hier.</a></p>'
    for prose, url in zip(PROSE, URLS, strict=True)
)
TEXT = "\n\n".join(
    f"{prose[:70]}\n{prose[70:140]}\n{url}" for prose, url in zip(PROSE, URLS, strict=True)
)

WHOLE = "\n".join(f"{prose}\n{url}" for prose, url in zip(PROSE, URLS, strict=True))


def mailed(html: str = HTML, text: str = TEXT) -> Case:
    return case_of(page_of(mail_of(html), text=text, letter=LETTER))


def test_two_parts_that_say_the_same_are_left_alone() -> None:
    assert list(unlike_parts(mailed())) == []
    assert list(odd_text(mailed())) == []


def test_an_activity_that_the_text_does_not_tell_is_an_error() -> None:
    (problem,) = unlike_parts(mailed(text=TEXT.replace(PROSE[2][:30], "")))
    assert (problem.rule, problem.file, problem.is_error) == ("untold-activity", TEXT_OF, True)
    assert problem.text == 'the text part does not tell "vkc"'


def test_an_activity_that_the_html_does_not_tell_is_an_error() -> None:
    (problem,) = unlike_parts(mailed(HTML.replace(PROSE[2], "")))
    assert (problem.rule, problem.file) == ("untold-activity", HTML_OF)
    assert problem.text == 'the HTML does not tell "vkc"'


def test_an_activity_may_be_told_by_its_title_alone() -> None:
    html, text = (part.replace(PROSE[2], PARAGRAPHS[2].title.text) for part in (HTML, WHOLE))
    assert list(unlike_parts(mailed(html, text))) == []


@pytest.mark.parametrize(
    ("prose", "words"),
    [
        ("Kom op 17 juni naar de zaal, en neem iemand mee!", "kom op 17 juni naar de zaal en"),
        ("*Kom* naar [de **mooie** zaal](https://example.org/a) met wie u wilt.", "wie u"),
        ("Zie https://example.org/a of {x} of info@example.org.", ""),
        ("", ""),
    ],
)
def test_words_that_tell_an_activity_are_printed_as_they_stand(prose: str, words: str) -> None:
    assert telling(prose) == words


def test_a_text_without_any_activity_is_one_finding() -> None:
    text = "\n".join(URLS)
    assert rules(unlike_parts, mailed(text=text)) == ["untold-activity"]


def test_a_link_that_the_text_lacks_is_told_at_the_line_that_wrote_it() -> None:
    (problem,) = unlike_parts(mailed(text=TEXT.replace(URLS[1], "")))
    assert (problem.rule, problem.file, problem.line) == ("text-link", HTML_OF, 5)
    assert URLS[1] in problem.text


def test_a_link_that_the_html_lacks_is_told_at_the_text() -> None:
    text = f"{TEXT}\nhttps://example.org/extra\n"
    (problem,) = unlike_parts(mailed(text=text))
    assert (problem.rule, problem.file) == ("text-link", TEXT_OF)
    assert problem.severity is Severity.WARNING


def test_a_link_may_stand_in_a_sentence_of_the_text() -> None:
    html = f'{HTML}<a href="https://example.org/a_(b)">x</a>'
    text = f"{TEXT}\nZie de zaal (https://example.org/a_(b)).\nBLANK--address--"
    assert list(unlike_parts(mailed(html, text))) == []


def test_an_address_among_the_words_of_the_html_is_no_link_that_it_lacks() -> None:
    url = "https://example.org/a"
    assert list(unlike_parts(mailed(f"{HTML}<p>Zie {url}.</p>", f"{TEXT}\nZie {url}."))) == []


def test_the_ampersands_of_an_address_are_no_html() -> None:
    assert list(odd_text(mailed(text=f"{TEXT}\nhttps://example.org/?a=1&amp;b=2\n"))) == []


def test_a_link_that_is_not_displayed_is_not_asked_of_the_text() -> None:
    html = f'{HTML}<p style="display:none"><a href="https://example.org/x">x</a></p>'
    assert list(unlike_parts(mailed(html))) == []


@pytest.mark.parametrize(
    ("added", "rule"),
    [
        ("Kom <br> langs.", "html-in-text"),
        ("Voka &amp; Unizo", "html-in-text"),
        ("Foto&#39;s", "html-in-text"),
        ("x" * 79, "text-line"),
        ("woord " * 14, "text-line"),
        ("Hallo\u034f\u200c", "text-padding"),
        ("Hallo\u00ad\u00ad", "text-padding"),
    ],
)
def test_what_was_not_meant_for_readers_of_text_is_told(added: str, rule: str) -> None:
    (problem,) = odd_text(mailed(text=f"{TEXT}\n{added}\n"))
    assert (problem.rule, problem.file) == (rule, TEXT_OF)


@pytest.mark.parametrize(
    "added",
    [
        "https://example.org/" + "x" * 100,
        "  https://example.org/" + "x" * 100 + "  ",
        "x" * 78,
        "👩\u200d🏭 in het ge\u00adbouw",
        "AT&T < Voka > Unizo; 3 < 5 & 7 > 6",
    ],
)
def test_what_text_may_hold_is_left_alone(added: str) -> None:
    assert list(odd_text(mailed(text=f"{TEXT}\n{added}\n"))) == []


def test_an_empty_text_is_an_error_and_nothing_else() -> None:
    (problem,) = odd_text(mailed(text=" \n"))
    assert (problem.rule, problem.is_error) == ("empty-text", True)


def test_a_footer_in_the_middle_of_the_text_is_questioned() -> None:
    footer = "BLANK--unsubscribe_url--"
    assert rules(odd_text, mailed(text=f"{footer}\n{TEXT}")) == ["text-footer"]
    assert rules(odd_text, mailed(text=f"{TEXT}\n{footer}")) == []


@pytest.mark.parametrize("text", ["Voka &amp; Unizo.", "Caf&eacute;.", "Zie &#8364; 5."])
def test_html_in_a_text_is_told_where_it_is_written(text: str) -> None:
    (problem,) = html_in_words(case(told(text)))
    assert (problem.rule, problem.key) == ("html-in-text", "text")


def test_html_that_a_person_wrote_is_not_told_at_the_template_as_well() -> None:
    looked_at = mailed(text=f"{TEXT}\nKom <b>nu</b>.")
    texts = case(told("Kom <b>nu</b>.")).texts
    assert list(odd_text(replace(looked_at, texts=texts))) == []
