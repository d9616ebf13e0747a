"""Mails in a real Chromium, with axe-core: what it shows, and what it never does."""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from command import ROOT
from components import needs
from contract.example_cases import CAMPAIGNS, example_case
from contract.website import Website, website
from fvdt_mailer.adapters.browser.axe import Axe
from fvdt_mailer.adapters.browser.find import find_chromium
from fvdt_mailer.adapters.browser.pictures import Pictures
from fvdt_mailer.errors import NotReady, Problem, Severity
from pages import FILE, case_of, mail_of

PUBLIC = "https://news.example.org"
FAINT = "color:#cccccc"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project folder with one picture, 500 pixels wide."""
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "breed.png").write_bytes(png(500, 10))
    return tmp_path


@pytest.fixture
def axe(root: Path) -> Axe:
    return axe_in(root, Path(needs("chromium")))


def axe_in(root: Path, program: Path) -> Axe:
    return Axe(program=program, pictures=Pictures(root=root, public_url=PUBLIC))


def png(width: int, height: int) -> bytes:
    """A white picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + b"\xff" * width) * height
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def found(axe: Axe, *bodies: str, head: str = "") -> list[Problem]:
    return list(axe.inspect(case_of(*(mail_of(body, head=head) for body in bodies))))


def test_a_sound_mail_is_sound(axe: Axe) -> None:
    link = f'<a style="color:#003366" href="{PUBLIC}/x">link over voeding</a>'
    assert found(axe, f"<h2>Voeding</h2><p>Een zin met een {link}.</p>") == []


def test_faint_words_are_found_at_the_line_that_wrote_them(axe: Axe) -> None:
    (problem,) = found(axe, f'<p>Goed.</p>\n<p style="{FAINT}">Bleek.</p>')
    assert (problem.rule, problem.severity) == ("browser-accessibility", Severity.WARNING)
    assert (problem.file, problem.line) == (FILE, 5)
    assert problem.text.startswith("<p>: element has insufficient color contrast of 1.6")
    assert problem.hint.endswith("https://dequeuniversity.com/rules/axe/4.14/color-contrast")


def test_words_that_are_faint_in_the_dark_are_said_to_be_so(axe: Axe) -> None:
    dark = "<style>@media (prefers-color-scheme:dark){p{color:#333;background:#222}}</style>"
    (problem,) = found(axe, "<p>Donker.</p>", head=dark)
    assert problem.text.startswith("<p> in dark mode: ")


def test_words_that_are_faint_on_a_phone_are_said_to_be_so(axe: Axe) -> None:
    narrow = f"<style>@media (max-width:400px){{p{{{FAINT}}}}}</style>"
    (problem,) = found(axe, "<p>Smal.</p>", head=narrow)
    assert problem.text.startswith("<p> at 320 px: ")


def test_a_line_of_a_template_is_told_once_for_all_pages(axe: Axe) -> None:
    bodies = (f'<p style="{FAINT}">Een.</p>', f'<p style="{FAINT}">Twee.</p>')
    assert len(found(axe, *bodies)) == 1


def test_what_is_minor_is_a_note(axe: Axe) -> None:
    (problem,) = found(axe, "<h2></h2>")
    assert (problem.severity, "empty-heading" in problem.hint) == (Severity.NOTE, True)


def test_links_too_small_for_a_thumb_are_found(axe: Axe) -> None:
    small = '<a style="display:block;line-height:12px;font-size:12px" href="{}">{}</a>'
    links = "".join(small.format(f"{PUBLIC}/{name}", name) for name in ("aap", "noot", "mies"))
    assert any("target-size" in problem.hint for problem in found(axe, links))


def test_a_link_that_only_colour_tells_apart_is_found(axe: Axe) -> None:
    link = f'<a style="text-decoration:none;color:#003366" href="{PUBLIC}/x">een link</a>'
    problems = found(axe, f"<p>Woorden rond {link} in een zin.</p>")
    assert ["link-in-text-block" in problem.hint for problem in problems] == [True]


def test_the_innermost_element_that_is_too_wide_is_named(axe: Axe) -> None:
    wide = '<div style="width:500px">Breed</div>'
    (problem,) = found(axe, f'<table role="presentation"><tr><td>\n{wide}</td></tr></table>')
    assert (problem.rule, problem.severity, problem.line) == (
        "browser-overflow",
        Severity.WARNING,
        5,
    )
    assert problem.text.startswith("<div> makes the mail 5")


def test_what_is_only_stretched_by_a_wide_picture_is_not_blamed(axe: Axe) -> None:
    table = '<table role="presentation" width="100%">'
    rows = (
        "<tr><td>Boven</td></tr>",
        f'<tr><td><img alt="Breed" width="500" src="{PUBLIC}/images/breed.png"></td></tr>',
        f"<tr><td><p>{'Veel woorden naast elkaar. ' * 20}</p></td></tr>",
    )
    (problem,) = found(axe, "\n".join((table, *rows, "</table>")))
    assert (problem.line, problem.text[:5]) == (6, "<img>")


