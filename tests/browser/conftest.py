"""One Chromium for each module of tests, and its pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from command import ROOT
from components import needs
from fvdt_mailer.pipeline.views.seen import seen
from fvdt_mailer.pipeline.views.view import View
from mails import Opened

HEIGHT = 900
PICTURES = "https://nieuwsbrief.example.org/images/"


# Not for the whole session: while it is open, nothing else on this thread may run an event loop.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The Chromium that is installed."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=needs("chromium"), args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """A function that opens a mail in a view; nothing is fetched but the example's pictures."""
    with ExitStack() as stack:

        def open_mail(html: str, view: View) -> Page:
            context = browser.new_context(
                viewport={"width": view.width, "height": HEIGHT},
                color_scheme="dark" if view.is_dark else "light",
            )
            stack.callback(context.close)
            page = context.new_page()
            page.route("**/*", _pictures_only)
            page.set_content(seen(html, view.reading), wait_until="load")
            return page

        yield open_mail


def _pictures_only(route: Route) -> None:
    path = ROOT / "images" / route.request.url.removeprefix(PICTURES)
    if route.request.url.startswith(PICTURES) and path.is_file():
        route.fulfill(path=path)
        return
    route.abort()
