"""Stories and rows that only the data of a page holds."""

import json

import pytest

from crawler.extraction import extract_page

URL = "https://paper.example.cn/street/20.html"
COLUMN = "https://paper.example.cn/col/col7/index.html"
LINES = ["清早五点，面馆的灯先亮，老周把骨头汤倒进大锅。", "七点一过，巷子里的人都来了，谁也不用说要什么。"]
TITLES = [f"邻里食堂｜第{n}家小店" for n in range(1, 4)]
STORY = {"title": "一碗汤面", "pubDate": "2024-05-06 07:20", "content": "".join(f"<p>{line}</p>" for line in LINES)}


@pytest.mark.parametrize(
    "script",
    [
        "<script id=__NEXT_DATA__ type=application/json>{}</script>",
        "<script>window.__INITIAL_STATE__={};</script>",
        "<script>var articleData = {}</script>",
    ],
)
def test_a_story_that_only_a_script_holds(script: str) -> None:
    data = json.dumps(
        {"props": {"more": [{"title": "别的", "content": "别的故事" * 30}], "page": STORY}}, ensure_ascii=False
    )
    body = f"<nav><a href=/>首页</a></nav>{script.format(data)}"
    page = f"<html><head><title>一碗汤面 | 街坊报</title></head><body>{body}</body></html>"
    read = extract_page(page.encode(), URL)
    assert (read.kind, read.title, read.text) == ("story", "一碗汤面", "\n".join(LINES))
    assert read.published_at is not None
    assert read.published_at.isoformat() == "2024-05-06T07:20:00+08:00"


@pytest.mark.parametrize("line", [LINES[0], "At five in the morning, the lamp of the noodle shop is lit. "])
def test_a_page_that_shows_its_story_is_not_read_from_its_data(line: str) -> None:
    data = json.dumps(STORY | {"content": "隐藏的另一个文本，" * 20}, ensure_ascii=False)
    shown = f"<h1>一碗汤面</h1><p>{line * 20}</p><script type=application/json>{data}</script>"
    read = extract_page(f"<html><head><title>一碗汤面</title></head><body>{shown}</body></html>".encode(), URL)
    assert "隐藏" not in read.text


@pytest.mark.parametrize("name", ["url", "linkUrl", "href"])
def test_rows_that_only_a_script_holds(name: str) -> None:
    rows = [{"title": title, name: f"/a/{n}.html", "date": f"2024-05-0{n}"} for n, title in enumerate(TITLES * 3, 1)]
    data = json.dumps({"list": {"rows": rows}}, ensure_ascii=False)
    body = f"<div id=app></div><script>var listData = {data};</script>"
    page = f"<html><head><title>邻里食堂</title></head><body>{body}</body></html>"
    read = extract_page(page.encode(), COLUMN)
    entries = [link for link in read.links if link.kind == "entry"]
    assert (read.kind, len(entries), entries[0].url) == ("listing", 9, "https://paper.example.cn/a/1.html")


@pytest.mark.parametrize("wrap", ["{}", "callback({});", "\n {}"])
def test_an_answer_that_is_json(wrap: str) -> None:
    rows = [{"Title": title, "url": f"/a/{n}.html"} for n, title in enumerate(TITLES, 1)]
    body = wrap.format(json.dumps({"code": 0, "data": {"list": rows, "next": "/api/list?page=3"}}))
    read = extract_page(body.encode(), "https://paper.example.cn/api/list?page=2")
    assert [(link.kind, link.title) for link in read.links] == [*(("entry", title) for title in TITLES), ("page", "")]
    assert read.links[-1].url == "https://paper.example.cn/api/list?page=3"


@pytest.mark.parametrize(
    "row", ["<li><a href=/a/{0}.html>{1}的故事</a>", "<li onclick=\"go('/a/{0}.html')\"><b>{1}的故事</b>"]
)
def test_an_answer_that_carries_html(row: str) -> None:
    rows = "".join(row.format(n, title) + f"<span>2024-05-0{n}</span></li>" for n, title in enumerate(TITLES, 1))
    read = extract_page(json.dumps({"html": rows}).encode(), "https://paper.example.cn/list?page=2")
    assert [link.url for link in read.links if link.kind == "entry"] == [
        f"https://paper.example.cn/a/{n}.html" for n in (1, 2, 3)
    ]
    assert [link.title for link in read.links if link.kind == "entry"] == [f"{title}的故事" for title in TITLES]


def test_a_json_feed() -> None:
    items = [
        {"id": str(n), "url": f"https://paper.example.cn/a/{n}.html", "title": title}
        for n, title in enumerate(TITLES, 1)
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "街坊",
        "home_page_url": "/",
        "items": items,
        "next_url": "/feed-2.json",
    }
    read = extract_page(json.dumps(feed).encode(), "https://paper.example.cn/feed.json")
    assert (read.kind, [link.title for link in read.links if link.kind == "entry"]) == ("listing", TITLES)
    assert [link.url for link in read.links if link.kind == "page"] == ["https://paper.example.cn/feed-2.json"]


STORE = """<datastore><totalrecord>90</totalrecord><totalpage>6</totalpage>
<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=2&columnid=7"></a>]]></nextgroup>
<recordset>{}</recordset></datastore>"""
RECORDS = "".join(
    f"<record><![CDATA[<li><a href='/art/2024/{n}.html'>{title}</a><span>2024-05-0{n}</span></li>]]></record>"
    for n, title in enumerate(TITLES, 1)
)


@pytest.mark.parametrize(
    ("page", "url"),
    [
        ("<html><body><h2>邻里食堂</h2><div id=list><script type='text/xml'>{}</script></div></body></html>", COLUMN),
        (
            '<?xml version="1.0" encoding="utf-8"?>{}',
            "https://paper.example.cn/module/web/jpage/dataproxy.jsp?page=1&columnid=7",
        ),
        ("{}", "https://paper.example.cn/module/web/jpage/dataproxy.jsp?page=1&columnid=7"),
    ],
)
def test_rows_in_an_island_of_xml(page: str, url: str) -> None:
    read = extract_page(page.format(STORE.format(RECORDS)).encode(), url)
    assert [link.url for link in read.links if link.kind == "entry"] == [
        f"https://paper.example.cn/art/2024/{n}.html" for n in (1, 2, 3)
    ]
    onward = "https://paper.example.cn/module/web/jpage/dataproxy.jsp?page=2&columnid=7"
    assert [link.url for link in read.links if link.kind == "page"] == [onward]
    assert (read.kind, read.doubts) == ("listing", ())


@pytest.mark.parametrize(
    "text", ["{", "[1, 2", '{"a": ' * 3_000, "[]", "{}", "null", '{"title": 3, "url": ["x"]}', "[" * 100_000]
)
def test_broken_data_breaks_nothing(text: str) -> None:
    assert extract_page(text.encode(), URL).links == ()
    page = f"<html><head><title>t</title></head><body><script type=application/json>{text}</script></body></html>"
    assert extract_page(page.encode(), URL).kind == "other"
