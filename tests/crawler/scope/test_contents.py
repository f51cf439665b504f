"""The contents of a work: which lists are believed, and which pages of them."""

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from crawler.extraction.model import Extraction, FoundDate, LinkKind, Row, SeriesLink
from crawler.scope.lists.contents import Contents

FOLDER = "https://loom.example/book/manual/"
NAMES = ["warp", "weft", "shed", "beam", "reed", "heald"]
PAGES = [f"{FOLDER}{name}.html" for name in NAMES]
LIST = f"{FOLDER}index.html"


def link(kind: LinkKind, url: str) -> SeriesLink:
    return SeriesLink(kind=kind, title="", url=url, href=url, position=0)


def part(at: int, *, day: str = "", turned: bool = False) -> Extraction:
    """The page at this place; `turned` where previous is what comes after it on the list."""
    kinds = ("next", "prev") if turned else ("prev", "next")
    near = [(kinds[0], at - 1), (kinds[1], at + 1)]
    links = tuple(link(kind, PAGES[other]) for kind, other in near if 0 <= other < len(PAGES))
    value = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    dated = FoundDate(value=value, precision="day", source="label", raw=day) if value else None
    return Extraction(kind="story", title=NAMES[at], links=links, published=dated)


def listing(*urls: str, title: str = "A manual of weaving", links: Iterable[SeriesLink] = ()) -> Extraction:
    return Extraction(kind="listing", title=title, rows=tuple(Row(url, (url,)) for url in urls), links=tuple(links))


def known(start: int = 2, *, day: str = "", turned: bool = False) -> Contents:
    contents = Contents()
    contents.hear(part(start, day=day, turned=turned), PAGES[start], is_member=True)
    return contents


def test_a_list_that_holds_a_part_between_its_neighbours_is_the_contents() -> None:
    contents = known()
    away, other = "https://loom.example/about/", "https://yarn.example/"
    assert contents.meet(listing(away, other, f"{PAGES[0]}#threads", *PAGES, away), LIST)
    assert list(contents.rows()) == PAGES[1:-1]
    assert list(contents.rows()) == [PAGES[0], PAGES[-1]]  # behind those that name them
    assert list(contents.rows()) == []
    assert contents.name == "A manual of weaving"


def test_it_is_also_known_by_a_page_beside_the_first_part() -> None:
    contents = known(0)
    assert not contents.meet(listing(*PAGES), LIST)
    assert not contents.rows()
    contents.meet(part(1), PAGES[1])
    assert contents.rows()


def test_it_is_also_known_by_pages_that_lead_on_and_never_back() -> None:
    contents = Contents()
    for at in (2, 3):
        page = part(at)
        ahead = tuple(one for one in page.links if one.kind == "next")
        contents.hear(Extraction(kind="story", title=page.title, links=ahead), PAGES[at], is_member=True)
    assert contents.meet(listing(*PAGES), LIST)
    assert contents.rows()


@pytest.mark.parametrize(
    ("contents", "page", "url"),
    [
        (known(), listing(*reversed(PAGES)), LIST),
        (known(turned=True), listing(*PAGES), LIST),
        (known(), listing(*PAGES[:2], f"{FOLDER}loom.html", *PAGES[2:]), LIST),
        (known(), listing(*PAGES, links=[link("page", f"{LIST}?page=2")]), LIST),
        (known(), listing(*PAGES, title="全部文章归档"), LIST),
        (known(), listing(*PAGES, title="2022年第6期"), LIST),
        (known(), listing(*PAGES), "https://loom.example/2022-06/18/index.html"),
        (known(day="2021-03-04"), listing(*PAGES), LIST),
    ],
    ids=["newest first", "older first", "a stranger between", "goes on", "of all", "an issue", "of a day", "has a day"],
)
def test_what_speaks_against_it(contents: Contents, page: Extraction, url: str) -> None:
    contents.meet(page, url)
    assert not contents.rows()


@pytest.mark.parametrize(
    ("days", "is_work"),
    [
        (("2021-03-03", "2021-03-04", "2021-03-05"), True),
        (("2021-03-05", "2021-03-04", "2021-03-03"), False),
        (("2021-03-04", "2021-03-04", "2021-03-04"), False),
    ],
    ids=["minutes", "a blog", "a newspaper"],
)
def test_days_have_to_go_on_from_row_to_row(days: tuple[str, str, str], *, is_work: bool) -> None:
    contents = known(day=days[1])
    contents.meet(listing(*PAGES), LIST)
    assert list(contents.wanted()) == [PAGES[1], PAGES[3]]
    contents.meet(part(1, day=days[0]), PAGES[1])
    contents.meet(part(3, day=days[2]), PAGES[3])
    assert list(contents.wanted()) == []
    assert bool(contents.rows()) is is_work


def test_a_row_is_a_part_where_it_and_one_beside_it_name_each_other() -> None:
    contents = known()
    alone = f"{FOLDER}download.html"
    contents.meet(listing(*PAGES, alone), LIST)
    contents.rows()
    contents.meet(part(4), PAGES[4])
    contents.meet(Extraction(kind="story", title="Download"), alone)
    contents.meet(Extraction(kind="story", title=NAMES[5]), PAGES[5])
    assert contents.is_part(PAGES[4])
    assert contents.is_part(PAGES[5])  # the one before it names it
    assert not contents.is_part(alone)
    assert "1 pages that are no stories of it" in (contents.doubt({*PAGES}) or "")


def test_rows_of_other_folders_count_only_where_they_stand_with_the_parts() -> None:
    contents = known()
    first, last = "https://loom.example/book/tools/knife.html", "https://loom.example/book/tools/comb.html"
    contents.meet(listing(first, "https://yarn.example/", *PAGES, last), LIST)
    contents.rows()
    assert contents.title_of(last)
    assert not contents.title_of(first)


def test_a_later_run_finds_it_by_the_parts_that_it_holds() -> None:
    contents = Contents(PAGES[:4], is_known=True)
    contents.meet(listing(*PAGES), LIST)
    assert PAGES[4] in contents.rows()
    other = Contents(PAGES[:4])
    other.meet(listing(*PAGES), LIST)
    assert not other.rows()


def test_that_the_contents_go_on_elsewhere_is_told() -> None:
    contents = known()
    elsewhere = "https://loom.example/dyes/madder.html"
    contents.meet(listing(*PAGES, elsewhere), LIST)
    contents.rows()
    assert contents.doubt({*PAGES}) is None
    last = Extraction(kind="story", title=NAMES[-1], links=(link("prev", PAGES[-2]), link("next", elsewhere)))
    contents.hear(last, PAGES[-1], is_member=True)
    assert elsewhere in (contents.doubt({*PAGES}) or "")


def test_rows_behind_the_most_that_are_read_are_a_doubt() -> None:
    contents = known()
    rows = [*PAGES, *(f"{FOLDER}pattern{n}.html" for n in range(520))]
    assert contents.meet(listing(*rows), LIST)
    contents.rows()
    assert "26 pages behind the first 500" in (contents.doubt({*rows}) or "")
