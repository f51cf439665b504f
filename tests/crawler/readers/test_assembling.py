"""A page and the other documents of its story, read as one; documents in memory stand for the site."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from crawler.extraction.model import Extraction, SeriesLink, Source
from crawler.extraction.parts.documents import Assembly, Document
from crawler.extraction.parts.pager import as_neighbour
from crawler.readers.assembling import assemble
from tests.story_pages import text

SITE = "https://news.example"
TITLE = "河口人家｜第一条鱼"
MEMBER = '<div><h3>往期回顾</h3><ul><li><a href="/a/6.html">河口人家｜戴蓑衣的人</a></li></ul></div>'


def page(body: str, pager: str = "", *, title: str = TITLE, past: str = MEMBER) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{title}_石桥日报</title></head><body>
<div class="top"><a href="/">首页</a> <a href="/news/">新闻</a></div><h1>{title}</h1>
<p>发布时间：2021-03-01 09:00 来源：石桥日报</p>
<div class="content">{body}<div class="pages">{pager}</div></div><p>责任编辑：许小满</p>{past}
<div>石桥日报 版权所有 浙ICP备00000000号</div></body></html>"""


def read(pages: Mapping[str, str], path: str) -> tuple[Extraction, Assembly, list[str]]:
    """The page with all that it wants, and what was asked for."""
    documents: dict[str, Document] = {}
    while True:
        source = Source(pages[path].encode(), SITE + path)
        extraction, assembly = assemble(source, documents)
        if not assembly.wanted:
            return extraction, assembly, [url.removeprefix(SITE) for url in documents]
        for url in assembly.wanted:
            assert url not in documents, "each is asked for once"
            held = pages.get(url.removeprefix(SITE))
            documents[url] = Document(Source(held.encode(), url) if held else None, "the server answered 404")


def paragraphs(seed: str) -> list[str]:
    return [line.removeprefix("<p>").removesuffix("</p>") for line in text(seed).split("\n")]


def numbers(*hrefs: str, here: int) -> str:
    return " ".join(f"<b>{n}</b>" if n == here else f'<a href="{href}">{n}</a>' for n, href in enumerate(hrefs, 1))


WAYS = [
    ["/a/107.html", "/a/107_2.html", "/a/107_3.html"],
    ["/a/107.html", "/a/107_1.html", "/a/107_2.html"],
    ["/a/107/", "/a/107/2/", "/a/107/3/"],
    ["/v.php?id=107", "/v.php?id=107&page=2", "/v.php?id=107&page=3"],
    ["/n/5501", "/n/5502", "/n/5503"],
    ["/detail_2012_0.shtml", "/detail_2012_1.shtml", "/detail_2012_2.shtml"],
    ["/content-12-345-1.html", "/content-12-345-2.html", "/content-12-345-3.html"],
    ["/show.asp?ArticleID=5&Page=1", "/show.asp?ArticleID=5&Page=2", "/show.asp?ArticleID=5&Page=3"],
]


@pytest.mark.parametrize("ways", WAYS)
@pytest.mark.parametrize("pager", ["numbers", "next"])
def test_parts_are_joined_in_their_order(ways, pager) -> None:
    def turning(here: int) -> str:
        if pager == "numbers":
            return numbers(*ways, here=here)
        back = f'<a href="{ways[here - 2]}">上一页</a>' if here > 1 else ""
        return f"{back} {f'<a href={ways[here]!r}>下一页</a>' if here < 3 else '下一页'}"

    if pager == "next" and ways[0] == "/n/5501":
        pytest.skip("chapters are linked like this")
    pages = {way: page(text(f"part {n}"), turning(n)) for n, way in enumerate(ways, 1)}
    found, assembly, _ = read(pages, ways[0])
    assert found.text.split("\n") == [line for n in (1, 2, 3) for line in paragraphs(f"part {n}")]
    assert (assembly.count, assembly.lacking) == (3, ())
    assert [link.title for link in found.links if link.kind == "series"] == ["河口人家｜戴蓑衣的人"]
    assert not [link for link in found.links if link.kind in {"page", "prev", "next"}]
    _, third, _ = read(pages, ways[2])
    assert third.part_of in {SITE + ways[0], SITE + ways[1]}


