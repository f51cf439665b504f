"""Authors that no label names: a link to their own page, an element called author, and the English "By …"."""

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from crawler.extraction.body import Body
from crawler.extraction.credits import person
from crawler.extraction.model import Credit
from crawler.extraction.segments import Segment
from crawler.extraction.title import Headline

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
_LONGEST = 30
_LINES = 12
_INTO_STORY = 1
_LINE = 80


def authors_at_head(segments: Sequence[Segment], headline: Headline, body: Body) -> Iterator[Credit]:
    """Names in the lines around the headline, the surest first; asked for only where no label names an author."""
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
