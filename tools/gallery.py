"""Photograph every mail of a project in every view, on one page to look through.

    python tools/gallery.py [PROJECT] [-o gallery]

PROJECT is a project folder; default: the worked example. Needs Chromium and the extra `browser`.
"""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, Route, sync_playwright

from fvdt_mailer.adapters.scaffold import example_root
from fvdt_mailer.app.mailer import Mailer
from fvdt_mailer.app.viewing import view
from fvdt_mailer.model.language import Language
from fvdt_mailer.pipeline.views.seen import seen
from fvdt_mailer.pipeline.views.view import VIEWS, View
from fvdt_mailer.wiring import open_mailer

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    campaign: str
    language: Language
    html: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("project", nargs="?", type=Path, default=example_root())
    parser.add_argument("-o", "--output", type=Path, default=Path("gallery"))
    arguments = parser.parse_args()
    program = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if program is None:
        raise SystemExit("Chromium is missing; on Debian: apt-get install chromium")
    with open_mailer(arguments.project, writes=False) as mailer:
        mails = tuple(_mails(mailer))
        pictures = f"{mailer.folder.project.public_url.rstrip('/')}/images/"
    arguments.output.mkdir(parents=True, exist_ok=True)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=sandbox)
        for mail in mails:
            for one in VIEWS:
                _photograph(browser, mail, one, arguments, pictures)
            print(f"{mail.campaign} in {mail.language}: {len(VIEWS)} pictures")
        browser.close()
    page = arguments.output / "index.html"
    page.write_text(_page(mails), encoding="utf-8")
    print(f"Open {page} in a browser.")


def _mails(mailer: Mailer) -> Iterator[Mail]:
    for campaign in mailer.folder.campaigns:
        for language in Language:
            shown = view(mailer, campaign, clusters=(), language=language)
            yield Mail(campaign=campaign, language=language, html=shown.html)


def _photograph(
    browser: Browser, mail: Mail, one: View, arguments: argparse.Namespace, pictures: str
) -> None:
    def serve(route: Route) -> None:
        path = arguments.project / "images" / route.request.url.removeprefix(pictures)
        if route.request.url.startswith(pictures) and path.is_file():
            route.fulfill(path=path)
            return
        route.abort()

    context = browser.new_context(
        viewport={"width": one.width, "height": 900},
        color_scheme="dark" if one.is_dark else "light",
    )
    page = context.new_page()
    page.route("**/*", serve)
    page.set_content(seen(mail.html, one.reading), wait_until="load")
    page.screenshot(path=arguments.output / _name(mail, one), full_page=True)
    context.close()


def _name(mail: Mail, one: View) -> str:
    return f"{mail.campaign}.{mail.language}.{one.name}.png"


def _page(mails: tuple[Mail, ...]) -> str:
    shelves = "\n".join(
        f"<h2>{escape(mail.campaign)}, {mail.language}</h2>\n<div>\n"
        + "\n".join(
            f'<figure><a href="{_name(mail, one)}"><img src="{_name(mail, one)}" loading="lazy" '
            f'alt="{escape(mail.campaign)} in {mail.language}: {escape(one.title)}"></a>'
            f"<figcaption>{escape(one.title)}</figcaption></figure>"
            for one in VIEWS
        )
        + "\n</div>"
        for mail in mails
    )
    return PAGE.replace("SHELVES", shelves)


PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Gallery</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 2rem; }
div { display: flex; gap: 1.5rem; overflow-x: auto; align-items: flex-start; }
figure { margin: 0; flex: none; }
img { width: 20rem; height: auto; border: 1px solid #8888; }
figcaption { max-width: 20rem; }
</style>
</head>
<body>
<h1>Every mail in every view</h1>
SHELVES
</body>
</html>
"""


if __name__ == "__main__":
    main()
