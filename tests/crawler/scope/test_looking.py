"""From a part whose title says nothing, by the contents of its work, to all of its parts."""

from dataclasses import replace

from crawler.catalogue.file import SeriesSpec
from crawler.extraction import extract_page
from crawler.extraction.model import Extraction, SeriesLink
from crawler.scope.arrivals import NO_LINK, Link
from crawler.scope.links import Scope
from crawler.scope.lists.contents import CONTENTS_ROW
from crawler.scope.probes import BESIDE

FOLDER = "https://loom.example/manual/"
NAMES = ["warp", "weft", "shed", "beam", "reed", "heald"]
TEXT = "<p>" + "The weaver draws each thread through its own eye, and counts them aloud so that none is left out. " * 24


def read(body: str, url: str) -> Extraction:
    return extract_page(
        f"<html><head><title>A manual of weaving</title></head><body>{body}</body></html>".encode(),
        url,
        {"content-type": "text/html; charset=utf-8"},
    )


def part(at: int) -> Extraction:
    near = [(label, at + step) for label, step in (("Previous", -1), ("Next", 1)) if 0 <= at + step < len(NAMES)]
    pager = "".join(f"<li><a href={NAMES[other]}.html>{label}</a></li>" for label, other in near)
    return read(f"<ul>{pager}</ul><h1>On the {NAMES[at]}</h1>{TEXT}", url(at))


def url(at: int) -> str:
    return f"{FOLDER}{NAMES[at]}.html"


def contents() -> Extraction:
    rows = "".join(f"<dt><a href={name}.html>On the {name}</a></dt><dd>and what it is for</dd>" for name in NAMES)
    return read(f"<h1>A manual of weaving</h1><a href=https://yarn.example/>Yarn</a><dl>{rows}</dl>", FOLDER)


def test_the_rows_of_the_contents_are_the_series() -> None:
    scope = Scope(SeriesSpec(name="weaving", start=(url(2),)))
    scope.discover(part(2), url(2), 0, NO_LINK)
    (lead,) = [one for one in scope.look() if one.url == FOLDER]
    link = Link(lead.title, lead.reason, lead.via)
    assert scope.why_foreign(contents(), FOLDER, link) is None
    scope.discover(scope.arrivals.as_looked_at(contents(), FOLDER, link), FOLDER, 1, link)
    assert [one.url for one in scope.look()] == [url(at) for at in (1, 3, 4)]
    assert scope.name == "A manual of weaving"
    named = Link("On the beam", CONTENTS_ROW, "series")
    assert scope.why_foreign(part(3), url(3), named) is None
    beside = {found.url: found.reason for found in scope.discover(part(3), url(3), 1, named)}
    assert beside[url(4)] == CONTENTS_ROW
    assert [one.url for one in scope.look()] == [url(0), url(5)]
    assert scope.look() == [] or scope.look()[0].via == "lead"


def test_a_book_is_turned_from_its_contents_to_its_first_chapter_and_a_list_to_more_rows() -> None:
    def is_believed(turned_to: str) -> bool:
        scope = Scope(SeriesSpec(name="weaving", start=(url(2),)))
        scope.discover(part(2), url(2), 0, NO_LINK)
        turn = (SeriesLink(kind="page", title="下一页", url=turned_to, href=turned_to, position=0),)
        return scope.contents.meet(replace(contents(), kind="listing", links=turn), FOLDER)

    assert is_believed(url(0))
    assert not is_believed(f"{FOLDER}index_2.html")


def test_a_page_that_the_contents_list_and_no_part_leads_to_is_doubted() -> None:
    scope = Scope(SeriesSpec(name="weaving", start=(url(2),)))
    scope.discover(part(2), url(2), 0, NO_LINK)
    scope.why_foreign(contents(), FOLDER, Link("up", scope.look()[0].reason, "lead"))
    scope.look()
    loose = read(f"<h1>On the heald</h1>{TEXT}", url(5))
    link = Link("On the heald", CONTENTS_ROW, "series")
    assert scope.why_foreign(loose, url(5), link)
    assert "do not name each other" in scope.arrivals.doubts_of(loose, url(5), link)[0]


def test_rows_beside_the_only_member_of_a_list_that_shows_it_are_tried() -> None:
    titles = ["Looms of the coast (Vol 1): Warp", "Looms of the coast (Vol 2): Weft", "Of dyes", "Of wool", "Of carts"]
    pages = [read(f"<h1>{title}</h1>{TEXT}", url(at)) for at, title in enumerate(titles)]
    rows = "".join(f"<li><a href={NAMES[at]}.html>{title.split()[-1]}</a></li>" for at, title in enumerate(titles))
    front = read(f"<h1>Weavers' books</h1><ul>{rows}</ul>", FOLDER)
    scope = Scope(SeriesSpec(name="looms", start=(url(0),)))
    scope.discover(pages[0], url(0), 0, NO_LINK)
    tried: dict[str, str] = {}
    while found := scope.look():
        for lead in found:
            tried[lead.url] = lead.reason
            page = front if lead.url == FOLDER else next((p for at, p in enumerate(pages) if url(at) == lead.url), None)
            link = Link(lead.title, lead.reason, lead.via)
            if page is not None and scope.why_foreign(page, lead.url, link) is None:
                tried |= {one.url: one.reason for one in scope.discover(page, lead.url, 1, link)}
    assert [one for one, reason in tried.items() if reason == BESIDE] == [url(1)]


def test_rows_of_a_story_are_not_tried_before_a_story_names_them() -> None:
    scope = Scope(SeriesSpec(name="weaving", start=(url(2),)))
    scope.discover(part(2), url(2), 0, NO_LINK)
    menu = "".join(f"<li><a href={name}.html>{name}</a></li>" for name in NAMES)
    beside = read(f"<h1>On the beam</h1><ul>{menu}</ul>{TEXT}", url(3))
    scope.why_foreign(beside, url(3), Link("On the beam", "next: a neighbour", "next"))
    assert list(scope.probes.beside(scope.members.knows)) == []
