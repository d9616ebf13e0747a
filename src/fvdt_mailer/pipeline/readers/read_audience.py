"""Rows of an audience file into entrants, or into what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fvdt_mailer.errors import Problem, Severity, did_you_mean
from fvdt_mailer.model.address import Address, Mailbox
from fvdt_mailer.model.audience import Entrant
from fvdt_mailer.model.imported import Row
from fvdt_mailer.model.language import Language
from fvdt_mailer.model.project import Cluster
from fvdt_mailer.pipeline.readers.audience_columns import Column, Header
from fvdt_mailer.pipeline.readers.defuse import restore

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffd]")
_LONGEST_ROW = 10_000
_LONGEST_NAME = 200
_LANGUAGES: Mapping[Language, str] = {
    Language.NL: "nl nederlands néerlandais neerlandais dutch vlaams",
    Language.FR: "fr frans français francais french",
    Language.EN: "en engels anglais english",
}
_ACTIVE = frozenset({"", "active", "actief", "actif", "subscribed", "ingeschreven", "inscrit"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What holds for every row of an audience file; `language` is for rows that name none."""

    file: str
    header: Header
    clusters: Mapping[str, Cluster]
    language: Language


def read_rows(sheet: Sheet, rows: Iterable[tuple[int, Sequence[str]] | Problem]) -> Iterator[Row]:
    """An entrant for each good row, and each problem of the others; rows carry their line."""
    reading = _Reading(sheet)
    for row in rows:
        if isinstance(row, Problem):
            yield row
        else:
            yield from reading.row(*row)


class _Reading:
    """One pass over a file: remembers which addresses it met, and on which line."""

    def __init__(self, sheet: Sheet) -> None:
        self._file = sheet.file
        self._width = len(sheet.header.written)
        self._places = tuple(sheet.header.places.items())
        self._default = sheet.language
        self._spellings = _spellings(sheet.clusters)
        self._ids = tuple(sheet.clusters)
        # The same few cells come back on every row.
        self._clusters_of = lru_cache(maxsize=4096)(self._read_clusters)
        self._tags_of = lru_cache(maxsize=4096)(_tags)
        self._language_of = lru_cache(maxsize=4096)(_language)
        self._met: dict[str, int] = {}

    def row(self, line: int, cells: Sequence[str]) -> Sequence[Row]:
        """The entrant of one row, or all that is wrong with it; nothing for an empty one."""
        text = "".join(cells)
        if not text.strip():
            return ()
        misshapen = self._misshapen(line, cells, text)
        if misshapen is not None:
            return (misshapen,)
        written = {
            column: cells[place].strip() for column, place in self._places if place < len(cells)
        }
        if "'" in text:
            written = {column: restore(cell) for column, cell in written.items()}
        status = written.get(Column.STATUS, "")
        if status and status.casefold() not in _ACTIVE:
            return (self._left_out(line, status),)
        return self._entrant(line, written)

    def _misshapen(self, line: int, cells: Sequence[str], text: str) -> Problem | None:
        if len(text) > _LONGEST_ROW:
            return self._problem(line, "row", f"holds {len(text)} characters", _UNCLOSED)
        if len(cells) > self._width and any(cell.strip() for cell in cells[self._width :]):
            count = f"has {len(cells)} cells where the first line names {self._width} columns"
            return self._problem(line, "row", count, 'put "..." around a cell with a delimiter')
        found = _UNPRINTABLE.search(text)
        if found is None:
            return None
        if found[0] in "\r\n":
            return self._problem(line, "row", "a cell holds a line break", _UNCLOSED)
        what = f"a cell holds the unprintable character U+{ord(found[0]):04X}"
        return self._problem(line, "row", what, "type that cell again")

    def _left_out(self, line: int, status: str) -> Problem:
        return Problem(
            rule="audience-status",
            file=self._file,
            line=line,
            key=Column.STATUS,
            text=f'"{status}" is not "active", so this row was left out',
            severity=Severity.WARNING,
        )

    def _entrant(self, line: int, written: Mapping[Column, str]) -> Sequence[Row]:
        mailbox = self._mailbox(line, written.get(Column.EMAIL, ""))
        language = self._language(line, written.get(Column.LANGUAGE, ""))
        clusters, unknown = self._clusters_of(written.get(Column.CLUSTERS, ""))
        name = _name(written)
        organisation = " ".join(written.get(Column.ORGANISATION, "").split())
        problems = [self._unknown_cluster(line, word) for word in unknown]
        problems += self._too_long(line, Column.NAME, name)
        problems += self._too_long(line, Column.ORGANISATION, organisation)
        if isinstance(language, Problem):
            problems.insert(0, language)
        if isinstance(mailbox, Problem):
            problems.insert(0, mailbox)
        if problems or isinstance(mailbox, Problem) or isinstance(language, Problem):
            return problems
        return (
            Entrant(
                address=mailbox.address,
                language=language,
                is_language_given=bool(written.get(Column.LANGUAGE)),
                name=name or mailbox.name,
                organisation=organisation,
                clusters=clusters,
                tags=self._tags_of(written.get(Column.TAGS, "")),
                consent_source=written.get(Column.CONSENT_SOURCE, ""),
                consent_at=written.get(Column.CONSENT_AT, ""),
            ),
        )

    def _mailbox(self, line: int, cell: str) -> Mailbox | Problem:
        if not cell:
            return self._problem(line, Column.EMAIL, "is empty", "every row needs an address")
        try:
            mailbox = Mailbox.parse(cell) if "<" in cell else Mailbox(Address.parse(cell))
        except ValueError as error:
            return self._problem(line, Column.EMAIL, str(error), "write it as name@example.org")
        first = self._met.setdefault(mailbox.address.key, line)
        if first != line:
            same = f"{mailbox.address} is on line {first} too"
            return self._problem(line, Column.EMAIL, same, "keep one of the two")
        return mailbox

    def _language(self, line: int, cell: str) -> Language | Problem:
        if not cell:
            return self._default
        known = self._language_of(cell)
        if known is not None:
            return known
        unknown = f'unknown language "{cell}"'
        return self._problem(line, Column.LANGUAGE, unknown, did_you_mean(cell, Language))

    def _unknown_cluster(self, line: int, word: str) -> Problem:
        unknown = f'unknown cluster "{word}"'
        return self._problem(line, Column.CLUSTERS, unknown, did_you_mean(word, self._ids))

    def _too_long(self, line: int, column: Column, text: str) -> tuple[Problem, ...]:
        if len(text) <= _LONGEST_NAME:
            return ()
        long = f"has {len(text)} characters"
        return (self._problem(line, column, long, f"{_LONGEST_NAME} is the most"),)

    def _read_clusters(self, cell: str) -> tuple[frozenset[str], tuple[str, ...]]:
        """The ids of the clusters named in a cell, and the names that are not known."""
        ids, unknown = set(), []
        for word in self._cluster_words(cell):
            known = self._spellings.get(_spelling(word))
            if known is None:
                unknown.append(word)
            else:
                ids.add(known)
        return frozenset(ids), tuple(unknown)

    def _cluster_words(self, cell: str) -> Iterator[str]:
        """The names in a cell; a comma may also stand inside one, as in `Materials, new`."""
        for part in _words(cell, r"[|;]"):
            if _spelling(part) in self._spellings:
                yield part
            else:
                yield from _words(part)

    def _problem(self, line: int, key: str, text: str, hint: str) -> Problem:
        rule = f"audience-{key}"
        return Problem(rule=rule, file=self._file, line=line, key=key, text=text, hint=hint)


