"""What each component of a mail shows, as HTML and as text."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from itertools import pairwise

import pytest

from fvdt_mailer.model.campaign import CampaignKind, Layout
from fvdt_mailer.model.language import Language, Written
from fvdt_mailer.model.letter import Letter, LetterSection, Paragraph
from fvdt_mailer.model.project import Project, Theme
from fvdt_mailer.model.rendition import Rendition
from fvdt_mailer.pipeline.layout.colour import contrast
from fvdt_mailer.pipeline.layout.render import render
from mail_html import Elements, declarations, seen
from sample_letter import (
    BLUE,
    CALLOUT,
    INFO,
    PROJECT,
    RICH,
    SECTIONS,
    SEMINAR,
    TEMPLATES,
    dutch,
    letter,
    paragraph,
    press,
    section,
)

COMPONENTS = sorted(name for name in TEMPLATES if name.startswith("components/"))
PRESS = press()
ANNOUNCED = letter(sections=(section("voeding", "Voeding", RICH),), kind=CampaignKind.ANNOUNCEMENT)


def laid_out(written: Letter) -> Rendition:
    (rendition,) = render([written], PRESS)
    return rendition


def cards(*paragraphs: Paragraph, **fields: object) -> Rendition:
    """A newsletter of one cluster in cards."""
    # What a test gives under any name is a field of a section: `replace` refuses what is not.
    food: LetterSection = replace(section("voeding", "Voeding", *paragraphs), **fields)  # type: ignore[arg-type]
    return laid_out(letter(sections=(food,), layout=Layout.CARDS))


def prose(*paragraphs: Paragraph) -> Rendition:
    """A newsletter of one cluster in running prose."""
    return laid_out(letter(sections=(section("voeding", "Voeding", *paragraphs),)))


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_has_an_html_and_a_text_twin(name: str) -> None:
    macros = re.findall(r"{% macro (\w+)", TEMPLATES[name].text)
    assert {"html", "text"} <= set(macros)


@pytest.mark.parametrize("name", ["newsletter", "announcement", "section", "hero", "contents"])
def test_html_and_text_are_made_of_the_same_components_in_the_same_order(name: str) -> None:
    in_html = re.findall(r"([A-Z]\w+)\.(?:\w+_)?html\(", TEMPLATES[f"{name}.html.j2"].text)
    in_text = re.findall(r"([A-Z]\w+)\.(?:\w+_)?text\(", TEMPLATES[f"{name}.txt.j2"].text)
    assert in_text == in_html
    assert in_html


def test_in_prose_the_closing_sentence_is_the_link_and_says_what_it_is_about() -> None:
    html = laid_out(letter()).html
    link = Elements(html).link("https://example.org/vkc?a=1&b=é")
    assert link["aria-label"] == "Meer info vindt u hier: bezoek aan het VKC"
    assert "text-decoration" not in link["style"]  # underlined, as links are everywhere
    assert re.search(rf"/vkc[^>]*>{INFO}</a></p>", html)


def test_in_prose_a_closing_sentence_has_its_address_on_the_next_line() -> None:
    lines = laid_out(letter()).text.splitlines()
    for told_of in (one for part in SECTIONS for one in part.paragraphs):
        (closing,) = told_of.closings
        at = lines.index(closing.url)
        assert lines[at - 1].endswith(closing.sentence.text.split()[-1])


@pytest.mark.parametrize(("language", "quoted"), [("nl", "‘Voeding’"), ("fr", "« Aliment »")])
def test_in_prose_a_cluster_has_its_heading_in_the_quotation_marks_of_its_language(
    language: str, quoted: str
) -> None:
    heading = Written("Voeding" if language == "nl" else "Aliment", Language(language))
    food = replace(SECTIONS[2], heading=heading)
    rendition = laid_out(letter(sections=(food,), language=Language(language)))
    assert f">{quoted}</h2>" in rendition.html.replace("\u00a0", " ").replace("&nbsp;", " ")
    assert f"\n{quoted}\n\n" in rendition.text


def test_in_prose_a_cluster_colour_is_a_bar_and_never_a_text() -> None:
    html = laid_out(letter()).html
    bars = re.findall(r'<td[^>]*height="5"[^>]*background-color:#aabb33[^>]*>&nbsp;</td>', html)
    assert len(bars) == len(SECTIONS)
    assert not re.search(r"[^-]color:#aabb33", html)


def test_in_prose_a_label_shows_only_when_there_is_one() -> None:
    labelled = prose(replace(paragraph("food", SEMINAR, title="x"), label="Uitgesteld"))
    assert re.search(r"<p[^>]*>Uitgesteld</p>", labelled.html)
    assert "[Uitgesteld]\nOp 17 juni" in labelled.text
    assert "[" not in laid_out(letter()).text


def test_a_card_holds_its_label_title_facts_prose_and_links_in_that_order() -> None:
    expected = (
        "Volzet Seminarie over certificaten maandag 17 juni 2013 Kortrijk · gratis " + SEMINAR
    ) + " Schrijf u in Meer over de activiteit Zet in uw agenda"
    assert expected in seen(cards(RICH).html).replace("\u00a0", "").replace("  ", " ")
    assert (
        "[Volzet] Seminarie over certificaten\n"
        "------------------------------------\n"
        "Wanneer: maandag 17 juni 2013\nWaar: Kortrijk\nPrijs: gratis\n\nOp 17 juni"
    ) in cards(RICH).text


def test_a_card_has_its_label_in_its_heading_for_who_goes_from_heading_to_heading() -> None:
    (heading,) = re.findall(r"<h3[^>]*>(.*?)</h3>", cards(RICH).html)
    assert seen(heading).split() == ["Volzet", "Seminarie", "over", "certificaten"]


def test_the_links_of_a_card_stand_each_above_its_address() -> None:
    assert (
        "Schrijf u in:\nhttps://example.org/in\n\n"
        "Meer over de activiteit:\nhttps://example.org/food?a=1&b=é\n\n"
        "Zet in uw agenda:\nhttps://news.example.org/a/food/nl/\n"
    ) in cards(RICH).text


def test_the_first_button_is_filled_with_the_colour_of_its_cluster_and_others_are_not() -> None:
    elements = Elements(cards(RICH).html)
    first = declarations(elements.link("https://example.org/in")["style"])
    second = declarations(elements.link("https://example.org/food?a=1&b=é")["style"])
    assert first["background-color"] == "#aabb33"
    assert contrast(first["color"], "#aabb33") >= 4.5
    assert "background-color" not in second
    assert second["border"] == "2px solid #aabb33"


@pytest.mark.parametrize("url", ["https://example.org/in", "https://example.org/food?a=1&b=é"])
def test_a_button_is_at_least_44_pixels_high_without_any_style_sheet(url: str) -> None:
    style = declarations(Elements(cards(RICH).html).link(url)["style"])
    border = 2 if "border" in style else 0
    padding = int(style["padding"].split("px")[0])
    assert 2 * (padding + border) + 17 * 1.3 >= 44
    assert style["display"] == "inline-block"


def test_outlook_gets_its_room_around_a_button_from_spaces() -> None:
    (button,) = re.findall(r"<a [^>]*/in\"[^>]*>.*?</a>", cards(RICH).html)
    assert "<!--[if mso]><i>&emsp;</i><![endif]-->Schrijf u in<!--[if mso]>&emsp;<![" in button


def test_the_agenda_link_names_the_activity() -> None:
    link = Elements(cards(RICH).html).link("https://news.example.org/a/food/nl/")
    assert link["aria-label"] == "Zet in uw agenda: seminarie over certificaten"


def test_a_french_link_has_a_no_break_space_before_the_colon_in_its_name() -> None:
    food = section("voeding", "Voeding", RICH)
    french = letter(sections=(food,), layout=Layout.CARDS, language=Language.FR)
    link = Elements(laid_out(french).html).link("https://news.example.org/a/food/nl/")
    assert link["aria-label"].startswith("Ajouter à votre agenda\u00a0: ")


def test_an_activity_without_agenda_page_has_no_agenda_link() -> None:
    rendition = cards(replace(RICH, agenda_url=""))
    assert "agenda" not in rendition.html
    assert "agenda" not in rendition.text


def test_an_activity_without_any_link_has_no_empty_paragraph_for_links() -> None:
    rendition = cards(replace(RICH, agenda_url="", closings=()))
    assert not re.search(r"<p[^>]*>\s*</p>", rendition.html)


def test_the_date_tile_is_read_aloud_by_the_facts_alone() -> None:
    html = cards(RICH).html
    (tile,) = re.findall(r"<div ([^>]*)>(<b[^>]*>17</b><br> juni)</div>", html)
    assert 'aria-hidden="true"' in tile[0]
    style = declarations(re.findall(r'style="([^"]*)"', tile[0])[0])
    assert style["background-color"] == "#aabb33"
    assert contrast(style["color"], "#aabb33") >= 4.5


def test_what_is_called_off_is_struck_and_loses_the_colour_of_its_cluster() -> None:
    rendition = cards(replace(RICH, is_struck=True, label="Geannuleerd", closings=()))
    assert "<s>Seminarie over certificaten</s></h3>" in rendition.html
    tile = re.findall(r'<div aria-hidden="true"[^>]*>', rendition.html)[0]
    assert f"background-color:{Theme().muted}" in tile
    assert "[Geannuleerd] Seminarie over certificaten" in rendition.text


def test_a_picture_says_what_it_shows_and_fits_its_column() -> None:
    (picture,) = Elements(cards(RICH).html).named("img")
    assert picture["src"] == "https://news.example.org/images/zaal.png"
    assert (picture["alt"], picture["width"]) == ("De zaal", "404")
    style = declarations(picture["style"])
    assert (style["width"], style["max-width"], style["height"]) == ("100%", "404px", "auto")
    assert contrast(style["color"], style["background-color"]) >= 4.5


def test_a_picture_described_in_another_language_says_so() -> None:
    food = section("voeding", "Voeding", RICH)
    english = letter(sections=(food,), layout=Layout.CARDS, language=Language.EN)
    (picture,) = Elements(laid_out(english).html).named("img")
    assert (picture["alt"], picture["lang"]) == ("De zaal", "nl")


def test_an_activity_of_which_little_is_known_shows_no_empty_facts() -> None:
    rendition = cards(replace(RICH, where="", price="", image=None, tile=None))
    assert "<b>maandag 17 juni 2013</b></p>" in rendition.html
    assert "Waar:" not in rendition.text
    assert "aria-hidden" not in rendition.html


@pytest.mark.parametrize("layout", Layout)
def test_a_cluster_shows_its_fallback(layout: Layout) -> None:
    empty = replace(section("voeding", "Voeding"), fallback=dutch("Niets *nu*."))
    rendition = laid_out(letter(sections=(empty,), layout=layout))
    assert "Niets <em>nu</em>." in rendition.html
    assert "\n\nNiets nu.\n" in rendition.text


def test_in_cards_the_heading_of_a_cluster_can_be_read_on_its_colour() -> None:
    html = cards(RICH, colour="#ffee88").html
    (colour,) = re.findall(r'<h2 style="[^"]*;color:(#[0-9a-f]{6})">Voeding', html)
    assert contrast(colour, "#ffee88") >= 4.5


def test_headings_of_a_newsletter_go_from_letter_to_cluster_to_activity() -> None:
    in_cards = Elements(laid_out(letter(layout=Layout.CARDS)).html).headings()
    assert Elements(laid_out(letter()).html).headings() == ["h1", "h2", "h2", "h2"]
    assert in_cards == ["h1", "h2", "h3", "h3", "h2", "h3", "h3", "h2", "h3"]
    assert Elements(laid_out(ANNOUNCED).html).headings() == ["h1", "h2"]


def test_the_contents_name_each_activity_with_its_date_and_label_per_cluster() -> None:
    parts = (section("voeding", "Voeding", RICH), SECTIONS[0])
    listed = replace(letter(sections=parts, layout=Layout.CARDS), has_contents=True)
    rendition = laid_out(listed)
    items = re.findall(r"<li>(.*?)</li>", rendition.html)
    assert [seen(one) for one in items] == [
        "17 juni Seminarie over certificaten (volzet)",
        "North Sea Networking",
        "Sessie over de Noordzee",
    ]
    assert (
        "In deze nieuwsbrief\n-------------------\n\n"
        "Voeding\n- 17 juni: Seminarie over certificaten (volzet)\n\n"
        f"{BLUE}\n- North Sea Networking\n- Sessie over de Noordzee\n"
    ) in rendition.text
    assert 'href="#' not in rendition.html


def test_a_letter_without_contents_has_no_list() -> None:
    rendition = laid_out(letter(layout=Layout.CARDS))
    assert "In deze nieuwsbrief" not in rendition.html + rendition.text
    assert "<ul" not in rendition.html


def test_a_long_title_in_the_contents_hangs_below_its_own_first_word() -> None:
    long = replace(RICH, title=dutch("woord " * 20))
    listed = replace(letter(sections=(section("v", "Voeding", long),)), has_contents=True)
    assert re.search(r"\n- 17 juni: Woord [^\n]+\n  woord ", laid_out(listed).text)


def test_the_callout_stands_apart_with_its_link_in_both_parts() -> None:
    rendition = laid_out(replace(letter(), callout=CALLOUT))
    assert re.search(r"<h2[^>]*>Toon uw prototype</h2>", rendition.html)
    assert "op de <em>toondag</em>." in rendition.html
    assert re.search(r"/toondag\"[^>]*>Meld u aan</a>", rendition.html)
    assert (
        "Toon uw prototype\n-----------------\nStel het voor op de toondag.\n\n"
        "Meld u aan:\nhttps://example.org/toondag\n"
    ) in rendition.text


def test_a_callout_may_be_a_bare_message() -> None:
    bare = replace(CALLOUT, title=None, url="", label=None)
    rendition = laid_out(replace(letter(), callout=bare))
    assert "<em>toondag</em>.</p>\n</td>" in rendition.html
    assert "\n\nStel het voor op de toondag.\n\n" in rendition.text


def test_the_announcement_shows_its_facts_as_a_table_with_headings() -> None:
    rendition = laid_out(ANNOUNCED)
    rows = re.findall(r"<th [^>]*>(.*?)</th><td[^>]*>(.*?)</td>", rendition.html)
    assert rows == [
        ("Wanneer", "Maandag 17 juni 2013"),
        ("Waar", "Kortrijk"),
        ("Prijs", "Gratis"),
        ("Organisatie", "Voka"),
    ]
    assert "Waar: Kortrijk\nPrijs: gratis\nOrganisatie: Voka\n\nOp 17 juni" in rendition.text


def test_the_announcement_opens_with_a_plate_in_the_colour_of_its_cluster() -> None:
    html = laid_out(ANNOUNCED).html
    plate = html.split('bgcolor="#aabb33"')[-1].split("</td></tr>")[0]
    assert re.search(r">17</b><br>juni</div>", plate)
    assert ">Voeding</p>" in plate
    for colour in re.findall(r"[;\"]color:(#[0-9a-f]{6})", plate):
        ground = "#1c2326" if colour == "#ffffff" else "#aabb33"  # the chip has its own
        assert contrast(colour, ground) >= 4.5


def test_the_announcement_has_its_picture_as_wide_as_the_sheet() -> None:
    (picture,) = Elements(laid_out(ANNOUNCED).html).named("img")
    assert (picture["alt"], picture["width"]) == ("De zaal", "600")


def test_the_masthead_wears_a_ribbon_with_the_colour_of_each_cluster() -> None:
    colours = ["#0b6e8f", "#a3471f"]
    clusters = {f"c{i}": {"heading": "X", "name": "x", "colour": c} for i, c in enumerate(colours)}
    written = PROJECT.model_dump(by_alias=True, exclude={"timezone"}) | {"clusters": clusters}
    project = Project.model_validate(written)
    (rendition,) = render([letter()], press(project))
    ribbon = re.findall(r'<td height="6" bgcolor="(#\w+)"', rendition.html)
    assert ribbon == colours


def test_a_logo_stands_on_a_plate_of_its_own_in_place_of_the_name() -> None:
    theme = Theme(logo="https://www.example.org/logo.png", logo_alt="Het logo")
    project = PROJECT.model_copy(update={"theme": theme})
    (rendition,) = render([letter()], press(project))
    (logo,) = Elements(rendition.html).named("img")
    assert (logo["src"], logo["alt"]) == ("https://www.example.org/logo.png", "Het logo")
    plate = rendition.html.split("<img")[0].rsplit("<td", 1)[1]
    assert 'class="pad"' in plate  # nothing that dark mode turns dark
    assert "background-color:#ffffff" in plate


def test_links_in_prose_follow_the_theme_and_the_dark_as_other_links_do() -> None:
    rendition = laid_out(replace(letter(), intro=(dutch("Zie [de site](https://example.org/x)."),)))
    link = Elements(rendition.html).link("https://example.org/x")
    assert link["class"] == "link"
    assert "text-decoration" not in link["style"]  # underlined, as links are everywhere


def test_the_footer_leads_away_in_links_that_can_be_hit() -> None:
    elements = Elements(laid_out(letter()).html)
    small = [link for link in elements.named("a") if "padding:2px 0" in link.get("style", "")]
    assert len(small) == 5
    for link in small:
        assert "display:inline-block" in link["style"]


def test_the_text_underlines_its_headings_as_far_as_they_go() -> None:
    headings = [
        (line, rule)
        for line, rule in pairwise(cards(RICH).text.splitlines())
        if re.fullmatch(r"=+|-+", rule) and line
    ]
    assert [len(line) == len(rule) for line, rule in headings] == [True] * len(headings)
    assert [line for line, _ in headings][-2:] == [
        "Voeding",
        "[Volzet] Seminarie over certificaten",
    ]


def test_a_button_says_the_words_of_a_person_as_they_are() -> None:
    own = replace(RICH.closings[0], action=dutch("Ontdek <alles>"))
    html = cards(replace(RICH, closings=(own,))).html
    assert "Ontdek &lt;alles&gt;" in html
    assert unescape(Elements(html).link(own.url)["aria-label"]).startswith("Ontdek <alles>: ")
