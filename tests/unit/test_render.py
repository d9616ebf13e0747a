from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from itertools import combinations

import pytest

from fvdt_mailer.model.activity import Image, LinkKind
from fvdt_mailer.model.audience import SegmentKey
from fvdt_mailer.model.campaign import Layout
from fvdt_mailer.model.language import Language, Written
from fvdt_mailer.model.letter import Closing, Letter
from fvdt_mailer.model.project import Project, Theme
from fvdt_mailer.model.rendition import Blank, Rendition
from fvdt_mailer.pipeline.layout import render as rendering
from fvdt_mailer.pipeline.layout.inline import inline
from fvdt_mailer.pipeline.layout.render import body_text, render
from sample_letter import (
    BLUE,
    HEADLINE,
    INFO,
    INTRO,
    LEAD_IN,
    PROJECT,
    SECTIONS,
    SEMINAR,
    SOURCE,
    TEMPLATES,
    dutch,
    letter,
    paragraph,
    section,
    words,
)

VOID = {"meta", "img", "br"}
LAYOUTS = [Layout.PROSE, Layout.CARDS]


def laid_out(written: Letter, project: Project = PROJECT) -> Rendition:
    (rendition,) = render([written], project=project, templates=TEMPLATES, words=words)
    return rendition


def body(written: Letter) -> str:
    return body_text(written, project=PROJECT, templates=TEMPLATES, words=words)


def told(text: str) -> str:
    """The words without white space and the lines that hold only an address."""
    lines = (line for line in text.splitlines() if not re.fullmatch(r"\s*https?://\S+\s*", line))
    return " ".join(" ".join(lines).split())


def seen(html: str) -> str:
    """The words a reader sees: no style sheets, comments or hidden preheader."""
    bare = re.sub(r"<style.*?</style>|<!--.*?-->|<head>.*?</head>", "", html, flags=re.DOTALL)
    bare = re.sub(r'<div style="display:none.*?</div>', "", bare, flags=re.DOTALL)
    spaced = re.sub(r"</?(p|td|h[1-6]|tr|table|div|br)\b[^>]*>", " ", bare)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", spaced)).split())


def rich_card() -> Letter:
    """A card with every fact, two buttons, a label and a picture."""
    closing = Closing(
        kind=LinkKind.REGISTRATION,
        sentence=dutch("Inschrijven kan hier."),
        url="https://example.org/in",
        subject=dutch("seminarie"),
    )
    told_of = paragraph("food", SEMINAR, title="seminarie over certificaten")
    alt = {"file": "zaal.png", "alt": {"nl": "De zaal", "fr": "La salle"}}
    rich = replace(
        told_of,
        closings=(*told_of.closings, closing),
        label="Volzet",
        when="maandag 17 juni 2013",
        where="Kortrijk",
        price="gratis",
        image=Image.model_validate(alt),
    )
    return letter(sections=(section("voeding", "Voeding", rich),), layout=Layout.CARDS)


