"""Every exit code, what is printed with it, and what is left behind."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from command import Ended
from sink import Sink, listening

Run = Callable[..., Ended]


@pytest.fixture
def newsletter(example: Path, run: Run) -> Path:
    """The worked example with its sample readers."""
    assert run("audience", "import", "audience/sample.csv", cwd=example).code == 0
    return example


def with_server(folder: Path, port: int, extra: str = "") -> None:
    with (folder / "mailer.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"\nsmtp: {{url: smtp://127.0.0.1:{port}{extra}}}\n")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def last(text: str) -> str:
    return text.replace("\xa0", " ").strip().splitlines()[-1]


# 0: done


def test_init_then_check_is_done_and_says_what_is_next(run: Run, tmp_path: Path) -> None:
    made = run("init", "mine", cwd=tmp_path)
    assert (made.code, last(made.out)) == (0, "Next: cd mine && fvdt-mailer check")
    checked = run("check", "--quick", cwd=tmp_path / "mine")
    assert (checked.code, last(checked.out)) == (0, "Checked: 1 note, 1 silenced.")


def test_sending_into_a_folder_is_done(run: Run, newsletter: Path, tmp_path: Path) -> None:
    ended = run("send", "2026-12", "--yes", "--eml", str(tmp_path / "out"), cwd=newsletter)
    assert (ended.code, last(ended.out)) == (0, "Done: 96 of 96 sent.")
    assert len(list((tmp_path / "out").glob("*.eml"))) == 96


def test_a_dry_run_sends_and_queues_nothing(run: Run, newsletter: Path) -> None:
    ended = run("send", "2013-06", "--dry-run", cwd=newsletter)
    assert (ended.code, last(ended.out)) == (
        0,
        "Dry run: 87 mails would leave; nothing was sent.",
    )
    assert json.loads(run("status", "--json", cwd=newsletter).out) == {"campaigns": []}


def test_the_typed_number_of_mails_sends_them(run: Run, newsletter: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    ended = run("send", "2013-06", "--eml", out, cwd=newsletter, typed="87\n")
    assert (ended.code, last(ended.out)) == (0, "Done: 87 of 87 sent.")


def test_a_test_mail_goes_to_the_address_given_and_into_no_ledger(
    run: Run, newsletter: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    ended = run("test", "2013-06", "--to", "an@example.org", "--eml", str(out), cwd=newsletter)
    mails = list(out.glob("*.eml"))
    assert (ended.code, len(mails)) == (0, 21)
    assert all(b"\r\nSubject: [TEST] " in mail.read_bytes() for mail in mails)
    assert json.loads(run("status", "--json", cwd=newsletter).out) == {"campaigns": []}


# 1: stopped, run it again


def test_the_wrong_number_stops_before_anything_is_queued(run: Run, newsletter: Path) -> None:
    with_server(newsletter, free_port())
    ended = run("send", "2013-06", cwd=newsletter, typed="80\n")
    assert (ended.code, last(ended.err)) == (1, "Stopped; nothing more was done.")
    assert json.loads(run("status", "--json", cwd=newsletter).out) == {"campaigns": []}


def test_no_answer_on_the_terminal_stops(run: Run, newsletter: Path) -> None:
    with_server(newsletter, free_port())
    assert run("send", "2013-06", cwd=newsletter).code == 1


def test_without_a_server_nothing_is_queued_and_the_key_is_named(
    run: Run, newsletter: Path
) -> None:
    ended = run("send", "2013-06", "--yes", cwd=newsletter)
    assert ended.code == 1
    assert 'name one under "smtp" in mailer.yaml' in ended.err


def test_a_server_that_is_not_there_leaves_everything_owed(run: Run, newsletter: Path) -> None:
    port = free_port()
    with_server(newsletter, port)
    ended = run("send", "2013-06", "--yes", cwd=newsletter)
    assert ended.code == 1
    assert f"127.0.0.1:{port}" in ended.err
    (row,) = json.loads(run("status", "2013-06", "--json", cwd=newsletter).out)["campaigns"]
    assert (row["queued"], row["frozen"], row["balanced"]) == (87, 87, True)


def test_a_server_that_refuses_us_stops_the_run_in_its_own_words(
    run: Run, newsletter: Path
) -> None:
    with listening() as sink:
        with_server(newsletter, sink.port, ", connections: 1")
        sink.refusal = "550 5.7.1 sender not allowed here"
        ended = run("send", "2013-06", "--yes", cwd=newsletter)
        (row,) = json.loads(run("status", "2013-06", "--json", cwd=newsletter).out)["campaigns"]
    assert ended.code == 1
    assert "550 5.7.1 sender not allowed here" in ended.err
    assert (row["deferred"], row["queued"], row["failed"], row["claimed"]) == (5, 82, 0, 0)


def test_a_server_that_says_later_leaves_those_mails_owed(run: Run, newsletter: Path) -> None:
    with listening() as sink:
        with_server(newsletter, sink.port, ", connections: 1")
        sink.refusal = "450 4.2.0 try again later"
        ended = run("send", "2013-06", "--yes", cwd=newsletter)
    assert ended.code == 1
    assert re.match(r"0 of 87 sent; 87 still owed, the first from \d\d:\d\d\.", last(ended.out))


def test_a_password_that_is_not_in_the_environment_is_asked_for(run: Run, newsletter: Path) -> None:
    with (newsletter / "mailer.yaml").open("a", encoding="utf-8") as settings:
        settings.write(
            "\nsmtp: {url: smtps://user@127.0.0.1:465, password: env:FVDT_NOT_SET_ANYWHERE}\n"
        )
    ended = run("send", "2013-06", "--yes", cwd=newsletter)
    assert ended.code == 1
    assert "FVDT_NOT_SET_ANYWHERE" in ended.err


def test_sending_to_nobody_asks_for_readers(run: Run, example: Path) -> None:
    ended = run("send", "2013-06", "--yes", cwd=example)
    assert (ended.code, last(ended.err)) == (
        1,
        "Stopped: there are no readers yet; run: fvdt-mailer audience import FILE",
    )


def test_outside_a_project_the_next_step_is_init(run: Run, tmp_path: Path) -> None:
    ended = run("check", "--quick", cwd=tmp_path)
    assert ended.code == 1
    assert "fvdt-mailer init" in ended.err


def test_init_leaves_a_folder_with_files_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    ended = run("init", ".", cwd=tmp_path)
    assert ended.code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_the_demo_replaces_only_what_a_demo_made(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    assert run("demo", "-o", ".", cwd=tmp_path).code == 1
    assert (tmp_path / "letter.txt").exists()


# 2: your files


def test_a_broken_file_is_reported_by_every_command(run: Run, newsletter: Path) -> None:
    (newsletter / "campaigns" / "2013-06.yaml").write_text("headline: a: b\n", encoding="utf-8")
    for command in (
        ["check", "--quick"],
        ["render", "2026-12"],
        ["send", "2013-06", "--yes"],
        ["status"],
    ):
        ended = run(*command, cwd=newsletter)
        assert ended.code == 2
        assert "campaigns/2013-06.yaml:1:" in ended.out + ended.err


def test_strict_makes_warnings_count_but_not_those_that_are_silenced(
    run: Run, example: Path
) -> None:
    assert run("check", "--quick", "--strict", cwd=example).code == 0
    campaign = example / "campaigns" / "2013-06.yaml"
    text = campaign.read_text(encoding="utf-8").partition("silence:")[0]
    campaign.write_text(text, encoding="utf-8")
    assert run("check", "--quick", "--strict", cwd=example).code == 2
    assert run("check", "--quick", cwd=example).code == 0


def test_an_error_in_the_prose_stops_the_send(run: Run, newsletter: Path) -> None:
    path = newsletter / "activities" / "2013.yaml"
    text = path.read_text(encoding="utf-8").replace("op {date} een bezoek", "op zondag 24 juni een")
    path.write_text(text, encoding="utf-8")
    ended = run("send", "2013-06", "--yes", cwd=newsletter)
    assert ended.code == 2
    assert '"zondag 24 juni" does not fit: 2013-06-24 is a maandag' in ended.err
    assert json.loads(run("status", "--json", cwd=newsletter).out) == {"campaigns": []}


def test_a_template_with_an_undefined_name_is_named_with_its_line(run: Run, example: Path) -> None:
    path = example / "templates" / "section.html.j2"
    text = path.read_text(encoding="utf-8")
    path.write_text("{# one #}\n{{ surprise }}\n" + text, encoding="utf-8")
    ended = run("render", "2013-06", cwd=example)
    assert (ended.code, ended.out) == (2, "")
    assert "templates/section.html.j2:2:" in ended.err
    assert "surprise" in ended.err
    assert "Traceback" not in ended.err


def test_an_unknown_campaign_names_the_nearest(run: Run, example: Path) -> None:
    ended = run("render", "2013-07", cwd=example)
    assert ended.code == 2
    assert 'did you mean "2013-06"?' in ended.err


def test_a_wrong_row_refuses_the_whole_import(run: Run, example: Path) -> None:
    path = example / "readers.csv"
    path.write_text("email\nan@example.org\nbram@\n", encoding="utf-8")
    ended = run("audience", "import", "readers.csv", cwd=example)
    assert ended.code == 2
    assert "readers.csv:3:" in ended.err
    assert json.loads(run("audience", "stats", "--json", cwd=example).out)["readers"] == 0


def test_skip_invalid_takes_the_rows_that_are_right(run: Run, example: Path) -> None:
    path = example / "readers.csv"
    path.write_text("email\nan@example.org\nbram@\n", encoding="utf-8")
    ended = run("audience", "import", "readers.csv", "--skip-invalid", cwd=example)
    assert ended.code == 0
    assert "1  invalid, left out" in ended.out
    assert json.loads(run("audience", "stats", "--json", cwd=example).out)["readers"] == 1


def test_a_word_the_command_does_not_know_is_a_usage_error(run: Run, example: Path) -> None:
    assert run("send", "2013-06", "--loudly", cwd=example).code == 2


# 3: some deliveries in doubt


def test_a_server_that_hangs_up_after_the_content_leaves_one_mail_in_doubt(
    run: Run, newsletter: Path
) -> None:
    with listening() as sink:
        with_server(newsletter, sink.port)
        sink.before_reply = hang_up_at(3)
        ended = run("send", "2013-06", "--yes", cwd=newsletter)
        assert ended.code == 3
        assert "1 in doubt" in last(ended.out)
        assert "--resend|--assume-sent" in last(ended.out)
        assert settled(run, sink, newsletter) == (0, 87)


def hang_up_at(place: int) -> Callable[[int], None]:
    def hang_up(count: int) -> None:
        if count == place:
            raise ConnectionResetError

    return hang_up


def settled(run: Run, sink: Sink, folder: Path) -> tuple[int, int]:
    run("resolve", "2013-06", "--assume-sent", cwd=folder)
    return run("send", "2013-06", "--yes", cwd=folder).code, len(set(sink.readers))


# anything else is a bug


def test_a_bug_keeps_its_traceback_and_its_own_code(
    run: Run, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fvdt_mailer.pipeline.files.json_schemas.schemas", lambda: 1 / 0)
    ended = run("schema", cwd=example)
    assert ended.code == 70
    assert "ZeroDivisionError" in ended.err
