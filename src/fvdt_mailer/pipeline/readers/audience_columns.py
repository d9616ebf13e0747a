"""Recognise the columns of an audience file by the names people give them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fvdt_mailer.errors import Problem, Severity, did_you_mean


class Column(StrEnum):
    """What a column of an audience file can hold; the value is the name we give it."""

    EMAIL = "email"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    ORGANISATION = "organisation"
    LANGUAGE = "language"
    CLUSTERS = "clusters"
    TAGS = "tags"
    CONSENT_SOURCE = "consent_source"
    CONSENT_AT = "consent_at"
    STATUS = "status"


# Letters and digits only, in lower case: "E-mail adres", "e_mailadres" and "Emailadres" are one.
_NAMES: Mapping[Column, str] = {
    Column.EMAIL: "email mail emailadres mailadres emailaddress mailaddress emailadresse "
    "adresseemail adressemail adresseelectronique adresseélectronique courriel",
    Column.NAME: "name naam nom volledigenaam fullname nomcomplet contact contactpersoon",
    Column.FIRST_NAME: "firstname voornaam prénom prenom givenname",
    Column.LAST_NAME: "lastname achternaam familienaam surname familyname nomdefamille",
    Column.ORGANISATION: "organisation organization organisatie bedrijf bedrijfsnaam firma "
    "onderneming company société societe entreprise",
    Column.LANGUAGE: "language taal taalcode langue lang",
    Column.CLUSTERS: "clusters cluster themas thema thèmes themes thème theme topics topic",
    Column.TAGS: "tags tag labels label etiketten étiquettes etiquettes",
    Column.CONSENT_SOURCE: "consentsource consent toestemming brontoestemming toestemmingbron "
    "consentement sourceconsentement",
    Column.CONSENT_AT: "consentat consentdate toestemmingop toestemmingdatum datumtoestemming "
    "dateconsentement",
    Column.STATUS: "status statut",
}
_NOT_LETTERS = re.compile(r"[\W_]+")
_MOST_COLUMNS = 200
_NAMED_AT_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The first line of an audience file: its columns as written, and where the known ones are."""

    written: tuple[str, ...]
    places: Mapping[Column, int]

    @property
    def has_addresses(self) -> bool:
        """True when the one column that is needed is there."""
        return Column.EMAIL in self.places


def recognise(cells: Sequence[str]) -> Header:
    """Find the known columns; of two that hold the same, the first."""
    known = {name: column for column, names in _NAMES.items() for name in names.split()}
    places: dict[Column, int] = {}
    for place, written in enumerate(cells[:_MOST_COLUMNS]):
        column = known.get(_letters(written))
        if column is not None:
            places.setdefault(column, place)
    return Header(written=tuple(cells), places=places)


def header_problems(header: Header, *, file: str, line: int) -> Iterator[Problem]:
    """What is wrong with the columns; a column that is not used is a warning."""
    if len(header.written) > _MOST_COLUMNS:
        yield Problem(
            rule="audience-columns",
            file=file,
            line=line,
            text=f"{len(header.written)} columns are too many",
            hint=f"keep at most {_MOST_COLUMNS}, the first line naming them",
        )
    elif not header.has_addresses:
        yield Problem(
            rule="audience-columns",
            file=file,
            line=line,
            text=f'no column "email"; the columns found are: {_listed(header.written)}',
            hint="name the columns in the first line: email (needed), name, organisation, "
            "language, clusters, tags, consent_source, consent_at",
        )
    else:
        yield from _unused(header, file=file, line=line)


def _unused(header: Header, *, file: str, line: int) -> Iterator[Problem]:
    used = set(header.places.values())
    for place, written in enumerate(header.written):
        if place in used or not written.strip():
            continue
        twin = recognise([written]).places
        yield Problem(
            rule="audience-columns",
            file=file,
            line=line,
            # Two addresses or two languages for one reader: only a person can say which counts.
            severity=Severity.ERROR if twin else Severity.WARNING,
            text=f'a second column holds the {next(iter(twin))}: "{_printable(written)}"'
            if twin
            else f'column "{_printable(written)}" is not used',
            hint="remove one of the two" if twin else did_you_mean(written, Column),
        )


def _letters(written: str) -> str:
    return _NOT_LETTERS.sub("", written).casefold()


def _listed(columns: Sequence[str]) -> str:
    named = ", ".join(f'"{_printable(column)}"' for column in columns[:_NAMED_AT_MOST])
    return named + (", ..." if len(columns) > _NAMED_AT_MOST else "")


def _printable(text: str) -> str:
    shown = "".join(letter for letter in text.strip() if letter.isprintable())
    return shown if len(shown) <= 60 else shown[:60] + "..."  # noqa: PLR2004 - one line of text
