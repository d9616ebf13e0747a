from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fvdt_mailer.errors import Problem, Severity
from fvdt_mailer.pipeline.files.build_tree import DEEPEST, Tree
from fvdt_mailer.pipeline.files.read_yaml import LONGEST, read


def tree_of(text: str) -> Tree | None:
    tree, _, problems = read(text, file="f.yaml")
    assert problems == ()
    return tree


def problems_in(text: str) -> tuple[Problem, ...]:
    return read(text, file="f.yaml")[2]


def only_problem(text: str) -> Problem:
    (problem,) = problems_in(text)
    return problem


@pytest.mark.parametrize(
    "written",
    [
        *("14:00", "14:30", "08:30", "14.30", "1.10", "2013-06-17", "2013-06-17T14:00"),
        *("2013-06-17 14:00:00", "0476123456", "0x1F", "1_000", "+32 50 14 01 50", "1e3"),
        *("no", "yes", "off", "nee", "ja", "true", "null", "~", "Null", ".inf", ".nan"),
        *("‘Cleantech - Blue energy’", "KMO’s & starters", "a#b", "C# en F#", "50% korting"),
    ],
)
def test_a_scalar_is_the_text_that_was_written(written: str) -> None:
    assert tree_of(f"key: {written}") == {"key": written}
    assert tree_of(f"- {written}") == [written]


def test_a_quoted_text_may_hold_anything_and_be_empty() -> None:
    assert tree_of("a: 'Lezing: x'\nb: \"Zaal #3\"\nc: ''\nd: '@ &'") == {
        "a": "Lezing: x",
        "b": "Zaal #3",
        "c": "",
        "d": "@ &",
    }


def test_a_key_with_nothing_after_it_is_not_given() -> None:
    tree, origin, problems = read("a:\nb: x\nc:   # later\n", file="f.yaml")
    assert (tree, problems) == ({"b": "x"}, ())
    assert origin.line("a") == 1


@pytest.mark.parametrize("text", ["", "\n\n", "# only words\n", "---\n", "\ufeff"])
def test_an_empty_file_is_nothing_and_no_problem(text: str) -> None:
    assert tree_of(text) is None


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    tree, origin, problems = read("\ufeffa: x\r\nb:\r\n  - y\r\n", file="f.yaml")
    assert (tree, problems) == ({"a": "x", "b": ["y"]}, ())
    assert origin.line("b", 0) == 3


def test_every_key_and_item_knows_its_line() -> None:
    text = "# top\na: x\n\nb:\n  - c: y\n    d: >\n      lang\n      verhaal\n  - e: z\nf: [p, q]\n"
    _, origin, _ = read(text, file="f.yaml")
    assert dict(origin.lines) == {
        (): 2,
        ("a",): 2,
        ("b",): 4,
        ("b", 0): 5,
        ("b", 0, "c"): 5,
        ("b", 0, "d"): 6,
        ("b", 1): 9,
        ("b", 1, "e"): 9,
        ("f",): 10,
        ("f", 0): 10,
        ("f", 1): 10,
    }


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("a: 1\nb: 2\na: 3", "yaml-duplicate-key", 3),
        ("x:\n  a: 1\n  a: 2", "yaml-duplicate-key", 3),
        ("{a: 1, a: 2}", "yaml-duplicate-key", 1),
        ("a: x\nb: &name y", "yaml-anchor", 2),
        ("a: x\nb: &Co", "yaml-anchor", 2),
        ("a: &l [x]", "yaml-anchor", 1),
        ("a: x\nb: *name", "yaml-alias", 2),
        ("a: x\n<<: {b: y}", "yaml-merge", 2),
        ("a: !python/object:os.system x", "yaml-tag", 1),
        ("a: !!str x", "yaml-tag", 1),
        ("a: ! belangrijk", "yaml-tag", 1),
        ("- x\n- !!map {a: b}", "yaml-tag", 2),
        ("a: x\n---\nb: y", "yaml-several-documents", 2),
        ("a: x\n\tb: y\n\tc: z", "yaml-tab", 2),
        ("a:\tx", "yaml-syntax", 1),
        ("? [a]\n: b", "yaml-key", 1),
        ("? {a: b}\n: c", "yaml-key", 1),
        ("'': b", "yaml-key", 1),
        ("- a\n-\n- b", "yaml-empty-item", 2),
        ("a: [x, , y]", "yaml-syntax", 1),
        ("x: y\na: {date}", "yaml-braces", 2),
        ("a: x\u2028y", "yaml-hidden-character", 1),
        ("a: x\nb: y\x07", "yaml-hidden-character", 2),
        ('a: x\nb: "\\0"', "yaml-hidden-character", 2),
        ('a: x\nb: "\\ud800"', "yaml-hidden-character", 2),
        ('a: x\nb: "\\UFFFFFFFF"', "yaml-syntax", 2),
        ('a: x\nb: "\\U7FFFFFFF"', "yaml-syntax", 2),
        ("%YAML " + "9" * 5000 + ".1\n---\na: b", "yaml-syntax", 1),
    ],
)
def test_what_is_refused_is_one_problem_with_its_line(text: str, rule: str, line: int) -> None:
    problem = only_problem(text)
    assert (problem.rule, problem.line, problem.severity) == (rule, line, Severity.ERROR)
    assert problem.text
    assert problem.hint


