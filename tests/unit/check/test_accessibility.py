"""What every reader must be able to perceive and use."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from fvdt_mailer.errors import Problem
from fvdt_mailer.model.activity import Activity
from fvdt_mailer.model.edition import Edition
from fvdt_mailer.model.folder import Folder
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.page.alternatives import unheard
from fvdt_mailer.pipeline.check.page.head import unnamed_language
from fvdt_mailer.pipeline.check.page.headings import lost_headings
from fvdt_mailer.pipeline.check.page.legibility import hard_to_read
from fvdt_mailer.pipeline.check.page.link_shape import unclear_links
from fvdt_mailer.pipeline.check.page.link_words import (
    confusable_links,
    vague_links,
    wordless_links,
)
from fvdt_mailer.pipeline.select import select
from pages import FILE, case_of, mail_of
from world import NOW, activity, campaign, folder

DARK = "@media (prefers-color-scheme: dark)"
LINK = "https://example.org/"


def rules(found: Iterable[Problem]) -> list[tuple[str, int | None]]:
    return [(problem.rule, problem.line) for problem in dict.fromkeys(found)]


def case(body: str, *, head: str = "") -> Case:
    return case_of(mail_of(body, head=head))


def edition_of(*activities: Activity, **fields: object) -> tuple[Folder, Edition]:
    recipe = campaign(**fields)
    world = folder(activities=activities, campaigns=[recipe])
    return world, select(world, recipe, now=NOW)


def test_a_sound_mail_has_no_findings() -> None:
    sound = case(
        '<h1>a</h1><h2>b</h2><h3>c</h3><h2>d</h2><p>e <a href="x">bezoek het VKC</a></p>'
        '<p><a href="y" aria-label="Meer info: VKC">Meer info</a></p><img src="z" alt="">'
    )
    looks = (
        unnamed_language, lost_headings, unheard, wordless_links, vague_links, confusable_links,
        unclear_links, hard_to_read,
    )  # fmt: skip
    assert [problem for look in looks for problem in look(sound)] == []


def test_the_language_of_the_letter_is_said_on_the_document_and_on_its_wrapper() -> None:
    html = mail_of("a")
    without = html.replace('<html lang="nl" dir="ltr">', "<html>")
    assert rules(unnamed_language(case_of(without))) == [("missing-lang", 2), ("missing-dir", 2)]
    (problem,) = unnamed_language(case_of(html.replace('Juni" lang="nl"', 'Juni" lang="en"')))
    assert (problem.rule, problem.line) == ("missing-lang", 3)
    assert 'says lang="en" in a letter in "nl"' in problem.text


def test_a_region_is_part_of_a_language() -> None:
    assert list(unnamed_language(case_of(mail_of("a", lang="nl-BE")))) == []


@pytest.mark.parametrize("wrapper", ['lang="nl" dir="ltr"', 'role="article" lang="nl" dir="ltr"'])
def test_the_letter_is_an_article_with_a_name(wrapper: str) -> None:
    (problem,) = unnamed_language(case_of(mail_of("a", wrapper=wrapper)))
    assert (problem.rule, problem.line) == ("missing-article", 3)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<h2>a</h2>", [("heading-order", 3)]),
        ("<h1>a</h1>\n<h1>b</h1>", [("heading-order", 5)]),
        ("<h1>a</h1>\n<h3>b</h3>", [("heading-order", 5)]),
        ("<h1>a</h1>\n<h2> &nbsp;</h2>", [("empty-heading", 5)]),
        ('<h1>a</h1>\n<h2><img src="x" alt="b"></h2>', []),
        ('<h1>a</h1>\n<h1 style="display:none">b</h1>', []),
    ],
)
def test_headings_are_one_and_then_step_by_step(
    body: str, found: list[tuple[str, int | None]]
) -> None:
    assert rules(lost_headings(case(body))) == found


def test_a_picture_without_alt_is_an_error() -> None:
    (problem,) = unheard(case('<img src="a" alt="">\n<img src="b">'))
    assert (problem.rule, problem.line, problem.is_error) == ("missing-alt", 5, True)


@pytest.mark.parametrize(
    "body",
    [
        '<a href="x" aria-hidden="true">a</a>',
        '<p aria-hidden="true"><a href="x">a</a></p>',
        '<p aria-hidden="true" tabindex="0">a</p>',
    ],
)
def test_what_can_be_reached_is_not_hidden_from_hearing(body: str) -> None:
    assert rules(unheard(case(body))) == [("hidden-link", 4)]


def test_what_cannot_be_reached_may_be_hidden_from_hearing() -> None:
    assert list(unheard(case('<p aria-hidden="true" tabindex="-1"><a name="x">·</a></p>'))) == []


@pytest.mark.parametrize(
    ("drawn", "text"),
    [
        ("<v:rect></v:rect>", "has no alt"),
        ('<v:rect href="x"></v:rect>', "a link in <v:rect>"),
        ('<v:rect alt=""><v:textbox><a href="x">a</a></v:textbox></v:rect>', "<a> in <v:rect>"),
    ],
)
def test_what_outlook_draws_is_out_of_reach(drawn: str, text: str) -> None:
    found = list(unheard(case(f"<!--[if mso]>{drawn}<![endif]-->")))
    assert {problem.rule for problem in found} == {"vml"}
    assert text in found[0].text


def test_a_drawing_with_words_and_without_links_is_heard() -> None:
    drawn = '<!--[if mso]><v:rect alt="a"><v:fill /></v:rect><![endif]-->'
    assert list(unheard(case(drawn))) == []


@pytest.mark.parametrize(
    ("link", "text"),
    [
        ('<a href="x">&nbsp;</a>', "a link without words"),
        ('<a href="x"><img src="y" alt=""></a>', "the picture in a link has no alt"),
        ('<a href="x"><i aria-hidden="true">→</i></a>', "a link without words"),
    ],
)
def test_a_link_that_nobody_can_hear_is_an_error(link: str, text: str) -> None:
    (problem,) = wordless_links(case(link))
    assert (problem.rule, problem.is_error, problem.text) == ("link-without-words", True, text)


def test_a_label_begins_with_the_words_that_are_seen() -> None:
    sound = '<a href="x" aria-label="Meer info vindt u hier: lezing">Meer info vindt u hier.</a>'
    assert list(wordless_links(case(sound))) == []
    (problem,) = wordless_links(case('<a href="x" aria-label="Naar de lezing">Meer info</a>'))
    assert problem.rule == "label-in-name"


@pytest.mark.parametrize(
    "words", ["hier", "Klik hier!", "Lees meer", "Meer info vindt u hier.", "Ici", "Cliquez ici",
              "En savoir plus", "Plus d’infos", "here", "Click here", "Read more", "Link"],
)  # fmt: skip
def test_a_link_that_says_nothing_is_told(words: str) -> None:
    assert rules(vague_links(case(f'<a href="x">{words}</a>'))) == [("vague-link", 4)]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="x" aria-label="Lees meer: lezing">Lees meer</a>',
        '<a href="x">Hier vindt u enkele sfeerbeelden.</a>',
        '<a href="x">Schrijf u in</a>',
        '<a href="x" style="display:none">hier</a>',
    ],
)
def test_a_link_that_says_something_is_not(link: str) -> None:
    assert list(vague_links(case(link))) == []


def test_a_vague_link_in_prose_is_told_where_it_was_written() -> None:
    text = "Kom [hier](https://example.org/x) en lees [het verslag](https://example.org/y)."
    world, edition = edition_of(activity("x", "voeding", "2013-06-17", text=text))
    prose = '<p>Kom <a data-at="">hier</a></p>'
    (problem,) = vague_links(case_of(prose, world=world, edition=edition))
    assert (problem.file, problem.key) == ("activities/a.yaml", "text")
    assert problem.text == 'the link "hier" does not say where it leads'


def test_a_vague_label_is_told_where_it_was_written() -> None:
    links = [{"kind": "info", "url": LINK, "label": "Lees meer."}]
    world, edition = edition_of(activity("x", "voeding", "2013-06-17", links=links))
    shown = f'<a href="{LINK}">Lees meer</a>'
    (problem,) = vague_links(case_of(shown, world=world, edition=edition))
    assert (problem.file, problem.key) == ("activities/a.yaml", "links")


def test_two_links_of_one_name_lead_to_one_place() -> None:
    assert list(confusable_links(case('<a href="x">VKC</a><a href="x">VKC</a>'))) == []
    (problem,) = confusable_links(case('<a href="x">VKC</a>\n<a href="y">vkc.</a>'))
    assert (problem.rule, problem.file, problem.line) == ("same-link-words", FILE, 5)


def test_two_activities_of_one_name_are_told_at_the_second() -> None:
    first = activity("x", "voeding", "2013-06-17", info=LINK + "x")
    second = activity("y", "voeding", "2013-06-18", info=LINK + "y")
    world, edition = edition_of(first, second)
    html = mail_of(f'<a href="{LINK}x">VKC</a>\n<a href="{LINK}y">VKC</a>')
    found = list(confusable_links(case_of(html, html, world=world, edition=edition)))
    assert [(one.file, one.key) for one in found] == [("activities/a.yaml", "info")]


def test_a_link_among_words_is_underlined() -> None:
    bare = '<a href="x" style="text-decoration:none">{}</a>'
    assert rules(unclear_links(case(f"<p>a word {bare.format('b')}</p>"))) == [
        ("link-not-underlined", 4)
    ]
    for sound in (
        f'<p style="line-height:26px">{bare.format("b")}</p>',
        f"<p>a word {bare.format('<u style=text-decoration:underline>b</u>')}</p>",
        '<p>a word <a href="x">b</a></p>',
    ):
        assert list(unclear_links(case(sound))) == []


@pytest.mark.parametrize(
    ("style", "is_small"),
    [
        ("", True),
        ("padding:4px 0", False),
        ("padding-top:4px;padding-bottom:4px", False),
        ("padding:0 9px", True),
        ("display:inline-block;padding:2px", True),
        ("display:inline-block;padding:3px", False),
        ("line-height:24px", False),
    ],
)
def test_a_link_of_its_own_is_as_high_as_a_finger(style: str, *, is_small: bool) -> None:
    around = "font-size:15px;line-height:18px;margin:0"
    body = f'<p style="{around}"><a href="x" style="{style}">bezoek</a></p>'
    assert rules(unclear_links(case(body))) == ([("small-target", 4)] if is_small else [])


@pytest.mark.parametrize(
    ("margin", "is_small"), [("0", True), ("0 0 5px", True), ("0 0 6px", False), ("6px 0", False)]
)
def test_room_around_a_small_link_is_as_good_as_height(margin: str, *, is_small: bool) -> None:
    around = f"font-size:15px;line-height:18px;margin:{margin}"
    body = f'<p style="{around}"><a href="x">bezoek</a></p>'
    assert bool(list(unclear_links(case(body)))) is is_small
    assert list(unclear_links(case(body.replace(f"margin:{margin}", "")))) == []


def test_a_link_that_is_hidden_or_leads_nowhere_is_no_target() -> None:
    around = '<p style="font-size:15px;line-height:18px;margin:0">{}</p>'
    for link in ('<a href="x" style="display:none">a</a>', '<a name="x">a</a>'):
        assert list(unclear_links(case(around.format(link)))) == []


def test_two_small_links_in_one_block_have_no_room_between_them() -> None:
    around = "font-size:15px;line-height:18px;margin:0 0 9px"
    body = f'<p style="{around}"><a href="x">bezoek</a><br><a href="y">agenda</a></p>'
    assert rules(unclear_links(case(body))) == [("small-target", 4)]


def test_a_small_link_in_a_sentence_is_as_high_as_its_line() -> None:
    body = '<p style="font-size:15px;line-height:18px">Zie <a href="x">bezoek</a> voor meer.</p>'
    assert list(unclear_links(case(body))) == []


@pytest.mark.parametrize(
    ("style", "is_told"),
    [
        ("color:#777777", True),
        ("color:#767676", False),
        ("color:#949494;font-size:24px", False),
        ("color:#949494;font-size:19px;font-weight:700", False),
        ("color:#949494;font-size:19px", True),
        ("color:#777777;display:none", False),
        ("color:var(--x)", False),
    ],
)
def test_words_stand_out_from_their_ground(style: str, *, is_told: bool) -> None:
    found = rules(hard_to_read(case(f'<p style="{style}">a</p>')))
    assert found == ([("low-contrast", 4)] if is_told else [])


def test_words_that_nobody_can_read_are_an_error() -> None:
    (faint,) = hard_to_read(case('<p style="color:#777777">a</p>'))
    (gone,) = hard_to_read(case('<p style="color:#ffffff">a</p>'))
    assert (faint.is_error, gone.is_error) == (False, True)
    assert "words in <p> are #777777 on #ffffff: a contrast of 4.48, where 4.5" in faint.text


def test_words_stand_out_on_a_dark_screen_too() -> None:
    head = f"<style>{DARK} {{ .g {{ background-color: #111111 !important }} }}</style>"
    (problem,) = hard_to_read(case('<div class="g">\n<p>a</p></div>', head=head))
    assert (problem.rule, problem.line) == ("low-contrast-dark", 5)
    assert problem.text.startswith("on a dark screen, words in <p> are #222222 on #111111")


def test_dark_words_on_a_dark_ground_are_sound_when_both_are_given() -> None:
    rule = ".g { background-color: #111111 !important; color: #eeeeee !important }"
    head = f"<style>{DARK} {{ {rule} }}</style>"
    assert list(hard_to_read(case('<div class="g"><p>a</p></div>', head=head))) == []


def test_a_pair_of_colours_is_told_once_wherever_it_shows() -> None:
    faint = '<p style="color:#888888">a</p>\n<p style="color:#888888">b</p>'
    found = hard_to_read(case_of(mail_of(faint), mail_of(faint)))
    assert rules(found) == [("low-contrast", 4)]


def test_a_vague_name_that_links_share_is_vague_and_no_more() -> None:
    shared = '<a href="x">Lees meer</a><a href="y">Lees meer</a>'
    assert list(confusable_links(case(shared))) == []
    assert rules(vague_links(case(shared))) == [("vague-link", 4)]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('<p style="font-size:13px">a</p>', [("small-text", 4)]),
        ('<p style="font-size:14px">a</p>', []),
        ('<p style="font-size:15px">Over zee en nog wat.</p>', []),
        ('<p style="font-size:15px">Over zee.</p>', [("small-prose", 4)]),
        ('<p style="font-size:16px">Over zee.</p>', []),
        (f'<p style="line-height:1.3">{"woord " * 15}</p>', [("tight-lines", 4)]),
        (f'<p style="line-height:1.4">{"woord " * 15}</p>', []),
        ('<p style="line-height:1.3">één lijn</p>', []),
        (f'<h2 style="line-height:1.2">{"woord " * 15}</h2>', []),
        ('<td style="font-size:0;line-height:0">&nbsp;</td>', []),
    ],
)
def test_words_have_size_and_room(body: str, found: list[tuple[str, int | None]]) -> None:
    assert rules(hard_to_read(case(body))) == found
