"""Which lines are headings that promise other parts of a series, or earlier pieces."""

import re
from functools import lru_cache
from typing import Literal

from crawler.extraction.links.lines import HEADINGS, Line
from crawler.extraction.links.page import Page
from crawler.extraction.links.wording import simpler
from wangqi.series.boxes import box_of
from wangqi.titles.anatomy import key

Words = Literal["series", "past", "related", ""]

_LONGEST = 40
_LONGEST_RELATED = 16
_LONGEST_BOLD = 12
_FORM = (
    "(?:文章|报道|推文|推送|作品|专题|回顾|阅读|往期|合集|导航|节目|内容|链接|稿件|评论|目录|推荐"
    "|精选|故事|访谈|专访|精彩|更多|传送门|索引|汇总|一览|篇目|教程|博文|笔记"
    "|案例|课程|活动|实录|人物|图集|图说|漫画|短片|书单|问答|答疑|简报|周报|月报|讲座|话题|答案|回看|重温|速览)"
)
# 本系列, 系列报道, 往期“…”系列推文, 连载目录: other parts of the same work.
_SERIES = re.compile(
    rf"(?:本|全|该|同|此)系列|^[本同](?:组|专栏|栏目){_FORM}|系列{_FORM}|往期.{{0,20}}系列|连载(?:目录|回顾|列表|文章|往期)|前期报道|此前报道|前文(?:回顾|提要|链接|传送门|索引)"
    r"|前情(?:回顾|提要)|上集回顾|(?:各|全部|所有|其他|其它)(?:章节|期数|分集)|章节(?:目录|列表)|课程目录|全书目录|系列$|^系列\s*[-—:：|·]\s*\S|属于.{0,4}系列"
    r"|^(?:上接|接[上前][篇文回期集章]|续[上前][篇文回期集章])"
    # 前面几讲, 前三篇报道
    rf"|^(?:之?前|上)面?的?(?:[几数二两三四五六七八九十]|[2-9]|\d\d)[篇讲期章节集回课话](?:{_FORM}|的)*$"
)
# Posts in this series; This post is part of the … series
_ENGLISH_SERIES = re.compile(
    r"^(?:(?:also|more|other|all|read|posts?|articles?|parts?|stories|episodes)\b.{0,30}\b)?"
    r"(?:in|from|of) (?:this|the|our)\b.{0,40}\bseries\W*$"
    r"|(?:^|\s[-–—:|]\s)this (?:\w+ )?is .{0,16}\bpart\b.{0,16}\bof\b.{0,50}\bseries\b"
    r"|^series (?:navigation|index|contents)$",
    re.IGNORECASE,
)
_NAME_FIRST = re.compile(r"\W*(?P<name>\w.{1,60}?)\s[-–—:|]\sthis (?:\w+ )?is .{0,16}\bpart\b", re.IGNORECASE)
# Other works: 相关系列, 全部系列; 往年今日 is whatever was written on this day.
_OF_OTHERS = re.compile(r"(?:相关|全部|所有|热门|其[他它]|更多|推荐|最新|产品|精选)系列|往年今[日天]")
_ENGLISH_PAST = re.compile(
    r"^(?:previous|past|earlier|older) (?:issues|episodes|editions|instal?lments|parts|columns)$", re.IGNORECASE
)
# 往期回顾, 历期文章: earlier pieces, of the series or only of the publisher.
_PAST_WORD = r"(?:往期|往届|往年|历期|历届|上期|各期|过刊|旧刊)"
_PAST = re.compile(rf"{_PAST_WORD}|^(?:前期|以往|早期|历史|更早|此前|之前)的?{_FORM}|^旧文")
_PAST_FIRST = re.compile(rf"^(?:点击|查看|阅读|更多|精彩|回顾)*{_PAST_WORD}")
_COMPACT = re.compile(
    rf"^(?:更多|精彩|查看|点击|栏目|专栏|专题|本栏)*(?:{_PAST_WORD}|前期|历史|本系列|全系列|系列|连载).{{0,8}}$"
)
# Cheap tests come before expensive ones.
_ANY = re.compile(
    # Each begins with a sign of its own, by which `re` passes over a text without trying them one by one.
    "期|系列|前[面几数二两三四五六七八九十\\d情文]|上[几两接集]|接[上前]|续[上前]|本[组专栏]|同[组专栏]|连载|历届|往届|往年"
    "|此前|旧[文刊]|过刊|回顾|章节|目录|分集|历史|以往|更早"
)
_ANY_ENGLISH = re.compile("series|issue|episode|edition|instal|part|column")
_ANY_RELATED = re.compile(
    "阅读|链接|文章|报道|新闻|推荐|喜欢|内容|资讯|专题|信息|排行|推送|评论|相关|榜|作[品者]|热门|稿|看|话题|图片|视频|兴趣|活动|导读|头条|标签|回顾|热[词搜]"
)
# Headings of what the site thinks a reader may like; none of them speaks of a series.
_RELATED = re.compile(
    r"^(?:\S{0,4}?(?:相关|延伸|扩展|拓展|推荐|关联|猜你|热门|最新|热点|编辑|大家|其[他它]|你可能|为您|为你|随机|本站|本周|本月|本类|同类|类似|原创|更多|精彩|"
    r"今日|一周|24小时|48小时|频道|点击|人气).{0,6}(?:阅读|链接|文章|报道|新闻|推荐|喜欢|内容|资讯|专题|信息|排行榜?|推送|评论|图片|视频|"
    r"作品|稿件|热门|感兴趣|话题|活动|导读|在看|头条|标签|热[词搜])|相关|你可能.{0,4}喜欢.{0,3}|.{0,4}排行榜?|点击榜|猜你喜欢|友情链接|热榜|作者简介|关于作者|网友评论|(?:精彩|文章|经典)回顾)\W*$"
)
_FOR_SALE = re.compile(r"热门|推荐|猜你|最新|排行")
# 往期 of these is a library of issues, not the series of the story.
_PRINT_ARCHIVE = re.compile(
    r"(?:数字|电子)(?:报|杂志|期刊|刊)|往期(?:报纸|报刊|杂志|期刊|刊物|电子)|读报|版面|过刊|旧刊"
)
# The title of a part: “…”系列报道之三, …系列（五）.
_A_PART = re.compile(
    r"系列[^\s:：]{0,4}(?:之|[(（])\s*[\d一二三四五六七八九十]|系列[^\s:：]{0,4}第\s*[\d一二三四五六七八九十]+[期篇章回集讲部]|系列\S{0,4}[①-⑳]"
)
_SAYS_WHAT = re.compile(rf"(?:{_FORM}|往期)\W*(?:(?:请|可|即可|直接)*(?:点击|戳|回看)\w{{0,8}})?$")
_PLACE = re.compile(r"位置|[>›»→]\s*\S+\s*(?:->|[>›»→])")
_SENTENCE = re.compile(r"[。！？；!?;]\s*(?!$)|。|[，,、](?!\s*(?:点击|请|戳|查看|敬请|欢迎|即可|[,，]))")
_DRESS = re.compile(r"^([^\w\s]+)[^\W_].*?([^\w\s]+)$")
_FOREIGN = re.compile(r"^[A-Za-z][A-Za-z\W_]*(?=[\u4e00-\u9fff])")  # PAST REVIEW 往期回顾
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


