from __future__ import annotations

import os
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from fvdt_mailer.adapters.project_files import find_project, read_folder, template_set
from fvdt_mailer.errors import FilesError, NotReady, Problem, Severity
from fvdt_mailer.model.folder import Folder, Picture, Template

SETTINGS = """\
name: Fabrieken
public_url: https://news.example.org
organisation:
  name: Agentschap
  address: Straat 1, 8000 Brugge
  email: info@example.org
  website: https://www.example.org
  privacy_url: https://www.example.org/privacy
sender: {from: Fabrieken <news@example.org>}
clusters:
  voeding: {heading: Voeding, name: voeding}
organisers:
  Voka: {forbidden: [VOKA]}
"""
ACTIVITY = "- id: proef\n  cluster: voeding\n  start: 2013-06-17\n  text: Proef mee.\n"
CAMPAIGN = "headline: Juni\n"
BUILTIN = {
    "base.css": Template(file="templates/base.css", text="builtin"),
    "letter.html": Template(file="templates/letter.html", text="builtin"),
}

Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


@pytest.fixture
def write(root: Path) -> Write:
    def put(name: str, content: str | bytes) -> Path:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return put


@pytest.fixture
def project(write: Write, root: Path) -> Path:
    write("mailer.yaml", SETTINGS)
    write("activities/2013.yaml", ACTIVITY)
    write("campaigns/2013-06.yaml", CAMPAIGN)
    return root


def folder_in(root: Path) -> tuple[Folder, tuple[Problem, ...]]:
    return read_folder(root, builtin_templates=BUILTIN)


def said_of(root: Path) -> list[str]:
    with pytest.raises(FilesError) as raised:
        folder_in(root)
    return [str(problem) for problem in raised.value.problems]


def only_said_of(root: Path) -> str:
    (text,) = said_of(root)
    return text


def test_a_right_folder_is_read_whole_with_where_everything_stands(project: Path) -> None:
    folder, warnings = folder_in(project)
    assert warnings == ()
    assert folder.project.name == "Fabrieken"
    assert [activity.id for activity in folder.activities] == ["proef"]
    assert list(folder.campaigns) == ["2013-06"]
    assert folder.project_origin.file == "mailer.yaml"
    assert folder.project_origin.line("sender") == 9
    assert folder.activity_origins["proef"].file == "activities/2013.yaml"
    assert folder.activity_origins["proef"].line("start") == 3
    assert folder.campaign_origins["2013-06"].file == "campaigns/2013-06.yaml"


def test_settings_alone_are_a_folder(write: Write, root: Path) -> None:
    write("mailer.yaml", SETTINGS)
    folder, _ = folder_in(root)
    assert (folder.activities, dict(folder.campaigns)) == ((), {})


def test_activities_are_found_in_sub_folders_under_both_endings(
    project: Path, write: Write
) -> None:
    write("activities/2014/mei.yml", ACTIVITY.replace("proef", "mei"))
    write("activities/2014/JUNI.YAML", ACTIVITY.replace("proef", "juni"))
    write("activities/leeg.yaml", "# nog niets\n")
    write("activities/README.md", "- geen activiteit")
    write("activities/.verborgen.yaml", "- zomaar")
    write("activities/.git/x.yaml", "- zomaar")
    folder, _ = folder_in(project)
    assert [activity.id for activity in folder.activities] == ["proef", "juni", "mei"]
    assert folder.activity_origins["mei"].file == "activities/2014/mei.yml"


def test_every_problem_of_every_file_comes_at_once_by_file_and_line(
    project: Path, write: Write
) -> None:
    write("mailer.yaml", SETTINGS.replace("name: Fabrieken\n", "nmae: Fabrieken\n"))
    write("activities/b.yaml", "- cluster: voedng\n  start: 2013-06-17\n  text: x\n")
    write("activities/a.yaml", "- cluster: voeding\n  start: morgen\n  strat: x\n  text: x\n")
    write("activities/c.yaml", "title: Lezing: x\n")
    write("campaigns/2013-06.yaml", "headline: x\nclusters: [voedng]\nkind: brief\n")
    write("campaigns/2013-07.yaml", "headline: x\nclusters:\n  - voedng\n")
    write("templates/x.html", b"caf\xe9")
    assert said_of(project) == [
        (
            'activities/a.yaml:2: start: "morgen" is not a date; '
            "write 2013-06-17, or 2013-06-17 14:00 with a time"
        ),
        'activities/a.yaml:3: strat: unknown key; did you mean "start"?',
        'activities/b.yaml:1: cluster: unknown cluster "voedng"; did you mean "voeding"?',
        (
            'activities/c.yaml:1: title: a value with ": " inside must stand between quotes; '
            'write "Lezing: x"'
        ),
        'campaigns/2013-06.yaml:2: clusters: unknown cluster "voedng"; did you mean "voeding"?',
        'campaigns/2013-06.yaml:3: kind: unknown value "brief"; known: newsletter, announcement',
        'campaigns/2013-07.yaml:3: clusters: unknown cluster "voedng"; did you mean "voeding"?',
        (
            "mailer.yaml:1: name: this key is missing; "
            "add it: name of the newsletter, as readers see it"
        ),
        'mailer.yaml:1: nmae: unknown key; did you mean "name"?',
        "templates/x.html:1: a character here is not UTF-8; save as UTF-8",
    ]


