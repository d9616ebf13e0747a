"""Pictures that readers do not see, or wait for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.folder import Origin, Picture
from fvdt_mailer.model.letter import Letter
from fvdt_mailer.pipeline.check.case import Case, Page
from fvdt_mailer.pipeline.check.page.address_faults import faults_of, is_example
from fvdt_mailer.pipeline.markup.element import Element

# facts/rendering.md R30, R31
_SHOWN = frozenset({"png", "jpeg", "gif"})
_HEAVY, _HEAVY_MAIL = 200_000, 1_000_000
_WIDEST = 3000
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "png": (".png",),
    "jpeg": (".jpg", ".jpeg", ".jpe"),
    "gif": (".gif",),
}
_ANY_WIDTH = 600  # what a mail is wide, for a picture no page shows
_FOLDER = "/images/"


def weak_pictures(case: Case) -> Iterator[Problem]:
    """What is wrong with the file of each picture, at the activity it belongs to."""
    shown = _shown_widths(case)
    for entry in case.edition.entries:
        image = entry.activity.image
        picture = case.folder.pictures.get(image.file) if image else None
        if image is None or picture is None:
            continue  # a missing file was told where the folder was read
        origin = case.folder.activity_origins[entry.activity.id]
        yield from _format(picture, origin)
        yield from _weight(picture, origin, shown.get(image.file, 0))
        yield from _sharpness(picture, origin, shown.get(image.file, 0))


def heavy_pictures(case: Case) -> Iterator[Problem]:
    """A warning where the pictures of one mail weigh too much together."""
    heaviest = max((_weight_of(letter, case) for letter in case.letters), default=0)
    if heaviest > _HEAVY_MAIL:
        yield Problem(
            rule="heavy-pictures",
            file=case.origin.file,
            text=f"the pictures of one mail weigh {_kilobytes(heaviest)} together",
            hint=f"keep them under {_kilobytes(_HEAVY_MAIL)}: save them smaller, or leave some out",
            severity=Severity.WARNING,
        )


def image_sources(case: Case) -> Iterator[Problem]:
    """What is wrong with the address of each picture in the templates, and of the logo."""
    project, origin = case.folder.project, case.folder.project_origin
    logo = project.theme.logo or ""
    for rule, text, hint, severity in _source_faults(logo, case) if logo else ():
        yield Problem(
            rule=rule,
            file=origin.file,
            line=origin.line("theme", "logo"),
            key="theme.logo",
            text=text,
            hint=hint,
            severity=severity,
        )
    for page in case.pages:
        for img in page.document.all("img"):
            source = img.attributes.get("src", "").strip()
            is_told = logo and source == logo
            if not (is_told or source.startswith(project.public_url)):
                for rule, text, hint, severity in _source_faults(source, case):
                    yield page.problem(rule, img, text, hint, severity=severity)
            yield from _pixel(img, page)


def _format(picture: Picture, origin: Origin) -> Iterator[Problem]:
    ending = PurePosixPath(picture.file).suffix.casefold()
    if not picture.format or (picture.format in _SHOWN and not picture.width):
        text = f"{picture.file} is no picture, or a damaged one"
        hint = "save it again as JPEG or PNG"
        yield _problem("broken-image", origin, text, hint, severity=Severity.ERROR)
    elif picture.format not in _SHOWN:
        text = f"{picture.file} is {picture.format}, which Outlook does not show"
        yield _problem("image-format", origin, text, "save it as JPEG or PNG")
    elif ending not in _ENDINGS[picture.format]:
        text = f"{picture.file} is {picture.format}, whatever its name says"
        hint = f"let its name end in {_ENDINGS[picture.format][0]}"
        yield _problem("image-name", origin, text, hint, severity=Severity.NOTE)


def _weight(picture: Picture, origin: Origin, shown: int) -> Iterator[Problem]:
    pixels = f"{picture.width} x {picture.height} pixels"
    enough = 2 * (shown or _ANY_WIDTH)
    if picture.bytes > _HEAVY:
        text = f"{picture.file} weighs {_kilobytes(picture.bytes)} ({pixels})"
        hint = f"keep it under {_kilobytes(_HEAVY)}; {enough} pixels wide is enough"
        yield _problem("heavy-image", origin, text, hint)
    elif picture.width > _WIDEST:
        text, hint = f"{picture.file} has {pixels}", f"{enough} pixels wide is enough"
        yield _problem("huge-image", origin, text, hint, severity=Severity.NOTE)


def _sharpness(picture: Picture, origin: Origin, shown: int) -> Iterator[Problem]:
    if not 0 < picture.width < 2 * shown:
        return
    text = f"{picture.file} is {picture.width} pixels wide, and shown at {shown}"
    hint = f"use one of {2 * shown} pixels"
    if picture.width < shown:
        yield _problem("small-image", origin, text, hint)
    else:
        yield _problem("soft-image", origin, text, hint, severity=Severity.NOTE)


def _shown_widths(case: Case) -> Mapping[str, int]:
    """How wide each picture of the folder is shown at most, in the pixels of a screen."""
    shown: dict[str, int] = {}
    for page in case.pages:
        for img in page.document.all("img"):
            _, _, name = unquote(urlsplit(img.attributes.get("src", "")).path).partition(_FOLDER)
            width = img.attributes.get("width", "")
            if name and width.isdecimal():
                shown[name] = max(shown.get(name, 0), int(width))
    return shown


def _weight_of(letter: Letter, case: Case) -> int:
    images = (p.image for section in letter.sections for p in section.paragraphs if p.image)
    pictures = case.folder.pictures
    return sum(pictures[file].bytes for file in {i.file for i in images} if file in pictures)


def _source_faults(source: str, case: Case) -> Iterator[tuple[str, str, str, Severity]]:
    if source.startswith("data:"):
        text, hint = "Gmail shows no picture that stands in the mail itself", "give its address"
        yield "image-source", text, hint, Severity.WARNING
    elif not source.startswith(("http://", "https://")):
        text = f'"{source}" is no address that a mail can show'
        yield "image-source", text, "write https://...", Severity.ERROR
    else:
        if PurePosixPath(urlsplit(source).path).suffix.casefold() in {".svg", ".webp", ".avif"}:
            text, hint = f"Outlook does not show {source}", "use a PNG or JPEG"
            yield "image-format", text, hint, Severity.WARNING
        for fault in faults_of(source, may_be_example=is_example(case.folder.project)):
            yield fault.rule, fault.text, fault.hint, fault.severity


def _pixel(img: Element, page: Page) -> Iterator[Problem]:
    sides = (img.attributes.get("width"), img.attributes.get("height"))
    if set(sides) <= {"0", "1"}:
        yield page.problem(
            "tracking-pixel",
            img,
            "a picture of one pixel, as trackers use",
            "take it out: readers were not asked whether they may be followed",
            severity=Severity.WARNING,
        )


def _kilobytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size // 1000} kB"  # noqa: PLR2004


def _problem(
    rule: str, origin: Origin, text: str, hint: str, *, severity: Severity = Severity.WARNING
) -> Problem:
    return Problem(
        rule=rule,
        file=origin.file,
        line=origin.line("image", "file"),
        key="image",
        text=text,
        hint=hint,
        severity=severity,
    )
