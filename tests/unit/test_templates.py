from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fvdt_mailer.errors import FilesError, Problem
from fvdt_mailer.model.campaign import CampaignKind, Layout
from fvdt_mailer.model.folder import Template
from fvdt_mailer.model.project import Theme
from fvdt_mailer.pipeline.layout.colour import contrast, legible, mix
from fvdt_mailer.pipeline.layout.render import render
from sample_letter import PROJECT, RICH, TEMPLATES, letter, press, section

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def problem_of(
    name: str,
    text: str,
    *,
    layout: Layout = Layout.CARDS,
    kind: CampaignKind = CampaignKind.NEWSLETTER,
) -> Problem:
    """What is said when the template `name` holds `text`."""
    templates = TEMPLATES | {name: Template(file=f"templates/{name}", text=text)}
    written = letter(sections=(section("voeding", "Voeding", RICH),), layout=layout, kind=kind)
    with pytest.raises(FilesError) as stopped:
        list(render([written], press(templates=templates)))
    (problem,) = stopped.value.problems
    return problem


@pytest.mark.parametrize(
    ("text", "rule", "line", "said"),
    [
        ("a\n{% if %}\n", "template-syntax", 2, "Expected an expression"),
        ("a\n\n{% for x in y %}", "template-syntax", 3, "endfor"),
        ("a\n{{ headlin }}", "template-undefined", 2, '"headlin" is not known here'),
        ("a\n{{ theme.acent }}", "template-undefined", 2, 'a Theme has no "acent"'),
        ("\n{{ words.unsubscibe }}", "template-undefined", 2, 'a Words has no "unsubscibe"'),
        ('\n\n{% include "x.html.j2" %}', "template-missing", 3, 'no template "x.html.j2"'),
        ("\n{{ intro }}", "template-failed", 2, "a tuple cannot be printed"),
        ("\n{{ lead_in + 1 }}", "template-failed", 2, "unsupported operand"),
        ("\n{{ theme.logo }}", "template-failed", 2, "a NoneType cannot be printed"),
        ("\n{{ 1 / 0 }}", "template-failed", 2, "division by zero"),
        ("\n{{ theme.__class__ }}", "template-unsafe", 2, "unsafe"),
        ("\n{{ theme.model_dump() }}", "template-unsafe", 2, "cannot be called"),
        ('\n{{ "x".ljust(1000000000) }}', "template-unsafe", 2, "cannot be called"),
        ('\n{{ "x" * 1000000000 }}', "template-unsafe", 2, "numbers only"),
        ('\n{{ "%9999999d" % 1 }}', "template-unsafe", 2, "numbers only"),
        ("\n{{ 9 ** 9 ** 9 }}", "template-unsafe", 2, "numbers only"),
        ("\n{% for i in range(1000000000) %}{% endfor %}", "template-unsafe", 2, "at most 1000"),
        ("\n{{ lipsum() }}", "template-undefined", 2, '"lipsum" is not known here'),
        ("\n{{ 'a' | center(99) }}", "template-syntax", 2, "No filter named 'center'"),
        ("\n{{ project.smtp }}", "template-undefined", 2, '"project" is not known here'),
        ('<p>a</p>\n<p style="color @x : \'0">b</p>', "template-css", 2, "not a list of"),
    ],
)
def test_a_mistake_in_a_template_is_a_sentence_with_its_line(
    text: str, rule: str, line: int, said: str
) -> None:
    problem = problem_of("newsletter.html.j2", text)
    assert (problem.rule, problem.file, problem.line) == (
        rule,
        "templates/newsletter.html.j2",
        line,
    )
    assert said in problem.text
    assert problem.hint


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("components/card.j2", "<h3"),
        ("components/card.j2", "Facts.text("),
        ("components/facts.j2", "words.colon ~ fact"),
        ("components/agenda_link.j2", "<a "),
        ("components/links.j2", "Button.text("),
        ("components/label.j2", "[{{ paragraph.label"),
    ],
)
def test_the_line_is_that_of_the_component_that_is_wrong(name: str, place: str) -> None:
    lines = TEMPLATES[name].text.splitlines()
    at = next(at for at, text in enumerate(lines) if place in text)
    lines[at] = lines[at].replace(place, "{{ paragraph.titel }}" + place, 1)
    if place == "words.colon ~ fact":
        lines[at] = lines[at].replace("{{ paragraph.titel }}", "paragraph.titel ~ ", 1)
    if place.endswith("("):
        lines[at] = "{{ paragraph.titel }}"
    problem = problem_of(name, "\n".join(lines))
    assert (problem.file, problem.line) == (f"templates/{name}", at + 1)
    assert str(problem).endswith('a Paragraph has no "titel"; did you mean "title"?')


@pytest.mark.parametrize("name", ["newsletter.html.j2", "components/links.j2"])
def test_a_component_that_is_not_there_is_named_with_its_line_and_a_suggestion(name: str) -> None:
    text = TEMPLATES[name].text.replace("components/footer", "components/fotter")
    text = text.replace("components/button", "components/buton")
    problem = problem_of(name, text)
    wrong = "buton" if "links" in name else "fotter"
    lines = text.splitlines()
    assert problem.text == f'there is no template "components/{wrong}.j2"'
    assert problem.line == 1 + next(at for at, line in enumerate(lines) if wrong in line)
    assert problem.hint.startswith('did you mean "components/')


