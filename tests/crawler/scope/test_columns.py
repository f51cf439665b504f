"""Which of the columns that a member names are its own."""

import pytest

from crawler.catalogue.file import SeriesSpec
from crawler.extraction.model import Extraction, Row, SeriesLink, Shelf
from crawler.scope.arrivals import Arrivals, Link
from crawler.scope.leads import Leads
from crawler.scope.lists.columns import Columns
from crawler.scope.membership import Membership
from crawler.scope.probes import BESIDE, Probes
from crawler.scope.reach import Reach

SITE = "https://mill.example"
MEMBER = f"{SITE}/a/1.html"
ROW = f"{SITE}/a/2.html"
FURTHER = f"{SITE}/a/9.html"
SHELF = Shelf(f"{SITE}/topic/1.html", "专栏", "series")


def columns() -> tuple[Columns, Arrivals]:
    leads, members = Leads(), Membership()
    leads.take([SHELF], MEMBER, first=True)
    arrivals = Arrivals(members)
    arrivals.filing.hear(Extraction(kind="story", title="雨天"), MEMBER)
    return Columns(Reach(SeriesSpec.of_url(MEMBER)), members, leads, Probes([MEMBER]), arrivals), arrivals


OTHER = Link(None, BESIDE, "entry")


@pytest.mark.parametrize(
    ("rows", "asked", "belongs"),
    [
        ([ROW, MEMBER], FURTHER, True),  # it shows the member
        ([ROW], ROW, True),  # the member may stand further back
        ([ROW], FURTHER, False),  # a menu that stands on every page of the site
    ],
)
def test_a_page_and_the_column_that_it_names_have_to_name_each_other(
    rows: list[str], asked: str, *, belongs: bool
) -> None:
    known, arrivals = columns()
    named = tuple(SeriesLink(kind="entry", title="磨盘", url=url, href=url, position=0) for url in rows)
    known.filed(Extraction(kind="listing", links=named, rows=tuple(Row(url, ("磨盘",)) for url in rows)), SHELF.url)
    page = Extraction(kind="story", title="磨盘上的字", shelves=(SHELF,))
    assert (arrivals.why_foreign(page, asked, OTHER) is None) == belongs


def test_only_rows_whose_addresses_may_be_of_stories_are_tried() -> None:
    known, _ = columns()
    rows = (ROW, f"{SITE}/forms/index.html", f"{SITE}/a/", f"{SITE}/a/3.html")
    page = Extraction(kind="listing", rows=tuple(Row(url, ("磨盘",)) for url in rows))
    assert known.filed(page, SHELF.url) == [ROW, f"{SITE}/a/3.html"]
