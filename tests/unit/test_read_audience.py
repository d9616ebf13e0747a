"""Rows of an audience file: what becomes an entrant, and what is said of the others."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fvdt_mailer.errors import FilesError, Problem, Severity
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.audience import Entrant
from fvdt_mailer.model.imported import Row
from fvdt_mailer.model.language import Language
from fvdt_mailer.model.project import Cluster
from fvdt_mailer.pipeline.readers.audience_columns import Column, header_problems, recognise
from fvdt_mailer.pipeline.readers.defuse import defuse, restore
from fvdt_mailer.pipeline.readers.guess_encoding import guess_encoding
from fvdt_mailer.pipeline.readers.read_audience import Sheet, read_rows
from fvdt_mailer.pipeline.readers.sift import Sieve

CLUSTERS = {
    "blue-energy": Cluster.model_validate(
        {"heading": "Cleantech - Blue energy", "name": "blue energy", "aliases": ["Wind, zee"]}
    ),
    "voeding": Cluster.model_validate(
        {"heading": {"nl": "Voeding", "fr": "Alimentation"}, "name": "voeding"}
    ),
}


def rows(header: str, *lines: str) -> list[Row]:
    """What becomes of lines whose cells are parted by slashes."""
    sheet = Sheet(
        file="lezers.csv",
        header=recognise(header.split("/")),
        clusters=CLUSTERS,
        language=Language.NL,
    )
    return list(read_rows(sheet, ((n, line.split("/")) for n, line in enumerate(lines, start=2))))


def only(header: str, line: str) -> Entrant:
    (row,) = rows(header, line)
    assert isinstance(row, Entrant), str(row)
    return row


def told(header: str, *lines: str) -> list[str]:
    return [str(row) for row in rows(header, *lines) if isinstance(row, Problem)]


# --- columns


@pytest.mark.parametrize(
    ("written", "column"),
    [
        ("E-mail", Column.EMAIL),
        ("EMAILADRES", Column.EMAIL),
        ("e-mail adres", Column.EMAIL),
        ("Mail", Column.EMAIL),
        ("Adresse e-mail", Column.EMAIL),
        ("\ufeffemail", Column.EMAIL),
        ("Naam", Column.NAME),
        ("nom", Column.NAME),
        ("Voornaam", Column.FIRST_NAME),
        ("Prénom", Column.FIRST_NAME),
        ("First name", Column.FIRST_NAME),
        ("Achternaam", Column.LAST_NAME),
        ("last_name", Column.LAST_NAME),
        ("Bedrijf", Column.ORGANISATION),
        ("Société", Column.ORGANISATION),
        ("organization", Column.ORGANISATION),
        ("Taal", Column.LANGUAGE),
        ("langue", Column.LANGUAGE),
        ("Thema's", Column.CLUSTERS),
        ("thema’s", Column.CLUSTERS),
        ("Cluster", Column.CLUSTERS),
        ("Labels", Column.TAGS),
        ("Toestemming", Column.CONSENT_SOURCE),
        ("consent_source", Column.CONSENT_SOURCE),
        ("Datum toestemming", Column.CONSENT_AT),
        ("Statut", Column.STATUS),
    ],
)
def test_a_column_is_known_by_the_names_people_give_it(written: str, column: Column) -> None:
    assert dict(recognise([written]).places) == {column: 0}


@pytest.mark.parametrize("column", Column)
def test_a_column_is_known_by_our_own_name(column: Column) -> None:
    assert dict(recognise([column]).places) == {column: 0}


def test_without_addresses_the_columns_found_and_needed_are_named() -> None:
    header = recognise(["Naam", "GSM"])
    (problem,) = header_problems(header, file="lezers.csv", line=1)
    assert problem.is_error
    assert str(problem) == (
        'lezers.csv:1: no column "email"; the columns found are: "Naam", "GSM"; name the columns '
        "in the first line: email (needed), name, organisation, language, clusters, tags, "
        "consent_source, consent_at"
    )


def test_a_column_that_is_not_used_is_a_warning_with_the_nearest_name() -> None:
    (problem,) = header_problems(recognise(["email", "clustrs"]), file="lezers.csv", line=1)
    assert problem.severity is Severity.WARNING
    assert str(problem).endswith('column "clustrs" is not used; did you mean "clusters"?')


def test_two_columns_with_addresses_are_an_error() -> None:
    (problem,) = header_problems(recognise(["email", "e-mail"]), file="lezers.csv", line=1)
    assert problem.is_error
    assert problem.text == 'a second column holds the email: "e-mail"'


def test_ten_thousand_columns_are_one_problem() -> None:
    header = recognise(["email", *(f"c{number}" for number in range(10_000))])
    (problem,) = header_problems(header, file="lezers.csv", line=1)
    assert problem.text == "10001 columns are too many"


# --- entrants


def test_a_full_row_becomes_an_entrant() -> None:
    assert only(
        "email/name/organisation/language/clusters/tags/consent_source/consent_at",
        "An@Example.ORG/An  Peeters /Bakkerij/fr/voeding|blue-energy/vip, pers;raad/beurs/2013",
    ) == Entrant(
        address=Address("An", "example.org"),
        language=Language.FR,
        name="An Peeters",
        organisation="Bakkerij",
        clusters=frozenset({"voeding", "blue-energy"}),
        tags=frozenset({"vip", "pers", "raad"}),
        consent_source="beurs",
        consent_at="2013",
    )


def test_only_an_address_is_needed() -> None:
    expected = Entrant(address=Address("an", "example.org"), language=Language.NL)
    assert only("email", "an@example.org") == expected


@pytest.mark.parametrize("line", ["an@example.org", "an@example.org/"])
def test_a_row_may_end_early(line: str) -> None:
    assert only("email/naam/taal", line).name == ""


def test_empty_rows_and_empty_cells_behind_the_columns_are_passed_over() -> None:
    assert rows("email", "", " / /", "an@example.org///") == [only("email", "an@example.org")]


@pytest.mark.parametrize(
    ("header", "cells", "name"),
    [
        ("voornaam/achternaam", "An/Peeters", "An Peeters"),
        ("last name/first name", "Peeters/An", "An Peeters"),
        ("naam/voornaam", "Peeters/An", "An Peeters"),
        ("nom/prénom", "Dupont/Zoé", "Zoé Dupont"),
        ("name/first name/last name", "Dr. An Peeters/An/Peeters", "Dr. An Peeters"),
        ("voornaam/achternaam", "An/", "An"),
    ],
)
def test_a_name_is_joined_from_its_parts(header: str, cells: str, name: str) -> None:
    assert only(f"email/{header}", f"an@example.org/{cells}").name == name


def test_a_name_beside_the_address_is_used_when_there_is_no_other() -> None:
    assert only("email", "An Peeters <an@example.org>").name == "An Peeters"
    assert only("email/naam", "Anneke <an@example.org>/An Peeters").name == "An Peeters"


@pytest.mark.parametrize(
    "cell", ["fr", "FR", "fr-BE", "fr_BE", "Frans", "français", "Francais", "French"]
)
def test_a_language_is_known_by_its_code_and_its_names(cell: str) -> None:
    assert only("email/taal", f"an@example.org/{cell}").language is Language.FR


@pytest.mark.parametrize(
    ("cell", "ids"),
    [
        ("voeding", {"voeding"}),
        ("VOEDING", {"voeding"}),
        ("alimentation", {"voeding"}),
        ("Cleantech -  blue ENERGY", {"blue-energy"}),
        ("blue energy; Voeding", {"blue-energy", "voeding"}),
        ("wind, zee", {"blue-energy"}),
        ("wind, zee|voeding", {"blue-energy", "voeding"}),
        ("voeding,blue energy", {"blue-energy", "voeding"}),
        ("", set()),
        ("|;", set()),
    ],
)
def test_a_cluster_is_known_by_id_heading_name_and_alias(cell: str, ids: set[str]) -> None:
    assert only("email/clusters", f"an@example.org/{cell}").clusters == frozenset(ids)


# --- problems


@pytest.mark.parametrize(
    ("header", "line", "text"),
    [
        ("email/naam", "/An", "email: is empty; every row needs an address"),
        ("email", "an.example.org", 'email: "an.example.org" is not an e-mail address; write it'),
        ("email", '"a b"@example.org', 'email: ""a b"@example.org" is not an e-mail address'),
        (
            "email/clusters",
            "an@example.org/voedng",
            'clusters: unknown cluster "voedng"; did you mean "voeding"?',
        ),
        ("email/taal", "an@example.org/de", 'language: unknown language "de"; known: nl, fr, en'),
        ("email", "an@example.org/An", "row: has 2 cells where the first line names 1 columns"),
        ("email/naam", "an@example.org/A\x00n", "row: a cell holds the unprintable character U+0"),
        ("email/naam", "an@example.org/A\ufffdn", "unprintable character U+FFFD; type that cell"),
        ("email/naam", "an@example.org/An\nBram", 'a cell holds a line break; is a " not closed'),
        ("email/naam", f"an@example.org/{'n' * 201}", "name: has 201 characters; 200 is the most"),
        ("email/naam", f"an@example.org/{'n' * 20_000}", "row: holds 20014 characters"),
    ],
)
def test_a_row_that_cannot_be_imported_says_why(header: str, line: str, text: str) -> None:
    (problem,) = told(header, line)
    assert problem.startswith("lezers.csv:2: ")
    assert text in problem


def test_all_that_is_wrong_with_a_row_is_told() -> None:
    assert [line.split(": ")[1] for line in told("email/taal/clusters", "an@/de/x|y")] == [
        "email",
        "language",
        "clusters",
        "clusters",
    ]


def test_a_row_with_an_address_met_before_names_the_first_row() -> None:
    assert told("email", "an@example.org", "bram@example.org", "AN@example.org") == [
        "lezers.csv:4: email: AN@example.org is on line 2 too; keep one of the two"
    ]


@pytest.mark.parametrize("status", ["unsubscribed", "suppressed", "Uitgeschreven", "klant"])
def test_a_row_that_is_not_active_is_left_out_with_a_warning(status: str) -> None:
    (problem,) = rows("email/status", f"an@example.org/{status}")
    assert isinstance(problem, Problem)
    assert not problem.is_error
    assert "left out" in problem.text


@pytest.mark.parametrize("status", ["", "active", "Actief"])
def test_a_row_that_is_active_is_an_entrant(status: str) -> None:
    assert only("email/status", f"an@example.org/{status}").address.local == "an"


def test_problems_of_reading_pass_through_in_their_place() -> None:
    broken = Problem(rule="audience-row", file="lezers.csv", line=3, text="cannot be read")
    sheet = Sheet(file="lezers.csv", header=recognise(["email"]), clusters={}, language=Language.NL)
    good = (2, ["an@example.org"]), (9, ["bram@example.org"])
    first, second, third = read_rows(sheet, [good[0], broken, good[1]])
    assert isinstance(first, Entrant)
    assert second is broken
    assert isinstance(third, Entrant)


@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=6))
def test_whatever_a_row_holds_it_gives_entrants_and_problems_with_a_line(
    cells: list[list[str]],
) -> None:
    sheet = Sheet(
        file="lezers.csv",
        header=recognise(["email", "taal", "clusters", "status"]),
        clusters=CLUSTERS,
        language=Language.NL,
    )
    for row in read_rows(sheet, enumerate(cells, start=2)):
        assert isinstance(row, Entrant) or 2 <= (row.line or 0) < 2 + len(cells)


# --- sifting


def _mixed(problems: int) -> Iterator[Row]:
    yield Entrant(address=Address("an", "example.org"), language=Language.NL)
    yield Problem(rule="r", file="f", text="warned", line=2, severity=Severity.WARNING)
    for number in range(problems):
        yield Problem(rule="r", file="f", text=f"wrong {number}", line=3 + number // 2)
    yield Entrant(address=Address("bram", "example.org"), language=Language.NL)


def test_good_rows_pass_and_the_others_are_reported() -> None:
    sieve = Sieve(_mixed(3))
    assert [one.address.local for one in sieve.good()] == ["an", "bram"]
    report = sieve.report
    assert (report.entrants, report.refused) == (2, 2)
    assert [problem.text for problem in report.errors] == ["wrong 0", "wrong 1", "wrong 2"]
    assert [problem.text for problem in report.warnings] == ["warned"]
    assert (report.error_count, report.warning_count, report.unlisted) == (3, 1, 0)


def test_all_or_nothing_ends_in_every_problem() -> None:
    with pytest.raises(FilesError) as raised:
        list(Sieve(_mixed(3)).all())
    assert [problem.text for problem in raised.value.problems] == ["wrong 0", "wrong 1", "wrong 2"]


def test_a_warning_alone_refuses_nothing() -> None:
    assert [one.address.local for one in Sieve(_mixed(0)).all()] == ["an", "bram"]


def test_of_very_many_problems_the_first_thousand_are_kept_and_all_are_counted() -> None:
    sieve = Sieve(_mixed(2500))
    with pytest.raises(FilesError) as raised:
        list(sieve.all())
    assert len(raised.value.problems) == 1001
    assert raised.value.problems[-1].text == "1500 more problems are not listed"
    assert (sieve.report.error_count, sieve.report.refused, sieve.report.unlisted) == (
        2500,
        1250,
        1500,
    )


# --- cells of a spreadsheet

_TRIGGERS = "=+-@＝＋－＠\t\r\n"


@given(st.text(alphabet=f"{_TRIGGERS};,' \"|ab1()", max_size=12))
def test_a_defused_text_opens_no_formula_however_it_is_cut_and_can_be_restored(text: str) -> None:
    inert = defuse(text)
    assert restore(inert) == text
    for delimiter in (";", ",", "\t"):
        for cell in inert.split(delimiter):
            assert not cell.lstrip(" ").startswith(tuple(_TRIGGERS))


@pytest.mark.parametrize("text", ["An", "D’Hondt", "'s-Hertogenbosch", "a=b", "An-Marie", "1+1"])
def test_a_plain_text_is_left_as_it_is(text: str) -> None:
    assert defuse(text) == text
    assert restore(text) == text


# --- encodings


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"email;naam", "utf-8"),
        ("naam;Zoë".encode(), "utf-8"),
        ("naam;Zoë".encode("utf-8-sig"), "utf-8-sig"),
        ("naam;Zoë".encode("cp1252"), "cp1252"),
        ("naam;€ ‘Zoë’".encode("cp1252"), "cp1252"),
        ("naam;Zoë".encode("utf-16"), "utf-16"),
        ("naam;Zoë".encode("utf-16-le"), "utf-16-le"),
        ("naam;Zoë".encode("utf-16-be"), "utf-16-be"),
        ("naam;Zoë".encode("utf-32"), "utf-32"),
        ("Zoë, Chloë, Noé".encode() + b" \xeb", "utf-8"),
        (b"", "utf-8"),
    ],
)
def test_an_encoding_is_told_from_the_bytes(content: bytes, encoding: str) -> None:
    assert guess_encoding([content] if content else []) == encoding


@given(st.text(alphabet="aëé€’;\n", max_size=30), st.integers(1, 5))
def test_a_letter_cut_in_two_by_a_chunk_is_still_one_letter(text: str, size: int) -> None:
    content = ("email;" + text).encode()
    chunks = [content[at : at + size] for at in range(0, len(content), size)]
    assert guess_encoding(chunks) == "utf-8"
