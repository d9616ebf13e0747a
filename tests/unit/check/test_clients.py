"""Each use of what part of the readers cannot see is told once, and nothing else is."""

from __future__ import annotations

import pytest

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.model.project import Project
from fvdt_mailer.model.support import Client
from fvdt_mailer.pipeline.check.check import check
from fvdt_mailer.pipeline.check.clients.told_elsewhere import TOLD, TOLD_OF_SOURCES
from fvdt_mailer.pipeline.check.clients.unsupported import unsupported
from pages import case_of, mail_of, page_of
from world import PROJECT, folder

CLASSIC = Client.OUTLOOK_WINDOWS.full_name
GMAIL = "Gmail on Android, Gmail on the web and Gmail on iPhone"
URL = "https://www.caniemail.com/features/"


def found(body: str, *, base: str = "", enhance: str = "", dark: str = "") -> list[Problem]:
    case = case_of(mail_of(body), base=base, enhance=enhance, dark=dark)
    return list(unsupported(case))


def features(body: str, severity: Severity) -> list[str]:
    problems = [problem for problem in found(body) if problem.severity is severity]
    return sorted(problem.hint.partition(URL)[2].partition("/")[0] for problem in problems)


@pytest.mark.parametrize(
    ("body", "feature", "clients"),
    [
        ('<div style="display:flex">x</div>', "css-display-flex", CLASSIC),
        ('<div style="display:inline-grid">x</div>', "css-display-grid", CLASSIC),
        ('<p style="position:absolute;top:0">x</p>', "css-position", CLASSIC),
        ('<p style="float:left">x</p>', "css-float", CLASSIC),
        ('<td style="background-image:url(a.png)">x</td>', "css-background-image", CLASSIC),
        (
            '<td style="background:linear-gradient(#ffffff,#000000)">x</td>',
            "css-linear-gradient",
            "new Outlook",
        ),
        ('<img src="https://x.example.org/a.heic" alt="" width="9">', "image-heif", CLASSIC),
        ('<td background="a.png">x</td>', "html-background", CLASSIC),
        ('<p style="color:rgba(0,0,0,.5)">x</p>', "css-rgba", CLASSIC),
        ('<p style="color:oklch(1 1 1)">x</p>', "css-modern-color", CLASSIC),
        ('<p style="font-size:1.2rem">x</p>', "css-unit-rem", CLASSIC),
        ('<p style="width:calc(100% - 2px)">x</p>', "css-unit-calc", "new Outlook"),
        ('<p style="color:var(--accent)">x</p>', "css-variables", "Gmail on Android"),
        ('<p style="margin:-4px 0">x</p>', "css-margin", "Gmail on Android"),
        ('<p style="margin-inline:4px">x</p>', "css-margin-inline-block", CLASSIC),
        ('<div style="max-width:600px">x</div>', "css-max-width", CLASSIC),
        ('<img src="a.png" alt="" style="width:90px">', "css-width", CLASSIC),
        ('<p style="opacity:0">x</p>', "css-opacity", CLASSIC),
        ('<p style="white-space:pre-wrap">x</p>', "css-white-space", CLASSIC),
        ("<p hidden>x</p>", "html-hidden", CLASSIC),
        ('<p aria-labelledby="t">x</p>', "html-aria-labelledby", CLASSIC),
        ("<select><option>x</option></select>", "html-select", CLASSIC),
        ('<video src="a.mp4"></video>', "html-video", "Gmail on Android"),
        ("<svg></svg>", "html-svg", "Gmail on Android"),
        ('<section style="padding:9px">x</section>', "html-semantics", CLASSIC),
        ('<a href="#x">x</a><p id="x">x</p>', "html-anchor-links", "Gmail on the web"),
        ("<style>p { margin: 0 }</style>", "html-style", GMAIL),
        ('<div style="display:none"><table></table></div>', "css-display-none", CLASSIC),
    ],
)
def test_what_enough_readers_do_not_get_is_a_warning(body: str, feature: str, clients: str) -> None:
    (problem,) = [one for one in found(body) if one.severity is Severity.WARNING]
    assert f"{URL}{feature}/, tested " in problem.hint
    assert clients in problem.text
    assert problem.line == 4


