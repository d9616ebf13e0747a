"""One tab of a browser that reaches nothing but what it is given."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Error, Page, Route, sync_playwright

from fvdt_mailer.errors import NotReady
from fvdt_mailer.pipeline.check.outside.browser import WIDE, Screen

# RFC 6761 6.4: no name below .invalid is anyone's.
_ADDRESS = "https://mail.invalid/"
_HEIGHT = 900
# Not even a look-up leaves: what is prefetched or preconnected passes by the routes.
_SWITCHES = ("--host-resolver-rules=MAP * ~NOTFOUND", "--disable-quic", "--disable-gpu")
# Mails have no scripts: what a template brings along must not run here either. What we evaluate
# ourselves is not bound by it.
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; img-src *; style-src 'unsafe-inline'",
}
_START_MS, _STEP_MS = 30_000, 60_000

FindFile = Callable[[str], Path | None]


class Tab:
    """Shows one mail after the other."""

    def __init__(self, page: Page, find_file: FindFile) -> None:
        self._page = page
        self._find_file = find_file
        self._html = ""
        page.set_default_timeout(_STEP_MS)
        page.context.route("**/*", self._answer)

    def show(self, html: str) -> None:
        """Load a mail, with the pictures it may have."""
        self._html = html
        self._page.goto(_ADDRESS, wait_until="load")

    def turn(self, screen: Screen) -> None:
        """Show the mail on another screen."""
        self._page.set_viewport_size({"width": screen.width, "height": _HEIGHT})
        self._page.emulate_media(color_scheme="dark" if screen.is_dark else "light")

    def run(self, script: str) -> object:
        """What an expression gives at once."""
        result: object = self._page.evaluate(script)
        return result

    def await_result(self, promise: str) -> object:
        """What a promise gives in the end; unlike `run`, it is not waited for without end."""
        self._page.evaluate(
            f"() => {{ globalThis.given = null; ({promise}).then("
            "value => { globalThis.given = {value}; },"
            "error => { globalThis.given = {error: String(error)}; }); }"
        )
        self._page.wait_for_function("() => globalThis.given")
        given: Mapping[str, object] = self._page.evaluate("() => globalThis.given")
        if "error" in given:
            raise NotReady(f"what looks at the mail in Chromium failed: {given['error']}")
        return given["value"]

    def _answer(self, route: Route) -> None:
        address = route.request.url
        if address == _ADDRESS:
            route.fulfill(body=self._html, headers=_HEADERS)
        elif (file := self._find_file(address)) is not None:
            route.fulfill(path=file)
        else:
            # "aborted" leaves the page as it is, when it was about to be left for another.
            route.abort("aborted")


@contextmanager
def open_tab(program: Path, find_file: FindFile) -> Iterator[Tab]:
    """A tab while the block runs; NotReady when the browser does not start, or stops."""
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=program,
                args=_SWITCHES,
                # As root its sandbox does not start; anyone else has it.
                chromium_sandbox=not _is_root(),
                timeout=_START_MS,
            )
            try:
                context = browser.new_context(
                    viewport={"width": WIDE, "height": _HEIGHT},
                    service_workers="block",
                    accept_downloads=False,
                )
                yield Tab(context.new_page(), find_file)
            finally:
                browser.close()
    except Error as error:
        raise NotReady(
            f"{program} stopped while it looked at a mail: {_first_line(error)}; "
            "run it again, or leave it out with --quick"
        ) from error


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _first_line(error: Error) -> str:
    return error.message.strip().partition("\n")[0]
