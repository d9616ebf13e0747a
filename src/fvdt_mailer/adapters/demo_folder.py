"""The folder that `demo` writes: mails to read, and a page that lists them."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from fvdt_mailer.errors import NotReady


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One mail on the page: who got it, what it says, and its files by what they are called."""

    reader: str
    segment: str
    subject: str
    files: Mapping[str, Path]


_MARK = ".fvdt-mailer-demo"
_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
  :root {{ color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }}
  body {{ max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }}
  table {{ border-collapse: collapse; width: 100%; }}
  th, td {{ text-align: left; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid #8886; }}
  td {{ overflow-wrap: break-word; }}
  td:last-child {{ white-space: nowrap; }}
  a {{ display: inline-block; padding: .25rem .5rem .25rem 0; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{count} mails, each as its server received it. HTML and text are what a reader sees; .eml is the
message itself, which a mail program opens.</p>
<table>
<thead><tr><th scope="col">Reader</th><th scope="col">Segment</th><th scope="col">Subject</th>
<th scope="col">Open</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
</main>
</body>
</html>
"""
_ROW = (
    "<tr><td>{reader}</td><td>{segment}</td>"
    '<td lang="{language}">{subject}</td><td>{links}</td></tr>'
)


def empty_demo_folder(folder: Path) -> Path:
    """The folder, empty; only what an earlier demo made is removed. NotReady for any other."""
    if folder.exists() and any(folder.iterdir()) and not (folder / _MARK).exists():
        raise NotReady(f"{folder} holds other files; choose another folder with -o DIR")
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / _MARK).write_text("Made by fvdt-mailer demo; the next demo replaces this folder.\n")
    return folder


def write_index(folder: Path, title: str, mails: Sequence[Listed]) -> Path:
    """The page that lists the mails."""
    rows = "\n".join(_row(mail, folder) for mail in mails)
    page = folder / "index.html"
    page.write_text(
        _PAGE.format(title=escape(title), count=len(mails), rows=rows), encoding="utf-8"
    )
    return page


def _row(mail: Listed, folder: Path) -> str:
    links = " ".join(
        f'<a href="{escape(path.relative_to(folder).as_posix())}" '
        f'aria-label="{name} of {escape(mail.reader)}">{name}</a>'
        for name, path in mail.files.items()
    )
    return _ROW.format(
        reader=escape(mail.reader),
        segment=escape(mail.segment),
        language=escape(mail.segment.rpartition(".")[2]),
        subject=escape(mail.subject),
        links=links,
    )