def promise(line: Line) -> Words:
    """What the heading promises; "" where the line is none."""
    if line.length > _longest(line.text) or not _may_promise(line.text):
        return ""
    return promise_of(line.text, linked=linked_share(line) > 0.6, tag=line.element.tag)


def _may_promise(text: str) -> bool:
    return _ANY.search(simpler(text)) is not None or _ANY_ENGLISH.search(text.lower()) is not None


def _longest(text: str) -> int:
    """A letter says half as much as a character."""
    return 2 * _LONGEST if text.isascii() else _LONGEST


def promise_of(text: str, *, linked: bool = False, tag: object = "") -> Words:
    """Like `promise`, for bare words: a label, or the text of a picture."""
    words = simpler(_FOREIGN.sub("", _EDGES.sub("", text))) if len(text) <= 2 * _LONGEST else ""
    if not 2 <= len(words) <= _longest(words) or _PLACE.search(text) or (_A_PART.search(words) and not box_of(text)):
        return ""
    if box_of(text):
        return "series"
    past_first = _PAST_FIRST.match(words) is not None
    spoken = _SENTENCE.search(words) is not None and not past_first and tag not in HEADINGS
    if _OF_OTHERS.fullmatch(words) or spoken or (linked and not (len(words) <= 16 and _COMPACT.match(words))):
        return ""
    if (_SERIES.search(words) and not _FOR_SALE.search(words)) or _ENGLISH_SERIES.search(words):
        return "series"
    if _ENGLISH_PAST.match(words):
        return "past"
    return "past" if _PAST.search(words) and (past_first or len(words) <= 14) else ""


