"""The order in which copies are compared, and the words for it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangqi.copies.canonical import Copy, choose
from wangqi.copies.corroboration import CopyText, Support, support

NOW = datetime(2024, 3, 5, tzinfo=UTC)
PLAIN = Copy(
    revision_id=1,
    url="https://plain.example/1",
    host="plain.example",
    standing=6,
    standing_reason="a site that nobody is_verified for, no sign found",
    support=Support(carried=20, contradicted=0),
    chars=1000,
    read_at=NOW,
)
# Each worse than the one before in one thing, and better in every later one.
WORSE: list[dict[str, Any]] = [
    {"chars": 700},
    {"flaws": "only the first part was read"},
    {"originals": -1},
    {"read_at": NOW + timedelta(days=2)},
    {"support": Support(carried=20, contradicted=1)},
    {"support": Support(carried=19, contradicted=0)},
    {"standing": 7},
]


@pytest.mark.parametrize("better", range(len(WORSE)))
def test_an_earlier_step_outweighs_every_later_one(better: int) -> None:
    """The copy that is worse in a later step alone stands before the one that is worse in an earlier step alone."""
    one = replace(PLAIN, url="https://one.example/1", host="one.example", **WORSE[better])
    others = [replace(PLAIN, revision_id=n, **WORSE[n]) for n in range(better + 1, len(WORSE))]
    for other in others:
        choice = choose([other, replace(one, revision_id=99)])
        assert choice.revision_id == 99
        assert "plain.example" in choice.reason or "it is on" in choice.reason


def test_sightings_of_one_day_say_nothing_and_the_present_copy_stays() -> None:
    later = replace(PLAIN, revision_id=2, host="later.example", read_at=NOW + timedelta(hours=3))
    assert choose([PLAIN, later]).revision_id == 1
    assert choose([PLAIN, later], present=2).revision_id == 2
    assert choose([PLAIN]).reason == ""
    assert choose([PLAIN, replace(PLAIN, revision_id=2, standing=22)]).reason.startswith(
        "it is on a site that nobody is_verified for, no sign found, and another text of the same page is on"
    )


def test_what_a_column_showed_before_anybody_read_it_counts() -> None:
    home = replace(PLAIN, url="https://home.example/1", host="home.example")
    listed = replace(home, revision_id=2, read_at=NOW + timedelta(days=5), listed_at=NOW - timedelta(days=5))
    choice = choose([PLAIN, listed])
    assert choice.revision_id == 2
    assert choice.reason.startswith("its column showed it on 2024-02-29, and the copy on plain.example came later")


@given(
    st.lists(
        st.builds(
            lambda standing, carried, days, flaws, chars: replace(
                PLAIN,
                standing=standing,
                support=Support(carried=carried, contradicted=0),
                read_at=NOW + timedelta(days=days),
                flaws=flaws,
                chars=chars,
            ),
            st.integers(0, 2),
            st.integers(0, 2),
            st.integers(0, 3),
            st.sampled_from(["", "broken"]),
            st.sampled_from([100, 1000]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_the_order_in_which_copies_come_does_not_matter(copies: list[Copy]) -> None:
    named = [replace(copy, revision_id=number) for number, copy in enumerate(copies)]
    chosen = {choose(order).revision_id for order in permutations(named)}
    assert len(chosen) == 1
    choice = choose(named)
    assert set(choice.passed_over) == {copy.revision_id for copy in named} - chosen


def test_two_hosts_of_one_site_do_not_corroborate_each_other() -> None:
    told = "渡口的老人说，这条船在河上走了四十一年。"
    texts = [
        CopyText(revision_id=n, host=host, is_verified=False, text=told)
        for n, host in enumerate(("www.gmw.cn", "m.gmw.cn"))
    ]
    assert [one.carried for one in support(texts).values()] == [0, 0]
    texts = [*texts, CopyText(revision_id=2, host="www.tide-gate.cn", is_verified=False, text=told)]
    assert [one.carried for one in support(texts).values()] == [1, 1, 1]