def test_warnings_stop_nothing_and_are_handed_back(project: Path, write: Write) -> None:
    write("activities/2013.yaml", ACTIVITY + "  title: Ook VOKA\n  venue: Zaal #3\n")
    folder, warnings = folder_in(project)
    assert [activity.id for activity in folder.activities] == ["proef"]
    assert [(w.rule, w.line, w.severity) for w in warnings] == [
        ("forbidden-spelling", 5, Severity.WARNING),
        ("yaml-comment", 6, Severity.WARNING),
    ]


def test_warnings_stand_among_the_errors(project: Path, write: Write) -> None:
    write("activities/2013.yaml", ACTIVITY + "  title: Ook VOKA\n")
    write("campaigns/2013-06.yaml", "headline: x\nkindd: y\n")
    assert [text.partition(": ")[0] for text in said_of(project)] == [
        "activities/2013.yaml:5",
        "campaigns/2013-06.yaml:2",
    ]


def test_an_activity_in_a_broken_file_is_not_called_unknown(project: Path, write: Write) -> None:
    write("activities/2013.yaml", ACTIVITY.replace("id: proef", "id: proef: x"))
    write("campaigns/2013-06.yaml", "headline: x\npick: {include: proef}\n")
    assert only_said_of(project).startswith("activities/2013.yaml:1: id: a value with")


def test_the_same_id_in_two_files_names_both(project: Path, write: Write) -> None:
    write("activities/2014.yaml", "\n" + ACTIVITY)
    assert only_said_of(project) == (
        'activities/2014.yaml:2: id: the activity at activities/2013.yaml:1 has the id "proef" '
        "as well; give one of them another id"
    )


def test_two_files_cannot_be_one_campaign(project: Path, write: Write) -> None:
    write("campaigns/2013-06.yml", CAMPAIGN)
    assert only_said_of(project) == (
        "campaigns/2013-06.yml: campaigns/2013-06.yaml is the campaign 2013-06 already; "
        "keep one of the two files"
    )


def test_a_campaign_in_a_sub_folder_is_told_where_to_go(project: Path, write: Write) -> None:
    write("campaigns/oud/2012.yaml", CAMPAIGN)
    assert only_said_of(project).startswith("campaigns/oud/2012.yaml: a campaign in a folder of")


def test_a_campaign_with_a_name_that_is_no_id_is_told_a_better_one(
    project: Path, write: Write
) -> None:
    write("campaigns/Juni 2013.yaml", CAMPAIGN)
    text = only_said_of(project)
    assert text.startswith("campaigns/Juni 2013.yaml: the name of this file is the id")
    assert text.endswith("rename it to juni-2013.yaml")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("mailer.yaml", 'mailer.yaml: the file is empty; run "fvdt-mailer init" in an empty'),
        ("campaigns/2013-06.yaml", "campaigns/2013-06.yaml: the file is empty; run"),
    ],
)
def test_an_empty_file_says_what_to_do(
    project: Path, write: Write, name: str, message: str
) -> None:
    write(name, "# niets\n")
    assert only_said_of(project).startswith(message)


def test_a_folder_without_settings_says_to_run_init(project: Path) -> None:
    (project / "mailer.yaml").unlink()
    assert only_said_of(project) == (
        'mailer.yaml: there is no such file; run "fvdt-mailer init" to start a project folder'
    )


def test_a_folder_that_is_not_there_says_to_run_init(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="fvdt-mailer init"):
        folder_in(tmp_path / "nergens")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"headline: x\nintro: caf\xe9\n", 2),
        ("headline: x\n".encode("utf-16"), 1),
        (b"# x\n# y\nheadline: \x80\n", 3),
    ],
)
def test_a_file_in_another_encoding_is_told_with_its_line(
    project: Path, write: Write, content: bytes, line: int
) -> None:
    write("campaigns/2013-06.yaml", content)
    assert only_said_of(project) == (
        f"campaigns/2013-06.yaml:{line}: a character here is not UTF-8; save as UTF-8"
    )


