"""The menu of a work, in which this page stands between its neighbours."""

import pytest

from crawler.extraction import extract_page
from tests.crawler.extraction.links.pages import find, titles, urls

SITE = "https://loom.example"
PAGER = "<div><a href={}>Previous</a><a href={}>Next</a></div>"
NAMES = ["warp", "weft", "shed", "beam"]


def menu(own: str, *, head: str = "", days: tuple[str, ...] = ()) -> str:
    """A menu of two sections; the page's own row is `own`."""
    labels = days or tuple(NAMES)
    rows = [f"<li><a href=/book/make/{name}.html>{label}</a></li>" for name, label in zip(NAMES, labels, strict=True)]
    at = NAMES.index(own)
    rows[at] = rows[at] if days else f"<li><a href=#>{own}</a></li>"
    care = "".join(f"<li><a href=/book/care/{name}.html>{name}</a></li>" for name in ("oil", "rust", "dust"))
    make = f"<li><a href=/book/make/>Making</a><ul>{''.join(rows)}</ul></li>"
    return f"{head}<ul>{make}<li><a href=/book/care/>Care</a><ul>{care}</ul></li></ul>"


def parts(own: str, pager: tuple[str, str], *, head: str = "", days: tuple[str, ...] = ()) -> list[str]:
    before = menu(own, head=head, days=days)
    found = find(PAGER.format(*pager), title=own, url=f"{SITE}/book/make/{own}.html", before=before)
    return [str(url).removeprefix(f"{SITE}/book/") for url in urls(found)]


def test_its_own_row_may_lead_to_a_place_on_this_page() -> None:
    assert parts("weft", ("warp.html", "shed.html")) == ["make/warp.html", "make/shed.html", "make/beam.html"]


def test_the_word_latest_beside_the_name_of_the_work_is_a_version() -> None:
    assert len(parts("weft", ("warp.html", "shed.html"), head="<div>latest</div>")) == len(NAMES) - 1


def test_the_last_page_of_a_section_does_not_take_in_the_next_one() -> None:
    assert parts("beam", ("shed.html", "../care/")) == ["make/warp.html", "make/weft.html", "make/shed.html"]


@pytest.mark.parametrize(
    ("days", "count"),
    [
        (("2022-08-07", "2022-08-21", "2022-09-04", "2023-01-08"), 3),
        (("2023-01-08", "2022-09-04", "2022-08-21", "2022-08-07"), 0),
    ],
    ids=["minutes", "what is new"],
)
def test_days_that_go_on_from_row_to_row_are_names(days: tuple[str, ...], count: int) -> None:
    assert len(parts("weft", ("warp.html", "shed.html"), days=days)) == count


def test_a_short_page_of_a_work_is_no_list_of_its_menu() -> None:
    rows = "".join(f"<li><a href=/book/{n}.html>Chapter {n} of the book of looms</a></li>" for n in range(12))
    body = f"<ul>{rows}</ul><h1>Chapter 5 of the book of looms</h1><p>See the pictures, and the notes.</p>"
    html = f"<html><head><title>Chapter 5 of the book of looms</title></head><body>{body}{PAGER}</body></html>"
    page = extract_page(html.format("4.html", "6.html").encode(), f"{SITE}/book/5.html", {})
    assert len([link for link in page.links if link.kind == "series"]) == 11
    assert not [link for link in page.links if link.kind == "entry"]


BOX = (
    "<details><summary>Mending a loom - This article is part of a series.</summary>"
    "<div>Part 1: <a href=/p/bringing-it-home/>Bringing it home</a></div>{}"
    "<div>Part 3: <a href=/p/under-the-beam/>Under the beam</a></div></details>"
)


@pytest.mark.parametrize("own", ["<div>Part 2: This Article</div>", "<div>Part 2: A missing tooth</div>"])
def test_the_folded_box_of_a_theme(own: str) -> None:
    found = find(BOX.format(own), title="A missing tooth", url=f"{SITE}/p/a-missing-tooth/")
    assert titles(found) == ["Bringing it home", "Under the beam"]
    assert found.series_name == "Mending a loom"


def test_this_article_says_which_number_the_page_has() -> None:
    rows = "<p>1. <a href=/p/reed/>The reed</a></p><p>2. This article</p><p>3. <a href=/p/beam/>The beam</a></p>"
    found = find(rows, title="A missing tooth", url=f"{SITE}/p/tooth/")
    assert titles(found) == ["The reed", "The beam"]


def test_what_stands_beyond_the_bounds_of_a_page_is_told() -> None:
    pointers = "".join(f"<p><a href=/p/{n}/>上一篇：织机 {n}</a></p>" for n in range(320))
    assert any("more than 300 links" in doubt for doubt in find(pointers).doubts)
    headings = "".join(f"<h3>往期回顾</h3><p><a href=/q/{n}/>织机的故事 {n}</a></p>" for n in range(60))
    assert any("more than 50 headings" in doubt for doubt in find(headings).doubts)
    assert not any("more than" in doubt for doubt in find(pointers[:2000]).doubts)
    pages = "".join(f"<a href=list_{n}.html>{n}</a> " for n in (2, 3, 4)) + "<a href=list_2400.html>尾页</a>"
    assert any("2,400 pages" in doubt for doubt in find(pages, url=f"{SITE}/list.html").doubts)


def test_the_last_page_of_a_group_leads_to_the_groups_beside_it_in_its_folder() -> None:
    groups = [("Making", ["warp", "weft", "shed"]), ("Keeping", ["oil", "rust", "dust"])]
    items = (
        f"<section><h2>{name}</h2>{''.join(f'<div><a href=/book/{page}>{page}</a></div>' for page in pages)}</section>"
        for name, pages in groups
    )
    before = f"<aside><nav>{''.join(items)}</nav></aside>"
    found = find(PAGER.format("weft", "oil"), title="shed", url=f"{SITE}/book/shed", before=before)
    assert titles(found) == ["warp", "weft", "oil", "rust", "dust"]


def sections(own: str, rows: list[str]) -> list[str]:
    """Where the page called `own` leads by a menu of these rows, when it names no neighbour."""
    links = "".join(f"<li><a href={'./' if row == own else f'../s{at}/'}>{row}</a></li>" for at, row in enumerate(rows))
    found = find("", title=own, url=f"{SITE}/book/own/", before=f"<nav><ul>{links}</ul></nav>")
    return [str(url).removeprefix(f"{SITE}/book/") for url in urls(found)]


BOOK = ["第1章 纱线", "2.1 经", "2.2 纬", "3.1 综框", "3.2 筘", "4.1 织机"]


def test_a_menu_of_numbered_sections_is_the_contents_where_no_page_names_its_neighbours() -> None:
    assert sections("2.2 纬", BOOK) == [f"s{at}/" for at in (0, 1, 3, 4, 5)]


@pytest.mark.parametrize(
    ("own", "rows"),
    [
        ("2.2 纬", BOOK[::-1]),  # the newest first
        ("2.2 纬", ["2.1 经", "2.2 纬", "2.7 筘", "9.3 染", "14.2 缝", "20.5 绣"]),  # versions, prices
        ("2.2 纬", BOOK[:2] + BOOK[3:]),  # not one of them
        ("纬", [*BOOK[:2], "纬", *BOOK[3:]]),
    ],
)
def test_other_numbered_rows_are_no_contents(own: str, rows: list[str]) -> None:
    assert sections(own, rows) == []