@pytest.mark.parametrize(
    ("body", "feature", "note"),
    [
        ('<p style="padding:9px">x</p>', "css-padding", "Only supported on table cells"),
        ('<div style="margin:0 auto">x</div>', "css-margin", "`auto` value is not supported"),
        ('<p style="border:1px solid #000000">x</p>', "css-border", "Unreliable if used on"),
        ('<td style="border:9px solid #000000">x</td>', "css-border", "bigger than 8px"),
        ('<div style="height:20px">x</div>', "css-height", "Not supported on `<body>`"),
        ('<p style="text-transform:lowercase">x</p>', "css-text-transform", "`lowercase`"),
        ('<img src="a.png" alt="" width="50%">', "html-width", "Percentage width"),
        ("<ol reversed><li>x</li></ol>", "html-lists", "The `reversed` attribute"),
    ],
)
def test_what_works_in_part_is_a_note_in_the_words_of_the_test(
    body: str, feature: str, note: str
) -> None:
    (problem,) = found(body)
    assert problem.severity is Severity.NOTE
    assert f"{URL}{feature}/" in problem.hint
    assert f"works only partly in {CLASSIC}" in problem.text
    assert f": {note}" in problem.text or note in problem.text


@pytest.mark.parametrize(
    "body",
    [
        "<p>x</p>",
        # In classic Outlook a cell has padding, and words in a line can do without.
        '<table role="presentation"><tr><td style="padding:9px">x</td></tr></table>',
        '<a href="https://x.example.org/" style="display:inline-block;padding:9px">x</a>',
        '<p style="padding:0;margin:0 0 9px 0">x</p>',
        # What stays away leaves the mail as readable as it was.
        '<td style="border-radius:4px;box-shadow:0 0 2px #000000">x</td>',
        '<p style="opacity:.9;hyphens:auto;word-break:break-word;white-space:nowrap">x</p>',
        "<article><p>x</p></article>",
        '<img src="a.png" srcset="a2.png 2x" loading="lazy" alt="" width="9">',
        '<picture><source srcset="a.webp"><img src="a.png" alt="" width="9"></picture>',
        # A fallback stands before it, or beneath it.
        '<p style="color:#333333;color:rgba(0,0,0,.8)">x</p>',
        '<p style="display:block;display:flex">x</p>',
        '<td style="background-color:#003366;background-image:url(a.webp)">x</td>',
        '<td bgcolor="#003366" style="background:linear-gradient(#ffffff,#000000)">x</td>',
        '<table><tr><td align="center"><div style="margin:0 auto">x</div></td></tr></table>',
        '<img src="a.png" alt="" width="90" style="width:90px;max-width:100%;height:auto">',
        # Outlook's own words are for Outlook.
        '<p style="mso-line-height-rule:exactly;-webkit-hyphens:auto">x</p>',
        "<!--[if mso]><i hidden>&emsp;</i><![endif]-->",
        # Nobody sees how something hidden looks.
        '<p style="display:none;max-height:0;overflow:hidden;opacity:0;mso-hide:all">x</p>',
        '<div style="display:none"><p style="display:flex">x</p></div>',
        '<div style="display:none;mso-hide:all"><table></table></div>',
        # Where it works it works by the name, and the words can be reached anyhow.
        '<a href="#x">x</a><a name="x"></a>',
        '<p style="position:relative">x</p>',
        '<img src="a.gif" alt="" width="9">',
    ],
)
def test_good_work_is_left_alone(body: str) -> None:
    assert found(body) == []


HELD = "<!--[if mso]><table{}><tr><td><![endif]-->{}<!--[if mso]></td></tr></table><![endif]-->"
SHEET = '<div style="max-width:600px">x</div>'


