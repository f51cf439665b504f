"""Stories that are told in something else than running prose."""

from datetime import UTC, datetime

import pytest

from crawler.extraction import Extraction, extract_page
from crawler.extraction.parts.documents import Document
from crawler.readers.read_page import prepare
from crawler.run.visits import Place

URL = "https://harbour.example/a/2024/7.html"
TITLE = "灯塔人家｜守灯的孟家"
MENU = '<div class="top"><a href="/">首页</a> <a href="/xw/">新闻</a> <a href="/wh/">文化</a></div>'
PAST = '<div class="past"><h3>往期回顾</h3><ul><li><a href="/a/2024/6.html">灯塔人家｜修船的阿贵</a></li></ul></div>'
FOOT = '<div class="footer">海港网 版权所有 <a href="/about">关于我们</a> <a href="/map">网站地图</a></div>'
INFO = '<div class="info"><span>2024-03-05 09:30</span> <span>来源：海港晨报</span></div>'


def page(held: str, *, info: str = INFO, title: str = TITLE, past: str = PAST) -> bytes:
    return (
        f'<html><head><meta charset="utf-8"><title>{title}-海港网</title></head><body>{MENU}<div class="main">'
        f'<h1>{title}</h1>{info}<div class="article-content">{held}</div>{past}</div>{FOOT}</body></html>'
    ).encode()


def read(held: str, named: str | None = None, **parts: str) -> Extraction:
    return extract_page(page(held, **parts), URL, named=named)


def media(found: Extraction) -> list[tuple[str, str | None]]:
    return [(block.kind, block.url) for block in found.blocks if block.url]


DOCUMENTS = {
    "iframe": '<iframe src="/files/7.pdf" width="100%"></iframe>',
    "viewer": '<iframe src="/js/pdfjs/web/viewer.html?file=/files/7.pdf"></iframe>',
    "viewer, escaped": '<iframe src="/js/pdfjs/web/viewer.html?file=%2Ffiles%2F7.pdf#page=1"></iframe>',
    "viewer without extension": '<iframe src="/plugins/pdf/viewer.htm?file=/files/7.pdf?v=2"></iframe>',
    "object": '<object data="/files/7.pdf" type="application/pdf"><p>您的浏览器不支持</p></object>',
    "embed": '<embed src="/files/7.pdf">',
    "attribute": '<div class="pdf-player" pdfsrc="/files/7.pdf"></div>',
    "data attribute": '<div id="flip" data-pdf-url="/files/7.pdf"><canvas></canvas></div>',
    "script": '<div id="v"></div><script>PDFObject.embed("/files/7.pdf", "#v");</script>',
    "escaped script": '<div id="v"></div><script>var o = {"pdfUrl": "\\/files\\/7.pdf"};</script>',
}