def test_what_parts_repeat_stands_once_and_a_last_line_is_found() -> None:
    lead = "<p>编者按：这是河口人家系列的第七篇，讲的是一条鱼和一座桥的故事。</p>"
    foot = "<p>（本文由石桥日报与河口镇文化站联合采写，图片由受访者提供。）</p>"
    ways = WAYS[0]
    last = paragraphs("one")[-1]
    pages = {
        ways[0]: page(f"{lead}{text('one')}{foot}", numbers(*ways, here=1), past=""),
        ways[1]: page(f"{lead}<p>{last}</p>{text('two')}{foot}", numbers(*ways, here=2), past=""),
        ways[2]: page(f"{lead}<p>天亮了，船开了。</p>{foot}", numbers(*ways, here=3)),
    }
    found, _, _ = read(pages, ways[0])
    lines = found.text.split("\n")
    assert len(lines) == len(set(lines)), "nothing is said twice"
    assert lines[0].startswith("编者按")
    assert lines[-1].startswith("（本文由")
    assert lines[-2] == "天亮了，船开了。"
    assert "责任编辑" not in found.text
    assert [link.title for link in found.links if link.in_block] == ["河口人家｜戴蓑衣的人"]


def test_a_last_part_of_one_sentence_is_read() -> None:
    ways = WAYS[0][:2]
    pages = {
        ways[0]: page(text("one"), numbers(*ways, here=1)),
        ways[1]: page("<p>天亮了。</p>", numbers(*ways, here=2), title=f"{TITLE}（2）"),
    }
    assert read(pages, ways[0])[0].text.split("\n") == [*paragraphs("one"), "天亮了。"]
    assert read(pages, ways[1])[1].part_of == f"{SITE}{ways[0]}"


def test_the_title_of_a_story_has_no_number_of_a_part() -> None:
    ways = WAYS[0][:2]
    pages = {
        way: page(text(str(n)), numbers(*ways, here=n), title=f"{TITLE}（{n}/2）") for n, way in enumerate(ways, 1)
    }
    assert read(pages, ways[0])[0].title == TITLE
    del pages[ways[1]]
    assert read(pages, ways[0])[0].title == f"{TITLE}（1/2）", "nothing says that the number is one of a part"


def test_one_page_with_all_spares_the_parts() -> None:
    ways = WAYS[0]
    whole = '<a href="/a/107_all.html">单页阅读</a>'
    pages = {way: page(text(f"part {n}"), numbers(*ways, here=n) + whole) for n, way in enumerate(ways, 1)}
    pages["/a/107_all.html"] = page("".join(text(f"part {n}") for n in (1, 2, 3)))
    found, assembly, asked = read(pages, ways[0])
    assert asked == ["/a/107_all.html"]
    assert found.text.split("\n") == [line for n in (1, 2, 3) for line in paragraphs(f"part {n}")]
    assert [part.role for part in assembly.parts] == ["whole"]
    pages["/a/107_all.html"] = page(text("part 1"))
    found, _, _ = read(pages, ways[0])
    assert found.text.split("\n")[-1] == paragraphs("part 3")[-1], "it is not what it is called"
    del pages["/a/107_all.html"]
    assert read(pages, ways[0])[0].text == found.text


def test_the_rest_behind_read_all_is_read() -> None:
    beginning = paragraphs("a")[0]
    pages = {
        "/a/107.html": page(f"<p>{beginning}</p>", '<a href="javascript:" data-url="/full/107.html">展开全文</a>'),
        "/full/107.html": page(text("a")),
    }
    assert read(pages, "/a/107.html")[0].text.split("\n") == paragraphs("a")
    pages["/full/107.html"] = page(text("b"))
    assert read(pages, "/a/107.html")[0].text.split("\n") == [beginning, *paragraphs("b")]
    del pages["/full/107.html"]
    _, assembly, _ = read(pages, "/a/107.html")
    assert [(part.role, part.lacks) for part in assembly.lacking] == [("whole", "the server answered 404")]