@pytest.mark.parametrize(
    ("width", "severity"),
    [(' width="600"', None), (' width="900"', Severity.NOTE), ("", Severity.WARNING)],
)
def test_a_table_for_classic_outlook_holds_what_others_size_by_css(
    width: str, severity: Severity | None
) -> None:
    severities = [problem.severity for problem in found(HELD.format(width, SHEET))]
    assert severities == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<!--[if mso]><p style="display:flex">x</p><![endif]-->', ["css-display-flex"]),
        ('<!--[if !mso]><!--><p style="display:flex">x</p><!--<![endif]-->', []),
        ('<!--[if mso]><p style="visibility:hidden">x</p><![endif]-->', ["css-visibility"]),
    ],
)
def test_classic_outlook_is_asked_about_its_own_branch(body: str, expected: list[str]) -> None:
    assert features(body, Severity.WARNING) == expected


def test_the_other_branch_is_nothing_to_classic_outlook() -> None:
    body = '<!--[if !mso]><!--><p style="visibility:hidden">x</p><!--<![endif]-->'
    (problem,) = found(body)
    assert CLASSIC not in problem.text
    assert GMAIL in problem.text


def test_style_sheets_only_add() -> None:
    enhance = "@media (min-width: 600px) { .x { display: flex; position: fixed } }"
    dark = ":root { color-scheme: light dark } p:hover { color: rgba(0,0,0,.5) }"
    assert found("<p>x</p>", enhance=enhance, dark=dark) == []


def test_a_font_that_a_style_sheet_fetches_is_a_warning_at_its_line() -> None:
    (problem,) = found("<p>x</p>", enhance="p { margin: 0 }\n\n@font-face { font-family: x }\n")
    assert (problem.file, problem.line) == ("templates/enhance.css", 3)
    assert problem.severity is Severity.WARNING


def test_a_font_in_a_style_element_of_a_template_is_a_warning() -> None:
    page = mail_of("<p>x</p>", head="<style>@font-face { font-family: x }</style>")
    (problem,) = unsupported(case_of(page))
    assert problem.text.startswith("@font-face does not work in new Outlook, Gmail on Android")


def test_a_style_sheet_is_not_told_again_where_it_stands_in_the_head() -> None:
    css = "@font-face { font-family: x }"
    page = mail_of("<p>x</p>", head=f"<style>{css}</style>")
    (problem,) = unsupported(case_of(page, enhance=css))
    assert (problem.file, problem.line) == ("templates/enhance.css", 1)
    assert "lines" not in problem.text


def test_a_feature_that_serves_another_is_told_with_it() -> None:
    body = '<div style="display:flex;flex-direction:column;align-items:center">x</div>'
    assert features(body, Severity.WARNING) == ["css-display-flex"]
    alone = '<div style="flex-direction:column">x</div>'
    assert features(alone, Severity.WARNING) == ["css-flex-direction"]


def test_a_feature_is_told_once_with_the_number_of_lines() -> None:
    body = '<p style="display:flex">x</p>\n<p style="display:flex">x</p>\n<p>x</p>'
    (problem,) = found(body)
    assert problem.line == 4
    assert problem.text == (
        "display: flex (on 2 lines) does not work in classic Outlook for Windows (30% of readers)"
    )


def test_pages_that_share_a_line_share_a_finding() -> None:
    page = page_of(mail_of('<p style="display:flex">x</p>'))
    (problem,) = unsupported(case_of(page, page))
    assert "lines" not in problem.text


def test_a_style_that_was_moved_into_an_element_is_told_at_its_line_in_the_sheet() -> None:
    base = "h1 {\n  margin: 0;\n  display: flex;\n}\n.card {\n  margin: 0; display: flex;\n}\n"
    (problem,) = found('<p style="margin:0;display:flex">x</p>', base=base)
    assert (problem.file, problem.line) == ("templates/base.css", 6)


def test_of_two_rules_of_a_sheet_the_one_most_like_the_style_is_told() -> None:
    base = ".tile { display: flex; color: #ffffff; }\n.card { margin: 0; display: flex; }\n"
    (problem,) = found('<p style="margin:0;display:flex">x</p>', base=base)
    assert (problem.file, problem.line) == ("templates/base.css", 2)


