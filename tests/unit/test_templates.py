from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fvdt_mailer.errors import FilesError, Problem
from fvdt_mailer.model.campaign import Layout
from fvdt_mailer.model.folder import Template
from fvdt_mailer.model.project import Project, Theme
from fvdt_mailer.pipeline.layout.colour import contrast, legible, mix
from fvdt_mailer.pipeline.layout.render import render
from sample_letter import PROJECT, TEMPLATES, letter, words

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def problem_of(
    name: str, text: str, *, project: Project = PROJECT, layout: Layout = Layout.CARDS
) -> Problem:
    """What is said when the template `name` holds `text`."""
    templates = TEMPLATES | {name: Template(file=f"templates/{name}", text=text)}
    with pytest.raises(FilesError) as stopped:
        list(render([letter(layout=layout)], project=project, templates=templates, words=words))
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
        ("section.html.j2", "part.card("),
        ("components.html.j2", "<h3"),
        ("newsletter.txt.j2", "{% set told"),
    ],
)
def test_the_line_is_that_of_the_template_that_is_wrong(name: str, place: str) -> None:
    lines = TEMPLATES[name].text.splitlines()
    at = next(at for at, text in enumerate(lines) if place in text)
    lines[at] += "{{ paragraph.titel }}"
    problem = problem_of(name, "\n".join(lines))
    assert (problem.file, problem.line) == (f"templates/{name}", at + 1)
    assert str(problem).endswith('a Paragraph has no "titel"; did you mean "title"?')


def test_a_near_name_is_suggested() -> None:
    assert problem_of("newsletter.html.j2", "{{ headlin }}").hint == 'did you mean "headline"?'


@pytest.mark.parametrize("name", ["newsletter.html.j2", "section.html.j2", "newsletter.txt.j2",
                                  "base.css", "enhance.css", "dark.css"])  # fmt: skip
def test_a_template_that_is_not_there_is_named(name: str) -> None:
    templates = {known: template for known, template in TEMPLATES.items() if known != name}
    with pytest.raises(FilesError) as stopped:
        list(render([letter()], project=PROJECT, templates=templates, words=words))
    (problem,) = stopped.value.problems
    assert (problem.rule, problem.file) == ("template-missing", f"templates/{name}")


@pytest.mark.parametrize("part", ["sections", "preheader", "styles"])
def test_a_shell_without_one_of_its_parts_is_refused(part: str) -> None:
    shell = TEMPLATES["newsletter.html.j2"].text.replace(f"{{{{ {part} }}}}", "")
    problem = problem_of("newsletter.html.j2", shell)
    assert (problem.rule, problem.text) == (
        "template-part",
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
    (rendition,) = render([letter()], project=project, templates=TEMPLATES, words=words)
    assert 'bgcolor="#fdf6e3"' in rendition.html
    assert 'bgcolor="#123456"' in rendition.html
    assert "font-family:Verdana, sans-serif" in rendition.html


def test_a_logo_stands_in_place_of_the_name() -> None:
    theme = Theme(logo="https://www.example.org/logo.png", logo_alt="Het logo")
    project = PROJECT.model_copy(update={"theme": theme})
    (rendition,) = render([letter()], project=project, templates=TEMPLATES, words=words)
    assert '<img border="0" src="https://www.example.org/logo.png" alt="Het logo"' in rendition.html


def test_another_template_changes_the_letter() -> None:
    text = TEMPLATES["section.html.j2"].text.replace("‘", "« ").replace("’", " »")
    templates = TEMPLATES | {"section.html.j2": replace(TEMPLATES["section.html.j2"], text=text)}
    (rendition,) = render([letter()], project=PROJECT, templates=templates, words=words)
    assert "« Cleantech - Blue energy »" in rendition.html


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
