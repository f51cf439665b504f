"""How far a chain goes that brings nothing."""

from collections.abc import Iterator

from crawler.scope.budget import MOST_FOREIGN, MOST_UNPRODUCTIVE, Budget, Rows
from wangqi.outcomes import Outcome
from wangqi.visit import Discovery


def follow(
    budget: Budget, url: str, outcome: Outcome, *leads_to: str, rows: Rows | None = None, copy_of: str | None = None
) -> None:
    found = [Discovery(url=one, via="page") for one in leads_to]
    budget.expect(url, found, rows)
    budget.settle(url, outcome, found, copy_of)


def listing(*rows: str) -> Rows:
    """Of members alone."""
    return Rows(rows, rows)


def length(outcome: Outcome, rows: Rows | None = None, *, most: int = 99) -> int:
    """How many pages of a chain are read."""
    budget = Budget()
    for at in range(most):
        if budget.ended(str(at)):
            return at
        follow(budget, str(at), outcome, str(at + 1), rows=rows)
    return most


def spread(budget: Budget, most: int = 999) -> Iterator[str]:
    """The pages that are read of two ways on from every page, the first of which leads nowhere."""
    waiting = ["/"]
    for _ in range(most):
        url = next((one for one in waiting if not budget.ended(one)), None)
        if url is None:
            return
        yield url
        waiting = [one for one in waiting if one != url] + [f"{url}0", f"{url}1"]


def test_a_chain_of_copies_ends_and_one_of_stories_does_not() -> None:
    assert length("copy") == MOST_UNPRODUCTIVE
    assert length("stored") == 99


def test_a_column_that_shows_the_same_rows_for_ever_is_soon_left() -> None:
    assert length("listing", listing("a", "b")) == 4
    assert length("listing", listing()) == 3


def test_a_column_of_rows_that_are_all_known_from_elsewhere_is_read_to_its_end() -> None:
    budget = Budget()
    follow(budget, "story", "unchanged", *(f"row {n}" for n in range(60)), "column 0")
    for at in range(60):
        assert budget.ended(f"column {at}") is None
        follow(budget, f"column {at}", "listing", f"row {at}", f"column {at + 1}", rows=listing(f"row {at}"))


def test_ways_that_branch_cost_no_more_than_one() -> None:
    budget = Budget()
    follow(budget, "start", "stored", "/")
    read = [url for url in spread(budget) if follow(budget, url, "not_story", f"{url}0", f"{url}1") is None]
    assert len(read) == MOST_UNPRODUCTIVE


def test_a_mirror_whose_pages_are_copies_of_different_stories_is_read_on() -> None:
    budget = Budget()
    read = 0
    for url in spread(budget, 200):
        follow(budget, url, "copy", f"{url}0", f"{url}1", copy_of=f"story {read}")
        read += 1
    assert read == 200


def test_pages_that_lead_nowhere_take_nothing_from_those_beside_them() -> None:
    budget = Budget()
    follow(budget, "start", "copy", *map(str, range(60)))
    for at in range(60):
        assert budget.ended(str(at)) is None
        follow(budget, str(at), "failed")


def test_a_column_of_strangers_ends_and_a_member_on_it_begins_the_count_anew() -> None:
    budget = Budget()
    follow(budget, "start", "stored", "column 0")
    met, at = 90, 0
    while (why := budget.ended(f"column {at}")) is None:
        row = f"row {at}"
        rows = Rows([row], [row] if at == met else [])
        follow(budget, f"column {at}", "listing", f"column {at + 1}", rows=rows)
        at += 1
    assert at == met + 1 + MOST_FOREIGN
    assert why == "100 pages in a row before it listed no story that is known to be of the series"
