"""What holds for every audience: who is admitted, and what an import may touch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.stores import (
    ALL,
    VOEDING,
    claim,
    edition,
    entrant,
    failed,
    hold,
    opened,
    record,
    recover,
    sent,
)
from fvdt_mailer.adapters.store.opening import Store
from fvdt_mailer.model.address import Address
from fvdt_mailer.model.audience import Entrant, Reader, ReaderStatus
from fvdt_mailer.model.campaign import AudienceRule
from fvdt_mailer.model.delivery import Recipient
from fvdt_mailer.model.imported import ImportTally
from fvdt_mailer.model.language import Language
from fvdt_mailer.ports import Audience


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as store:
        yield store


def merge(store: Store, *entrants: Entrant, dry_run: bool = False) -> ImportTally:
    return store.audience.merge(entrants, dry_run=dry_run)


def admitted(store: Store, **rule: object) -> list[str]:
    audience: Audience = store.audience
    return [reader.address.local for reader in audience.readers(AudienceRule.model_validate(rule))]


def reader(store: Store, name: str) -> Reader:
    return next(one for one in store.audience.everyone() if one.address.local == name)


def set_status(store: Store, name: str, status: ReaderStatus) -> None:
    """What the reader does by other ways than an import."""
    with store.audience._database.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE reader SET status = ? WHERE address_key = ?",
            (status.value, f"{name}@example.org"),
        )


# --- merging


def test_an_entrant_becomes_an_active_reader_with_all_that_was_given(store: Store) -> None:
    new = Entrant(
        address=Address.parse("Zoë.Şahin@example.org"),
        language=Language.FR,
        name="Zoë Şahin",
        organisation="L’Atelier",
        clusters=frozenset({"voeding", "blue-energy"}),
        tags=frozenset({"pers", "VIP"}),
        consent_source="beurs",
        consent_at="2013-05-01",
    )
    assert merge(store, new) == ImportTally(new=1)
    (found,) = store.audience.everyone()
    assert found == Reader(
        id=found.id,
        address=new.address,
        language=new.language,
        name=new.name,
        organisation=new.organisation,
        clusters=new.clusters,
        tags=new.tags,
        consent_source="beurs",
        consent_at="2013-05-01",
    )


def test_importing_the_same_again_changes_nothing(store: Store) -> None:
    people = [entrant("an", clusters=frozenset({"b", "a"})), entrant("bram")]
    merge(store, *people)
    before = tuple(store.audience.everyone())
    assert merge(store, *people) == ImportTally(unchanged=2)
    assert tuple(store.audience.everyone()) == before


def test_an_import_updates_the_data_of_the_known(store: Store) -> None:
    merge(store, entrant("an"))
    news = entrant(
        "an",
        name="An Nieuw",
        organisation="Elders",
        language=Language.FR,
        clusters=frozenset({"voeding"}),
        tags=frozenset({"pers"}),
    )
    assert merge(store, news) == ImportTally(changed=1)
    found = reader(store, "an")
    assert (found.name, found.organisation, found.language) == ("An Nieuw", "Elders", Language.FR)
    assert found.clusters == frozenset({"voeding"})
    assert found.tags == frozenset({"pers"})


def test_what_a_file_leaves_empty_stays_as_it_is_known(store: Store) -> None:
    merge(store, entrant("an", organisation="Hier", clusters=frozenset({"voeding"})))
    before = reader(store, "an")
    assert merge(store, entrant("an", name="")) == ImportTally(unchanged=1)
    assert reader(store, "an") == before


def test_one_address_in_two_cases_is_one_reader_who_keeps_the_first_spelling(
    store: Store,
) -> None:
    merge(store, entrant("An", name="An"))
    assert merge(store, entrant("aN", name="An")) == ImportTally(unchanged=1)
    assert [one.address.local for one in store.audience.everyone()] == ["An"]


def test_an_address_twice_in_one_import_is_one_reader_with_the_last_data(store: Store) -> None:
    tally = merge(store, entrant("an", name="Eerst"), entrant("bram"), entrant("AN", name="Laatst"))
    assert tally == ImportTally(new=2, changed=1)
    assert reader(store, "an").name == "Laatst"


@pytest.mark.parametrize("status", [ReaderStatus.PAUSED, ReaderStatus.UNCONFIRMED])
def test_an_import_never_touches_the_status_of_the_known(
    store: Store, status: ReaderStatus
) -> None:
    merge(store, entrant("an"))
    set_status(store, "an", status)
    assert merge(store, entrant("an", name="Nieuw")) == ImportTally(changed=1)
    assert (reader(store, "an").name, reader(store, "an").status) == ("Nieuw", status)


def test_an_import_never_touches_the_consent_of_the_known(store: Store) -> None:
    merge(store, entrant("an", consent_source="beurs", consent_at="2013-05-01"))
    merge(store, entrant("an", name="Nieuw", consent_source="lijst", consent_at="2014-01-01"))
    with store.audience._database.reading() as connection:
        row = connection.exec_driver_sql("SELECT consent_source, consent_at FROM reader").one()
    assert tuple(row) == ("beurs", "2013-05-01")


def test_the_unsubscribed_are_counted_and_left_alone(store: Store) -> None:
    merge(store, entrant("an"))
    set_status(store, "an", ReaderStatus.UNSUBSCRIBED)
    before = reader(store, "an")
    assert merge(store, entrant("an", name="Nieuw")) == ImportTally(unsubscribed=1)
    assert reader(store, "an") == before


def test_the_suppressed_are_counted_and_left_alone_whether_known_or_not(store: Store) -> None:
    merge(store, entrant("an"))
    for name in ("an", "bram"):
        store.membership.suppress(Address.parse(f"{name}@example.org"), "complaint")
    before = reader(store, "an")
    assert merge(store, entrant("an", name="Nieuw"), entrant("Bram")) == ImportTally(suppressed=2)
    assert tuple(store.audience.everyone()) == (before,)


def test_a_dry_run_counts_like_an_import_and_writes_nothing(store: Store) -> None:
    merge(store, entrant("an"), entrant("bram"))
    people = [entrant("an", name="Nieuw"), entrant("bram"), entrant("celine"), entrant("Celine")]
    before = tuple(store.audience.everyone())
    foreseen = merge(store, *people, dry_run=True)
    assert tuple(store.audience.everyone()) == before
    assert merge(store, *people) == foreseen
    assert foreseen.rows == 4


def test_an_import_that_breaks_off_leaves_nothing_behind(store: Store) -> None:
    def breaking() -> Iterator[Entrant]:
        yield from (entrant(f"r{number}") for number in range(1200))
        raise RuntimeError("the file is gone")

    with pytest.raises(RuntimeError, match="the file is gone"):
        store.audience.merge(breaking(), dry_run=False)
    assert store.audience.stats().readers == 0


def test_the_id_of_an_erased_reader_is_never_given_out_again(store: Store) -> None:
    merge(store, entrant("an"), entrant("bram"))
    last = reader(store, "bram").id
    with store.audience._database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM reader WHERE id = ?", (last,))
    merge(store, entrant("celine"))
    assert reader(store, "celine").id > last


# --- rules


@pytest.fixture
def world(store: Store) -> Store:
    merge(
        store,
        entrant("an", clusters=frozenset({"blue-energy"}), tags=frozenset({"pers"})),
        entrant("bram", clusters=frozenset({"voeding", "blue-energy"}), language=Language.FR),
        entrant("celine", clusters=frozenset({"voeding"}), tags=frozenset({"pers%", "raad"})),
        entrant("dirk", language=Language.FR),
    )
    return store


@pytest.mark.parametrize(
    ("rule", "names"),
    [
        ({}, ["an", "bram", "celine", "dirk"]),
        ({"clusters": ["voeding"]}, ["bram", "celine", "dirk"]),
        ({"clusters": ["blue-energy", "voeding"]}, ["an", "bram", "celine", "dirk"]),
        ({"clusters": ["energy"]}, ["dirk"]),
        ({"clusters": ["VOEDING"]}, ["dirk"]),
        ({"languages": ["fr"]}, ["bram", "dirk"]),
        ({"languages": ["fr"], "clusters": ["blue-energy"]}, ["bram", "dirk"]),
        ({"tags": ["pers"]}, ["an"]),
        ({"tags": ["pers%"]}, ["celine"]),
        ({"tags": ["pers", "raad"]}, ["an", "celine"]),
        ({"tags": ["Pers"]}, []),
        ({"tags": ["pers"], "languages": ["fr"]}, []),
    ],
)
def test_a_rule_admits(world: Store, rule: dict[str, object], names: list[str]) -> None:
    assert admitted(world, **rule) == names


@pytest.mark.parametrize("status", set(ReaderStatus) - {ReaderStatus.ACTIVE})
def test_only_active_readers_are_admitted(world: Store, status: ReaderStatus) -> None:
    set_status(world, "bram", status)
    assert admitted(world) == ["an", "celine", "dirk"]
    assert len(tuple(world.audience.everyone())) == 4


def test_a_suppressed_address_is_not_admitted_even_when_its_reader_is_active(
    world: Store,
) -> None:
    world.membership.suppress(Address.parse("bram@example.org"), "bounce")
    set_status(world, "bram", ReaderStatus.ACTIVE)
    assert admitted(world) == ["an", "celine", "dirk"]


def test_a_correction_reaches_who_was_sent_the_activity_or_may_have_been(world: Store) -> None:
    readers = {one.address.local: one for one in world.audience.readers(AudienceRule())}
    told_all = {"an", "dirk"}
    world.ledger.enter(
        edition(),
        [
            Recipient(
                reader_id=one.id,
                address=one.address,
                name=one.name,
                segment=ALL if name in told_all else VOEDING,
            )
            for name, one in readers.items()
        ],
    )
    hold(world)
    claim(world)
    record(
        world,
        sent(readers["an"].id),
        sent(readers["bram"].id),
        failed(readers["celine"].id),
        finalizing=[readers["dirk"].id],
    )
    assert admitted(world, received="zee") == ["an"]
    recover(world)
    assert admitted(world, received="zee") == ["an", "dirk"]
    assert admitted(world, received="certificaten") == ["an", "bram", "dirk"]
    assert admitted(world, received="wind") == []


def test_a_rule_is_never_read_as_sql(world: Store) -> None:
    for text in ("'; DROP TABLE reader; --", "' OR '1'='1", "%", "_", "|", "|pers|raad"):
        assert admitted(world, tags=[text]) == []
        assert admitted(world, received=text) == []
    assert len(admitted(world)) == 4


def test_everyone_is_told_by_address(store: Store) -> None:
    merge(store, entrant("dirk"), entrant("An"), entrant("celine"), entrant("bram"))
    told = [one.address.local for one in store.audience.everyone()]
    assert told == ["An", "bram", "celine", "dirk"]


def test_readers_are_streamed(store: Store) -> None:
    merge(store, *(entrant(f"r{number}") for number in range(2500)))
    readers = store.audience.readers(AudienceRule())
    next(readers)
    # While one reads, another writes: a reader of the audience holds no lock.
    merge(store, entrant("late"))
    assert sum(1 for _ in readers) == 2499


def test_stats_count_readers_by_status_language_and_cluster(world: Store) -> None:
    set_status(world, "an", ReaderStatus.PAUSED)
    world.membership.suppress(Address.parse("nobody@example.org"), "complaint")
    stats = world.audience.stats()
    assert stats.readers == 4
    assert dict(stats.by_status) == {"active": 3, "paused": 1}
    assert dict(stats.by_language) == {"nl": 2, "fr": 2}
    assert dict(stats.by_cluster) == {"": 1, "blue-energy": 2, "voeding": 2}
    assert stats.suppressions == 1


_WORD = st.text("ab%_'\\é", min_size=1, max_size=3)
_WORDS = st.frozensets(_WORD, max_size=3)


@settings(max_examples=25, deadline=None)
@given(
    people=st.lists(st.tuples(_WORDS, _WORDS), min_size=1, max_size=6),
    clusters=_WORDS,
    tags=_WORDS,
)
def test_a_rule_admits_exactly_who_it_describes(
    people: list[tuple[frozenset[str], frozenset[str]]],
    clusters: frozenset[str],
    tags: frozenset[str],
) -> None:
    described = [
        f"r{number}"
        for number, (follows, carries) in enumerate(people)
        if (not clusters or not follows or follows & clusters) and (not tags or carries & tags)
    ]
    with TemporaryDirectory() as folder, opened(Path(folder)) as store:
        merge(
            store,
            *(
                entrant(f"r{number}", clusters=follows, tags=carries)
                for number, (follows, carries) in enumerate(people)
            ),
        )
        assert admitted(store, clusters=tuple(clusters), tags=tuple(tags)) == described
