"""What stands beside members in lists that hold hardly anything else, and what bounds leave out."""

import pytest

from crawler.extraction.model import Extraction, Row
from crawler.scope.lists.bounds import Bounds
from crawler.scope.lists.rest import Rest

LIST = "https://loom.example/book/"
PAGES = [f"{LIST}{n}.htm" for n in range(1, 9)]
OTHER = "https://loom.example/about.htm"


def doubts(rows: list[str], members: list[str], known: str = "") -> list[str]:
    rest = Rest(Bounds())
    rest.hear(Extraction(kind="other", rows=tuple(Row(url, (url[-5:],)) for url in rows)), LIST, members)
    return list(rest.doubts(members, lambda url, _: url == known))


@pytest.mark.parametrize("at", [0, 3, 7])
def test_the_row_that_is_none_among_members_is_told_once_wherever_it_stands(at: int) -> None:
    members = [page for page in PAGES if page != PAGES[at]]
    assert [PAGES[at][-5:] in one for one in doubts(PAGES, members)] == [True]
    assert doubts(PAGES, members, known=PAGES[at]) == []


@pytest.mark.parametrize(
    ("rows", "members"),
    [
        pytest.param(PAGES, PAGES, id="all are members"),
        pytest.param(PAGES, PAGES[:4], id="half of them are"),
        pytest.param([*PAGES, f"{LIST}archive/"], PAGES, id="a folder beside the pages"),
        pytest.param([f"{LIST}9.htm", OTHER, *PAGES], PAGES, id="a menu above the list"),
        pytest.param([*PAGES, f"{LIST}3_2.htm"], PAGES, id="a further page of a member"),
    ],
)
def test_nothing_is_said_where_no_row_is_left_among_members(rows: list[str], members: list[str]) -> None:
    assert doubts(rows, members) == []


def test_lists_beyond_those_that_are_kept_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.scope.lists.rest._MOST_LISTS", 1)
    bounds = Bounds()
    rest = Rest(bounds)
    for name in ("a", "b"):
        rest.hear(Extraction(kind="other", rows=tuple(Row(url, ("",)) for url in PAGES)), LIST + name, PAGES[:5])
    assert bounds.sentences() == ["1 lists with members and others in one folder behind the first 1 were not read"]