def test_a_missing_part_is_said_and_a_part_that_nobody_links_too() -> None:
    ways = [*WAYS[0], "/a/107_4.html"]
    pages = {way: page(text(f"part {n}"), numbers(*ways, here=n)) for n, way in enumerate(ways, 1)}
    pages[ways[2]] = "<html><title>提示</title><p>系统繁忙，请稍后再试</p></html>"
    del pages[ways[3]]
    found, assembly, _ = read(pages, ways[0])
    assert found.text.split("\n") == [*paragraphs("part 1"), *paragraphs("part 2")]
    assert [(part.number, bool(part.url)) for part in assembly.lacking] == [(3, True), (4, True)]
    said = "共4页"
    pages = {way: page(text(f"part {n}"), f"{numbers(*ways[:2], here=n)} {said}") for n, way in enumerate(ways[:2], 1)}
    _, assembly, _ = read(pages, ways[0])
    assert [(part.number, part.url) for part in assembly.lacking] == [(3, None), (4, None)]


def test_parts_to_which_only_a_script_leads_are_said_to_be_missing() -> None:
    pager = '<b>1</b> <a href="javascript:turn(2)">2</a> <a href="javascript:turn(3)">3</a>'
    _, assembly, _ = read({"/a/107.html": page(text("a"), pager)}, "/a/107.html")
    assert [(part.number, part.url, part.lacks) for part in assembly.lacking] == [
        (2, None, "a script leads to it"),
        (3, None, "a script leads to it"),
    ]
    comments = f"{text('b')}<div>网友留言</div><p>沙发</p><p>写得好</p><p>来过渡口</p><p>顶一个</p><p>{pager}</p>"
    assert not read({"/a/107.html": page(text("a"), past=comments)}, "/a/107.html")[1].lacking


def test_a_story_whose_first_part_is_gone_is_read_from_the_part_that_is_there() -> None:
    ways = WAYS[0]
    pages = {way: page(text(f"part {n}"), numbers(*ways, here=n)) for n, way in enumerate(ways, 1)}
    del pages[ways[0]]
    found, assembly, _ = read(pages, ways[1])
    assert found.text.split("\n") == [*paragraphs("part 2"), *paragraphs("part 3")]
    assert [part.number for part in assembly.lacking] == [1]


@pytest.mark.parametrize(
    "other",
    [
        page(text("part 1"), '1 <a href="/a/107.html?page=2">2</a>'),
        page(text("part 1"), '1 <a href="/a/107.html?page=2">2</a>', past="<p>写得真好，想起了我的爷爷。</p>"),
        page(text("else"), title="河口人家｜冬天的网"),
        page("".join(f"<p><a href=/b/{n}.html>第{n}封读者来信谈桥上的灯</a></p>" for n in range(9)), title="读者来信"),
    ],
    ids=["the same", "comments", "another story", "a list"],
)  # fmt: skip
def test_pages_of_something_else_are_no_parts(other) -> None:
    pages = {
        "/a/107.html": page(text("part 1"), '1 <a href="/a/107.html?page=2">2</a> <a href="/a/107.html?page=3">3</a>'),
        "/a/107.html?page=2": other,
    }
    found, assembly, asked = read(pages, "/a/107.html")
    assert (assembly.parts, assembly.part_of) == ((), None)
    assert found.text.split("\n") == paragraphs("part 1")
    assert asked == ["/a/107.html?page=2"], "one look is enough"


def test_a_body_in_a_frame_is_the_body_of_its_page() -> None:
    pages = {
        "/a/107.html": page('<iframe id="content" src="/c/7.htm" width="100%" height="900"></iframe>'),
        "/c/7.htm": f"<html><body>{text('framed')}<p><a href=8.htm>附件</a></p></body></html>",
    }
    found, assembly, _ = read(pages, "/a/107.html")
    assert (found.kind, found.title, found.text.split("\n")[:4]) == ("story", TITLE, paragraphs("framed"))
    assert [(part.role, part.url) for part in assembly.parts] == [("frame", f"{SITE}/c/7.htm")]
    del pages["/c/7.htm"]
    _, assembly, _ = read(pages, "/a/107.html")
    assert [part.lacks for part in assembly.lacking] == ["the server answered 404"]