@pytest.mark.parametrize("held", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_a_document_in_a_viewer_is_the_issue(held: str) -> None:
    found = read(held)
    assert (found.kind, found.title, found.text) == ("story", TITLE, "")
    assert found.published_at is not None
    kind, url = media(found)[0]
    assert kind == "document"
    assert (url or "").startswith("https://harbour.example/files/7.pdf")
    assert "told_in_document" in found.warnings


def test_long_pictures_are_the_issue_but_icons_and_advertisements_are_not() -> None:
    found = read(
        '<p><img src="/i/icon_share.png"></p><p><img src="/p/1.jpg" width="1080" height="6000"></p>'
        '<p><img src="/p/2.jpg"></p><p><a href="https://shop.example/"><img src="/ad/3.jpg"></a></p>'
        '<img src="/p/x.gif" width="16">'
    )
    assert found.kind == "story"
    assert media(found) == [("image", "https://harbour.example/p/1.jpg"), ("image", "https://harbour.example/p/2.jpg")]
    assert found.warnings == ("told_in_image",)


@pytest.mark.parametrize(
    ("held", "kind"),
    [
        ('<video src="/v/7.mp4" controls></video>', "film"),
        ('<video controls><source src="/v/7.m3u8"></video>', "film"),
        ('<iframe src="https://v.films.example/txp/iframe/player.html?vid=x0"></iframe>', "film"),
        ('<object type="application/x-shockwave-flash" data="/v/7.swf"></object>', "film"),
        ('<audio controls><source src="/v/7.mp3"></audio>', "sound"),
    ],
)
def test_a_film_or_a_sound_is_the_issue(held: str, kind: str) -> None:
    found = read(f"<p>{held}</p><p>守灯人的一天</p>")
    assert (found.kind, found.text, found.blocks[0].kind) == ("story", "守灯人的一天", kind)
    assert found.warnings == (f"told_in_{kind}",)


def test_a_photo_story_keeps_its_captions_in_order() -> None:
    captions = [
        "孟家的灯亮了四十年",
        "大儿子擦玻璃罩子",
        "灯油一桶一桶挑上山",
        "台风那夜没有人合眼",
        "小孙女数着浪头睡着",
    ]
    held = "".join(f'<p><img src="/p/{n}.jpg"></p><p>{words}</p>' for n, words in enumerate(captions))
    found = read(held)
    assert found.kind == "story"
    assert found.text.split("\n") == captions
    assert [block.kind for block in found.blocks] == ["image", "caption"] * len(captions)
    assert found.warnings == ()


def test_a_poem_is_read_whole() -> None:
    lines = ["灯亮了", "船就看见岸", "浪把石头磨圆", "也磨圆了他的一生", "", "灯灭了", "天就亮了"]
    found = read("<p>" + "<br>".join(lines) + "</p>")
    assert (found.kind, found.text.split("\n")) == ("story", [line for line in lines if line])


def test_a_short_notice_with_its_attachment() -> None:
    held = '<p>报名已经开始</p><p>名额四十人</p><p><a href="/files/form.docx">附件：夜校报名表.docx</a></p>'
    found = read(held, past="")
    assert found.kind == "story"
    assert found.text == "报名已经开始\n名额四十人\n附件：夜校报名表.docx"
    assert media(found) == [("document", "https://harbour.example/files/form.docx")]


def test_what_stands_behind_a_list_of_other_stories_is_no_part_of_it() -> None:
    others = '<ul><li><a href="/1">码头扩建工程昨天完工</a></li><li><a href="/2">渡轮票价不变</a></li></ul>'
    assert read(f"<p>灯亮了</p>{others}<p>海港网</p>", past="").text == "灯亮了"


def test_without_a_date_it_takes_the_name_by_which_the_series_knows_it() -> None:
    held = '<img src="/p/1.jpg"><img src="/p/2.jpg">'
    assert read(held, info="").kind == "other"
    assert read(held, info="", named=TITLE).kind == "story"
    assert read(held, info="", named="守灯的孟家").kind == "story"
    assert read(held, info="", named="修船的阿贵").kind == "other"


@pytest.mark.parametrize("notice", ["系统繁忙，请稍后再试", "系统维护中", "页面不存在", "内容已被删除"])
def test_a_notice_is_no_story_by_whatever_name_it_was_called(notice: str) -> None:
    found = read(f"<p>{notice}</p>", title=notice, info="", named=TITLE, past="")
    assert found.kind != "story"


def test_a_headline_over_nothing_is_no_story() -> None:
    assert read("", named=TITLE, past="").kind != "story"


def test_the_worker_counts_days_from_the_fetch_and_says_what_was_not_read() -> None:
    body = page(DOCUMENTS["embed"], info='<div class="info">昨天 10:20 来源：海港晨报</div>')
    place = Place(URL, at_home=True, fetched_at=datetime(2024, 3, 6, 1, tzinfo=UTC), named=TITLE)
    (file,) = prepare(body, URL, {}, place).assembly.wanted
    read = prepare(body, URL, {}, place, {file: Document(None, "it is too large", is_refused=True)})
    assert read.reading is not None
    assert read.reading.published_at is not None
    assert read.reading.published_at.date().isoformat() == "2024-03-05"
    assert read.marks is not None
    assert "document" in read.marks.flaws