def test_the_first_of_two_equal_keys_is_kept_and_both_lines_are_named() -> None:
    tree, _, problems = read("a: 1\nb: 2\na: 3", file="f.yaml")
    assert tree == {"a": "1", "b": "2"}
    assert str(problems[0]) == (
        "f.yaml:3: a: this key was given before, in line 1; keep one of the two"
    )


def test_what_is_refused_does_not_hide_the_rest() -> None:
    tree, _, problems = read("a: *x\na: 1\nb: [p,\n  !t q]\n<<: z\nc: d", file="f.yaml")
    assert tree == {"a": "*x", "b": ["p", "q"], "c": "d"}
    assert [p.rule for p in problems] == [
        "yaml-alias",
        "yaml-duplicate-key",
        "yaml-tag",
        "yaml-merge",
    ]


def test_an_empty_item_leaves_no_line_behind() -> None:
    tree, origin, _ = read("- a\n-\n- b\n-\n", file="f.yaml")
    assert tree == ["a", "b"]
    assert dict(origin.lines) == {(): 1, (0,): 1, (1,): 3}


def test_a_problem_deep_inside_names_its_path() -> None:
    assert only_problem("window:\n  from: &x y").key == "window.from"
    assert only_problem("- a:\n    - b: 1\n      b: 2").key == "a.b"


