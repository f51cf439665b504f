"""The story's own lines out of all lines of its container: no head, no tail, no furniture between."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from crawler.extraction.phrases.credits import byline, labelled
from crawler.extraction.source.notices import is_notice
from crawler.extraction.source.segments import Segment
from crawler.extraction.story.own_words import without_adverts
from crawler.extraction.story.title import flat
from crawler.extraction.story.unfolded import told_again
from crawler.extraction.vocabulary import alternatives
from wangqi.text.folding import simpler

_TAIL = re.compile(r"^\W*" + alternatives("lines", "tail"), re.IGNORECASE)
_FURNITURE = re.compile(r"^\W*" + alternatives("lines", "furniture") + "$", re.IGNORECASE)
_DATE = r"(?:19|20)\d\d\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}日?"
# A date with hardly anything beside it, or on one line with a source.
_SIGNED_DAY = re.compile(
    r"^(?:19|20)\d\d年\d{1,2}月\d{1,2}日$|^[一二][〇零○一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日$"
)
_POINT = re.compile(r"^(?:时间|日期)\s*[:：]")
_DATE_LINE = re.compile(
    rf"^[^\u4e00-\u9fff]{{0,40}}{_DATE}[\s\d:：|]*(?:[\u4e00-\u9fff—－-]{{0,16}}|来源.{{0,30}}|更新.{{0,30}})$"
    rf"|^.*{_DATE}.*(?:来源|来自|出处|作者)\s*[:：].*$"
)
_FULL_DATE = re.compile(_DATE)
_SERIES = re.compile(
    r"^\W*(?:往期|前期|历史|更多)?[“\"《「]?.{0,16}[”\"》」]?(?:往期|前期|历史|系列)(?:推文|回顾|文章|内容|推荐|精选|报道|精彩|好文|链接)"
)
_MORE = re.compile(r"更多.{0,10}[，,。\s]*敬请(?:期待|关注)|未完待续|敬请期待")
_TAIL_LENGTH = 60
_LONGEST_PARTED, _PARTED = 160, 2
_FURNITURE_LENGTH = 80
_TAIL_FROM = 0.25  # share of the story that must stand above a line for that line to end it
_BOX = 0.3  # share of the story that must follow a tail's first line for it to be a box between paragraphs
_GOING_ON = 3  # paragraphs
_LONGEST_BOX = 100  # lines above and below, that show whether the story goes on
_STOPS = (".", "!", "?", "”", "。", "！", "？", "」")
_OF_SECTION = re.compile(r"^\W*(?:关键[词字]|關鍵[詞字]|标签|標籤)\s*[:：]")
_OFTEN = 4  # times that words open a line of one story, by which they open no tail
_RESUMES = 40  # characters of prose by which the story goes on behind such a box
_NUMBERS = re.compile(r"[\d.,:：%％+\-—～~/\s]{1,24}")
_LONGEST_CELL = 24
_SHORTEST_LINK = 12
_LINK_COST = 15.0  # characters of prose that one line of nothing but a link outweighs
_LINE_COST = 3.0


@dataclass(slots=True)
class Cut:
    """The lines of the story, and what was taken off it as (label, text)."""

    kept: list[Segment] = field(default_factory=list)
    off: list[tuple[str, str]] = field(default_factory=list)

    def drop(self, label: str, text: str) -> None:
        if text:
            self.off.append((label, text))


def cut(segments: Sequence[Segment], title: str | None) -> Cut:
    """Cut the lines of a container down to the story."""
    begin, end = _core(segments)
    # The core ends on a long line; short plain lines next to it (heads, captions, signatures) belong to it.
    while begin > 0 and _plain(segments[begin - 1]):
        begin -= 1
    while end < len(segments) and (_plain(segments[end]) or is_of_document(segments[end].text)):
        end += 1
    result = Cut()
    for segment in segments[:begin]:
        result.drop("head", segment.text)
    end = _fill(result, segments[begin:end], title) + begin
    _label_tail(result, segments[end:])
    for segment in result.kept[(kept := without_adverts(result.kept)) :]:
        result.drop("advert", segment.text)
    del result.kept[kept:]
    again = told_again(result.kept)
    for at in sorted(again):
        result.drop("again", result.kept[at].text)
    result.kept[:] = [segment for at, segment in enumerate(result.kept) if at not in again]
    return result


def cut_trusted(segments: Sequence[Segment]) -> Cut:
    """Cut a container that a template names, in which every line is the author's: only the series block comes off."""
    result = Cut()
    for index, segment in enumerate(segments):
        if _opens_series(segment.text) and index > len(segments) // 2:
            _label_tail(result, segments[index:])
            break
        result.kept.append(segment)
    return result


