"""One letter in the words of June 2013, and what is needed to lay it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from fvdt_mailer.model.activity import Image, LinkKind
from fvdt_mailer.model.audience import SegmentKey
from fvdt_mailer.model.campaign import CampaignKind, Layout
from fvdt_mailer.model.folder import Template
from fvdt_mailer.model.language import Language, Written
from fvdt_mailer.model.letter import (
    Closing,
    DateTile,
    Letter,
    LetterCallout,
    LetterSection,
    Paragraph,
)
from fvdt_mailer.model.project import Project
from fvdt_mailer.pipeline.layout.press import Press
from fvdt_mailer.pipeline.phrases.catalogue import Words
from fvdt_mailer.pipeline.phrases.catalogues import catalogue

_ROOT = Path(__file__).parents[1] / "templates"
TEMPLATES = {
    name: Template(file=f"templates/{name}", text=(_ROOT / name).read_text(encoding="utf-8"))
    for name in sorted(
        file.relative_to(_ROOT).as_posix() for file in _ROOT.rglob("*") if file.is_file()
    )
}
PROJECT = Project.model_validate(
    {
        "name": "Fabrieken voor de Toekomst",
        "public_url": "https://news.example.org",
        "organisation": {
            "name": "Voorbeeldagentschap",
            "address": "Voorbeeldstraat 1, 8000 Brugge",
            "enterprise_number": "0123.456.749",
            "email": "info@example.org",
            "phone": "050 00 00 00",
            "website": "https://www.example.org/",
            "privacy_url": "https://www.example.org/privacy",
        },
        "sender": {"from": "Fabrieken <news@example.org>"},
        "clusters": {"voeding": {"heading": "Voeding", "name": "voeding"}},
    }
)

HEADLINE = "POM West-Vlaanderen maakt werk van fabrieken voor de toekomst"
INTRO = (
    "In een eerste fase wordt dit concept van Fabrieken voor de Toekomst uitgewerkt voor de drie "
    "clusters waarin West-Vlaanderen op internationaal niveau excelleert: nieuwe materialen, "
    "voeding en blue energy. Met het oog op het realiseren van een kennisgedreven groei wordt "
    "ingezet op interdisciplinaire samenwerking tussen kennisactoren, dienstverleners, "
    "ondernemingen (zowel lead plants als KMO’s en starters) en lokale, provinciale en Vlaamse "
    "overheden. Hiertoe worden acties gepland op het vlak van opleiding, onderzoek, "
    "infrastructuur, branding en KMO-dienstverlening. Wat betreft deze KMO-dienstverlening werd "
    "samen met Voka en Unizo een\u00a0 traject opgestart om West-Vlaamse KMO’s een meer "
    "prominente rol te laten spelen in de drie gekozen sectoren."
)
LEAD_IN = (
    "Voor volgende activiteiten worden Unizo en Voka ondersteund door de POM en de Provincie "
    "West-Vlaanderen in het kader van de werking rond de Fabrieken voor de Toekomst:"
)
BLUE, MATERIALS, FOOD = "Cleantech - Blue energy", "Nieuwe materialen", "Voeding"
NETWORKING = (
    "Een eerste activiteit waarbij Unizo de blue energy en meerbepaald de offshore wind onder de "
    "aandacht bracht was het event North Sea Networking dat op 30 mei plaatsvond in Bredene. Een "
    "100-tal ondernemers werd er geïnformeerd over de offshore wind activiteiten voor onze kust "
    "en de rol die lokale ondernemers kunnen spelen in dit verhaal."
)
TREASURES = (
    "Op 17 juni 2013 is het de beurt aan Voka die aansluitend op haar algemene vergadering in "
    "Oostende onder het motto “De schatten van de Noordzee” dieper ingaat op de opportuniteiten "
    "die de Noordzee biedt voor onze (West-Vlaamse) economie."
)
VISIT = (
    "Voor de cluster ‘Nieuwe materialen’ organiseert Unizo op 24 juni een bezoek aan het Vlaams "
    "Kunststoffencentrum (VKC) van Flanders’ Plastic Vision. Ontdek tijdens een middagsessie wat "
    "het VKC voor uw bedrijf kan betekenen!"
)
LECTURE = (
    "Ook VOKA lanceert zijn activiteiten rond de Fabrieken voor de Toekomst met o.a. een lezing "
    "van de Britse materiaalexpert Chris Lefteri op 25\u00a0 juni in de Budafabriek in "
    "Kortrijk.\u00a0 De activiteit wordt gekoppeld aan de Week van het Ontwerpen."
)
SEMINAR = (
    "Op 17 juni 2013 organiseert Voka een gratis seminarie in Kortrijk over "
    "voedingscertificaten. Via praktische tips wordt u wegwijs gemaakt in de vele certificaten "
    "die van belang zijn in de voedingssector."
)
INFO, PHOTOS = "Meer info vindt u hier.", "Hier vindt u enkele sfeerbeelden."
SOURCE = f"""\
{HEADLINE}