def test_a_byte_order_mark_is_accepted_everywhere(project: Path, write: Write) -> None:
    write("mailer.yaml", b"\xef\xbb\xbf" + SETTINGS.encode())
    write("templates/base.css", b"\xef\xbb\xbfeigen")
    folder, _ = folder_in(project)
    assert folder.templates["base.css"].text == "eigen"


def test_a_huge_file_is_not_read(project: Path) -> None:
    with (project / "activities" / "groot.yaml").open("wb") as opened:
        opened.truncate(50_000_000_000)  # a hole: it takes no room
    assert "activities/groot.yaml: the file has 50,000,000,000 bytes" in only_said_of(project)


def test_a_pipe_under_a_yaml_name_is_not_waited_for(project: Path) -> None:
    os.mkfifo(project / "activities" / "pijp.yaml")
    assert only_said_of(project) == "activities/pijp.yaml: this is not a file; remove it"


def test_a_link_out_of_the_folder_is_refused(project: Path, tmp_path: Path) -> None:
    outside = tmp_path / "elders.yaml"
    outside.write_text(ACTIVITY.replace("proef", "elders"))
    (project / "activities" / "elders.yaml").symlink_to(outside)
    assert only_said_of(project) == (
        "activities/elders.yaml: a link to a file outside the project folder; "
        "put the file itself here"
    )


@pytest.mark.parametrize("name", ["mailer.yaml", "campaigns/2013-06.yaml", "templates/x.css"])
def test_no_file_may_be_a_link_out_of_the_folder(
    project: Path, write: Write, tmp_path: Path, name: str
) -> None:
    path = write(name, SETTINGS)
    outside = tmp_path / "elders"
    path.rename(outside)
    path.symlink_to(outside)
    assert f"{name}: a link to a file outside the project folder" in said_of(project)[-1]


def test_a_folder_that_is_a_link_is_refused(project: Path, tmp_path: Path) -> None:
    outside = tmp_path / "elders"
    outside.mkdir()
    (outside / "x.yaml").write_text("- zomaar")
    (project / "activities" / "elders").symlink_to(outside)
    (project / "templates").symlink_to(outside)
    texts = said_of(project)
    assert len(texts) == 2
    assert texts[0].startswith("activities/elders: a link to another folder")
    assert texts[1].startswith("templates: a link to a file outside the project folder")


def test_a_link_in_a_circle_is_refused(project: Path) -> None:
    path = project / "activities" / "rond.yaml"
    path.symlink_to(path)
    assert only_said_of(project).startswith("activities/rond.yaml: a link that leads nowhere")


def test_a_link_within_the_folder_is_followed(project: Path, write: Write) -> None:
    target = write("bron/mei.yaml", ACTIVITY.replace("proef", "mei"))
    (project / "activities" / "mei.yaml").symlink_to(target)
    folder, _ = folder_in(project)
    assert [activity.id for activity in folder.activities] == ["proef", "mei"]


def test_a_project_folder_may_itself_be_reached_by_a_link(project: Path, tmp_path: Path) -> None:
    link = tmp_path / "nieuwsbrief"
    link.symlink_to(project)
    folder, _ = folder_in(link)
    assert folder.project_origin.file == "mailer.yaml"


def test_a_file_name_that_is_no_utf_8_can_still_be_printed(project: Path) -> None:
    name = os.fsencode(project) + b"/activities/caf\xe9.yaml"
    descriptor = os.open(name, os.O_CREAT | os.O_WRONLY)
    os.write(descriptor, b"- zomaar")
    os.close(descriptor)
    only_said_of(project).encode()


def test_a_template_of_the_project_replaces_the_built_in_one(project: Path, write: Write) -> None:
    write("templates/base.css", "eigen")
    write("templates/parts/kop.html", "kop")
    write("templates/logo.png", b"\x89PNG\xff")
    folder, _ = folder_in(project)
    assert {name: template.text for name, template in folder.templates.items()} == {
        "base.css": "eigen",
        "letter.html": "builtin",
        "parts/kop.html": "kop",
    }
    assert folder.templates["parts/kop.html"].file == "templates/parts/kop.html"


def test_a_set_of_templates_is_named_relative_to_its_folder(tmp_path: Path) -> None:
    (tmp_path / "templates" / "deel").mkdir(parents=True)
    (tmp_path / "templates" / "deel" / "kop.html").write_text("kop")
    assert dict(template_set(tmp_path / "templates")) == {
        "deel/kop.html": Template(file="templates/deel/kop.html", text="kop")
    }