def _label_tail(result: Cut, segments: Sequence[Segment]) -> None:
    """Call the lines of a 往期 block "series", all others "tail"."""
    label = "tail"
    for segment in segments:
        text = segment.text
        if _opens_series(text):
            label = "series"
        elif is_tail(text) or is_furniture(text):
            label = "tail"
        result.drop(label, text)


def _opens_series(text: str) -> bool:
    if len(text) >= _TAIL_LENGTH:
        return False
    text = simpler(text)
    return _SERIES.match(text) is not None or text.startswith("往期")


def is_tail(text: str) -> bool:
    """Whether a short line opens what follows a story."""
    if len(text) >= _TAIL_LENGTH:
        return False
    text = simpler(text)
    return _TAIL.match(text) is not None or _SERIES.match(text) is not None or _MORE.search(text) is not None


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the page and not to its story."""
    if len(text) >= _FURNITURE_LENGTH:
        return False
    text = simpler(text)
    return (_FURNITURE.match(text) or _DATE_LINE.match(text)) is not None


def is_parted(text: str) -> bool:
    """Whether a line is a date and other facts with strokes between: 2024-05-06 | 河岸报 | 3人参与."""
    return len(text) <= _LONGEST_PARTED and text.count("|") >= _PARTED and _FULL_DATE.search(text) is not None


def is_of_document(text: str) -> bool:
    """Whether a line that is furniture above a story is a notice's own within it: when it takes place, its day."""
    return _SIGNED_DAY.match(text) is not None or (_POINT.match(text) is not None and not _FULL_DATE.search(text))


def _core(segments: Sequence[Segment]) -> tuple[int, int]:
    """The run of lines [from, to) that gathers most prose and least furniture (Kadane's maximum sum)."""
    best = total = 0.0
    begin, found = 0, (0, 0)
    for index, segment in enumerate(segments):
        if segment.src is not None:
            continue
        value = segment.prose or _cost(segment)
        if total <= 0:
            total, begin = 0.0, index
        total += value
        if total > best:
            best, found = total, (begin, index + 1)
    return found


def _cost(segment: Segment) -> float:
    """What a line without prose weighs against a story that would go on behind it: a table's own cells nothing."""
    if segment.link_chars > 0.5 * segment.chars:
        return -_LINK_COST
    return 0.0 if segment.chars <= _LONGEST_CELL and _in_cell(segment) else -_LINE_COST


def _in_cell(segment: Segment) -> bool:
    block = segment.block
    if block.tag == "p" and (parent := block.getparent()) is not None:
        block = parent
    return block.tag in ("td", "th")


def _fill(result: Cut, segments: Sequence[Segment], title: str | None) -> int:
    """Keep the story's lines in `result`; where its tail begins."""
    key = flat(title or "")
    usual = _usual_openers(segments)
    weights = [segment.prose for segment in segments]
    left, total, seen = sum(weights), sum(segment.chars for segment in segments), 0
    in_box = seen_prose = False
    for index, segment in enumerate(segments):
        text = segment.text
        left -= weights[index]
        if segment.src is not None:
            result.kept.append(segment)
        elif seen > _TAIL_FROM * total and is_tail(text) and _opener(text) not in usual:
            is_last = left < _BOX * total and not _goes_on(segments, index, result.kept)
            if is_last or is_tail(_next_words(segments, index)):  # a box has one head
                return index
            in_box = True
            result.drop("furniture", text)
        elif in_box and not _resumes(text, weights[index]):
            result.drop("furniture", text)
        elif _repeats_title(text, key, seen):
            for above in result.kept:
                result.drop("head", above.text)
            result.kept.clear()
            result.drop("head", text)
        elif _is_page_matter(segment, begun=seen_prose):
            result.drop("furniture", text)
        elif _leads_away(segment):
            result.drop("link", text)
        else:
            in_box = False
            result.kept.append(segment)
            seen += segment.chars
            seen_prose = seen_prose or weights[index] > 0
    return len(segments)


