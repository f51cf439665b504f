"""Every outcome word has its traits, and the questions to the table agree with each other."""

from typing import get_args

import pytest

from wangqi.outcomes import (
    ACCOUNTED,
    FAILURES,
    FINAL,
    NEW_TEXTS,
    OUTCOMES,
    PRODUCTIVE,
    RETRIED,
    STORIES,
    WORTH_ANOTHER_LOOK,
    Outcome,
    Stand,
)

WORDS = get_args(Outcome)


def test_the_table_has_every_word_once() -> None:
    assert list(OUTCOMES) == list(WORDS)


@pytest.mark.parametrize("word", WORDS)
def test_a_word_has_one_stand_and_traits_that_fit_it(word: Outcome) -> None:
    its = OUTCOMES[word]
    assert its.stand in get_args(Stand)
    assert [word in STORIES, its.stand in {"listing", "part"}, word in RETRIED, word in FINAL].count(True) == 1
    assert word not in RETRIED or word in FAILURES, "what is tried again is not done"
    assert word not in STORIES or not (its.is_our_choice or its.ends_story_as)
    assert word not in STORIES or its.is_failure == (word == "incomplete" or its.is_held)
    assert (word in FINAL) == (word in ACCOUNTED or word in FAILURES - RETRIED - STORIES), (
        "final is a failure or an answer"
    )
    assert not its.is_our_choice or word not in WORTH_ANOTHER_LOOK


def test_sets_hold_what_their_users_rely_on() -> None:
    assert NEW_TEXTS < PRODUCTIVE < STORIES
    assert not ACCOUNTED & (FAILURES | STORIES)
    assert "blocked" in FAILURES, "a block page is no answer"
    assert "too_large" in ACCOUNTED, "a limit of ours, told once, and not trouble at every run"
