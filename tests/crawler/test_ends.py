"""What a run says of parts that nothing it has read would show."""

import pytest

from crawler.ends import Ends
from crawler.extraction.model import Extraction, SeriesLink

PAGES = [f"https://ferry.example/2023/{n}.html" for n in range(6)]


def link(kind: str, url: str, *, in_block: bool = False) -> SeriesLink:
    return SeriesLink(kind=kind, title="", url=url, href=url, position=0, in_block=in_block, reasons=("",))  # type: ignore[arg-type]  # kinds of the test


def member(*beside: str, names: tuple[str, ...] = ()) -> Extraction:
    links = (*(link("next", url) for url in beside), *(link("series", url, in_block=True) for url in names))
    return Extraction(kind="story", title="渡口手记", links=links)


def ends(**pages: Extraction) -> Ends:
    found = Ends()
    for number, page in pages.items():
        found.hear(page, PAGES[int(number.removeprefix("n"))])
    return found


def doubt(found: Ends, members: list[str]) -> str | None:
    assert found.are_known(members)
    return found.doubt(lambda url: url in members)


def test_a_chain_that_ends_at_a_stranger_is_told_unless_a_list_shows_the_member() -> None:
    found = ends(n1=member(PAGES[2]), n2=member(PAGES[1], PAGES[3]))
    assert PAGES[3] in (doubt(found, PAGES[1:3]) or "")
    found.list(PAGES[:4])
    assert doubt(found, PAGES[1:3]) is None


def test_a_block_of_another_that_names_it_is_as_good() -> None:
    found = ends(n1=member(PAGES[0], names=(PAGES[2],)), n2=member(PAGES[3], names=(PAGES[1],)))
    assert doubt(found, PAGES[1:3]) is None


@pytest.mark.parametrize("beside", [(), ("https://ferry.example/archive/",)], ids=["none", "no story"])
def test_where_pages_show_no_neighbouring_story_nothing_is_said(beside: tuple[str, ...]) -> None:
    assert doubt(ends(n1=member(names=(PAGES[0],)), n0=member(*beside)), PAGES[:2]) is None


def test_a_run_that_read_a_part_of_the_members_does_not_judge() -> None:
    assert not ends(n1=member(PAGES[2]), n2=member(PAGES[3])).are_known(PAGES[:3])