def test_everything_that_is_too_wide_is_told(axe: Axe) -> None:
    wide = '<div style="width:400px">Breed</div>\n<div style="width:500px">Breder</div>'
    assert [problem.line for problem in found(axe, wide)] == [4, 5]


def test_a_word_that_cannot_be_broken_is_too_wide(axe: Axe) -> None:
    (problem,) = found(axe, f"<p>Kort.</p>\n<p>{'woord' * 20}</p>")
    assert (problem.rule, problem.line) == ("browser-overflow", 5)


def test_readers_with_a_long_address_are_thought_of(axe: Axe) -> None:
    (problem,) = found(axe, "<p>Verstuurd naar\n<span>BLANK--address--</span></p>")
    assert (problem.rule, problem.line) == ("browser-overflow", 5)


def test_the_projects_own_pictures_are_shown(axe: Axe) -> None:
    (problem,) = found(axe, f'<img alt="Breed" src="{PUBLIC}/images/breed.png">')
    assert problem.text.startswith("<img> makes the mail 508 px wide")


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as site:
        yield site


def test_nothing_is_fetched(axe: Axe, site: Website) -> None:
    here = f"http://127.0.0.1:{site.port}"
    body = (
        f'<p><img alt="Elders" src="{here}/a.png"></p>',
        f'<iframe title="Elders" src="{here}/b"></iframe>',
        f'<div style="background-image:url({here}/c.png)">Grond</div>',
    )
    head = (
        f'<link rel="stylesheet" href="{here}/d.css"><script src="{here}/e.js"></script>',
        f'<link rel="prefetch" href="{here}/f"><link rel="preconnect" href="{here}">',
        f'<meta http-equiv="refresh" content="0;url={here}/g">',
    )
    found(axe, "".join(body), head="".join(head))
    assert site.asked == []


def test_no_script_of_a_mail_runs(axe: Axe) -> None:
    script = f"document.body.innerHTML = '<p style={FAINT}>Bleek</p>'"
    assert found(axe, f'<p onclick="0">Goed.</p><script>{script}</script>') == []


@pytest.mark.parametrize(
    "path",
    ["../geheim.png", "%2e%2e/geheim.png", "%2e%2e%2fgeheim.png", "/etc/hostname", "", "a%00.png"],
)
def test_no_file_outside_images_is_shown(root: Path, path: str) -> None:
    (root / "geheim.png").write_bytes(png(500, 10))
    assert Pictures(root=root, public_url=PUBLIC).at(f"{PUBLIC}/images/{path}") is None


def test_a_link_out_of_images_is_not_followed(root: Path) -> None:
    (root / "geheim.png").write_bytes(png(500, 10))
    (root / "images" / "link.png").symlink_to(root / "geheim.png")
    assert Pictures(root=root, public_url=PUBLIC).at(f"{PUBLIC}/images/link.png") is None


def test_no_browser_is_left_behind(root: Path) -> None:
    written = root / "pid"
    program = script(root, f'echo $$ > {written}\nexec {needs("chromium")} "$@"')
    found(axe_in(root, program), "<p>Goed.</p>")
    with pytest.raises(ProcessLookupError):
        os.kill(int(written.read_text()), 0)


def test_a_browser_that_does_not_start_says_so(root: Path) -> None:
    program = script(root, "exit 7")
    with pytest.raises(NotReady, match=r"chromium stopped .* --quick"):
        found(axe_in(root, program), "<p>Goed.</p>")


def script(root: Path, *lines: str) -> Path:
    """A program that does this."""
    program = root / "chromium"
    program.write_text("\n".join(("#!/bin/sh", *lines, "")))
    program.chmod(0o755)
    return program


def test_a_chromium_that_is_not_installed_says_how_to_install_it() -> None:
    with pytest.raises(NotReady, match="apt-get install chromium"):
        find_chromium({"PATH": "/nowhere"})


def test_another_chromium_can_be_named(root: Path) -> None:
    program = script(root, "exit 7")
    assert find_chromium({"PATH": "/nowhere", "FVDT_CHROMIUM": str(program)}) == program
    with pytest.raises(NotReady, match="FVDT_CHROMIUM names /nowhere/chromium"):
        find_chromium({"PATH": "/usr/bin", "FVDT_CHROMIUM": "/nowhere/chromium"})


@pytest.mark.parametrize("campaign", CAMPAIGNS)
def test_the_mails_of_this_repository_are_for_everyone(campaign: str) -> None:
    case = example_case(campaign)
    pictures = Pictures(root=ROOT, public_url=case.folder.project.public_url)
    axe = Axe(program=Path(needs("chromium")), pictures=pictures)
    assert [str(problem) for problem in axe.inspect(case)] == []
