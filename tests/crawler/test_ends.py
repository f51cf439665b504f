"""What a run says of parts that nothing it has read would show."""

from dataclasses import replace

import pytest

from crawler.extraction.links.finders.contents import IN_CONTENTS
from crawler.extraction.model import Extraction, Row, SeriesLink
from crawler.scope.ends import Ends

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


def test_what_nothing_shows_is_told_where_a_list_was_looked_at_in_vain() -> None:
    found = ends(n1=member(names=(PAGES[0],)), n0=member())
    found.list_nothing()
    assert "渡口手记" in (doubt(found, PAGES[:2]) or "")
    found.list(PAGES[:2])
    assert doubt(found, PAGES[:2]) is None


@pytest.mark.parametrize(("ways", "is_told"), [(["prev", "prev"], True), (["prev", "next"], False)])
def test_a_chain_that_leads_back_alone_says_nothing_of_newer_parts(ways: list[str], *, is_told: bool) -> None:
    pages = [
        Extraction(kind="story", title=f"渡口手记{n}", links=(link(way, PAGES[1 - n]),)) for n, way in enumerate(ways)
    ]
    last = Extraction(kind="story", title="渡口手记的开头", links=(link(ways[0], PAGES[0]),))
    found = ends(n0=replace(pages[0], links=()), n1=pages[1], n2=last)
    found.list_nothing()
    assert bool(doubt(found, PAGES[:3])) == is_told


def test_a_notice_of_a_move_has_to_lead_somewhere() -> None:
    found = ends(n0=member(PAGES[1]), n1=member(PAGES[0], names=(PAGES[0],)))
    found.list(PAGES[:2])
    found.notice(PAGES[2], "搬家启事")
    assert "搬家启事" in (doubt(found, PAGES[:2]) or "")
    found.led_on(PAGES[2])
    assert doubt(found, PAGES[:2]) is None


def test_the_second_page_of_a_member_is_no_stranger() -> None:
    further = PAGES[1].replace(".html", "_2.html")
    assert doubt(ends(n1=member(further), n0=member(PAGES[1], names=(PAGES[1],))), PAGES[:2]) is None


def test_lists_of_this_run_speak_for_members_that_it_did_not_read_again() -> None:
    found = ends(n1=member())
    assert not found.are_known(PAGES[:3])
    found.list(PAGES[:3])
    assert found.are_known(PAGES[:3])


def test_a_run_that_read_a_part_of_the_members_does_not_judge() -> None:
    assert not ends(n1=member(PAGES[2]), n2=member(PAGES[3])).are_known(PAGES[:3])


def test_what_stands_beside_is_no_part_where_its_number_has_another_word_before_it() -> None:
    story, sheet = "https://paper.example/2023/content_7.htm", "https://paper.example/2023/node_8.htm"
    found = Ends()
    found.hear(member(sheet), story)
    found.hear(member(), f"{story}?")
    assert found.doubt(lambda url: url == story) is None
    other = Ends()
    other.hear(member(sheet.replace("node", "content")), story)
    assert other.doubt(lambda url: url == story)


def test_a_list_without_rows_shows_members_where_it_has_several() -> None:
    issue, column = [PAGES[2], "https://ferry.example/about"], [PAGES[1], PAGES[2]]
    for links, is_doubted in ((issue, True), (column, False)):
        bare = ends(n1=member(PAGES[2]), n2=member(PAGES[1], PAGES[3]))
        bare.glance(links)
        assert bool(doubt(bare, PAGES[1:3])) is is_doubted


def test_contents_of_one_section_end_before_the_page_that_follows_it() -> None:
    urls = [f"https://mill.example/guide/{name}" for name in ("water", "split", "mantou")]
    kinds = (("series", urls[1]), ("prev", urls[2]))
    links = tuple(
        SeriesLink(
            kind=kind,  # type: ignore[arg-type]  # kinds of the test
            title="",
            url=url,
            href=url,
            position=0,
            in_block=kind == "series",
            reasons=(IN_CONTENTS,),
        )
        for kind, url in kinds
    )
    ends = Ends()
    ends.hear(Extraction(kind="story", title="换水", links=links), urls[0])
    ends.list(urls[:2])
    assert urls[2] in (ends.doubt(lambda url: url in urls[:2]) or "")
    assert ends.doubt(lambda url: url in urls) is None


def test_sections_below_a_chapter_that_nobody_read_are_told() -> None:
    chapters = [f"https://ferry.example/book/chapter{n}/" for n in range(2)]
    sections = [f"{chapters[1]}1-{n}-ropes/" for n in range(3)]
    rows = [*sections, f"{chapters[1]}feed/", f"{chapters[1]}#top", "https://ferry.example/about/"]
    found = Ends()
    for url, below in zip(chapters, ([], rows), strict=True):
        page = Extraction(kind="story", title=url[-9:-1], rows=tuple(Row(one, (f"节 {one[-8:]}",)) for one in below))
        found.hear(page, url)
    found.list(chapters)
    told = doubt(found, chapters) or ""
    assert "《chapter1》 leads to 3 pages below its own address that were not read" in told
    assert found.doubt({*chapters, *sections}.__contains__) is None


def test_what_lies_below_a_home_page_is_the_site() -> None:
    found = Ends()
    rows = tuple(Row(f"https://ferry.example/other{n}/", (f"别的{n}",)) for n in range(4))
    found.hear(Extraction(kind="story", title="渡口", rows=rows), "https://ferry.example/")
    found.hear(Extraction(kind="story", title="渡口手记"), PAGES[0])
    assert doubt(found, ["https://ferry.example/", PAGES[0]]) is None