def name_before(label: str) -> str | None:
    """The name in front of what an English heading says: Rebuilding a Clock - This article is part of a series."""
    found = _NAME_FIRST.match(label)
    return found["name"].strip() if found else None


def is_related(line: Line) -> bool:
    """Whether the line is the heading of what the site thinks a reader may like; such a block may hold a member."""
    if line.length > _LONGEST_RELATED:
        return False
    text = simpler(_EDGES.sub("", line.text))
    return _ANY_RELATED.search(text) is not None and _RELATED.match(text) is not None


def dressed_alike(heading: Line, line: Line) -> bool:
    """Whether both stand in bold alone, or between the same signs: — 系列回看 — and — 其他 —, ◆往期◆ and ◆活动◆."""
    if line.anchors or line.length > _LONGEST_RELATED:
        return False
    if _is_bold(heading) and _is_bold(line) and line.length < _LONGEST_BOLD:
        return True
    ours, theirs = _DRESS.match(heading.text), _DRESS.match(line.text)
    if ours is None or theirs is None:
        return False
    return ours.groups() == theirs.groups()


def _is_bold(line: Line) -> bool:
    text = " ".join("".join(str(part) for b in line.element.iter("b", "strong") for part in b.itertext()).split())
    return text == line.text


def linked_share(line: Line) -> float:
    """The part of the line that links hold, from 0 to 1."""
    return 1 - line.free_length / line.length if line.length else 0.0


def is_print_archive(text: str) -> bool:
    """Whether the heading leads to whole issues of a newspaper or magazine."""
    return _PRINT_ARCHIVE.search(text) is not None


def is_bare_series(text: str) -> bool:
    """Whether the heading is a noun before 系列 and no more: 产品系列, 养生系列, 春风系列."""
    return re.search(r"(?<![本全该同此])系列[\W_]*$", text) is not None


def says_what(text: str) -> bool:
    """Whether the heading ends by saying what stands under it, 往期 or 文章, or where to click: no sentence does."""
    return _SAYS_WHAT.search(_EDGES.sub("", simpler(text))) is not None


def recommends(text: str) -> bool:
    """Whether the heading offers what the publisher likes rather than what came before."""
    return re.search("推荐|精选|[好热美佳]文|热门|热[读帖搜]|荐读|推送|爆款|原创", text) is not None


_LONGEST_NAME = 40
_SHORTEST = 2
# What may stand beside the name and makes it a heading of its parts; 的 and its like are of any name.
_AROUND = re.compile(
    r"更多|全部|所有|点击|查看|阅读|往期|历期|系列|合集|专辑|文集|专栏|栏目|专题|连载|目录|文章|报道|推文|回顾|精选|内容|故事|收录"
    r"|共?\d{1,4}[篇期章讲集回]|more|posts?|parts?|series|collection",
    re.IGNORECASE,
)
_TIES = re.compile("本|的|之|from|all|in|the", re.IGNORECASE)


def promises_by_name(page: Page, line: Line) -> bool:
    """Whether the line is the name that this page's title gives its series, among a heading's words or in an `<h…>`."""
    shape = page.loose_shape
    if shape is None or line.length > _LONGEST_NAME or len(line.anchors) > 1:
        return False
    own = key(line.text)
    is_dressed = _AROUND.search(own) is not None or (line.element.tag in HEADINGS and not line.anchors)
    if not is_dressed or len(said := _without_around(own)) < _SHORTEST:
        return False
    names = shape.prefixes | shape.suffixes | shape.cores
    return any(said == _without_around(name) or (said in name and not line.anchors) for name in names)


@lru_cache(maxsize=8_192)  # the page's own names are laid beside every line
def _without_around(name: str) -> str:
    return _TIES.sub("", _AROUND.sub("", name))
