"""The pages that agenda links lead to, as a browser shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest
from playwright.sync_api import Browser, Page

from command import ROOT
from fvdt_mailer.app.viewing import hosted
from fvdt_mailer.model.language import Language
from fvdt_mailer.wiring import open_mailer

Shown = Callable[[str, Language, int, str], Page]

AXE = ROOT / "src" / "fvdt_mailer" / "vendored" / "axe-core" / "axe.min.js"
# One of each kind: over two days, fully booked, cancelled, online, without hours.
ACTIVITIES = (
    "blue-energy-2026-12-08-golfslagdag",
    "mechatronica-2026-12-03-cobots",
    "voeding-2026-12-02-reststromen",
    "mechatronica-2026-12-15-digitale-tweeling",
    "voeding-2027-03-18-smaakbeurs",
)
SCHEMES = ("light", "dark")


@cache
def pages() -> dict[str, str]:
    """The hosted pages of the December campaign, by their path."""
    with open_mailer(ROOT, writes=False) as mailer:
        files = tuple(hosted(mailer, "2026-12"))
    return {file.path: file.content.decode() for file in files if file.path.endswith(".html")}


@pytest.fixture
def shown(browser: Browser) -> Iterator[Shown]:
    """A function that shows the page of an activity; whatever it would fetch is refused."""
    with ExitStack() as stack:

        def show(activity: str, language: Language, width: int, scheme: str) -> Page:
            context = browser.new_context(
                viewport={"width": width, "height": 800},
                color_scheme="dark" if scheme == "dark" else "light",
                bypass_csp=True,  # for axe; the page itself has no script
            )
            stack.callback(context.close)
            page = context.new_page()
            page.route("**/*", lambda route: route.abort())
            page.set_content(pages()[f"a/{activity}/{language}/index.html"])
            return page

        yield show


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("activity", ACTIVITIES)
def test_no_barrier_stands_in_the_way_of_anyone(activity: str, scheme: str, shown: Shown) -> None:
    page = shown(activity, Language.NL, 375, scheme)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("axe.run(document, {resultTypes: ['violations', 'incomplete']})")
    assert [one["id"] for one in result["violations"] + result["incomplete"]] == []


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("activity", ACTIVITIES)
def test_nothing_sticks_out_of_any_window(activity: str, language: Language, shown: Shown) -> None:
    page = shown(activity, language, 900, "light")
    for width in (900, 375, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_a_page_fetches_nothing(shown: Shown) -> None:
    page = shown(ACTIVITIES[0], Language.NL, 375, "light")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.set_content(pages()[f"a/{ACTIVITIES[0]}/nl/index.html"], wait_until="networkidle")
    assert requests == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_link_can_be_reached_and_seen_with_the_keyboard(scheme: str, shown: Shown) -> None:
    page = shown(ACTIVITIES[0], Language.NL, 375, scheme)
    links = page.locator("a").count()
    for _ in range(links):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert page.evaluate("document.activeElement.tagName") == "A"
        assert outline == "solid"


def test_links_can_be_hit_with_a_thumb(shown: Shown) -> None:
    page = shown(ACTIVITIES[0], Language.FR, 320, "light")
    boxes = [link.bounding_box() for link in page.locator("main a").all()]
    assert boxes
    assert all(box is not None and box["height"] >= 44 for box in boxes)