def test_a_style_of_the_template_itself_is_told_at_its_line_there() -> None:
    (problem,) = found('<p style="display:flex">x</p>', base=".card { display: grid; }")
    assert (problem.file, problem.line) == ("templates/newsletter.html.j2", 4)


def test_a_logo_is_told_in_the_settings_that_name_it() -> None:
    logo = "https://x.example.org/logo.heic"
    page = mail_of(f'<img src="{logo}" alt="Fabrieken" width="180">')
    case = case_of(page, world=folder(project=project_with(theme={"logo": logo})))
    (problem,) = unsupported(case)
    assert str(problem).startswith("mailer.yaml:1: theme.logo: logo.heic is not shown in classic")


@pytest.mark.parametrize(("feature", "rule"), [*TOLD.items(), *TOLD_OF_SOURCES.items()])
def test_what_another_rule_tells_is_not_told_again(feature: str, rule: str) -> None:
    problems = check(case_of(mail_of(ELSEWHERE[feature])))
    assert rule in {problem.rule for problem in problems}
    assert not [problem for problem in problems if f"{URL}{feature}/" in problem.hint]


ELSEWHERE = {
    "html-form": '<form><input type="text" name="a"><button>x</button></form>',
    "html-object": '<object data="a.svg"></object>',
    "html-base": '<base href="https://www.example.org/">',
    "html-link": '<link rel="stylesheet" href="https://www.example.org/a.css">',
    "css-at-import": '<style>@import "a.css";</style>',
    "css-background": '<td style="background:#003366 url(a.png)">x</td>',
    "image-svg": '<img src="https://www.example.org/a.svg" alt="" width="90">',
    "image-webp": '<img src="https://www.example.org/a.webp?v=2" alt="" width="90">',
    "image-avif": '<img src="https://www.example.org/a.avif" alt="" width="90">',
    "image-base64": '<img src="data:image/png;base64,AA==" alt="" width="90">',
}


def project_with(**settings: object) -> Project:
    return Project.model_validate(PROJECT.model_dump(by_alias=True) | settings)


@pytest.mark.parametrize(
    ("clients", "body", "share"),
    [
        ({"outlook-windows": 1, "gmail-web": 3}, '<p style="display:flex">x</p>', "25%"),
        ({"gmail-web": 100}, '<p style="display:flex">x</p>', ""),
        ({"outlook-windows": 1, "gmail-web": 99}, '<p style="display:flex">x</p>', ""),
        ({"outlook-windows": 3, "gmail-web": 97}, '<p style="display:flex">x</p>', "3%"),
        ({"gmail-web": 7}, "<svg></svg>", "100%"),
        # What Gmail's app only does for the mailboxes of others, most of its readers lack.
        ({"gmail-android": 9}, "<meter>x</meter>", "100%"),
    ],
)
def test_the_mix_decides_what_is_worth_a_finding(
    clients: dict[str, float], body: str, share: str
) -> None:
    case = case_of(mail_of(body), world=folder(project=project_with(clients=clients)))
    shares = [problem.text.partition("(")[2] for problem in unsupported(case)]
    assert shares == ([f"{share} of readers)"] if share else [])


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ('<p style="display:flex">x</p>', "client-css"),
        ("<svg></svg>", "client-html"),
        ('<img src="https://x.example.org/a.heic" alt="" width="9">', "client-image"),
    ],
)
def test_each_kind_of_feature_can_be_silenced_by_itself(body: str, rule: str) -> None:
    assert {problem.rule for problem in found(body)} == {rule}


def test_colours_that_caniemail_does_not_test_are_known_all_the_same() -> None:
    (problem,) = found('<p style="color:hsl(10,10%,10%)">x</p>')
    assert f"{CLASSIC} and new Outlook (48% of readers)" in problem.text
    assert "six hexadecimal digits (https://github.com/" in problem.hint
