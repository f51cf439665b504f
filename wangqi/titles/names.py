"""Which words before or behind a separator may be the name of a series."""

import re

# Words before a separator that sort an article by its form or its speaker and name no series.
GENRES = re.compile(
    "组?[图视]|视频|[微短]视频|图集|图片|高清|快[讯评]|直播|回放|海报|[长动]图|漫画|原创|转载|独家|专访|[短锐时]?评论?|深度|重磅|现场|图文|最新"
    "|突发|图解|一图读懂|早知道|划重点|涨知识|公[告示]|通[知告]|声明|注意|提[醒示]|预告|揭秘|盘点|推荐|置顶|热点|关注|聚焦|直击|观[点察]|要闻"
    "|头条|资讯|新闻|媒体|财经|社论|动态|简讯|速[递报览看]|发布|附件?|解读|[附]?全文|实录|专题|特稿|调查|更新|官方|网友|专家|记者|消息"
    "|[外港美俄日台]媒|分析|话题|互动|活动|招[聘募生]|转发|好文|荐读|干货|福利|喜报|收藏|必看|科普|案例|攻略|经验|技巧|今[日天]|昨[日天]"
    "|[午晚早]间|盘前|[收午]评|标题|主题|来源|作者|时间|分享|教程|问答|求助|讨论|笔记|随笔|[上下]一?[篇页章期]|[多附高]?图|连载|专栏"
    "|系列(?:报道|文章|之)?|[完全简]\\S?版|[a-z0-9]{1,12}"
)
SPEAKER = re.compile(
    r"(?:部|局|委|院|会|社|报|网|人|长|家|员|者|席|理|省|市|县|区|州|国|司|团|行|媒|方|办|厅|署|称|说|表示|学|记)$"
)
AGENCY = re.compile(r"(?:社|报|网|台|局|委|部|院|厅|处|公司|政府|办公室|中心|学校|[中小大]学|协会|集团|日报社|客户端)$")
_SPEAKING_LENGTH = 4
_SHORTEST = 3  # 夜读, 人物: words of two sort articles and name no series
_OUTLET = re.compile(r"(?:新闻|日报|晚报|早报|时报|晨报|周末|网|电视台|社|客户端|头条号)$")
_LABEL = re.compile(rf"^\s*[【\[](?=[\u4e00-\u9fff])(?:{GENRES.pattern})[】\]]\s*(?=\S)")
_FILLERS = re.compile(r"[\W_]+")
_COUNTING = re.compile(
    r"[0-9]|[第总之]|(?<=[0-9])[年月日号期卷辑篇章回节集话讲课部季弹]|\b(?:no|vol|ep|part|day|st|nd|rd|th)\b"
    r"|(?:jan|febr)uary|march|april|may|june|july|august|(?:sept|nov|dec)ember|october|\b(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\b"
)


def letters(text: str) -> str:
    """Letters and digits only."""
    return _FILLERS.sub("", text)


def bare_name(text: str) -> str:
    """A folded text without signs and the words that go with a count: what may be a name."""
    return letters(_COUNTING.sub("", text))


def is_name(folded: str) -> bool:
    """Whether the words may name a series rather than sort articles or say who published them."""
    word = letters(folded)
    fits = len(word) >= _SHORTEST and not word.isdigit()
    return fits and GENRES.fullmatch(word) is None and _OUTLET.search(word) is None


def sorts(name: str) -> bool:
    """Whether the words say what kind of article it is: 转载, 图集."""
    return not name.isascii() and GENRES.fullmatch(name) is not None


def may_speak(folded: str) -> bool:
    """Whether the words before a colon may be whoever speaks: 市交通局：公交改线."""
    last = folded.rsplit(maxsplit=1)[-1] if folded.split() else ""
    return len(letters(last)) < _SPEAKING_LENGTH or SPEAKER.search(letters(folded)) is not None


def unlabelled(title: str) -> str:
    """The title without a word in front that says what it is, not whose: 【深度】老街的故事."""
    return _LABEL.sub("", title) if title.lstrip()[:1] in {"【", "["} else title
