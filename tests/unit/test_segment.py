from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fvdt_mailer.model.audience import Reader, SegmentKey
from fvdt_mailer.model.language import Language
from fvdt_mailer.pipeline.segment import sample_keys, segment, segment_of
from world import READERS, activity, edition, reader

CLUSTERS = ("blue-energy", "materialen", "voeding")
EDITION = edition()

readers = st.lists(
    st.builds(
        reader,
        st.integers(1, 10**6),
        language=st.sampled_from(Language),
    )
    | st.builds(
        lambda number, followed, language: reader(number, *followed, language=language),
        st.integers(1, 10**6),
        st.sets(st.sampled_from([*CLUSTERS, "unheard-of"])),
        st.sampled_from(Language),
    ),
    unique_by=lambda one: one.id,
)


@given(readers)
def test_segments_partition_the_audience(audience: list[Reader]) -> None:
    segments = segment(EDITION, audience)
    assert sum(part.readers for part in segments) == len(audience)
    assert len({part.key for part in segments}) == len(segments)
    for one in audience:
        assert [part.key for part in segments].count(segment_of(EDITION, one)) == 1


@given(readers)
def test_readers_of_one_segment_get_exactly_the_same_sections(audience: list[Reader]) -> None:
    for one in audience:
        own = one.clusters or frozenset(CLUSTERS)
        key = segment_of(EDITION, one)
        assert EDITION.sections(key.clusters) == EDITION.sections(own)


def test_segments_are_named_by_their_clusters_in_campaign_order_and_language() -> None:
    assert [(str(part.key), part.readers) for part in segment(EDITION, READERS)] == [
        ("blue-energy+materialen+voeding.nl", 2),
        ("blue-energy+materialen.nl", 1),
        ("materialen.nl", 1),
        ("voeding.fr", 1),
        ("voeding.nl", 1),
    ]


def test_a_segment_name_reads_back_as_its_key() -> None:
    for part in segment(EDITION, READERS):
        assert SegmentKey.parse(str(part.key)) == part.key


def test_a_reader_whose_clusters_tell_nothing_gets_no_mail() -> None:
    only_food = edition(activity("x", "voeding", "2013-06-17"))
    (part,) = segment(only_food, [reader(1, "materialen")])
    assert (str(part.key), part.is_mailed) == ("nothing.nl", False)


def test_a_fallback_text_alone_is_no_reason_for_a_mail() -> None:
    quiet = edition(
        activity("x", "voeding", "2013-06-17"), nothing_upcoming="fallback", fallback="Niets."
    )
    (part,) = segment(quiet, [reader(1, "materialen")])
    assert not part.is_mailed


def test_before_there_are_readers_all_clusters_and_each_alone_are_shown() -> None:
    assert [str(key) for key in sample_keys(EDITION)] == [
        "blue-energy+materialen+voeding.nl",
        "blue-energy.nl",
        "materialen.nl",
        "voeding.nl",
    ]
