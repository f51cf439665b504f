"""Whether a title belongs to a series, learned from the titles of its members and from nothing else."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from crawler.extraction.model import SeriesLink
from crawler.extraction.series_numbers import Numbering, fold, numbering_of, ordinal_of

__all__ = ["SeriesShape", "follow", "ordinal_of", "series_name", "strip_decoration", "title_shape"]

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
_QUOTED = re.compile(r"[\"《【「『](?P<name>[^\"》】」』]{2,24})[\"》】」』]")
_SERIES_NEAR = re.compile(r"系列|专栏|栏目|连载|往期")
_LEAD = re.compile(r"^(?:\d{1,3}\s*[.、)\]:]\s*(?=\D)|[·•●■◆◇▪►▶➤→>»*+\-–—]+\s*|[(\[]\d{1,3}[)\]]\s*)+")
_AGO = re.compile(r"^(?:\d{1,3}\s*(?:秒|分钟|小时|天|周|个?月|年)前|昨天|前天|刚刚)\s*(?=\S{4})")
# Only with these signs: 5月1日 in a title is the publisher's word.
_DATE = r"(?:(?:19|20)\d\d[-./])?\d{1,2}[-./]\d{1,2}(?:\s+\d{1,2}:\d\d(?::\d\d)?)?"
_DATE_BEFORE = re.compile(rf"^(?:{_DATE}\s+|[(（\[【]{_DATE}[)）\]】]\s*)(?=\S{{4}})")
_DATE_BEHIND = re.compile(rf"(?:\s+{_DATE}|\s*[(（\[【]{_DATE}[)）\]】])\s*$")
_TRAIL = re.compile(r"\s*(?:>{1,3}|»|→|\.{3,}|…+)\s*$")
_AGAIN = re.compile(r"^(?:再谈|再论|也谈|又谈|续|再说|三谈|重谈)")
_NOISE = re.compile(r"[\s\"'《》“”‘’「」『』【】\[\]()!?,.;:、。，！？；：…~\-—_|]+")
_ALIKE = 85  # rapidfuzz ratio: 儿, spaces and signs come and go between two parts
_ALIKE_WITHOUT_NUMBER = 90
_SHORTEST_CORE = 4
_SPEAKING_LENGTH = 4


@dataclass(frozen=True, slots=True)
class SeriesShape:
    """What the titles of one series have in common.

    Attributes:
        name: The series' name as a reader would write it, or None.
        prefixes: Folded words that members begin with.
        cores: Folded titles of the members that carry a part number, without it.
        units: The units their numbers are counted in (期, 章 …).
    """

    name: str | None = None
    prefixes: frozenset[str] = frozenset()
    cores: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()

    def may_hold(self, title: str) -> bool:
        """A cheap first question, for pages with thousands of links: False only where `member` finds nothing."""
        shown = title.casefold()
        return any(probe in shown for probe in self._probes)

    @property
    def _probes(self) -> set[str]:
        words = (*self.prefixes, *self.cores, *((key(self.name),) if self.name else ()))
        return {piece for word in words for piece in (word[:2], word[2:4], word[-2:]) if piece}

    def member(self, title: str) -> str | None:
        """Why this title belongs, in words; None when it does not."""
        parts = TitleParts.of(title)
        if parts.prefix and parts.prefix in self.prefixes:
            return f"its title begins with “{parts.prefix_text}” like the others"
        if (
            self.name
            and len(self.name) >= 3
            and any(key(found["name"]) == key(self.name) for found in _QUOTED.finditer(parts.folded))
        ):
            return f"its title names “{self.name}”"
        return self._part(parts)

    def _part(self, parts: "TitleParts") -> str | None:
        if not self.cores or len(parts.core) < _SHORTEST_CORE:
            return None
        least = _ALIKE if parts.numbering else _ALIKE_WITHOUT_NUMBER
        for core in self.cores:
            if parts.core == core or fuzz.ratio(parts.core, core) >= least:
                return f"its title is “{core}” with another part number"
        return None


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
    return before if len(key(before)) >= _SHORTEST_CORE or numbering.start == 0 else ""


def key(text: str) -> str:
    """Letters and digits only, in one case: what two spellings of a name share."""
    return _NOISE.sub("", fold(text)).lower()


def _names_a_series(text: str, sign: str) -> bool:
    folded = key(text)
    if len(folded) < 2 or _GENRES.fullmatch(folded) or folded.isdigit():
        return False
    return sign != ":" or (len(folded) >= _SPEAKING_LENGTH and not _SPEAKER.search(folded))


def title_shape(titles: Iterable[str], name: str | None = None) -> SeriesShape | None:
    """The shape that most of these titles share; of a single title, what it says about itself.

    Returns:
        None when the titles have nothing in common that other titles would not have too.
    """
    parts = [TitleParts.of(title) for title in titles if title.strip()]
    if not parts:
        return None
    enough = 1 if len(parts) == 1 else max(2, (len(parts) + 1) // 2)
    prefixes = Counter(part.prefix for part in parts if part.prefix)
    common = frozenset(prefix for prefix, count in prefixes.items() if count >= enough)
    numbered = Counter(part.core for part in parts if part.numbering and len(part.core) >= _SHORTEST_CORE)
    cores = frozenset(core for core, count in numbered.items() if count >= min(enough, 2))
    units = frozenset(part.numbering.unit for part in parts if part.numbering)
    if not (common or cores or name):
        return None
    shown = name or next((part.prefix_text for part in parts if part.prefix in common), None)
    return SeriesShape(shown, common, cores, units)


def series_name(heading: str) -> str | None:
    """The name that a 往期 heading gives: 往期“党员先锋行”系列推文 -> 党员先锋行."""
    if not _SERIES_NEAR.search(heading):
        return None
    found = _QUOTED.search(fold(heading))
    return found["name"].strip() if found else None


def strip_decoration(title: str) -> str:
    """The title without list numbers, bullets, list dates and trailing arrows."""
    whole = stripped = " ".join(title.split())
    while stripped:
        before = stripped
        for decoration in (_AGO, _LEAD, _DATE_BEFORE, _DATE_BEHIND, _TRAIL):
            stripped = decoration.sub("", stripped)
        stripped = stripped.strip(" <>\u3000")
        if stripped == before:
            break
    return stripped or whole


def follow(link: SeriesLink, shape: SeriesShape | None, *, seen_listings: frozenset[str] = frozenset()) -> str | None:
    """Why the spider visits this link; None when it does not.

    Args:
        link: As found on a page of the series.
        shape: What is known of the series' titles so far.
        seen_listings: URLs of listings that this run has already taken.
    """
    if link.url is None:
        return None
    because = link.reasons[0] if link.reasons else link.kind
    if link.kind == "series":
        return f"named as a member: {because}"
    if link.kind == "listing":
        return None if link.url in seen_listings else f"the column of the series: {because}"
    if link.kind == "page":
        return f"a further page: {because}"
    member = shape.member(link.title) if shape else None
    return f"{link.kind}: {member}" if member else None
