"""A mail written as a string, as a check gets to see it.

`line` in what a check finds is the line of that string: it plays the template that wrote the mail.
"""

from __future__ import annotations

from collections.abc import Iterable

from fvdt_mailer.adapters.support_data import read_support
from fvdt_mailer.model.audience import SegmentKey
from fvdt_mailer.model.edition import Edition
from fvdt_mailer.model.folder import Folder, Template
from fvdt_mailer.model.language import Language
from fvdt_mailer.model.letter import Letter
from fvdt_mailer.model.rendition import Rendition
from fvdt_mailer.pipeline.check.case import Case, Page
from fvdt_mailer.pipeline.check.words.written import WrittenText, texts_of
from fvdt_mailer.pipeline.layout.sheets import Sheet
from fvdt_mailer.pipeline.layout.trace import traced_css, traced_html, untraced
from fvdt_mailer.pipeline.markup.conditional import Branch
from fvdt_mailer.pipeline.markup.read_html import read_html
from fvdt_mailer.pipeline.message.specimen import specimen
from fvdt_mailer.pipeline.phrase import phrase
from fvdt_mailer.pipeline.select import select
from world import NOW, campaign, folder

FILE = "templates/newsletter.html.j2"
WORLD = folder()
EDITION = select(WORLD, campaign(), now=NOW)
KEY = SegmentKey(EDITION.clusters, Language.NL)
SUPPORT = read_support()


def page_of(
    html: str,
    *,
    text: str = "Hallo.\n",
    edition: Edition = EDITION,
    letter: Letter | None = None,
    file: str = FILE,
) -> Page:
    """One rendition with this HTML as it is sent, for all readers of the June campaign."""
    letter = letter or phrase(edition, KEY)
    traced = traced_html(html, file)
    rendition = Rendition(
        key=letter.key,
        subject=letter.subject.text,
        preheader=letter.preheader.text,
        html=untraced(traced),
        text=text,
        activities=letter.activities,
    )
    return Page(
        letter=letter,
        rendition=rendition,
        traced=traced,
        document=read_html(traced),
        outlook=read_html(traced, Branch.OUTLOOK),
        mail=specimen(edition, rendition).content,
    )


def case_of(
    *pages: str | Page,
    base: str = "",
    enhance: str = "",
    dark: str = "",
    edition: Edition = EDITION,
    world: Folder | None = None,
    templates: Iterable[Template] = (),
    texts: Iterable[WrittenText] | None = None,
) -> Case:
    """The case of these mails, with these style sheets; the first mail is also a template."""
    looked_at = tuple(
        page_of(page, edition=edition) if isinstance(page, str) else page for page in pages
    )
    own = [Template(file=FILE, text=untraced(page.traced)) for page in looked_at[:1]]
    written = {one.file.rpartition("/")[2]: one for one in (*own, *templates)}
    if world is None:
        world = _with_templates(WORLD, written)
    return Case(
        folder=world,
        edition=edition,
        letters=tuple(page.letter for page in looked_at),
        renditions=tuple(page.rendition for page in looked_at),
        texts=tuple(texts_of(world, edition)) if texts is None else tuple(texts),
        pages=looked_at,
        sheets=(sheet_of(base, "base.css"), sheet_of(enhance), sheet_of(dark, "dark.css")),
        support=SUPPORT,
    )


def sheet_of(css: str, name: str = "enhance.css") -> Sheet:
    """A style sheet whose template is this very text."""
    return Sheet(file=f"templates/{name}", css=css, traced=traced_css(css))


def mail_of(
    body: str, *, head: str = "", lang: str = "nl", title: str = "Juni", wrapper: str = ""
) -> str:
    """A sound mail on lines 1 to 3, with `body` from line 4 on."""
    metas = (
        '<meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        '<meta name="supported-color-schemes" content="light dark">'
    )
    article = wrapper or (
        f'role="article" aria-roledescription="email" aria-label="{title}" lang="{lang}" dir="ltr"'
    )
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="{lang}" dir="ltr"><head>{metas}<title>{title}</title>{head}</head>\n'
        f'<body style="background-color:#ffffff;color:#222222;font-size:17px;line-height:1.6">'
        f"<div {article}>\n{body}\n</div></body></html>\n"
    )


def _with_templates(world: Folder, templates: dict[str, Template]) -> Folder:
    return Folder(
        project=world.project,
        activities=world.activities,
        campaigns=world.campaigns,
        templates=templates,
        project_origin=world.project_origin,
        activity_origins=world.activity_origins,
        campaign_origins=world.campaign_origins,
    )
