from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fvdt_mailer.adapters.secret import read_secret
from fvdt_mailer.errors import NotReady

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
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return put


def test_a_secret_is_read_from_the_environment(root: Path) -> None:
    assert read_secret("env:WOORD", root, {"WOORD": " geheim "}) == " geheim "


@pytest.mark.parametrize("environ", [{}, {"WOORD": ""}])
def test_a_secret_that_is_not_set_names_its_variable(root: Path, environ: dict[str, str]) -> None:
    with pytest.raises(NotReady, match="environment variable WOORD is not set; set it"):
        read_secret("env:WOORD", root, environ)


@pytest.mark.parametrize("content", [b"geheim\n", b"geheim\r\n", b"geheim", b"\xef\xbb\xbfgeheim"])
def test_a_secret_in_a_file_loses_only_its_last_line_end(
    root: Path, write: Write, content: bytes
) -> None:
    write("geheim.txt", content).chmod(0o600)
    assert read_secret("file:geheim.txt", root, {}) == "geheim"


def test_a_secret_of_many_lines_stays_whole(root: Path, write: Write) -> None:
    write("sleutel.pem", "-----BEGIN\nabc\n-----END\n").chmod(0o600)
    assert read_secret("file:sleutel.pem", root, {}) == "-----BEGIN\nabc\n-----END"


def test_a_secret_outside_the_project_is_whoever_mounted_it(root: Path, tmp_path: Path) -> None:
    mounted = tmp_path / "smtp"
    mounted.write_text("geheim")
    mounted.chmod(0o444)
    assert read_secret(f"file:{mounted}", root, {}) == "geheim"


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_secret_in_the_project_that_others_can_read_is_refused(
    root: Path, write: Write, mode: int
) -> None:
    write("geheim.txt", "geheim").chmod(mode)
    with pytest.raises(NotReady, match="run: chmod 600"):
        read_secret("file:geheim.txt", root, {})


@pytest.mark.parametrize(
    ("content", "message"), [(b"", "is empty"), (b"\n", "is empty"), (b"\xff", "save it as UTF-8")]
)
def test_a_file_without_a_secret_in_it_is_told(
    root: Path, write: Write, content: bytes, message: str
) -> None:
    write("geheim.txt", content).chmod(0o600)
    with pytest.raises(NotReady, match=message):
        read_secret("file:geheim.txt", root, {})


@pytest.mark.parametrize(
    "reference", ["file:nergens", "file:.", "file:/dev/null", "file:~niemand-x/y"]
)
def test_a_secret_that_is_no_file_is_told(root: Path, reference: str) -> None:
    with pytest.raises(NotReady, match=r"cannot be read|is not a file"):
        read_secret(reference, root, {})


@pytest.mark.parametrize("reference", ["hunter2", "env:", "file:", "", "vault:hunter2"])
def test_a_reference_that_is_none_is_not_repeated(root: Path, reference: str) -> None:
    with pytest.raises(NotReady) as raised:
        read_secret(reference, root, {})
    assert "hunter2" not in str(raised.value)
    assert "env:NAME or file:PATH" in str(raised.value)