def test_a_set_of_templates_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_bytes(b"\xff")
    with pytest.raises(FilesError, match=r"x\.html:1: a character here is not UTF-8"):
        template_set(tmp_path)


def test_a_project_is_found_upwards(project: Path, write: Write) -> None:
    deep = write("activities/2014/mei.yaml", "").parent
    assert find_project(deep) == project.resolve()
    assert find_project(project) == project.resolve()


def test_without_a_project_one_is_told_how_to_start_it(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match='run "fvdt-mailer init DIR" to start one'):
        find_project(tmp_path)


PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 640, 360) + b"\x08\x02\x00\x00\x00"
)
WITH_IMAGE = ACTIVITY + "  image:\n    file: {}\n    alt: Een zaal\n"


def test_pictures_are_measured_and_named_by_their_path_below_images(
    project: Path, write: Write
) -> None:
    write("images/zaal.png", PNG)
    write("images/2013/kaart.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    write("images/.verborgen.png", PNG)
    folder, _ = folder_in(project)
    assert dict(folder.pictures) == {
        "2013/kaart.png": Picture(file="images/2013/kaart.png", bytes=41, format="svg"),
        "zaal.png": Picture(
            file="images/zaal.png", bytes=len(PNG), format="png", width=640, height=360
        ),
    }


def test_a_damaged_picture_and_what_is_no_picture_have_no_size(project: Path, write: Write) -> None:
    write("images/half.png", PNG[:12])
    write("images/lees-mij.txt", "Hallo")
    folder, _ = folder_in(project)
    assert {p.file: (p.format, p.width, p.height) for p in folder.pictures.values()} == {
        "images/half.png": ("png", 0, 0),
        "images/lees-mij.txt": ("", 0, 0),
    }


def test_a_huge_picture_is_measured_without_being_read(project: Path, write: Write) -> None:
    with write("images/groot.png", PNG).open("r+b") as opened:
        opened.truncate(50_000_000_000)  # a hole: it takes no room
    folder, _ = folder_in(project)
    assert folder.pictures["groot.png"].bytes == 50_000_000_000


def test_pictures_follow_the_rules_for_paths(project: Path, write: Write, tmp_path: Path) -> None:
    write("images/x.png", PNG)
    (tmp_path / "elders.png").write_bytes(PNG)
    (project / "images" / "elders.png").symlink_to(tmp_path / "elders.png")
    os.mkfifo(project / "images" / "pijp.png")
    assert said_of(project) == [
        "images/elders.png: a link to a file outside the project folder; put the file itself here",
        "images/pijp.png: this is not a file; remove it",
    ]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("foo.png", 'image: there is no images/foo.png; did you mean "images/fo.png"?'),
        ("FO.png", 'image: there is no images/FO.png; did you mean "images/fo.png"?'),
        ("zaal.jpg", "image: there is no images/zaal.jpg; put it there, or mend its name"),
    ],
)
def test_a_picture_that_is_not_there_is_told_at_its_line(
    project: Path, write: Write, file: str, said: str
) -> None:
    write("images/fo.png", PNG)
    write("activities/2013.yaml", WITH_IMAGE.format(file))
    assert only_said_of(project) == f"activities/2013.yaml:6: {said}"


def test_a_draft_may_be_written_before_its_picture_is_there(project: Path, write: Write) -> None:
    write("activities/2013.yaml", WITH_IMAGE.format("later.png") + "  status: draft\n")
    _, warnings = folder_in(project)
    assert [(w.rule, w.severity) for w in warnings] == [("missing-image", Severity.WARNING)]


def test_a_picture_may_be_written_with_its_folder(project: Path, write: Write) -> None:
    write("images/fo.png", PNG)
    write("activities/2013.yaml", WITH_IMAGE.format("images/fo.png"))
    folder, _ = folder_in(project)
    image = folder.activities[0].image
    assert image is not None
    assert image.file == "fo.png"


@pytest.mark.parametrize(
    "file", ["../mailer.yaml", "/etc/hosts", "a/../../x.png", "a\\x.png", "C:x.png", "a//x.png"]
)
def test_a_picture_outside_images_is_refused(project: Path, write: Write, file: str) -> None:
    write("activities/2013.yaml", WITH_IMAGE.format(f"'{file}'"))
    assert only_said_of(project) == (
        f'activities/2013.yaml:6: image.file: "{file}" is not a file in images/; '
        "write its name, such as zaal.jpg"
    )


def test_an_address_is_no_picture(project: Path, write: Write) -> None:
    write("activities/2013.yaml", WITH_IMAGE.format("https://example.org/x.png"))
    assert only_said_of(project).endswith(
        '"https://example.org/x.png" is not a file; put the picture in images/ and name it'
    )
