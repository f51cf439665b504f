"""Pages of mp.weixin.qq.com in the platform's shapes, their stories invented here, and a WARC of them."""

import io
import json
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from random import Random

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks.prose import paragraph

BIZ = "MzA4MDk5NzE2Mw=="
HOST = "https://mp.weixin.qq.com"
ALBUM = f"{HOST}/mp/appmsgalbum?__biz={BIZ}&action=getalbum&album_id=2716"
HTML = "text/html; charset=UTF-8"


def long_form(number: int, *, more: str = "", scheme: str = "https") -> str:
    """The article's address with its four keys, and what the platform hangs on them."""
    return f"{scheme}://mp.weixin.qq.com/s?__biz={BIZ}&mid=26502{number:05}&idx=1&sn={number:032x}{more}"


def short_form(number: int) -> str:
    return f"{HOST}/s/aBcD{number:018}"


def article(
    number: int,
    title: str,
    *,
    day: int,
    og_url: str | None = None,
    past: Sequence[tuple[str, str]] = (),
    album: str | None = "街坊食堂",
    extra: str = "",
) -> str:
    """An article; `past` are the titles and addresses of its 往期推荐, `album` the name of its 合集."""
    rng = Random(title)
    told = "".join(f"<section><p><span>{paragraph(rng)}{paragraph(rng)}</span></p></section>" for _ in range(3))
    rows = "".join(
        f'<section><p><a target="_blank" href="{escape(url)}" data-linktype="2">{name}</a></p></section>'
        for name, url in past
    )
    block = f"<section><p><strong>往期推荐</strong></p></section>{rows}" if past else ""
    address = escape(og_url or long_form(number, more="&chksm=e8f1#rd"))
    tags = f"""appmsgalbuminfo: {{ album_id: JsDecode('2716'), title: JsDecode('{album}'),
      link: JsDecode('{ALBUM.replace("&", chr(92) + "x26amp;")}#wechat_redirect'), content_size: '12' * 1,
      pre_article_link: JsDecode(''), next_article_link: JsDecode(''), pre_article_title: JsDecode(''), }},"""
    return f"""<!DOCTYPE html><html class=""><head><meta charset="utf-8">
<meta property="og:title" content="{title}"><meta property="og:url" content="{address}">
<meta property="og:site_name" content="微信公众平台"><meta name="author" content="乔木"><title></title>
<script nonce="1">var biz = "{BIZ}" || ""; var sn = "{number:032x}" || "" || "";
var mid = "26502{number:05}" || "" || "";
var idx = "1" || "" || ""; window.__allowLoadResFromMp = true;</script></head>
<body id="activity-detail" class="zh_CN wx_wap_page mm_appmsg"><div id="js_article" class="rich_media">
<h1 class="rich_media_title" id="activity-name">{title}</h1>
<div id="meta_content"><span class="rich_media_meta">原创</span><a href="javascript:void(0);" id="js_name">河岸街坊</a>
<em id="publish_time" class="rich_media_meta"></em></div>
<div class="rich_media_content" id="js_content" style="visibility: hidden;">{told}{block}</div>{extra}</div>
<script nonce="1">var nickname = htmlDecode("河岸街坊"); var ct = "{1_700_000_000 + 86_400 * day}";
var msg_title = '{title}'.html(false); var msg_link = "{address}"; window.item_show_type = "0";
window.cgiDataNew = {{ {tags if album else ""} }};</script></body></html>"""


def notice(words: str, more: str = "", script: str = "") -> str:
    """A page of the platform that holds a sentence in place of an article; its status is 200."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title></title>
<link rel="stylesheet" href="//res.wx.qq.com/t/weui.min.css"></head><body class="zh_CN wx_wap_page appmsg_skin_default">
<div class="weui-msg"><div class="weui-msg__icon-area"><i class="weui-icon-warn"></i></div>
<div class="weui-msg__text-area">
<h2 class="weui-msg__title">{words}</h2><p class="weui-msg__desc">{more}</p></div></div>
<script>{script}</script></body></html>"""


def album_page(name: str, rows: Sequence[Mapping[str, str]], *, continues: bool) -> str:
    items = "".join(
        f'<li class="album__list-item js_album_item" data-msgid="{row["msgid"]}" data-itemidx="{row["itemidx"]}"'
        f' data-link="{escape(row["url"])}" data-title="{row["title"]}" data-pos_num="{row["pos_num"]}">'
        f'<div class="album__item-title"><span class="album__item-title-wrp">{row["title"]}</span></div></li>'
        for row in rows
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{name}</title>
<script src="//res.wx.qq.com/a.js"></script></head><body class="zh_CN"><div class="album__head">
<div class="album__author-name">河岸街坊</div>
<div class="album__label-title js_album_title"><span>#{name}</span></div></div>
<ul class="album__list js_album_list">{items}</ul>
<script>window.cgiData = {{ continue_flag: '{int(continues)}' * 1, reverse_continue_flag: '1' * 1 }};</script>
</body></html>"""


def album_answer(rows: Sequence[Mapping[str, str]], *, continues: bool) -> str:
    listed = rows[0] if len(rows) == 1 else list(rows)  # the platform writes one row without a list
    resp = {"article_list": listed, "continue_flag": str(int(continues)), "reverse_continue_flag": "0"}
    return json.dumps({"base_resp": {"exportkey_token": "", "ret": 0}, "getalbum_resp": resp}, ensure_ascii=False)


def row(number: int, title: str, place: int, url: str) -> dict[str, str]:
    return {
        "title": escape(title),
        "url": url,
        "msgid": f"26502{number:05}",
        "itemidx": "1",
        "pos_num": str(place),
        "create_time": "1700000000",
        "key": "",
        "is_read": "0",
    }


def further(last: Mapping[str, str]) -> str:
    """The address of the rows behind this one."""
    return f"{ALBUM}&count=10&begin_msgid={last['msgid']}&begin_itemidx={last['itemidx']}&f=json"


def write_warc(path: Path, pages: Mapping[str, str | tuple[int, str]]) -> Path:
    """A WARC of these pages; a pair is a status and the address that it leads to."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, page in pages.items():
            status, fields, body = "200 OK", [("Content-Type", HTML)], page
            if isinstance(page, tuple):
                status, fields, body = f"{page[0]} Found", [("Location", page[1])], ""
            elif page.startswith("{"):
                fields = [("Content-Type", "application/json; charset=UTF-8")]
            record = writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(str(body).encode()),
                http_headers=StatusAndHeaders(status, fields, protocol="HTTP/1.1"),
            )
            writer.write_record(record)
            record.raw_stream.close()  # warcio leaves its temporary file open
    return path
