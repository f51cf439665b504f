"""Real crawls of stories that stand in several documents: one story, first and later, whole or told as incomplete."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import Archive
from storage.rows import StoryRow
from tests.crawler.downloader.test_warc import URL, Writing, write
from tests.crawler.site import Answer, Site, response, serving
from tests.crawling import command, crawl_command, scrapy
from tests.story_pages import text
from tests.test_membership_crawl import crawl, outcomes

FIRST, SECOND, THIRD = "河口人家｜戴蓑衣的人", "河口人家｜第一条鱼", "河口人家｜冬天的网"
AT_ONCE = ("-s", "RETRY_PAUSE=0")
BUSY = response("<html><title>提示</title><p>系统繁忙，请稍后再试</p></html>", "503 Service Unavailable")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


def page(title: str, body: str, *, pager: str = "", past: str = "", head: str = "") -> bytes:
    block = f"<div><h3>往期回顾</h3><ul>{past}</ul></div>" if past else ""
    return response(
        f"""<html><head><meta charset="utf-8"><title>{title}_石桥日报</title></head><body>
<div>当前位置：<a href="/">首页</a></div><h1>{title}</h1><p>发布时间：2021-03-01 09:00 来源：石桥日报</p>
<div class="content">{head}{body}<div class="pages">{pager}</div></div>
<p>责任编辑：许小满</p>{block}<div>石桥日报 版权所有</div></body></html>"""
    )


def row(title: str, href: str) -> str:
    return f'<li><a href="{href}">{title}</a></li>'


def sentence(seed: str) -> str:
    return text(seed)[3:23]


def stories(archive: Path) -> dict[str, StoryRow]:
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        found = list(opened.stories())
    assert len({one.title for one in found}) == len(found), "one story, one title"
    return {one.title: one for one in found}


def three_parts(site: Site, middle: Answer | list[Answer]) -> None:
    """A story in three parts; its 往期 block is on the last. `middle` is the second part."""
    site.pages["/a/2.html"] = page(SECOND, text("2.1"), pager='1 <a href="2_2.html">2</a> <a href="2_3.html">3</a>')
    site.pages["/a/2_2.html"] = middle
    last = '<a href="2.html">上一页</a> <a href="2.html">1</a> <a href="2_2.html">2</a> 3'
    site.pages["/a/2_3.html"] = page(SECOND, "<p>天亮了，船也就开了。</p>", pager=last, past=row(FIRST, "/a/1.html"))
    site.pages["/a/1.html"] = page(FIRST, text("1"))


def middle_part() -> bytes:
    return page(SECOND, text("2.2"), pager='<a href="2.html">1</a> 2 <a href="2_3.html">3</a>')


def test_a_missing_part_is_told_and_asked_again_until_the_story_is_whole(site: Site, tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    three_parts(site, [response("", "404 Not Found"), middle_part(), BUSY])
    site.pages["/a/3.html"] = page(THIRD, text("3"), past=row(SECOND, "/a/2_3.html") + row(FIRST, "/a/1.html"))
    ended = scrapy(archive, crawl_command(site.url("/a/3.html"), *AT_ONCE))
    assert ended.returncode == 20, "a part of a story is missing"
    assert f"incomplete: 1\n    {site.url('/a/2.html')}: part 2 ({site.url('/a/2_2.html')}) is missing" in ended.stdout
    held = stories(archive)
    assert set(held) == {FIRST, SECOND, THIRD}, "the column's way to the third part leads to the story"
    assert held[SECOND].url == site.url("/a/2.html")
    assert sentence("2.1") in held[SECOND].text
    assert sentence("2.2") not in held[SECOND].text
    assert held[SECOND].text.endswith("天亮了，船也就开了。")
    assert "part 2" in scrapy(archive, command("show", str(held[SECOND].id))).stdout
    assert crawl(site, archive, "/a/3.html", *AT_ONCE) == 0, "the part has come"
    whole = stories(archive)[SECOND].text
    assert [whole.find(piece) >= 0 for piece in (sentence("2.1"), sentence("2.2"), "天亮了")] == [True] * 3
    assert whole.index(sentence("2.1")) < whole.index(sentence("2.2")) < whole.index("天亮了")
    assert "责任编辑" not in whole
    assert crawl(site, archive, "/a/2_3.html", "-a", "refresh=all", *AT_ONCE) == 0, "a third part leads to its series"
    assert stories(archive)[SECOND].text == whole, "what came once stays"
    assert site.count("/a/2_3.html") == 5, "with its story each time, and where a link or a person led to it"
    ((outcome, why),) = outcomes(archive, site, ["/a/2_2.html"])
    assert outcome == "part"
    assert "503" in why


def test_a_warc_is_joined_likewise_and_a_frame_holds_the_body(tmp_path: Path) -> None:
    def fill(warc: Writing) -> None:
        third = row(THIRD, "/3.html")
        warc.answer("2.html", page(SECOND, text("2.1"), pager='1 <a href="2_2.html">2</a>').partition(b"\r\n\r\n")[2])
        last = page(SECOND, text("2.2"), pager='<a href="2.html">1</a> 2', past=third + row(FIRST, "/1.html"))
        warc.answer("2_2.html", last.partition(b"\r\n\r\n")[2])
        framed = page(THIRD, '<iframe src="/c/3.htm" width="100%" height="900"></iframe>')
        warc.answer("3.html", framed.partition(b"\r\n\r\n")[2])
        warc.answer("c/3.htm", f"<html><body>{text('3')}</body></html>")
        lost = page(FIRST, '<iframe src="/c/1.htm" width="100%" height="900"></iframe>')
        warc.answer("1.html", lost.partition(b"\r\n\r\n")[2])

    archive = tmp_path / "archive.db"
    warc = write(tmp_path / "river.warc.gz", fill)
    start = URL.format("2.html")
    ended = scrapy(archive, crawl_command(start, "-a", f"warc={warc}"))
    assert ended.returncode == 20, "a body is missing"
    assert "c/1.htm" in ended.stdout
    held = stories(archive)
    assert sentence("2.2") in held[SECOND].text
    assert sentence("3") in held[THIRD].text
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        (told,) = opened.why(URL.format("2_2.html"))
        assert (told.page.outcome, told.page.story_id) == ("part", held[SECOND].id)
        assert [opened.payload(one.payload_sha256 or "") is not None for one in told.captures] == [True], "it is kept"
