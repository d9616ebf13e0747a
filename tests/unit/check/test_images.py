"""Pictures that readers do not see, wait for, or do not hear described."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cases import case, rules, sayings, told
from fvdt_mailer.errors import Severity
from fvdt_mailer.model.folder import Picture
from fvdt_mailer.model.language import Language
from fvdt_mailer.pipeline.check.case import Case
from fvdt_mailer.pipeline.check.page.images import heavy_pictures, image_sources, weak_pictures
from fvdt_mailer.pipeline.check.words.alts import foreign_alts, weak_alts
from pages import case_of, mail_of
from world import PROJECT, activity

SOUND = Picture(file="images/zaal.jpg", bytes=120_000, format="jpeg", width=1200, height=675)


def with_picture(picture: Picture, *, shown: int = 0, alt: object = "De zaal.") -> Case:
    """An activity with this picture; shown at a width when one is given."""
    name = picture.file.removeprefix("images/")
    image = {"file": name, "alt": alt}
    looked_at = case(told("Kom.", image=image), pictures={name: picture})
    if not shown:
        return looked_at
    img = f'<img src="https://news.example.org/images/{name}" alt="" width="{shown}">'
    return replace(looked_at, pages=case_of(mail_of(img)).pages)


@pytest.mark.parametrize("format_", ["png", "jpeg", "gif"])
def test_a_sound_picture_is_left_alone(format_: str) -> None:
    ending = {"png": "png", "jpeg": "JPG", "gif": "gif"}[format_]
    picture = replace(SOUND, format=format_, file=f"images/2013/zaal.{ending}")
    assert rules(weak_pictures, with_picture(picture, shown=560)) == []


@pytest.mark.parametrize(
    ("picture", "rule", "severity"),
    [
        (replace(SOUND, format=""), "broken-image", Severity.ERROR),
        (replace(SOUND, width=0, height=0), "broken-image", Severity.ERROR),
        (replace(SOUND, format="webp"), "image-format", Severity.WARNING),
        (replace(SOUND, format="svg", width=0), "image-format", Severity.WARNING),
        (replace(SOUND, format="png"), "image-name", Severity.NOTE),
        (replace(SOUND, bytes=200_001), "heavy-image", Severity.WARNING),
        (replace(SOUND, bytes=900_000, width=6000), "heavy-image", Severity.WARNING),
        (replace(SOUND, width=3001), "huge-image", Severity.NOTE),
    ],
)
def test_what_is_wrong_with_a_file_is_told_once(
    picture: Picture, rule: str, severity: Severity
) -> None:
    (problem,) = weak_pictures(with_picture(picture))
    assert (problem.rule, problem.severity, problem.key) == (rule, severity, "image")


@pytest.mark.parametrize(
    ("width", "rule"), [(559, ["small-image"]), (1119, ["soft-image"]), (1120, [])]
)
def test_a_picture_is_held_against_the_width_it_is_shown_at(width: int, rule: list[str]) -> None:
    assert rules(weak_pictures, with_picture(replace(SOUND, width=width), shown=560)) == rule


def test_a_heavy_picture_is_told_the_width_that_is_enough() -> None:
    picture = replace(SOUND, bytes=3_100_000, width=4032, height=3024)
    (said,) = sayings(weak_pictures, with_picture(picture, shown=560))
    assert said == (
        "images/zaal.jpg weighs 3.1 MB (4032 x 3024 pixels); "
        "keep it under 200 kB; 1120 pixels wide is enough"
    )


def test_the_pictures_of_one_mail_are_weighed_together() -> None:
    activities = [
        activity(f"a{n}", "voeding", "2013-06-17", image={"file": f"{n}.jpg", "alt": "Zaal."})
        for n in range(6)
    ]
    pictures = {f"{n}.jpg": replace(SOUND, bytes=190_000) for n in range(6)}
    (problem,) = heavy_pictures(case(*activities, pictures=pictures))
    assert "1.1 MB" in problem.text
    assert list(heavy_pictures(case(*activities[:5], pictures=pictures))) == []


@pytest.mark.parametrize(
    ("alt", "rule"),
    [
        ("zaal.jpg", ["alt-file-name"]),
        ("IMG_2034", ["alt-file-name"]),
        ("Zaal", ["alt-file-name"]),
        ("Afbeelding van de zaal", ["alt-image-of"]),
        ({"fr": "Une image de la salle"}, ["alt-image-of"]),
        ({"en": "Image of the hall"}, ["alt-image-of"]),
        ("De zaal van binnen, met afbeelding van een wind", []),
    ],
)
def test_a_description_says_what_the_picture_shows(alt: object, rule: list[str]) -> None:
    assert rules(weak_alts, with_picture(SOUND, alt=alt)) == rule


def test_a_description_in_another_language_than_the_words_is_noted() -> None:
    image = {"file": "zaal.jpg", "alt": "De zaal."}
    both = told({"nl": "Kom.", "fr": "Venez."}, image=image)
    languages = (Language.NL, Language.FR)
    (problem,) = foreign_alts(case(both, languages=languages))
    assert problem.text == "readers in fr hear the picture described in nl"
    only_dutch = told("Kom.", image=image)
    assert list(foreign_alts(case(only_dutch, languages=languages))) == []


@pytest.mark.parametrize(
    ("img", "rule"),
    [
        ('<img src="data:image/png;base64,AA" alt="">', "image-source"),
        ('<img src="images/zaal.jpg" alt="">', "image-source"),
        ('<img alt="">', "image-source"),
        ('<img src="http://fabriek.voorbeeld/x.png" alt="">', "http-link"),
        ('<img src="https://fabriek.voorbeeld/x.svg" alt="">', "image-format"),
        (
            '<img src="https://fabriek.voorbeeld/x.gif" alt="" width="1" height="1">',
            "tracking-pixel",
        ),
    ],
)
def test_a_picture_of_a_template_is_told_at_its_line(img: str, rule: str) -> None:
    (problem,) = image_sources(case_of(mail_of(f"<p>Hallo</p>\n{img}")))
    assert (problem.rule, problem.line) == (rule, 5)


def test_a_logo_is_told_in_the_settings_and_not_in_the_template_again() -> None:
    theme = {"logo": "http://fabriek.voorbeeld/logo.svg"}
    settings = PROJECT.model_dump(by_alias=True) | {"theme": theme}
    project = PROJECT.model_validate(settings)
    looked_at = case(told("Kom."), project=project)
    pages = case_of(mail_of('<img src="http://fabriek.voorbeeld/logo.svg" alt="POM">')).pages
    found = list(image_sources(replace(looked_at, pages=pages)))
    assert [(p.rule, p.file, p.key) for p in found] == [
        ("image-format", "mailer.yaml", "theme.logo"),
        ("http-link", "mailer.yaml", "theme.logo"),
    ]
