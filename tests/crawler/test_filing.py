"""The column that members are filed in: when it is their series, and who is filed elsewhere."""

from dataclasses import replace

import pytest

from crawler.extraction.links.finders.breadcrumb import CRUMB
from crawler.extraction.model import Extraction, Row, SeriesLink, Shelf
from crawler.scope.filing import Filing

SITE = "https://loom.example"
COLUMN = f"{SITE}/w/"
ROWS = [f"{SITE}/w/{n}.html" for n in range(8)]


def link(kind: str, url: str, title: str = "", reason: str = "") -> SeriesLink:
    return SeriesLink(kind=kind, title=title, url=url, href=url, position=0, reasons=(reason,))  # type: ignore[arg-type]  # kinds of the test


def member(*beside: str, filed: str = COLUMN, called: str = "灯下的织机") -> Extraction:
    crumb = link("listing", filed, called, CRUMB)
    return Extraction(kind="story", title="一匹布", links=(crumb, *(link("next", url) for url in beside)))


def listing(*rows: str, pages: tuple[str, ...] = ()) -> Extraction:
    links = (*(link("entry", url, "一行") for url in rows), *(link("page", url) for url in pages))
    return Extraction(kind="listing", links=links)


def filed(page: Extraction, *columns: tuple[str, Extraction], known: tuple[str, ...] = ()) -> Filing:
    filing = Filing(known)
    filing.hear(page, ROWS[2])
    for url, column in columns:
        filing.take(column, url)
    return filing


def test_a_narrow_column_whose_rows_are_the_neighbours_is_the_series() -> None:
    second = f"{COLUMN}list_2.html"
    pages = [(COLUMN, listing(*ROWS[:4], pages=(second,))), (second, listing(*ROWS[4:], pages=(COLUMN,)))]
    found = filed(member(ROWS[1], ROWS[3]), *pages).series()
    assert found
    assert (found.name, list(found.rows)) == ("灯下的织机", ROWS)
    assert filed(member(ROWS[1], ROWS[3]), pages[0]).series() is None  # its second page was not read
    assert filed(member(ROWS[1], ROWS[3]), pages[0], known=(second,)).series()


@pytest.mark.parametrize(
    "page",
    [
        member(ROWS[1], called="校园新闻"),
        member(ROWS[1], f"{SITE}/n/7.html"),
        member(filed=f"{SITE}/n/"),
    ],
    ids=["called as a kind of article", "neighbours of another column", "filed elsewhere"],
)
def test_what_speaks_against_it(page: Extraction) -> None:
    assert filed(page, (COLUMN, listing(*ROWS))).series() is None


def test_friends_of_the_site_are_no_rows_and_what_lies_beside_members_is_one() -> None:
    friends = [f"https://friend{n}.example/" for n in range(5)]
    numbered = f"{SITE}/w/5-looms-of-the-old-town.html"
    found = filed(member(), (COLUMN, listing(*ROWS[:4], numbered, *friends))).series()
    assert found
    assert list(found.rows) == [*ROWS[:4], numbered]


def test_the_last_page_of_a_column_has_rows_though_its_menu_has_more() -> None:
    menu = [f"{SITE}/{name}/list.htm" for name in ("news", "people", "about", "contact")]
    shown = tuple(Row(url, ("一行",)) for url in (*menu, ROWS[2], ROWS[3]))
    last = replace(listing(*menu), rows=shown)
    assert list(filed(member()).rows_of(last)) == ROWS[2:4]


def test_a_column_too_long_for_a_series_is_none() -> None:
    many = [f"{SITE}/w/{n}.html" for n in range(400)]
    assert filed(member(), (COLUMN, listing(*many[:150]))).series() is None
    assert filed(member(many[1]), (COLUMN, listing(*many[:150]))).series()
    assert filed(member(many[1]), (COLUMN, listing(*many))).series() is None


def test_who_says_another_column_than_all_members_is_elsewhere() -> None:
    filing = filed(member())
    assert filing.is_elsewhere(member(filed=f"{SITE}/n/"), ROWS[1])
    assert not filing.is_elsewhere(member(), ROWS[1])
    assert not filing.is_elsewhere(Extraction(kind="story", title="一匹布"), ROWS[1])


def labelled(*beside: str, filed: str = COLUMN, called: str = "灯下的织机", more: tuple[Shelf, ...] = ()) -> Extraction:
    """As a blog says it below a post: 分类：灯下的织机."""
    shelves = (Shelf(filed, called, "filed"), *more)
    links = tuple(link("next", url) for url in beside)
    return Extraction(kind="story", title="一匹布", shelves=shelves, links=links)


def test_a_blog_category_is_the_series_where_a_neighbour_is_in_it_and_the_other_says_it_is_elsewhere() -> None:
    post = labelled(ROWS[1], f"{SITE}/w/99.html")
    filing = filed(post, (COLUMN, listing(*ROWS)))
    assert filing.series() is None  # what the other one is was not read
    assert filing.is_elsewhere(labelled(filed=f"{SITE}/n/"), f"{SITE}/w/99.html")
    found = filing.series()
    assert found
    assert list(found.rows) == ROWS


@pytest.mark.parametrize(
    "post",
    [
        labelled(f"{SITE}/w/99.html"),
        labelled(),
        labelled(ROWS[1], f"{SITE}/w/99.html", called="读书札记"),
        labelled(ROWS[1], f"{SITE}/w/99.html", more=(Shelf(f"{SITE}/tag/7/", "棉线", "filed"),)),
    ],
    ids=["no neighbour in it", "no neighbour at all", "called as a kind of post", "one of several"],
)
def test_a_mixed_blog_is_never_taken_for_a_series(post: Extraction) -> None:
    filing = filed(post, (COLUMN, listing(*ROWS)))
    assert filing.is_elsewhere(labelled(filed=f"{SITE}/n/"), f"{SITE}/w/99.html")
    assert filing.series() is None