def _goes_on(segments: Sequence[Segment], index: int, story: Sequence[Segment]) -> bool:
    """Whether paragraphs like those above stand behind a line that announces something else, a box between them."""
    around = {_place(line) for line in islice(reversed(story), _LONGEST_BOX) if line.prose >= _RESUMES}
    lines = islice(segments, index + 1, index + 1 + _LONGEST_BOX)
    below = (line for line in lines if line.prose >= _RESUMES and line.text.endswith(_STOPS))
    return sum(4 * line.link_chars < line.chars and _place(line) in around for line in below) >= _GOING_ON


def _place(line: Segment) -> tuple[str, str, str] | None:
    parent = line.block.getparent()
    return None if parent is None else (str(line.block.tag), str(parent.tag), parent.get("class") or "")


def _usual_openers(segments: Sequence[Segment]) -> set[str]:
    """Words that open a tail elsewhere and every section here: 关键词：… below each of ten news."""
    openers = (_opener(segment.text) for segment in segments if _OF_SECTION.match(segment.text))
    return {words for words, count in Counter(openers).items() if words and count >= _OFTEN}


def _opener(text: str) -> str:
    return found.group() if (found := _TAIL.match(simpler(text))) else ""


def _next_words(segments: Sequence[Segment], index: int) -> str:
    return next((segment.text for segment in segments[index + 1 : index + 4] if segment.src is None), "")


def _resumes(text: str, weight: float) -> bool:
    """Whether the story goes on behind a box: with a long line, or a shorter one that ends a sentence."""
    return weight >= _RESUMES or (weight >= _RESUMES / 2 and text.endswith(("。", "！", "？", "”", "」")))


def _is_page_matter(segment: Segment, *, begun: bool) -> bool:
    """Furniture, the first line of a tail, or a credit line above the first prose; a number in a cell is a datum."""
    text = segment.text
    if _NUMBERS.fullmatch(text) and _in_cell(segment):
        return False
    if begun and is_of_document(text):
        return False
    if is_furniture(text) or is_tail(text) or (not begun and is_parted(text)):
        return True
    if begun or len(text) >= _TAIL_LENGTH:
        return False
    return next(labelled(text), None) is not None or next(byline(text), None) is not None


def _is_item(segment: Segment) -> bool:
    """Whether a line stands in an item of a list, or in a paragraph of its own that is all there is of one."""
    block = segment.block
    return block.tag == "li" or (block.tag == "p" and (parent := block.getparent()) is not None and parent.tag == "li")


def _leads_away(segment: Segment) -> bool:
    """A line between paragraphs that is one link to somewhere else; items of lists and bare addresses are not."""
    return (
        segment.chars >= _SHORTEST_LINK
        and segment.link_chars >= 0.9 * segment.chars
        and not _is_item(segment)
        and not segment.text.startswith("http")
    )


def _repeats_title(text: str, key: str, seen: int) -> bool:
    """Whether a line in the first 40 characters is the headline again, or a good part of it."""
    name = flat(text) if key and seen < 40 else ""
    return bool(name) and (name == key or (len(name) > 6 and name in key))


def _plain(segment: Segment) -> bool:
    if segment.src is not None:
        return True
    text = segment.text
    if _NUMBERS.fullmatch(text) and _in_cell(segment):
        return True
    is_own = segment.prose or segment.link_chars <= 0.5 * segment.chars
    return bool(is_own) and not (is_tail(text) or is_furniture(text) or is_notice(text))
