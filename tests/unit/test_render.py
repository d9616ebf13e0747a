"""What holds for every mail, whatever it is made of."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from html import unescape
from itertools import combinations, pairwise

import pytest

from fvdt_mailer.model.audience import SegmentKey
from fvdt_mailer.model.campaign import CampaignKind, Layout
from fvdt_mailer.model.language import Language, Written
from fvdt_mailer.model.letter import Letter
from fvdt_mailer.model.project import Project, Theme
from fvdt_mailer.model.rendition import Blank, Rendition
from fvdt_mailer.pipeline.layout import press as pressing
from fvdt_mailer.pipeline.layout.inline import inline
from fvdt_mailer.pipeline.layout.render import render
from fvdt_mailer.pipeline.message.encode import Escape, encode
from mail_html import Elements, for_outlook, seen, told
from sample_letter import (
    CALLOUT,
    HEADLINE,
    INFO,
    INTRO,
    LEAD_IN,
    PROJECT,
    RICH,
    SECTIONS,
    SOURCE,
    TEMPLATES,
    dutch,
    letter,
    paragraph,
    press,
    section,
    words,
)

PROSE, CARDS = letter(), letter(layout=Layout.CARDS)
NEWSLETTER = replace(
    letter(sections=(section("voeding", "Voeding", RICH), *SECTIONS[:2]), layout=Layout.CARDS),
    callout=CALLOUT,
    has_contents=True,
    closing=(dutch("Tot ziens."),),
)
ANNOUNCEMENT = replace(
    letter(sections=(section("voeding", "Voeding", RICH),), kind=CampaignKind.ANNOUNCEMENT),
    callout=CALLOUT,
    closing=(dutch("Tot ziens."),),
)
EVERY = pytest.mark.parametrize(
    "written",
    [PROSE, CARDS, NEWSLETTER, ANNOUNCEMENT],
    ids=["prose", "cards", "newsletter", "announcement"],
)


PRESS = press()


def laid_out(written: Letter, project: Project = PROJECT) -> Rendition:
    (rendition,) = render([written], PRESS if project is PROJECT else press(project))
    return rendition


def body(written: Letter) -> str:
    return PRESS.text(written, body_only=True)


def test_the_body_as_text_is_the_source_text_word_for_word() -> None:
    assert told(body(PROSE)) == told(SOURCE)


def test_the_html_holds_the_source_text_word_for_word() -> None:
    html = seen(laid_out(PROSE).html)
    assert told(SOURCE).removeprefix(HEADLINE).split(LEAD_IN)[0].strip() in html
    for part in told(SOURCE).split("‘")[1:]:
        assert part.strip() in html


def test_the_body_alone_has_no_masthead_greeting_or_footer() -> None:
    assert "BLANK" not in body(PROSE)
    assert PROJECT.organisation.name not in body(PROSE)
    assert body(PROSE).startswith("POM West-Vlaanderen")


@EVERY
def test_no_line_of_text_passes_72_columns_unless_it_is_an_address(written: Letter) -> None:
    lines = laid_out(written).text.splitlines()
    assert all(len(line) <= 72 or " " not in line for line in lines)
    assert not any(line.endswith(" ") for line in lines)


def test_a_long_address_is_never_broken() -> None:
    url = "https://example.org/" + "lang-pad-" * 30
    written = replace(PROSE, intro=(dutch(f"Lees [dit stuk]({url}) eens."),))
    assert f"({url})" in laid_out(written).text


@EVERY
def test_the_text_has_no_markup_entities_or_invisible_characters(written: Letter) -> None:
    for language in Language:
        key = SegmentKey(written.key.clusters, language)
        text = laid_out(replace(written, key=key)).text
        assert not re.search(r"<\w|&\w+;|&#", text)
        assert not re.search("[\u00a0\u200b-\u200f\u2060\u034f\ufeff\u00ad]", text)
        assert "VKC & een lezing" not in text


def test_people_may_write_what_html_escapes_and_the_text_says_it_as_it_is() -> None:
    written = replace(PROSE, headline=dutch("R&D <meer> “doen”"), intro=(dutch("Voka & Unizo"),))
    rendition = laid_out(written)
    assert "R&D <meer> “doen”\n=" in rendition.text
    assert "\nVoka & Unizo\n" in rendition.text
    assert "R&amp;D &lt;meer&gt;" in rendition.html


@EVERY
def test_every_link_of_the_html_is_in_the_text_on_a_line_of_its_own(written: Letter) -> None:
    rendition = laid_out(written)
    links = {a["href"] for a in Elements(rendition.html).named("a")}
    lines = rendition.text.splitlines()
    assert len(links) > 3
    for link in links:
        assert link in lines or f"E-mail: {link.removeprefix('mailto:')}" in lines


@EVERY
def test_every_link_has_the_words_it_is_seen_with_at_the_start_of_its_name(written: Letter) -> None:
    html = laid_out(written).html
    named = re.findall(r'<a [^>]*aria-label="([^"]*)"[^>]*>(.*?)</a>', html, re.DOTALL)
    assert written is PROSE or len(named) >= 3
    for name, shown in named:
        visible = re.sub(r"<!--.*?-->|<[^>]*>", "", shown, flags=re.DOTALL).strip()
        assert unescape(name).startswith(unescape(visible).rstrip("."))  # WCAG 2.5.3
        assert unescape(name) != unescape(visible)


@EVERY
@pytest.mark.parametrize("blank", Blank)
def test_every_blank_stands_in_both_parts(blank: Blank, written: Letter) -> None:
    rendition = laid_out(written)
    assert blank.mark in rendition.html
    assert blank.mark in rendition.text


@EVERY
def test_the_footer_names_the_sender_in_both_parts(written: Letter) -> None:
    rendition = laid_out(written)
    sender = PROJECT.organisation
    for fact in (sender.name, sender.address, "0123.456.749", str(sender.email), sender.phone):
        assert fact in seen(rendition.html)
        assert fact in rendition.text
    assert sender.privacy_url in rendition.text


@EVERY
def test_the_mail_opens_with_a_hidden_preheader(written: Letter) -> None:
    rendition = laid_out(written)
    after_body = rendition.html.split("<body", 1)[1].split(">", 1)[1].lstrip()
    hidden = after_body.split("</div>")[0]
    assert hidden.startswith('<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">')
    assert "VKC &amp; een lezing van Chris Lefteri&zwnj;&nbsp; &zwnj;&nbsp; " in hidden
    assert max(map(len, unescape(hidden).split(" "))) < 80  # no long invisible run
    assert rendition.preheader == "Bezoek aan het VKC & een lezing van Chris Lefteri"


@EVERY
def test_the_article_says_its_name_language_and_direction(written: Letter) -> None:
    elements = Elements(laid_out(written).html)
    (article,) = [div for div in elements.named("div") if div.get("role") == "article"]
    assert (article["lang"], article["dir"], article["aria-label"]) == ("nl", "ltr", HEADLINE)
    assert article["aria-roledescription"] == "email"
    assert elements.named("html")[0]["lang"] == "nl"


@EVERY
def test_no_level_of_heading_is_skipped(written: Letter) -> None:
    levels = [int(tag[1]) for tag in Elements(laid_out(written).html).headings()]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@EVERY
def test_what_outlook_and_what_others_read_both_close_what_they_open(written: Letter) -> None:
    html = laid_out(written).html
    assert for_outlook(html) != html
    assert Elements(html).unbalanced == []
    assert Elements(for_outlook(html)).unbalanced == []


@EVERY
def test_tables_are_of_layout_and_say_so_or_have_headings(written: Letter) -> None:
    html = for_outlook(laid_out(written).html)
    tables = Elements(html).named("table")
    assert {table.get("cellspacing") for table in tables} == {"0"}
    data = [table for table in tables if table.get("role") != "presentation"]
    assert len(data) == (written is ANNOUNCEMENT)
    assert html.count("<th ") == html.count('scope="row"') == 4 * len(data)


@EVERY
def test_a_class_is_left_only_where_a_style_sheet_needs_it(written: Letter) -> None:
    html = laid_out(written).html
    used = {name for _, e in Elements(html).found for name in e.get("class", "").split()}
    sheets = " ".join(re.findall(r"<style>(.*?)</style>", html, flags=re.DOTALL))
    assert used
    assert all(re.search(rf"\.{name}\b", sheets) for name in used)


@EVERY
def test_styles_are_what_every_client_takes(written: Letter) -> None:
    for _, attributes in Elements(laid_out(written).html).found:
        style = attributes.get("style", "")
        assert "!" not in style
        assert all(len(colour) == 6 for colour in re.findall(r"#([0-9a-fA-F]+)", style))
        assert re.fullmatch(r"#[0-9a-f]{6}", attributes.get("bgcolor", "#000000"))


def test_the_enhancing_sheets_arrive_byte_for_byte() -> None:
    css = "\n/* é */ u + .body .x > a:hover { color: RED !important }\n@media x{.y{color:#fff}}\n"
    for name in ("enhance.css", "clients.css", "dark.css"):
        templates = TEMPLATES | {name: replace(TEMPLATES[name], text=css)}
        (rendition,) = render([letter()], press(templates=templates))
        assert f"<style>{css}</style>" in rendition.html


def test_style_elements_are_small_and_each_closes_what_it_opens() -> None:
    blocks = re.findall(r"<style>(.*?)</style>", laid_out(NEWSLETTER).html, flags=re.DOTALL)
    assert sum(map(len, blocks)) < 4000  # Gmail reads 16 KB, and drops a block it cannot read
    for block in blocks:
        assert block.count("{") == block.count("}")
        assert not re.search(r"@[^{]*\{[^{}]*@", block)
        assert not re.search(r"(?<! )!important|!IMPORTANT", block)


def test_dark_mode_is_authored_for_clients_that_ask_and_clients_that_recolour() -> None:
    html = laid_out(PROSE).html
    dark = html.split("prefers-color-scheme: dark", 1)[1]
    assert ".paper { background-color: #1a2023 !important; }" in dark
    assert "[data-ogsb] .paper { background-color: #1a2023 !important; }" in dark
    assert "[data-ogsc] .muted { color: #a8b3b9 !important; }" in dark
    assert '<meta name="color-scheme" content="light dark">' in html


def test_a_pale_accent_is_darkened_until_it_can_be_read() -> None:
    pale = PROJECT.model_copy(update={"theme": Theme(accent="#ffee88")})
    html = laid_out(NEWSLETTER, pale).html
    assert 'bgcolor="#ffee88"' in html
    assert not re.search(r"[^-]color:#ffee88", html.split("<body")[1])


def test_thirty_activities_in_cards_stay_under_eighty_kilobytes_as_encoded() -> None:
    """Two buttons, an agenda link and some 250 characters each; Gmail clips at 102 kB."""
    prose = dutch((RICH.prose.text + " " + INFO) * 2)
    told_of = replace(RICH, prose=replace(prose, text=prose.text[:250]), label="", image=None)
    parts = [
        section(f"c{i}", f"Cluster {i}", *(replace(told_of, activity=f"a{i}{j}") for j in range(6)))
        for i in range(5)
    ]
    written = replace(letter(sections=tuple(parts), layout=Layout.CARDS), has_contents=True)
    encoded = encode(laid_out(written).html, escape=Escape.HTML)
    assert laid_out(written).html.count("<h3") == 30
    assert sum(map(len, encoded.runs)) < 80_000


def test_a_text_in_another_language_says_so() -> None:
    french = Written("Une visite", Language.FR)
    html = laid_out(replace(PROSE, intro=(french,))).html
    assert '<span lang="fr">Une visite</span>' in html
    assert "lang=" not in laid_out(PROSE).html.split('role="article"')[1].split(">", 1)[1]


@pytest.mark.parametrize("kind", CampaignKind)
def test_words_cannot_open_an_element(kind: CampaignKind) -> None:
    nasty = '<b>"x"</b> <!--part:sections--> {{ blank }} <script>x</script> &lt; \' $& \\1'
    told_of = paragraph("food", nasty, title=nasty, sentence=nasty)
    hostile = section("voeding", nasty, replace(told_of, label=nasty, when=nasty, where=nasty))
    written = replace(
        letter(sections=(hostile,), layout=Layout.CARDS, kind=kind),
        subject=dutch(nasty),
        preheader=dutch(nasty),
        headline=dutch(nasty),
        intro=(dutch(nasty),),
        lead_in=dutch(nasty),
        closing=(dutch(nasty),),
        callout=replace(CALLOUT, title=dutch(nasty), text=dutch(nasty), label=dutch(nasty)),
        has_contents=kind is CampaignKind.NEWSLETTER,
    )
    html = laid_out(written).html
    elements = Elements(html)
    assert elements.unbalanced == []
    assert '<b>"x"' not in html
    assert elements.named("script") == []
    assert elements.named("div")[1]["aria-label"] == nasty
    assert nasty in laid_out(written).text.replace("\n", " ")


def test_a_section_is_inlined_once_however_many_segments_share_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inlined: list[str] = []

    def counted(html: str, css: str, *, keep: Collection[str]) -> str:
        inlined.append(html)
        return inline(html, css, keep=keep)

    monkeypatch.setattr(pressing, "inline", counted)
    parts = [replace(SECTIONS[0], cluster=f"c{i}", heading=dutch(f"C{i}")) for i in range(5)]
    letters = [letter(sections=chosen) for size in range(6) for chosen in combinations(parts, size)]
    renditions = list(render(letters, press()))
    assert len(renditions) == 32
    assert len(inlined) == len(parts) + 1
    for written, rendition in zip(letters, renditions, strict=True):
        shown = re.findall(r"‘(C\d)’", rendition.html)
        assert shown == [part.heading.text for part in written.sections]


def test_laying_out_together_is_laying_out_one_by_one() -> None:
    letters: Sequence[Letter] = [
        PROSE,
        letter(sections=SECTIONS[1:]),
        CARDS,
        NEWSLETTER,
        replace(NEWSLETTER, has_contents=False),
        ANNOUNCEMENT,
        letter(language=Language.FR),
        replace(PROSE, preheader=dutch("Iets anders")),
        replace(PROSE, headline=dutch("Iets anders")),
        PROSE,
    ]
    together = list(render(letters, press()))
    assert together == [next(render([written], press())) for written in letters]


def test_the_language_of_the_reader_is_the_language_of_the_shell() -> None:
    rendition = laid_out(letter(language=Language.FR))
    assert rendition.key == SegmentKey(("blue-energy", "materialen", "voeding"), Language.FR)
    assert unescape(words(Language.FR).unsubscribe) in unescape(rendition.html)
    assert f'<span lang="nl">{HEADLINE}</span>' in rendition.html


def test_subject_and_preheader_are_one_line_each() -> None:
    rendition = laid_out(replace(PROSE, subject=dutch("a\n b"), preheader=dutch("c\u00a0 d")))
    assert (rendition.subject, rendition.preheader) == ("a b", "c d")


def test_a_rendition_names_its_activities() -> None:
    activities = ("networking", "schatten", "vkc", "lefteri", "food")
    assert laid_out(PROSE).activities == activities


def test_the_introduction_reads_the_same_with_or_without_pasted_spaces() -> None:
    clean = replace(PROSE, intro=(dutch(" ".join(INTRO.split())),))
    assert laid_out(clean) == laid_out(PROSE)