_UNCLOSED = 'is a " not closed in this row, or a row before it?'


def _name(written: Mapping[Column, str]) -> str:
    """The whole name. Beside a first name, a column "naam" or "nom" holds the last name."""
    whole = written.get(Column.NAME, "")
    first = written.get(Column.FIRST_NAME, "")
    last = written.get(Column.LAST_NAME, "")
    parts = (whole,) if first and last and whole else (first, last, whole)
    return " ".join(" ".join(parts).split())


def _language(cell: str) -> Language | None:
    """The language a cell names: nl, nl-BE, Nederlands, néerlandais."""
    word, *_ = re.split(r"[-_]", cell.casefold(), maxsplit=1)
    return next((known for known, words in _LANGUAGES.items() if word in words.split()), None)


def _tags(cell: str) -> frozenset[str]:
    return frozenset(_words(cell))


def _spellings(clusters: Mapping[str, Cluster]) -> Mapping[str, str]:
    """The id of a cluster by everything it may be called; an id means itself before all else."""
    spellings: dict[str, str] = {}
    for cluster_id, cluster in clusters.items():
        texts = (*cluster.heading.texts, *cluster.name.texts)
        for name in (*(text for _, text in texts), *cluster.aliases):
            spellings.setdefault(_spelling(name), cluster_id)
    return spellings | {_spelling(cluster_id): cluster_id for cluster_id in clusters}


def _spelling(name: str) -> str:
    return " ".join(name.split()).casefold()


def _words(cell: str, delimiters: str = r"[|;,]") -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in re.split(delimiters, cell))
    return tuple(part for part in parts if part)
