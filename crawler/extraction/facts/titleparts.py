"""Series, number and subject out of a headline, and the series as the page's own sentences name it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from wangqi.titles.issues import ordinal_alone

_SERIES_SPLIT = re.compile(r"^(?P<series>[^|｜丨]{2,24}?)\s*[|｜丨]\s*(?P<rest>.+)$")
_SUBJECT = re.compile(r"^(?P<subject>[^:：]{2,16}?)\s*[:：]\s*\S")
_PERSON = re.compile(r"^(?P<subject>[\u4e00-\u9fff·]{2,4})(?:$|[，,\s])")
_NAMED = re.compile(
    r"[“\"《「【](?P<name>[^”\"》」】，。：:]{2,24})[”\"》」】]\s*(?:主题|专题|人物|全媒体|融媒体|特别)?\s*系列\s*"
    r"(?:报道|推文|文章|活动|访谈|故事|专题|宣传|展播|节目)"
)
_NOISE = re.compile(
    r"第\s*[\d〇零一二两三四五六七八九十百]+\s*[期集篇回讲辑季]|[（(【\[]\s*[\d一二三四五六七八九十]+\s*[）)】\]]|\s*之[一二三四五六七八九十\d]+$|[①-㊿]|\s*[#＃]\s*\d+$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleParts:
    series_name: str | None
    ordinal: int | None
    subject: str | None


def title_parts(title: str | None, paragraphs: Sequence[str], series_titles: Sequence[str]) -> TitleParts:
    """Take the headline apart.

    Args:
        title: The headline, or None.
        paragraphs: The page's lines, the story's and those cut off, for "…"系列报道.
        series_titles: Titles that the page's own 往期 block names.
    """
    series = _shared_prefix(series_titles)
    split = _SERIES_SPLIT.match(title or "")
    if series is None:
        named = Counter(m["name"] for line in paragraphs for m in _NAMED.finditer(line))
        series = next((name for name, _ in named.most_common(1)), None)
        if split and (series is None or series in split["series"] or split["series"] in series):
            series = split["series"]
    if series:
        series = _NOISE.sub("", series).strip(" |｜丨:：·—-") or None
    return TitleParts(
        series_name=series, ordinal=ordinal_alone(title or ""), subject=_subject(title, split, series, paragraphs)
    )


def _shared_prefix(titles: Sequence[str]) -> str | None:
    """What most of the named stories say before "|" or "：" when at least two say the same."""
    heads = Counter(found["series"].strip() for title in titles if (found := _SERIES_SPLIT.match(title)))
    name, count = next(iter(heads.most_common(1)), ("", 0))
    return name if count >= 2 and count >= 0.5 * len(titles) else None


def _subject(
    title: str | None, split: re.Match[str] | None, series: str | None, paragraphs: Sequence[str]
) -> str | None:
    if title:
        if split is None and (series is None or series not in title):
            return None
        rest = split["rest"] if split else title.partition(series or "")[2].lstrip(" |｜丨:：—-")
        found = _SUBJECT.match(rest) or _PERSON.match(rest)
        return found["subject"].strip(' “”"') if found else None
    return _protagonist(paragraphs) if series else None


def _protagonist(paragraphs: Sequence[str]) -> str | None:
    """Without a headline: the three signs with which most lines begin, if the story is full of them."""
    heads = Counter(line[:3] for line in paragraphs if len(line) > 3 and re.fullmatch(r"[\u4e00-\u9fff]{3}", line[:3]))
    text = "".join(paragraphs)
    for head, count in heads.most_common(3):
        if count >= 3 and text.count(head) >= 6:
            return head
    return None
