"""WeChat's albums: the page and the JSON of its further pages, written here in the shape of the platform's."""

import json

import pytest

from crawler.extraction import extract_page
from wangqi.urls import canonical_url

ALBUM = "https://mp.weixin.qq.com/mp/appmsgalbum?__biz=MzA4MDk&action=getalbum&album_id=17300&scene=173#wechat_redirect"
FURTHER = (
    "https://mp.weixin.qq.com/mp/appmsgalbum?action=getalbum&__biz=MzA4MDk&album_id=17300&count=10"
    "&begin_msgid=2247480002&begin_itemidx=1&f=json"
)


def article(number: int) -> str:
    return f"http://mp.weixin.qq.com/s?__biz=MzA4MDk&mid=224748{number:04}&idx=1&sn=ab{number}&chksm=x#rd"


def page(continues: int) -> bytes:
    rows = "".join(
        f'<li class="album__list-item" data-msgid="224748{n:04}" data-itemidx="1" data-link="{article(n)}"'
        f' data-title="河口人家｜第{n}条船"><span>河口人家｜第{n}条船</span></li>'
        for n in (1, 2)
    ).replace("&", "&amp;")
    script = f"<script>window.cgiData = {{ continue_flag: '{continues}' * 1, article_count: '12' }}</script>"
    return f"<html><body><ul>{rows}</ul>{script}</body></html>".encode()


def answer(continues: str, *numbers: int) -> bytes:
    rows = [
        {"title": f"河口人家｜第{n}条船", "url": article(n), "msgid": f"224748{n:04}", "itemidx": "1", "key": "k"}
        for n in numbers
    ]
    listed = rows[0] if len(rows) == 1 else rows  # the platform writes one row without a list
    return json.dumps(
        {"base_resp": {"ret": 0}, "getalbum_resp": {"article_list": listed, "continue_flag": continues}}
    ).encode()


def test_an_album_page_lists_its_stories_and_goes_on() -> None:
    found = extract_page(page(1), ALBUM)
    assert found.kind == "listing"
    assert [(link.kind, link.title, link.url) for link in found.links] == [
        ("entry", "河口人家｜第1条船", article(1)),
        ("entry", "河口人家｜第2条船", article(2)),
        ("page", "", FURTHER),
    ]
    assert canonical_url(FURTHER) == canonical_url(FURTHER + "&uin=&key=&pass_ticket=")
    assert [link.kind for link in extract_page(page(0), ALBUM).links] == ["entry", "entry"]


@pytest.mark.parametrize(
    ("body", "kinds"),
    [(answer("1", 3, 4), ["entry", "entry", "page"]), (answer("0", 5), ["entry"])],
    ids=["in the middle", "the last one"],
)
def test_the_json_of_a_further_page(body: bytes, kinds: list[str]) -> None:
    found = extract_page(body, FURTHER)
    assert found.kind == "listing"
    assert [link.kind for link in found.links] == kinds


@pytest.mark.parametrize(
    "body",
    [b"{}", b"[1]", b'{"getalbum_resp": {"article_list": [{"title": 1}]}}', b'{"getalbum_resp": null}', b"[" * 5000],
)
def test_what_is_no_album_lists_nothing(body: bytes) -> None:
    assert extract_page(body, FURTHER).links == ()
