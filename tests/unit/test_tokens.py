from __future__ import annotations

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fvdt_mailer.pipeline.message.tokens import (
    Copy,
    Purpose,
    bounce_token,
    copy_of,
    reader_of,
    token,
)

SECRET = bytes(range(32))
LIST = "newsletter.nieuwsbrief.example.org"
ALPHABET = string.ascii_letters + string.digits + "-_"


def made(reader_id: int = 7, purpose: str = Purpose.UNSUBSCRIBE) -> str:
    return token(SECRET, purpose=purpose, reader_id=reader_id, list_id=LIST)


def read(text: str, purpose: str = Purpose.UNSUBSCRIBE) -> int | None:
    return reader_of(SECRET, text, purpose=purpose, list_id=LIST)


@given(st.integers(0, 2**63 - 1))
def test_a_token_names_the_reader_it_was_made_for(reader_id: int) -> None:
    assert read(made(reader_id)) == reader_id


@given(st.integers(0, 2**63 - 1))
def test_a_token_is_32_characters_that_a_url_takes_as_they_are(reader_id: int) -> None:
    text = made(reader_id)
    assert len(text) == 32
    assert set(text) <= set(ALPHABET)


@pytest.mark.parametrize("reader_id", [-1, 2**63])
def test_a_number_that_no_reader_has_gets_no_token(reader_id: int) -> None:
    with pytest.raises(ValueError, match="a reader id lies between 0"):
        made(reader_id)


def test_a_token_serves_one_purpose_one_list_and_one_secret() -> None:
    text = made()
    assert read(text, Purpose.PREFERENCES) is None
    assert reader_of(SECRET, text, purpose=Purpose.UNSUBSCRIBE, list_id=LIST[::-1]) is None
    other = reader_of(bytes(32), text, purpose=Purpose.UNSUBSCRIBE, list_id=LIST)
    assert other is None


def test_no_purpose_borrows_characters_from_a_list() -> None:
    pairs = [("ab", "c"), ("a", "bc"), ("", "abc"), ("a,5:b", "c"), ("a", "b,1:c")]
    texts = {token(SECRET, purpose=p, reader_id=1, list_id=of) for p, of in pairs}
    assert len(texts) == len(pairs)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A",
        "A" * 31,
        "A" * 33,
        "A" * 32,
        "A" * 10_000,
        "\0" * 32,
        "é" * 32,
        "\ud800" * 32,
        "٣" * 32,
        "!" * 32,
        "=" * 32,
    ],
)
def test_what_was_never_a_token_is_nobodys(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    "spelling",
    ["{}=", "{}==", " {}", "{} ", "{}\n", "{}\0", "{}A", "/{}", "{}%20", "{}/", "{}?", "{}."],
)
def test_a_token_with_anything_around_it_is_refused(spelling: str) -> None:
    assert read(spelling.format(made())) is None


def test_the_other_base64_alphabet_is_refused() -> None:
    spellings = (made(n) for n in range(200))
    dashed = [text for text in spellings if "-" in text or "_" in text]
    assert dashed
    assert {read(text.replace("-", "+").replace("_", "/")) for text in dashed} == {None}


@given(st.text() | st.text(ALPHABET, min_size=32, max_size=32))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert read(text) is None


def test_every_single_character_matters() -> None:
    text = made()
    for place in range(len(text)):
        others = set(ALPHABET) - {text[place]}
        assert {read(text[:place] + c + text[place + 1 :]) for c in others} == {None}


def test_no_mutation_of_a_hundred_thousand_is_accepted() -> None:
    chance = random.Random(20130617)
    real = {made(reader_id) for reader_id in range(100)}
    originals = sorted(real)
    accepted = 0
    for _ in range(100_000):
        mutated = _mutated(chance.choice(originals), chance)
        accepted += mutated not in real and read(mutated) is not None
    assert accepted == 0


# --- what an address that a bounce comes back to says

BOUNCE_ALPHABET = string.ascii_lowercase + "234567"
EDITIONS = ("2013-05", "2013-06", "2013-06-rechtzetting")


def bearing(reader_id: int = 7, edition_id: str = "2013-06") -> str:
    return bounce_token(SECRET, reader_id=reader_id, edition_id=edition_id, list_id=LIST)


