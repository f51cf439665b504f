"""Authors that no label names: a link to an author's own page between headline and story, and the English "By …"."""

import re
from collections.abc import Iterator, Sequence

from crawler.extraction.body import Body
from crawler.extraction.credits import clean_name
from crawler.extraction.model import Credit
from crawler.extraction.segments import Segment
from crawler.extraction.title import Headline

_PROFILE = re.compile(
    r"/(?:authors?|users?|u|people|profiles?|staff|member|i|omn/author)/[^/?#]+/?$|/@[\w.-]+$|[?&](?:uid|author)=\d"
)
_MARKED = re.compile(r"\b(?:author|byline|username|nickname|user-?name|note-author|url fn)\b", re.IGNORECASE)
_NO_NAME = re.compile(
    r"关注|订阅|私信|主页|更多|全部|登录|注册|头像|文章|\d{5}|^[\W\d]*$|follow|profile|posts?$", re.IGNORECASE
)
_BY = re.compile(
    r"^(?:words |story |text )?by:?\s+(?P<name>[A-Z][\w.'’-]*(?:\s+(?:(?:de|van|von|der|da)\s+)*[A-Z][\w.'’-]*){1,3})"
    r"(?=\s*(?:$|[|·,•–—(]|\d))",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"(?:[A-Z]\S*|de|van|von|der|da)(?:\s+(?:[A-Z]\S*|de|van|von|der|da))*")
_LONGEST = 20
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
        found = _BY.match(segment.text)
        if found and _CAPITALS.fullmatch(found["name"]):
            yield Credit(role="author", name=found["name"], raw=segment.text)
            return
    names = list(dict.fromkeys(name for segment in lines for name in _profiles(segment)))
    if len(names) == 1:  # of several, one may be the editor's or a commenter's
        yield Credit(role="author", name=names[0], raw=names[0])


def _profiles(segment: Segment) -> Iterator[str]:
    for link in segment.block.iter("a"):
        text = " ".join(str(link.text_content()).split())
        classes = " ".join(str(e.get("class", "")) for e in (link, link.getparent()) if e is not None)
        leads = _PROFILE.search(str(link.get("href", ""))) or _MARKED.search(classes) or link.get("rel") == "author"
        if leads and 2 <= len(text) <= _LONGEST and not _NO_NAME.search(text) and text in segment.text:
            name = clean_name(text, person=True)
            if name:
                yield name
