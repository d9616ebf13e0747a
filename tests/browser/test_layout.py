"""Mails as a browser lays them out: nothing sticks out, nothing is lost, in any view."""

from __future__ import annotations

import pytest

from fvdt_mailer.model.language import Language
from fvdt_mailer.pipeline.layout.colour import contrast
from fvdt_mailer.pipeline.views.view import VIEWS, Reading, View
from mails import MAILS, Opened, mail

READABLE = 4.5
# Every element that has words of its own, with its colours as they are computed.
WORDS = """
() => {
  const hex = (rgb) => '#' + rgb.match(/[\\d.]+/g).slice(0, 3)
    .map((n) => Math.round(n).toString(16).padStart(2, '0')).join('');
  const opaque = (rgb) => !rgb.startsWith('rgba') || rgb.match(/[\\d.]+/g)[3] === '1';
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if (opaque(colour)) return hex(colour);
    }
    return '#ffffff';
  };
  return [...document.body.querySelectorAll('*')].filter((element) =>
    element.checkVisibility() && element.getClientRects().length &&
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
  ).map((element) => ({
    words: element.innerText.slice(0, 60),
    ink: hex(getComputedStyle(element).color),
    ground: ground(element),
    size: parseFloat(getComputedStyle(element).fontSize),
  }));
}
"""
WIDEST = """
() => [...document.body.querySelectorAll('*')]
  .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5)
  .map((element) => element.outerHTML.slice(0, 120))
"""
TARGETS = """
() => [...document.querySelectorAll('a')].filter((link) => link.checkVisibility()).map((link) => ({
  words: link.innerText, height: link.getBoundingClientRect().height,
  alone: link.parentElement.innerText.trim() === link.innerText.trim(),
}))
"""


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
@pytest.mark.parametrize(("campaign", "language"), MAILS)
def test_nothing_sticks_out_of_the_window(
    campaign: str, language: Language, view: View, opened: Opened
) -> None:
    page = opened(mail(campaign, language).html, view)
    assert page.evaluate(WIDEST) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= view.width


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
@pytest.mark.parametrize(("campaign", "language"), MAILS)
def test_every_word_can_be_read_on_its_ground(
    campaign: str, language: Language, view: View, opened: Opened
) -> None:
    words = opened(mail(campaign, language).html, view).evaluate(WORDS)
    assert len(words) > 10
    # What an inverting program makes of colours is its own doing: legible, if not perfect.
    least = 3.0 if view.reading in {Reading.INVERTED, Reading.PARTLY_INVERTED} else READABLE
    faint = [one for one in words if contrast(one["ink"], one["ground"]) < least]
    assert faint == []


@pytest.mark.parametrize(("campaign", "language"), MAILS)
def test_no_word_is_too_small(campaign: str, language: Language, opened: Opened) -> None:
    words = opened(mail(campaign, language).html, VIEWS[0]).evaluate(WORDS)
    assert min(one["size"] for one in words) >= 14


@pytest.mark.parametrize(("campaign", "language"), MAILS)
def test_a_link_that_stands_alone_can_be_hit_with_a_thumb(
    campaign: str, language: Language, opened: Opened
) -> None:
    links = opened(mail(campaign, language).html, VIEWS[1]).evaluate(TARGETS)
    assert [one for one in links if one["alone"] and one["height"] < 24] == []


@pytest.mark.parametrize(("campaign", "language"), MAILS)
def test_the_letter_is_600_wide_on_a_desktop_and_fills_a_phone(
    campaign: str, language: Language, opened: Opened
) -> None:
    html = mail(campaign, language).html
    widths = "document.querySelector('h1').closest('div').getBoundingClientRect().width"
    wide, narrow = (opened(html, View(name="", title="", width=width)) for width in (900, 320))
    assert wide.evaluate(widths) == 600
    assert 300 <= narrow.evaluate(widths) <= 320


@pytest.mark.parametrize(
    "reading", [Reading.WITHOUT_STYLE, Reading.OUTLOOK, Reading.WITHOUT_IMAGES]
)
@pytest.mark.parametrize(("campaign", "language"), MAILS)
def test_no_program_loses_a_word_of_it(
    campaign: str, language: Language, reading: Reading, opened: Opened
) -> None:
    html = mail(campaign, language).html
    said = "document.querySelector('[role=article]').innerText.replace(/\\s+/g, ' ')"
    whole = opened(html, VIEWS[0]).evaluate(said)
    assert opened(html, View(name="", title="", reading=reading)).evaluate(said) == whole


@pytest.mark.parametrize(("campaign", "language"), MAILS)
def test_a_reader_who_enlarges_everything_twice_scrolls_one_way_only(
    campaign: str, language: Language, opened: Opened
) -> None:
    # WCAG 2.2 1.4.4: 200 % zoom of a window of 640 shows it at 320.
    page = opened(mail(campaign, language).html, VIEWS[0])
    page.evaluate("document.documentElement.style.zoom = '2'")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 640
