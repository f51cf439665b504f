"""How far a chain goes that brings nothing."""

from crawler.patience import MOST_BARREN, Patience


def follow(patience: Patience, url: str, outcome: str, *leads_to: str, rows: tuple[str, ...] | None = None) -> None:
    discovered = [{"url": one, "via": "page"} for one in leads_to]
    patience.expect(url, discovered, rows)
    patience.settle(url, outcome, discovered)


def length(outcome: str, rows: tuple[str, ...] | None = None, *, most: int = 99) -> int:
    """How many pages of a chain are read."""
    patience = Patience()
    for at in range(most):
        if patience.ended(str(at)):
            return at
        follow(patience, str(at), outcome, str(at + 1), rows=rows)
    return most


def test_a_chain_of_copies_ends_and_one_of_stories_does_not() -> None:
    assert length("copy") == MOST_BARREN
    assert length("stored") == 99


def test_a_column_that_shows_the_same_rows_for_ever_is_soon_left() -> None:
    assert length("listing", ("a", "b")) == 4
    assert length("listing", ()) == 3


def test_a_column_of_rows_that_are_all_known_from_elsewhere_is_read_to_its_end() -> None:
    patience = Patience()
    follow(patience, "story", "unchanged", *(f"row {n}" for n in range(60)), "column 0")
    for at in range(60):
        assert patience.ended(f"column {at}") is None
        follow(patience, f"column {at}", "listing", f"row {at}", f"column {at + 1}", rows=(f"row {at}",))