def test_a_part_that_a_component_lacks_is_named_with_a_suggestion() -> None:
    text = TEMPLATES["newsletter.html.j2"].text.replace("Footer.html", "Footer.htlm")
    problem = problem_of("newsletter.html.j2", text)
    assert (problem.text, problem.hint) == (
        'this component has no "htlm"',
        'did you mean "html"?',
    )


@pytest.mark.parametrize("name", ["announcement.html.j2", "announcement.txt.j2", "hero.txt.j2"])
def test_a_mistake_in_an_announcement_is_found_as_well(name: str) -> None:
    problem = problem_of(name, "\n{{ headlin }}", kind=CampaignKind.ANNOUNCEMENT)
    assert (problem.file, problem.line) == (f"templates/{name}", 2)


@pytest.mark.parametrize("name", ["announcement.html.j2", "hero.html.j2", "contents.html.j2"])
def test_a_template_of_another_mail_may_be_broken(name: str) -> None:
    templates = TEMPLATES | {name: Template(file=name, text="{{ nothing }}")}
    assert list(render([letter()], press(templates=templates)))


def test_a_near_name_is_suggested() -> None:
    assert problem_of("newsletter.html.j2", "{{ headlin }}").hint == 'did you mean "headline"?'


@pytest.mark.parametrize(
    "name",
    [
        *("newsletter.html.j2", "newsletter.txt.j2", "section.html.j2", "section.txt.j2"),
        *("base.css", "enhance.css", "clients.css", "dark.css"),
    ],
)
def test_a_template_that_is_not_there_is_named(name: str) -> None:
    templates = {known: template for known, template in TEMPLATES.items() if known != name}
    with pytest.raises(FilesError) as stopped:
        list(render([letter()], press(templates=templates)))
    (problem,) = stopped.value.problems
    assert (problem.rule, problem.file) == ("template-missing", f"templates/{name}")


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("sections", "newsletter.html.j2"),
        ("preheader", "components/preheader.j2"),
        ("styles", "components/shell.j2"),
    ],
)
def test_a_shell_without_one_of_its_parts_is_refused(part: str, name: str) -> None:
    problem = problem_of(name, TEMPLATES[name].text.replace(f"{{{{ {part} }}}}", ""))
    assert (problem.rule, problem.file, problem.text) == (
        "template-part",
        "templates/newsletter.html.j2",
        f'"{part}" is printed 0 times, not once',
    )


def test_a_rule_that_cannot_be_inlined_is_refused_with_its_line() -> None:
    css = TEMPLATES["base.css"].text + "\na:hover { color: #112233; }\n"
    problem = problem_of("base.css", css)
    assert (problem.rule, problem.line) == ("template-css", len(css.splitlines()))


def test_a_style_sheet_cannot_end_its_own_element() -> None:
    problem = problem_of("enhance.css", "</style><script>x</script>")
    assert problem.file == "templates/enhance.css"


def test_the_text_of_a_template_that_was_read_is_all_that_is_loaded() -> None:
    for name in ("/etc/passwd", "../mailer.yaml"):
        problem = problem_of("newsletter.html.j2", f'{{% include "{name}" %}}')
        assert problem.rule == "template-missing"


def test_a_theme_colours_the_letter() -> None:
    theme = Theme(paper="#fdf6e3", canvas="#123456", font="Verdana, sans-serif")
    project = PROJECT.model_copy(update={"theme": theme})
    (rendition,) = render([letter()], press(project))
    assert 'bgcolor="#fdf6e3"' in rendition.html
    assert 'bgcolor="#123456"' in rendition.html
    assert "font-family:Verdana, sans-serif" in rendition.html


def test_another_component_changes_the_letter() -> None:
    name = "components/section.j2"
    text = TEMPLATES[name].text.replace("section.heading | quoted }}</h2>", "section.cluster }}!")
    templates = TEMPLATES | {name: replace(TEMPLATES[name], text=text)}
    (rendition,) = render([letter()], press(templates=templates))
    assert ">blue-energy!" in rendition.html


@pytest.mark.parametrize("paper", ["#ffffff", "#101010", "#7a7a7a"])
@pytest.mark.parametrize("canvas", ["#eef1f2", "#123456"])
def test_whatever_the_theme_every_ink_can_be_read_on_its_ground(paper: str, canvas: str) -> None:
    theme = Theme(paper=paper, canvas=canvas, ink="#777777", muted="#888888", accent="#808080")
    project = PROJECT.model_copy(update={"theme": theme})
    css = press(project).sheets.base.css
    well = mix(paper, theme.ink, 7)
    for name, grounds in (("muted", (paper, well)), ("link", (paper, well)),
                          ("foot-muted", (canvas,)), ("foot-link", (canvas,))):  # fmt: skip
        (colour,) = re.findall(rf"\.{name} {{ color: (#[0-9a-f]{{6}})", css)
        assert all(contrast(colour, ground) >= 4.4 for ground in grounds), name


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert mix("#000000", "#ffffff", 50) == "#808080"


@settings(max_examples=80, deadline=None)
@given(colour=COLOURS, on=COLOURS)
def test_a_legible_colour_can_be_read_and_stays_when_it_could_already(colour: str, on: str) -> None:
    found = legible(colour, on)
    assert contrast(found, on) >= 4.5
    assert contrast(colour, on) < 4.5 or found == colour