def test_a_page_of_frames_is_read_with_the_frame_that_tells_the_story() -> None:
    pages = {
        "/a/107.html": f"""<html><head><title>{TITLE}</title></head><frameset cols="20%,80%">
            <frame name="menu" src="/menu.htm"><frame name="main" src="/c/7.htm"></frameset></html>""",
        "/menu.htm": "<html><body><a href=/>首页</a></body></html>",
        "/c/7.htm": page(text("framed")),
    }
    found, _, asked = read(pages, "/a/107.html")
    assert (found.kind, found.title, found.text.split("\n")) == ("story", TITLE, paragraphs("framed"))
    assert asked == ["/c/7.htm"]
    assert [link.url for link in found.links if link.kind == "series"] == [f"{SITE}/a/6.html"]


def test_a_book_in_frames_that_opens_at_one_of_its_chapters_lists_them_all() -> None:
    chapters = "".join(f"<a href={n}.htm target=main>第{n}回　渡口的第{n}夜</a><br>" for n in range(1, 13))
    pages = {
        "/b/": """<html><head><title>渡口夜话</title></head><frameset cols="20%,80%">
            <frame name="left" src="menu.htm"><frame name="main" src="1.htm"></frameset></html>""",
        "/b/menu.htm": f"<html><head><title>目录</title></head><body><b>渡口夜话</b><br>{chapters}</body></html>",
        "/b/1.htm": page(text("chapter"), title="第一回　渡口的第一夜", past=""),
    }
    found, assembly, asked = read(pages, "/b/")
    assert (found.kind, [link.url for link in found.links if link.kind == "entry"]) == (
        "listing",
        [f"{SITE}/b/{n}.htm" for n in range(1, 13)],
    )
    assert [part.url for part in assembly.parts] == [f"{SITE}/b/menu.htm"]
    assert asked == ["/b/1.htm", "/b/menu.htm"]
    del pages["/b/menu.htm"]
    assert read(pages, "/b/")[0].text.split("\n") == paragraphs("chapter"), "else the page that it shows"


def test_a_body_in_a_frame_over_a_long_list_of_past_issues_is_found() -> None:
    past = "".join(f"<li><a href='/a/{n}.html'>河口人家｜第{n}位守桥的人</a></li>" for n in range(1, 8))
    block = f"<div><h3>往期回顾</h3><ul>{past}</ul></div>"
    pages = {
        "/a/107.html": page('<iframe name="c1" src="/c/7.htm" width="98%"></iframe>', past=block),
        "/c/7.htm": f"<html><body>{text('framed')}</body></html>",
    }
    assert read(pages, "/a/107.html")[0].text.split("\n")[:4] == paragraphs("framed")


def test_a_column_in_a_frame_lists_its_rows() -> None:
    rows = "".join(f"<li><a href='/a/{n}.html'>河口人家｜第{n}位守桥的人</a> 2021-03-0{n}</li>" for n in range(1, 8))
    pages = {
        "/column/": '<html><title>河口人家</title><frameset><frame name="main" src="list.htm"></frameset></html>',
        "/column/list.htm": f"<html><body><ul>{rows}</ul></body></html>",
    }
    found, _, _ = read(pages, "/column/")
    assert (found.kind, sum(link.kind == "entry" for link in found.links)) == ("listing", 7)


def test_a_story_with_a_frame_beside_it_asks_for_nothing() -> None:
    pages = {"/a/107.html": page(text("a") + '<iframe src="/player.htm?v=1" width="640" height="480"></iframe>')}
    assert read(pages, "/a/107.html")[2] == []


def test_what_a_story_turns_to_and_does_not_hold_is_its_neighbour() -> None:
    link = SeriesLink(kind="page", title="下一頁", url=f"{SITE}/ch06.html", href="ch06.html", position=0)
    assert as_neighbour(link).kind == "next"
    for other in (replace(link, title="6"), replace(link, is_ruled=True), replace(link, kind="entry")):
        assert as_neighbour(other) == other