def test_nesting_is_allowed_up_to_its_limit_and_not_beyond() -> None:
    assert problems_in("[" * DEEPEST + "]" * DEEPEST) == ()
    assert only_problem("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)).rule == "yaml-too-deep"


@pytest.mark.parametrize("shape", ["[", "{a: ", "- ", "? ", "a:\n", "&a ", "!", "'a", '"', "*"])
def test_a_bomb_ends_in_a_problem(shape: str) -> None:
    assert len(problems_in(shape * 20_000)) >= 1


def test_an_alias_bomb_is_never_unfolded() -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    tree, _, problems = read("\n".join(lines), file="f.yaml")
    assert isinstance(tree, dict)
    assert tree["a39"] == ["*a38", "*a38"]
    assert {p.rule for p in problems} == {"yaml-anchor", "yaml-alias"}


def test_a_file_over_its_limit_is_not_read() -> None:
    assert only_problem("# " + "x" * LONGEST).rule == "file-too-large"
    assert problems_in("# " + "x" * (LONGEST - 2)) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "title: Lezing: x",
            (
                'f.yaml:1: title: a value with ": " inside must stand between quotes; '
                'write "Lezing: x"'
            ),
        ),
        (
            '- a: b\n  title: "x" en: y',
            "f.yaml:2: title: text follows the closing quote of this value; write '\"x\" en: y'",
        ),
        (
            "title: @home",
            'f.yaml:1: title: a value that starts with "@" is not read as text; write "@home"',
        ),
        (
            "title: `x`",
            'f.yaml:1: title: a value that starts with "`" is not read as text; write "`x`"',
        ),
        (
            "title: % x",
            'f.yaml:1: title: a value that starts with "%" is not read as text; write "% x"',
        ),
        (
            "title: & x",
            'f.yaml:1: title: a value that starts with "&" is not read as text; write "& x"',
        ),
        (
            "title: *x*",
            'f.yaml:1: title: a value that starts with "*" is not read as text; write "*x*"',
        ),
        (
            "title: !a!b c",
            'f.yaml:1: title: a value that starts with "!" is not read as text; write "!a!b c"',
        ),
        (
            "title: - x",
            'f.yaml:1: title: a value that starts with "-" is not read as text; write "- x"',
        ),
        (
            "text: {date} komt Voka",
            (
                'f.yaml:1: text: a value that starts with "{" is not read as text; '
                'write "{date} komt Voka"'
            ),
        ),
        (
            "title: [Voka] nieuws",
            (
                'f.yaml:1: title: a value that starts with "[" is not read as text; '
                'write "[Voka] nieuws"'
            ),
        ),
        (
            "title: > x",
            'f.yaml:1: title: a value that starts with ">" is not read as text; write "> x"',
        ),
        (
            "title: 'Flanders' Plastic'",
            (
                "f.yaml:1: title: text follows the closing quote of this value; "
                "write \"'Flanders' Plastic'\""
            ),
        ),
        (
            'a: x\ntitle: "De schatten\nb: y\n',
            (
                "f.yaml:2: title: the quote that opens this value is not closed; "
                "add the closing quote at the end of the value"
            ),
        ),
        (
            'a: x\ntitle: "De schatten\nb: "y"\nc: z',
            (
                "f.yaml:2: title: the quote that opens this value is not closed; "
                "add the closing quote at the end of the value"
            ),
        ),
        (
            "a: |\n  's Avonds, zoals KMO's\n  dat doen.\ntitle: x: y",
            'f.yaml:4: title: a value with ": " inside must stand between quotes; write "x: y"',
        ),
        (
            'path: "C:\\kantoor"',
            'f.yaml:1: path: a "\\" in double quotes has a meaning of its own; use single quotes',
        ),
        (
            "a: [x, y\nb: z",
            (
                'f.yaml:1: a: the "[" that opens here is not closed, or a comma is missing; '
                'add "]", or put the value in quotes when it is text'
            ),
        ),
        (
            "name: x\nlanguage:nl\nb: c",
            'f.yaml:2: a space is missing after "language:"; write language: and then the value',
        ),
        (
            "name: x\nzomaar\nb: c",
            (
                "f.yaml:2: this line has no key; write key: value, or indent the line when it "
                "belongs to the text above it"
            ),
        ),
        (
            "name: x\n  language: nl",
            (
                "f.yaml:2: language: this line is indented deeper than the one above it, which "
                "already has a value; lines that belong together start in the same column; "
                "a text with a colon stands between quotes as a whole"
            ),
        ),
        (
            "- cluster: x\nstart: y",
            (
                "f.yaml:2: start: the indentation of this line does not fit the lines above it; "
                "lines that belong together start in the same column"
            ),
        ),
        (
            "a: [x, , y]",
            "f.yaml:1: a: nothing stands before a comma; fill it in, or remove the comma",
        ),
        ("a:\tb", "f.yaml:1: a: a tab stands between the words; use spaces"),
        ("a: b\n\tc: d", "f.yaml:2: a tab stands at the start of this line; use spaces"),
        (
            "a: b\n...\nc",
            'f.yaml:3: the document ended before this line; remove the line "..." above it',
        ),
        ("a: x\n: b", 'f.yaml:2: no key stands before this ":"; write key: value'),
        (
            "'x\n'y",
            (
                "f.yaml:2: this line cannot be read; check its indentation, colons and quotes, and "
                "those of the line above"
            ),
        ),
    ],
)
def test_a_slip_of_syntax_is_one_sentence_that_says_what_to_write(text: str, message: str) -> None:
    assert str(only_problem(text)) == message


