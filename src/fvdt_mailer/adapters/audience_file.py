"""Audience files: CSV as people and spreadsheets write it, and as we write it for them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TextIO

from fvdt_mailer.errors import FilesError, Problem
from fvdt_mailer.model.audience import Reader
from fvdt_mailer.model.imported import Row
from fvdt_mailer.model.language import Language
from fvdt_mailer.model.project import Cluster
from fvdt_mailer.pipeline.readers.audience_columns import Column, Header, header_problems, recognise
from fvdt_mailer.pipeline.readers.defuse import defuse
from fvdt_mailer.pipeline.readers.guess_encoding import guess_encoding
from fvdt_mailer.pipeline.readers.read_audience import Sheet, read_rows

_DELIMITERS = (";", ",", "\t")
_DECLARED = re.compile(r"\ufeff?sep=([;,\t])\s*")
_NOT_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")  # xlsx and ods, xls, pdf
_LONGEST_LINE = 1_000_000
_CHUNK = 1 << 20
_WRITTEN = (
    Column.EMAIL,
    Column.NAME,
    Column.ORGANISATION,
    Column.LANGUAGE,
    Column.CLUSTERS,
    Column.TAGS,
    Column.STATUS,
    Column.CONSENT_SOURCE,
    Column.CONSENT_AT,
)


def read_audience_file(
    path: Path, *, clusters: Mapping[str, Cluster], language: Language
) -> Iterator[Row]:
    """The entrants and problems of a file, row by row; `language` is for rows that name none.

    Only the addresses that went by are remembered. FilesError when it cannot be read as rows at
    all: no such file, a spreadsheet, no column with addresses.
    """
    name = str(path)
    try:
        encoding = _encoding(path)
        with path.open(encoding=encoding, errors="replace", newline="") as file:
            yield from _rows(_lines(file, name), name, clusters, language)
    except OSError as error:
        raise FilesError([_unreadable(name, f"cannot be read: {error.strerror}")]) from error


def write_audience_file(to: Path | TextIO, readers: Iterable[Reader]) -> int:
    """All readers as CSV; how many there were. A path is written whole, or stays as it was.

    Semicolons and a byte order mark: so a spreadsheet set to Dutch or French opens it as it is.
    No cell can be run as a formula (see pipeline.readers.defuse).
    """
    if not isinstance(to, Path):
        return _write(to, readers)
    draft = to.with_name(f".{to.name}.part")
    try:
        with draft.open("w", encoding="utf-8-sig", newline="") as file:
            written = _write(file, readers)
        draft.replace(to)
    except OSError as error:
        hint = "check the folder and your permissions"
        unwritable = f"cannot be written: {error.strerror}"
        raise FilesError(
            [Problem(rule="audience-file", file=str(to), text=unwritable, hint=hint)]
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    return written


def _write(file: TextIO, readers: Iterable[Reader]) -> int:
    rows = csv.writer(file, delimiter=";", lineterminator="\r\n")
    rows.writerow(_WRITTEN)
    written = 0
    for reader in readers:
        rows.writerow([defuse(cell) for cell in _cells(reader)])
        written += 1
    return written


def _cells(reader: Reader) -> Sequence[str]:
    return (
        str(reader.address),
        reader.name,
        reader.organisation,
        reader.language,
        "|".join(sorted(reader.clusters)),
        "|".join(sorted(reader.tags)),
        reader.status,
        reader.consent_source,
        reader.consent_at,
    )


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(8)
        if start.startswith(_NOT_TEXT):
            raise FilesError([_unreadable(str(path), "is a document, not text")])
        file.seek(0)
        return guess_encoding(iter(lambda: file.read(_CHUNK), b""))


def _lines(file: TextIO, name: str) -> Iterator[str]:
    """The lines of a file, none of which fills the memory."""
    number = 0
    while line := file.readline(_LONGEST_LINE):
        number += 1
        if len(line) == _LONGEST_LINE:
            raise FilesError([_unreadable(name, "this line has a million characters", line=number)])
        yield line


def _rows(
    lines: Iterator[str], name: str, clusters: Mapping[str, Cluster], language: Language
) -> Iterator[Row]:
    number, first, delimiters = _first_line(lines, name)
    delimiter, header = _header(first, delimiters)
    problems = tuple(header_problems(header, file=name, line=number))
    if any(problem.is_error for problem in problems):
        raise FilesError(problems)
    yield from problems
    sheet = Sheet(file=name, header=header, clusters=clusters, language=language)
    yield from read_rows(sheet, _records(lines, name, delimiter=delimiter, after=number))


def _first_line(lines: Iterator[str], name: str) -> tuple[int, str, Sequence[str]]:
    """The line that names the columns, its number, and which delimiters may part them."""
    delimiters: Sequence[str] = _DELIMITERS
    for number, line in enumerate(lines, start=1):
        declared = _DECLARED.fullmatch(line)  # a first line that Excel reads, `sep=;`
        if declared:
            delimiters = (declared[1],)
        elif len(line) > csv.field_size_limit():
            raise FilesError([_unreadable(name, "the first line is endless", line=number)])
        elif line.strip("\r\n\t ;,"):
            return number, line, delimiters
    raise FilesError([_unreadable(name, "is empty")])


def _header(line: str, delimiters: Sequence[str]) -> tuple[str, Header]:
    """The delimiter that gives the most columns we know, and the columns it gives."""
    parted = {mark: recognise(next(csv.reader([line], delimiter=mark))) for mark in delimiters}
    best = max(parted, key=lambda mark: (len(parted[mark].places), len(parted[mark].written)))
    return best, parted[best]


def _records(
    lines: Iterator[str], name: str, *, delimiter: str, after: int
) -> Iterator[tuple[int, Sequence[str]] | Problem]:
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        begun = after + rows.line_num + 1
        try:
            yield begun, next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Problem(
                rule="audience-row",
                file=name,
                line=begun,
                text=f"cannot be read up to line {after + rows.line_num}: {error}",
                hint='is a " not closed in this row?',
            )


def _unreadable(name: str, text: str, *, line: int | None = None) -> Problem:
    return Problem(
        rule="audience-file",
        file=name,
        line=line,
        text=text,
        hint="give a CSV file: in a spreadsheet, save it as CSV with the first line naming the "
        "columns, of which email is needed",
    )