class Elements(HTMLParser):
    """Every element with its attributes, and whether they close in the order they opened."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.unbalanced: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.unbalanced += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.unbalanced.append(tag)

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.found if name == tag]


def test_the_body_as_text_is_the_source_text_word_for_word() -> None:
    assert told(body(letter())) == told(SOURCE)


def test_the_html_holds_the_source_text_word_for_word() -> None:
    assert told(SOURCE).removeprefix(HEADLINE).split(LEAD_IN)[0].strip() in seen(
        laid_out(letter()).html
    )
    for part in told(SOURCE).split("‘")[1:]:
        assert part.strip() in seen(laid_out(letter()).html)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_closing_sentence_has_its_address_on_the_next_line(layout: Layout) -> None:
    text = body(letter(layout=layout))
    for part in SECTIONS:
        for told_of in part.paragraphs:
            (closing,) = told_of.closings
            line = text.splitlines().index(closing.url)
            assert closing.sentence.text.split()[-1] in text.splitlines()[line - 1]


def test_the_body_alone_has_no_greeting_and_no_footer() -> None:
    assert "BLANK" not in body(letter())
    assert PROJECT.organisation.name not in body(letter())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_line_of_text_passes_72_columns_unless_it_is_an_address(layout: Layout) -> None:
    lines = laid_out(letter(layout=layout)).text.splitlines()
    assert all(len(line) <= 72 or " " not in line for line in lines)
    assert not any(line.endswith(" ") for line in lines)


def test_a_long_address_is_never_broken() -> None:
    url = "https://example.org/" + "lang-pad-" * 30
    prose = dutch(f"Lees [dit stuk]({url}) eens.")
    written = replace(letter(), intro=(prose,))
    assert f"({url})" in laid_out(written).text


def test_the_text_has_no_markup_entities_or_invisible_characters() -> None:
    text = laid_out(letter()).text
    assert not re.search(r"<\w|&\w+;|&#", text)
    assert not re.search("[\u00a0\u200b-\u200f\u2060\u034f\ufeff\u00ad]", text)
    assert "VKC & een lezing" not in text


@pytest.mark.parametrize("written", [letter(), letter(layout=Layout.CARDS), rich_card()])
def test_every_link_of_the_html_is_in_the_text(written: Letter) -> None:
    rendition = laid_out(written)
    links = {a["href"] for a in Elements(rendition.html).named("a")}
    assert len(links) > 3
    for link in links:
        assert link.removeprefix("mailto:") in rendition.text


def test_the_closing_sentence_is_the_link_and_says_what_it_is_about() -> None:
    html = laid_out(letter()).html
    (link,) = [a for a in Elements(html).named("a") if "/vkc" in a["href"]]
    assert link["aria-label"] == "Meer info vindt u hier: bezoek aan het VKC"
    assert "text-decoration:underline" in link["style"]
    assert re.search(rf"/vkc[^>]*>{INFO}</a></p>", html)


@pytest.mark.parametrize("blank", Blank)
def test_every_blank_stands_in_both_parts(blank: Blank) -> None:
    rendition = laid_out(letter())
    assert blank.mark in rendition.html
    assert blank.mark in rendition.text


def test_the_footer_names_the_sender_in_both_parts() -> None:
    rendition = laid_out(letter())
    sender = PROJECT.organisation
    for fact in (sender.name, sender.address, "0123.456.749", str(sender.email), sender.phone):
        assert fact in seen(rendition.html)
        assert fact in rendition.text
    assert sender.privacy_url in rendition.text


def test_the_letter_opens_with_a_hidden_preheader() -> None:
    rendition = laid_out(letter())
    after_body = rendition.html.split("<body", 1)[1].split(">", 1)[1].lstrip()
    hidden = after_body.split("</div>")[0]
    assert hidden.startswith('<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">')
    assert "VKC &amp; een lezing van Chris Lefteri&#847;&zwnj;&nbsp; " in hidden
    assert max(map(len, unescape(hidden).split(" "))) < 80  # no long invisible run
    assert rendition.preheader == "Bezoek aan het VKC & een lezing van Chris Lefteri"


def test_the_article_says_its_name_language_and_direction() -> None:
    elements = Elements(laid_out(letter()).html)
    (article,) = [div for div in elements.named("div") if div.get("role") == "article"]
    assert (article["lang"], article["dir"], article["aria-label"]) == ("nl", "ltr", HEADLINE)
    assert elements.named("html")[0]["lang"] == "nl"


def test_headings_stand_in_order() -> None:
    prose = [tag for tag, _ in Elements(laid_out(letter()).html).found if re.match(r"h\d", tag)]
    cards = [
        tag
        for tag, _ in Elements(laid_out(letter(layout=Layout.CARDS)).html).found
        if re.match(r"h\d", tag)
    ]
    assert prose == ["h1", "h2", "h2", "h2"]
    assert cards == ["h1", "h2", "h3", "h3", "h2", "h3", "h3", "h2", "h3"]
    assert f"‘{BLUE}’" in laid_out(letter()).html


@pytest.mark.parametrize("written", [letter(), rich_card()])
def test_what_outlook_and_what_others_read_both_close_what_they_open(written: Letter) -> None:
    html = laid_out(written).html
    for_outlook = re.sub(r"<!--\[if mso\]>(.*?)<!\[endif\]-->", r"\1", html, flags=re.DOTALL)
    assert for_outlook != html
    assert Elements(html).unbalanced == []
    assert Elements(for_outlook).unbalanced == []


def test_layout_tables_say_that_they_are_none() -> None:
    tables = Elements(laid_out(rich_card()).html).named("table")
    assert {table.get("role") for table in tables} == {"presentation"}
    assert {table.get("cellspacing") for table in tables} == {"0"}


@pytest.mark.parametrize("written", [letter(), rich_card()])
def test_a_class_is_left_only_where_a_style_sheet_needs_it(written: Letter) -> None:
    html = laid_out(written).html
    used = {name for _, e in Elements(html).found for name in e.get("class", "").split()}
    sheets = " ".join(re.findall(r"<style>(.*?)</style>", html, flags=re.DOTALL))
    assert used
    assert all(re.search(rf"\.{name}\b", sheets) for name in used)


@pytest.mark.parametrize("written", [letter(), rich_card()])
def test_styles_are_what_every_client_takes(written: Letter) -> None:
    elements = Elements(laid_out(written).html)
    for _, attributes in elements.found:
        style = attributes.get("style", "")
        assert "!" not in style
        assert all(len(colour) == 6 for colour in re.findall(r"#([0-9a-fA-F]+)", style))
        assert re.fullmatch(r"#[0-9a-f]{6}", attributes.get("bgcolor", "#000000"))


def test_the_enhancing_sheets_arrive_byte_for_byte() -> None:
    css = "\n/* é */ u + .body .x > a:hover { color: RED !important }\n@media x{.y{color:#fff}}\n"
    templates = TEMPLATES | {"enhance.css": replace(TEMPLATES["enhance.css"], text=css)}
    (rendition,) = render([letter()], project=PROJECT, templates=templates, words=words)
    assert f"<style>{css}</style>" in rendition.html


def test_dark_mode_is_authored_for_clients_that_ask_and_clients_that_recolour() -> None:
    html = laid_out(letter()).html
    dark = html.split("prefers-color-scheme: dark", 1)[1]
    assert ".paper { background-color: #1a2023 !important; }" in dark
    assert "[data-ogsb] .paper { background-color: #1a2023 !important; }" in dark
    assert "[data-ogsc] .ink" in dark
    assert '<meta name="color-scheme" content="light dark">' in html


def test_a_cluster_colour_is_a_bar_and_never_a_text() -> None:
    html = laid_out(letter()).html
    bars = re.findall(r"<td[^>]*background-color:#aabb33[^>]*>&nbsp;</td>", html)
    assert len(bars) == len(SECTIONS)
    assert not re.search(r"[^-]color:#aabb33", html)


def test_a_pale_accent_is_darkened_until_it_can_be_read() -> None:
    pale = PROJECT.model_copy(update={"theme": Theme(accent="#ffee88")})
    html = laid_out(letter(), pale).html
    assert 'bgcolor="#ffee88"' in html
    assert not re.search(r"[^-]color:#ffee88", html.split("<body")[1])


def test_a_card_holds_its_facts_label_picture_and_buttons() -> None:
    html = laid_out(rich_card()).html
    assert ">maandag 17 juni 2013 · Kortrijk · gratis</p>" in html
    assert re.search(r"<span[^>]*>Volzet</span>", html)
    assert re.search(r"<h3[^>]*>Seminarie over certificaten</h3>", html)
    (picture,) = Elements(html).named("img")
    assert (picture["src"], picture["alt"], picture["width"]) == (
        "https://news.example.org/images/zaal.png", "De zaal", "454"
    )  # fmt: skip
    buttons = [a for a in Elements(html).named("a") if "display:inline-block" in a["style"]]
    assert {a["href"] for a in buttons} >= {"https://example.org/in"}
    text = laid_out(rich_card()).text
    facts = "[Volzet]\nSeminarie over certificaten\nWanneer: maandag 17 juni 2013\n"
    assert f"{facts}Waar: Kortrijk\nPrijs: gratis\n\nOp 17 juni" in text


def test_a_label_shows_in_prose_only_when_there_is_one() -> None:
    labelled = replace(paragraph("food", SEMINAR, title="x"), label="Uitgesteld")
    rendition = laid_out(letter(sections=(section("voeding", "Voeding", labelled),)))
    assert re.search(r"<p[^>]*>Uitgesteld</p>", rendition.html)
    assert "[Uitgesteld]\nOp 17 juni" in rendition.text
    assert "[" not in laid_out(letter()).text


def test_a_section_shows_its_fallback() -> None:
    empty = replace(section("voeding", "Voeding"), fallback=dutch("Niets *nu*."))
    rendition = laid_out(letter(sections=(empty,)))
    assert "Niets <em>nu</em>." in rendition.html
    assert "‘Voeding’\n\nNiets nu." in rendition.text


def test_a_text_in_another_language_says_so() -> None:
    french = Written("Une visite", Language.FR)
    html = laid_out(replace(letter(), intro=(french,))).html
    assert '<span lang="fr">Une visite</span>' in html
    assert "lang=" not in laid_out(letter()).html.split('role="article"')[1].split(">", 1)[1]


def test_words_cannot_open_an_element() -> None:
    nasty = '<b>"x"</b> <!--part:sections--> {{ blank }} &lt; \' $& \\1'
    hostile = section("voeding", nasty, paragraph("food", nasty, title=nasty, sentence=nasty))
    written = replace(
        letter(sections=(hostile,), layout=Layout.CARDS),
        subject=dutch(nasty),
        preheader=dutch(nasty),
        headline=dutch(nasty),
        intro=(dutch(nasty),),
        lead_in=dutch(nasty),
        closing=(dutch(nasty),),
    )
    elements = Elements(laid_out(written).html)
    assert elements.unbalanced == []
    assert elements.named("b") == []
    assert len(elements.named("h2")) == 1
    assert elements.named("div")[1]["aria-label"] == nasty


def test_a_section_is_inlined_once_however_many_segments_share_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inlined: list[str] = []

    def counted(html: str, css: str, *, keep: Collection[str]) -> str:
        inlined.append(html)
        return inline(html, css, keep=keep)

    monkeypatch.setattr(rendering, "inline", counted)
    parts = [replace(SECTIONS[0], cluster=f"c{i}", heading=dutch(f"C{i}")) for i in range(5)]
    letters = [letter(sections=chosen) for size in range(6) for chosen in combinations(parts, size)]
    renditions = list(render(letters, project=PROJECT, templates=TEMPLATES, words=words))
    assert len(renditions) == 32
    assert len(inlined) == len(parts) + 1
    for written, rendition in zip(letters, renditions, strict=True):
        shown = re.findall(r"‘(C\d)’", rendition.html)
        assert shown == [part.heading.text for part in written.sections]


def test_laying_out_together_is_laying_out_one_by_one() -> None:
    letters: Sequence[Letter] = [
        letter(),
        letter(sections=SECTIONS[1:]),
        letter(layout=Layout.CARDS),
        letter(language=Language.FR),
        replace(letter(), preheader=dutch("Iets anders")),
        replace(letter(), headline=dutch("Iets anders")),
        letter(),
    ]
    together = list(render(letters, project=PROJECT, templates=TEMPLATES, words=words))
    assert together == [laid_out(written) for written in letters]


def test_the_language_of_the_reader_is_the_language_of_the_shell() -> None:
    rendition = laid_out(letter(language=Language.FR))
    assert rendition.key == SegmentKey(("blue-energy", "materialen", "voeding"), Language.FR)
    assert unescape(words(Language.FR).unsubscribe) in unescape(rendition.html)
    assert f'<span lang="nl">{HEADLINE}</span>' in rendition.html


def test_subject_and_preheader_are_one_line_each() -> None:
    rendition = laid_out(replace(letter(), subject=dutch("a\n b"), preheader=dutch("c\u00a0 d")))
    assert (rendition.subject, rendition.preheader) == ("a b", "c d")


def test_a_rendition_names_its_activities() -> None:
    activities = ("networking", "schatten", "vkc", "lefteri", "food")
    assert laid_out(letter()).activities == activities


def test_the_introduction_reads_the_same_with_or_without_pasted_spaces() -> None:
    clean = replace(letter(), intro=(dutch(" ".join(INTRO.split())),))
    assert laid_out(clean) == laid_out(letter())