def copy(text: str, editions: tuple[str, ...] = EDITIONS) -> Copy | None:
    return copy_of(SECRET, text, editions=editions, list_id=LIST)


@given(st.integers(0, 2**63 - 1), st.sampled_from(EDITIONS))
def test_a_bounce_names_the_copy_that_came_back(reader_id: int, edition_id: str) -> None:
    token = bearing(reader_id, edition_id)
    found = Copy(edition_id=edition_id, reader_id=reader_id)
    for text in (token, f"bounces+{token}", f"a+b+{token}", f"{edition_id}.{token}"):
        assert copy(text) == found
        assert copy(text.upper()) == copy(text.swapcase()) == found


@given(st.integers(0, 2**63 - 1))
def test_a_bounce_token_fits_an_address_in_either_case(reader_id: int) -> None:
    token = bearing(reader_id)
    assert len(token) == 32
    assert set(token) <= set(BOUNCE_ALPHABET)


@pytest.mark.parametrize("reader_id", [-1, 2**63])
def test_a_number_that_no_reader_has_gets_no_bounce_token(reader_id: int) -> None:
    with pytest.raises(ValueError, match="a reader id lies between 0"):
        bearing(reader_id)


def test_a_bounce_token_serves_one_edition_one_list_and_one_secret() -> None:
    token = bearing()
    assert copy(token, ("2013-05", "2013-07")) is None
    assert copy(token, ()) is None
    assert copy_of(SECRET, token, editions=EDITIONS, list_id=LIST[::-1]) is None
    assert copy_of(bytes(32), token, editions=EDITIONS, list_id=LIST) is None


def test_no_edition_borrows_characters_from_a_list() -> None:
    pairs = [("ab", "c"), ("a", "bc"), ("", "abc"), ("a,1:b", "c"), ("a", "b,1:c")]
    texts = {
        bounce_token(SECRET, reader_id=1, edition_id=edition, list_id=of) for of, edition in pairs
    }
    assert len(texts) == len(pairs)


def test_a_link_in_a_mail_is_no_bounce_and_a_bounce_no_link() -> None:
    assert copy(made()) is None
    assert read(bearing()) is None


@pytest.mark.parametrize(
    "spelling", ["{}=", " {}", "{} ", "{}\n", "{}\0", "{}a", "a{}", "x-{}", "{}@example.org", "{}+"]
)
def test_a_bounce_token_with_anything_but_a_name_before_it_is_refused(spelling: str) -> None:
    assert copy(spelling.format(bearing())) is None


# U+212A, the sign of the kelvin, is K in small letters.
@pytest.mark.parametrize(
    "text", ["", "\u212a" * 32, "8" * 32, "\ud800" * 32, "+" * 100_000, "a" * 32]
)
def test_what_was_never_a_bounce_token_is_nobodys(text: str) -> None:
    assert copy(text) is None


@given(st.text() | st.text(BOUNCE_ALPHABET, min_size=32, max_size=32))
def test_any_address_is_read_without_an_error(text: str) -> None:
    assert copy(text) is None


def test_no_mutation_of_a_hundred_thousand_bounces_is_accepted() -> None:
    chance = random.Random(20130617)
    real = {bearing(reader_id) for reader_id in range(100)}
    originals = sorted(real)
    accepted = 0
    for _ in range(100_000):
        mutated = _mutated(chance.choice(originals), chance)
        is_real = mutated.lower().rpartition("+")[2].rpartition(".")[2] in real
        accepted += not is_real and copy(mutated, EDITIONS[:2]) is not None
    assert accepted == 0


def _mutated(text: str, chance: random.Random) -> str:
    at, to = sorted((chance.randrange(33), chance.randrange(33)))
    match chance.randrange(5):
        case 0:
            return text[:at] + chance.choice(ALPHABET) + text[at + 1 :]
        case 1:
            return text[:at] + text[to:]
        case 2:
            return text[:at] + text[at:to].swapcase() + text[to:]
        case 3:
            return text[:at] + text[at:to][::-1] + text[to:]
        case _:
            return text[:at] + chance.choice(string.printable) + text[at:]
