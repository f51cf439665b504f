"""Authors and sources that no label names: a link to their own page, an element called so, the English "By …"."""

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from crawler.extraction.body import Body
from crawler.extraction.credits import person
from crawler.extraction.dates import dates_in
from crawler.extraction.model import Credit
from crawler.extraction.segments import Segment
from crawler.extraction.title import Headline
from wangqi.text.folding import simpler

_PROFILE = re.compile(
    r"/(?:authors?|users?|u|people|profiles?|staff|member|i|omn/author)/[^/?#]+/?$|/@[\w.-]+$|[?&](?:uid|author)=\d"
)
_MARKED = re.compile(
    r"\b(?:authors?|byline|writers?|reporters?|zuozhe|username|nickname|user-?name|url fn)(?:-?names?)?\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"关注|订阅|私信|主页|更多|全部|登录|注册|头像|文章|\d{5}|^[\W\d]*$|follow|profile|posts?$", re.IGNORECASE
)
_BY = re.compile(
    r"^(?:words |story |text )?by:?\s+(?P<name>[A-Z][\w.'’-]*(?:\s+(?:(?:de|van|von|der|da)\s+)*[A-Z][\w.'’-]*){1,3})"
    r"(?=\s*(?:$|[|·,•–—(]|\d))",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"(?:[A-Z]\S*|de|van|von|der|da)(?:\s+(?:[A-Z]\S*|de|van|von|der|da))*")
_INLINE = ("span", "em", "i", "b", "strong", "font", "address", "cite")
_PREFIX = re.compile(r"^(?:by|from|author|text by|written by):?\s+", re.IGNORECASE)
# Of four characters and more are accounts and outlets; persons only with one of the long surnames, or with a point.
_LONG_SURNAMES = "欧阳|司马|上官|诸葛|司徒|东方|皇甫|慕容|令狐|端木"
_ONE = rf"(?:(?:{_LONG_SURNAMES})?[\u4e00-\u9fff]{{2,3}}|[\u4e00-\u9fff]{{1,8}}·[\u4e00-\u9fff·]{{1,12}})"
_HAN_NAME = re.compile(rf"{_ONE}(?:[、，\s]{_ONE}){{0,3}}")
_MARKED_SOURCE = re.compile(r"(?<![a-z])(?:sources?|laiyuan|origin|copyfrom|media-?name)(?![a-z])", re.IGNORECASE)
_SOURCE = re.compile(r"[\u4e00-\u9fffA-Za-z·]{2,16}")
_OUTLET = re.compile(
    r"[\u4e00-\u9fff·]{1,12}(?:报|网|社|电视台|电台|周刊|月刊|杂志|新闻|在线|客户端|传媒|频道|之声|融媒体?|发布)"
)
_LONGEST = 30
_LINES = 12
_INTO_STORY = 1
_LINE = 80


def named_at_head(segments: Sequence[Segment], headline: Headline, body: Body) -> Iterator[Credit]:
    """The author and the source that no label names; asked for only where a label names not both."""
    yield from _authors(segments, headline, body)
    yield from _sources(segments, headline, body)


def _authors(segments: Sequence[Segment], headline: Headline, body: Body) -> Iterator[Credit]:
    """Names in the lines around the headline, the surest first."""
    if headline.index is None or body.first is None:
        return
    top = headline.index + 1
    until = min(body.first + _INTO_STORY, top + _LINES)  # a short byline is easily taken for the story's first line
    lines = [segment for segment in segments[top:until] if len(segment.text) <= _LINE]
    for segment in lines:
        if _MARKED.search(_names_of(segment.block)) and (name := _alone(segment.text)):
            yield Credit(role="author", name=name, raw=segment.text, place="element")
            return
        found = _BY.match(segment.text)
        if found and _CAPITALS.fullmatch(found["name"]):
            yield Credit(role="author", name=found["name"], raw=segment.text, place="byline")
            return
    names = list(dict.fromkeys(name for segment in lines for name in _profiles(segment)))
    if len(names) == 1:  # of several, one may be the editor's or a commenter's
        yield Credit(role="author", name=names[0], raw=names[0], place="profile")


def _sources(segments: Sequence[Segment], headline: Headline, body: Body) -> Iterator[Credit]:
    """An outlet in an element called source, or alone beside the day."""
    if headline.index is None or body.first is None:
        return
    top = headline.index + 1
    for segment in segments[top : min(body.first + _INTO_STORY, top + _LINES)]:
        if segment.src is not None or len(segment.text) > _LINE:
            continue
        if name := next(_marked_sources(segment), None):
            yield Credit(role="source", name=name, raw=segment.text, place="element")
            return
        day = next(dates_in(segment.text), None)
        rest = (segment.text[: day.start] + segment.text[day.end :]).strip(" 　|｜·-") if day else ""
        if rest and _OUTLET.fullmatch(simpler(rest)):
            yield Credit(role="source", name=rest, raw=segment.text, place="beside the date")
            return


def _marked_sources(segment: Segment) -> Iterator[str]:
    for node in (segment.block, *segment.block.iter("a", *_INLINE)):
        if not _MARKED_SOURCE.search(_names_of(node)):
            continue
        text = " ".join(str(node.text_content()).split())
        if text in segment.text and _SOURCE.fullmatch(text) and not _NO_NAME.search(text):
            yield text


def _alone(text: str) -> str | None:
    """The name that is all of a text: in capitals of several words, or of few Chinese characters."""
    text = _PREFIX.sub("", text)
    is_name = _HAN_NAME.fullmatch(text) or (" " in text and _CAPITALS.fullmatch(text))
    return person(text) if is_name and len(text) <= _LONGEST and not _NO_NAME.search(text) else None


def _profiles(segment: Segment) -> Iterator[str]:
    for node in segment.block.iter("a", *_INLINE):
        classes = " ".join(_names_of(each) for each in (node, node.getparent()) if each is not None)
        leads = node.tag == "a" and (_PROFILE.search(str(node.get("href", ""))) or node.get("rel") == "author")
        is_marked = _MARKED.search(classes) is not None
        if not leads and not is_marked:
            continue
        text = " ".join(str(node.text_content()).split())
        if text not in segment.text:
            continue
        if node.tag != "a":
            name = _alone(text)
        else:
            name = person(text) if 2 <= len(text) <= _LONGEST and not _NO_NAME.search(text) else None
        if name:
            yield name


def _names_of(node: HtmlElement) -> str:
    return f"{node.get('class') or ''} {node.get('id') or ''} {node.get('itemprop') or ''}".replace("_", "-")
