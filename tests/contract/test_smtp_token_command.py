"""An access token comes from a command, the environment or a file, and from nowhere for ever."""

from __future__ import annotations

import sys
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest

from contract.smtp_servers import HOST, TOKEN, USER, Scripted
from fvdt_mailer.adapters.smtp.token_command import printed_token
from fvdt_mailer.errors import TransportDown
from fvdt_mailer.model.project import Project
from fvdt_mailer.wiring import open_transport
from world import PROJECT


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str], str]:
    """A program in a folder with a space in its name, as a command in mailer.yaml."""
    folder = tmp_path / "my programs"
    folder.mkdir()

    def written(code: str) -> str:
        (folder / "token.py").write_text(code, encoding="utf-8")
        return f"'{sys.executable}' 'my programs/token.py' 'two words' $HOME"

    return written


def test_a_command_prints_the_token(program: Callable[[str], str], tmp_path: Path) -> None:
    command = program(f"print(' {TOKEN} ')")
    assert printed_token(command, tmp_path) == TOKEN


def test_no_shell_reads_the_command(program: Callable[[str], str], tmp_path: Path) -> None:
    command = program("import sys; print('|'.join(sys.argv[1:]), len(sys.stdin.read()))")
    assert printed_token(command, tmp_path) == "two words|$HOME 0"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("raise SystemExit(3)", "ended with status 3; run it by hand"),
        ("print('x' * 16_384)", "said far more than a token"),
        ("while True: print('x' * 1000)", "said far more than a token"),
        ("import signal; signal.pause()", "did not end within 0.5 s"),
        ("import os, signal; os.close(1); signal.pause()", "did not end within 0.5 s"),
    ],
)
def test_a_command_that_gives_no_token_is_said(
    code: str, words: str, program: Callable[[str], str], tmp_path: Path
) -> None:
    command = program(f"import sys; print('geheim', file=sys.stderr)\n{code}")
    seconds = 0.5 if "0.5" in words else 30
    with pytest.raises(TransportDown, match=words) as caught:
        printed_token(command, tmp_path, seconds=seconds)
    assert "geheim" not in str(caught.value)
    assert "two words" not in str(caught.value)


def test_a_child_of_the_command_that_stays_is_not_waited_for(
    program: Callable[[str], str], tmp_path: Path
) -> None:
    # The child outlives the command by far, and nobody waits for it: that is the claim.
    command = program(
        "import subprocess, sys\n"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(5)'])\n"
    )
    with pytest.raises(TransportDown, match=r"did not end within 0\.5 s"):
        printed_token(command, tmp_path, seconds=0.5)


@pytest.mark.parametrize("command", ["nergens-te-vinden --x", "./", "/dev/null"])
def test_a_program_that_cannot_be_run_is_said(command: str, tmp_path: Path) -> None:
    with pytest.raises(TransportDown, match=r"that smtp\.oauth_token names cannot be run"):
        printed_token(command, tmp_path)


def with_token(port: int, reference: str) -> Project:
    smtp = {"url": f"smtp://{USER.replace('@', '%40')}@{HOST}:{port}", "oauth_token": reference}
    return Project.model_validate({**PROJECT.model_dump(by_alias=True), "smtp": smtp})


@pytest.mark.parametrize("kind", ["command", "env", "file"])
def test_a_token_comes_from_a_command_the_environment_or_a_file(
    kind: str,
    program: Callable[[str], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FVDT_TEST_TOKEN", TOKEN)
    (tmp_path / "token").write_text(TOKEN + "\n", encoding="utf-8")
    (tmp_path / "token").chmod(0o600)
    references = {
        "command": "command:" + program(f"print('{TOKEN}')"),
        "env": "env:FVDT_TEST_TOKEN",
        "file": "file:token",
    }
    with Scripted(offers=("AUTH XOAUTH2",)) as server:
        project = with_token(server.port, references[kind])
        with open_transport(project, tmp_path).connect():
            pass
    assert TOKEN.encode() in b64decode(server.commands[1].split()[2])
