"""A title taken apart: its decoration, its beginning, its number, and what stays the same from part to part."""

import re
from dataclasses import dataclass

from crawler.extraction.series_numbers import Numbering, fold, numbering_of

# Words before a separator that sort an article by its form or its speaker and name no series.
_GENRES = re.compile(
    "视频|组图|图集|图片|高清|快讯|直播|原创|转载|独家|专访|评论|深度|重磅|现场|图文|最新|突发|图解|一图读懂|公告|通知|声明|注意|提醒|揭秘|盘点"
    "|推荐|置顶|热点|关注|聚焦|观点|要闻|头条|资讯|新闻|媒体|财经|时评|社论|动态|简讯|附件?|解读|全文|实录|专题|特稿|调查|更新|官方|网友|专家"
    "|记者|消息|[外港美俄日台]媒|分析|话题|互动|招聘|转发|好文|荐读|速看|今[日天]|昨[日天]|[午晚早]间|盘前|[收午]评|标题|主题|来源|作者|时间"
    "|分享|教程|问答|求助|讨论|笔记|随笔|[上下]一?[篇页章期]"
)
_SPEAKER = re.compile(
    r"(?:部|局|委|院|会|社|报|网|人|长|家|员|者|席|理|省|市|县|区|州|国|司|团|行|媒|方|办|厅|署|称|说|表示|学|记)$"
)
_PREFIX = re.compile(r"^(?P<name>[^|:]{2,20}?)\s*(?P<sign>[|:])\s*(?=\S)")
_BRACKETED = re.compile(r"^[【\[〔](?P<name>[^】\]〕]{2,20})[】\]〕]\s*(?=\S)")
_LEAD = re.compile(r"^(?:\d{1,3}\s*[.、)\]:]\s*(?=\D)|[·•●■◆◇▪►▶➤→>»*+\-–—]+\s*|[(\[]\d{1,3}[)\]]\s*)+")
_LONGEST_TITLE = 300
_AGO = re.compile(r"^(?:\d{1,3}\s*(?:秒|分钟|小时|天|周|个?月|年)前|昨天|前天|刚刚)\s*(?=\S{4})")
# Only with these signs: 5月1日 in a title is the publisher's word.
_DATE = r"(?:(?:19|20)\d\d[-./])?\d{1,2}[-./]\d{1,2}(?:\s+\d{1,2}:\d\d(?::\d\d)?)?"
_DATE_BEFORE = re.compile(rf"^(?:{_DATE}\s+|[(（\[【]{_DATE}[)）\]】]\s*)(?=\S{{4}})")
_DATE_BEHIND = re.compile(rf"(?:\s+{_DATE}|\s*[(（\[【]{_DATE}[)）\]】])\s*$")
_TRAIL = re.compile(r"\s*(?:>{1,3}|»|→|\.{3,}|…+)\s*$")
_AGAIN = re.compile(r"^(?:再谈|再论|也谈|又谈|续|再说|三谈|重谈)")
_NOISE = re.compile(r"[\s\"'《》“”‘’「」『』【】\[\]()!?,.;:、。，！？；：…~\-—_|]+")
SHORTEST_CORE = 4
_SPEAKING_LENGTH = 4


@dataclass(frozen=True, slots=True)
class TitleParts:
    """A title taken apart."""

    folded: str
    prefix: str
    prefix_text: str
    sign: str
    numbering: Numbering | None
    core: str

    @classmethod
    def of(cls, title: str) -> "TitleParts":
        folded = fold(strip_decoration(title))
        found = _PREFIX.match(folded) or _BRACKETED.match(folded)
        sign = found.groupdict().get("sign", "【") if found else ""
        text = found["name"].strip() if found else ""
        inner = numbering_of(text) if text else None
        if inner:
            text = (text[: inner.start] + text[inner.end :]).strip()
        numbering = numbering_of(folded) or _list_date(folded, title)
        core = _AGAIN.sub("", key(_core(folded, numbering)))
        return cls(folded, key(text) if _names_a_series(text, sign) else "", text, sign, numbering, core)


def _list_date(folded: str, title: str) -> Numbering | None:
    """The date that was taken off as a list's: it may be all that tells the days of a daily apart."""
    dated = numbering_of(title) if len(title) > len(folded) else None
    return Numbering(None, "date", len(folded), len(folded)) if dated and dated.unit == "date" else None


def _core(folded: str, numbering: Numbering | None) -> str:
    """What stays the same from part to part: the words before the number; of a date at the front, those behind it."""
    if numbering is None:
        return folded
    before = folded[: numbering.start]
    if numbering.start == 0 and numbering.unit in {"date", "()"}:
        return folded[numbering.end :]
    return before if len(key(before)) >= SHORTEST_CORE or numbering.start == 0 else ""


def key(text: str) -> str:
    """Letters and digits only, in one case: what two spellings of a name share."""
    return _NOISE.sub("", fold(text)).lower()


def _names_a_series(text: str, sign: str) -> bool:
    folded = key(text)
    if len(folded) < 2 or _GENRES.fullmatch(folded) or folded.isdigit():
        return False
    return sign != ":" or (len(folded) >= _SPEAKING_LENGTH and not _SPEAKER.search(folded))


def strip_decoration(title: str) -> str:
    """The title without list numbers, bullets, list dates and trailing arrows."""
    whole = stripped = " ".join(title.split())
    if len(whole) > _LONGEST_TITLE:
        return whole
    while stripped:
        before = stripped
        for decoration in (_AGO, _LEAD, _DATE_BEFORE, _DATE_BEHIND, _TRAIL):
            stripped = decoration.sub("", stripped)
        stripped = stripped.strip(" <>\u3000")
        if stripped == before:
            break
    return stripped or whole