def test_a_long_value_is_not_repeated_in_the_hint() -> None:
    problem = only_problem("text: Seminarie: " + "lang " * 50)
    assert problem.hint == 'start and end the value with "'


@pytest.mark.parametrize(
    "text",
    ["zaal: Zaal #3", "- Zaal #3", "a: b\nzaal: 'x'\nvenue: Zaal  #tien", "[Zaal #3\n]"],
)
def test_a_value_that_loses_its_tail_to_a_comment_is_warned_about(text: str) -> None:
    problem = only_problem(text)
    assert problem.severity is Severity.WARNING
    assert problem.rule == "yaml-comment"
    assert "the text after # is a comment and will not be printed" in problem.text


def test_a_value_that_is_all_comment_is_warned_about() -> None:
    tree, _, (problem,) = read("name: x\ncolour: #0b6e8f\n", file="f.yaml")
    assert tree == {"name": "x"}
    assert (problem.line, problem.key, problem.severity) == (2, "colour", Severity.WARNING)


@pytest.mark.parametrize(
    "text",
    [
        "language: nl        # nl, fr, en",
        "#a\nb: c",
        "a: 'Zaal' #3",
        "a: b#3",
        "a:  #3\n  b: c",
        "a: |\n  Zaal #3\n",
        "a: b # - c",
    ],
)
def test_a_comment_that_is_meant_as_one_is_left_alone(text: str) -> None:
    assert problems_in(text) == ()


PIECES = st.sampled_from(
    [
        *("a", "b", "key", "Zaal", "14:00", "no", "2013-06-17", "é", "\ufeff", "\u2028", "\x85"),
        *(":", ": ", ":\n", "- ", "-", "? ", "\n", "\n  ", "\n    ", "\n\t", " ", "\t", "\r"),
        *("[", "]", "{", "}", ",", "&a", "*a", "!", "!!str ", "!<", "%", "@", "`", "|", ">", "|9"),
        *("'", '"', "\\", "\\U", "\\x", "#", " #x", "---", "...", "<<", "%YAML 1.", "%TAG ", "\0"),
    ]
)


def assert_only_texts(tree: Tree | None) -> None:
    match tree:
        case dict():
            assert all(tree)
            for value in tree.values():
                assert_only_texts(value)
        case list():
            for item in tree:
                assert_only_texts(item)
        case _:
            assert tree is None or isinstance(tree, str)


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=80) | st.lists(PIECES, max_size=40).map("".join))
@example('"\\')
@example("%")
@example("? ? ?\n:")
@example("'" * 7)
def test_any_text_gives_texts_and_problems_and_nothing_else(text: str) -> None:
    tree, origin, problems = read(text, file="f.yaml")
    assert_only_texts(tree)
    lines = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    assert all(1 <= line <= lines for line in origin.lines.values())
    assert all(p.line is None or 1 <= p.line <= lines for p in problems)
    assert all(p.text and p.file == "f.yaml" for p in problems)
    for text_out in (str(p) for p in problems):
        assert not any(word in text_out for word in ("expected <", "scanning", "pyyaml", "token"))


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.text(min_size=1).filter(str.isprintable),
        st.text(min_size=1).filter(str.isprintable),
        max_size=5,
    )
)
def test_what_is_written_in_single_quotes_is_read_back(values: dict[str, str]) -> None:
    def quoted(text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    text = "\n".join(f"? {quoted(key)}\n: {quoted(value)}" for key, value in values.items())
    assert tree_of(text) == (values or None)
