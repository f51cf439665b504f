"""Which look-alikes are read beside a new text."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangqi.copies.candidates import (
    LEAST_RESEMBLANCE,
    MOST_ALIKE,
    MOST_CANDIDATES,
    MOST_OF_A_STORY,
    LookAlike,
    choose,
    foremost,
    resemblance,
)

NEW = Random(5).randbytes(126)
LONG = 900  # characters


def like(share: float) -> bytes:
    """A sketch that agrees with the new one in this share of its bytes."""
    agreeing = round(share * len(NEW))
    return NEW[:agreeing] + bytes(byte ^ 1 for byte in NEW[agreeing:])


def one(text_id: int, share: float = 0.0, **others: object) -> LookAlike:
    facts = {"story_id": text_id, "chars": LONG, "bands": 1, "sentences": 0, "is_equal": False, "sketch": like(share)}
    return LookAlike(text_id=text_id, **{**facts, **others})  # type: ignore[arg-type]  # the facts are of many types


def chosen(*found: LookAlike, chars: int = LONG, sentences: int = 20) -> list[int]:
    return choose(found, sketches=[NEW], chars=chars, sentences=sentences)


def test_the_likeliest_comes_first_and_an_equal_one_before_all():
    assert chosen(one(1, 0.4), one(2, 0.9), one(3, 0.2, is_equal=True)) == [3, 2, 1]


def test_a_story_of_the_same_column_is_not_read():
    assert chosen(one(1, 0.1, bands=2)) == []
    assert chosen(one(1, LEAST_RESEMBLANCE + 0.02)) == [1]


def test_parts_are_found_by_their_sentences():
    assert chosen(one(1, 0.05, sentences=2, bands=0)) == [1]
    assert chosen(one(1, 0.05, sentences=1)) == [], "one sentence in common is a quotation"


@pytest.mark.parametrize("short", [{"chars": 200}, {"sentences": 3}])
def test_of_a_short_text_one_sentence_is_enough(short: dict[str, int]):
    assert chosen(one(1, 0.0, sentences=1), **short) == [1]


def test_mirrors_of_one_story_do_not_hide_another():
    mirrors = [one(number, 0.9, story_id=1) for number in range(1, 21)]
    found = chosen(*mirrors, one(30, 0.3))
    assert found[MOST_OF_A_STORY:] == [30]


def test_a_text_without_a_sketch_goes_by_its_sentences():
    assert chosen(one(1, sketch=None), one(2, sketch=None, sentences=2)) == [2]


@given(st.binary(min_size=126, max_size=126), st.binary(min_size=126, max_size=126))
def test_resemblance_is_a_share_and_knows_its_like(one: bytes, other: bytes):
    assert 0.0 <= resemblance(one, other) == resemblance(other, one) <= 1.0
    assert resemblance(one, one) == 1.0


def test_sketches_of_two_versions_are_not_compared():
    assert resemblance(NEW, NEW * 4) == resemblance(NEW, None) == 0.0


@given(
    st.dictionaries(st.integers(1, 500), st.integers(1, 42)), st.dictionaries(st.integers(1, 500), st.integers(1, 30))
)
def test_the_foremost_are_few_and_those_that_share_most(bands: dict[int, int], sentences: dict[int, int]):
    found = foremost([501], Counter(bands), Counter(sentences))
    assert found[0] == 501
    assert len(found) == len(set(found)) <= 2 * MOST_ALIKE + 1
    assert not bands or max(bands.values()) == max(bands[each] for each in found if each in bands)


@given(st.lists(st.builds(one, st.integers(1, 60), st.floats(0, 1), story_id=st.integers(1, 9)), max_size=60))
def test_never_too_many(found: list[LookAlike]):
    unique = list({one.text_id: one for one in found}.values())
    found = chosen(*unique)
    stories = Counter(one.story_id for one in unique if one.text_id in found)
    assert len(found) <= MOST_CANDIDATES
    assert max(stories.values(), default=0) <= MOST_OF_A_STORY