{INTRO}


{LEAD_IN}

‘{BLUE}’

{NETWORKING} {PHOTOS}

{TREASURES} {INFO}

‘{MATERIALS}’

{VISIT}\u00a0 {INFO}

{LECTURE}\u00a0 {INFO}\u00a0\u00a0

‘{FOOD}’

{SEMINAR} {INFO}"""


def press(project: Project = PROJECT, templates: Mapping[str, Template] = TEMPLATES) -> Press:
    """What lays out letters by these templates."""
    return Press(project=project, templates=templates, words=words)


def words(language: Language) -> Words:
    """The fixed words of a language."""
    return catalogue(language).words


def dutch(text: str) -> Written:
    """A Dutch text."""
    return Written(text, Language.NL)


def paragraph(activity: str, prose: str, *, title: str, sentence: str = INFO) -> Paragraph:
    """An activity with a sentence that is a link."""
    closing = Closing(
        kind=LinkKind.INFO,
        sentence=dutch(sentence),
        action=dutch("Meer over de activiteit"),
        url=f"https://example.org/{activity}?a=1&b=é",
        subject=dutch(title),
    )
    return Paragraph(activity=activity, title=dutch(title), prose=dutch(prose), closings=(closing,))


def section(cluster: str, heading: str, *paragraphs: Paragraph) -> LetterSection:
    """A cluster with its activities."""
    return LetterSection(
        cluster=cluster, heading=dutch(heading), colour="#aabb33", paragraphs=paragraphs
    )


SECTIONS = (
    section(
        "blue-energy",
        BLUE,
        paragraph("networking", NETWORKING, title="North Sea Networking", sentence=PHOTOS),
        paragraph("schatten", TREASURES, title="sessie over de Noordzee"),
    ),
    section(
        "materialen",
        MATERIALS,
        paragraph("vkc", VISIT, title="bezoek aan het VKC"),
        paragraph("lefteri", LECTURE, title="lezing van Chris Lefteri"),
    ),
    section("voeding", FOOD, paragraph("food", SEMINAR, title="seminarie over certificaten")),
)


RICH = replace(
    paragraph("food", SEMINAR, title="seminarie over certificaten"),
    closings=(
        Closing(
            kind=LinkKind.REGISTRATION,
            sentence=dutch("Inschrijven kan hier."),
            action=dutch("Schrijf u in"),
            url="https://example.org/in",
            subject=dutch("seminarie over certificaten"),
        ),
        *SECTIONS[2].paragraphs[0].closings,
    ),
    label="Volzet",
    when="maandag 17 juni 2013",
    where="Kortrijk",
    price="gratis",
    organisers="Voka",
    image=Image.model_validate({"file": "zaal.png", "alt": {"nl": "De zaal", "fr": "La salle"}}),
    tile=DateTile(days="17", month="juni"),
    agenda_url="https://news.example.org/a/food/nl/",
)
CALLOUT = LetterCallout(
    title=dutch("Toon uw prototype"),
    text=dutch("Stel het voor op de *toondag*."),
    url="https://example.org/toondag",
    label=dutch("Meld u aan"),
)


def letter(
    *,
    sections: tuple[LetterSection, ...] = SECTIONS,
    layout: Layout = Layout.PROSE,
    language: Language = Language.NL,
    kind: CampaignKind = CampaignKind.NEWSLETTER,
) -> Letter:
    """The letter of June 2013."""
    return Letter(
        key=SegmentKey(tuple(part.cluster for part in sections), language),
        kind=kind,
        layout=layout,
        subject=dutch(HEADLINE),
        preheader=dutch("Bezoek aan het VKC & een lezing van Chris Lefteri"),
        headline=dutch(HEADLINE),
        intro=(dutch(INTRO),),
        lead_in=dutch(LEAD_IN),
        sections=sections,
        closing=(),
    )
