"""Several texts on one page, each with its day and its name: the posts of a discussion, or all that a blog has."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from lxml.html import HtmlElement

from crawler.extraction.kinds.telling import weight_of
from crawler.extraction.source.segments import Segment
from crawler.extraction.story.body import Body

_DAY = re.compile(
    r"(?:(?:19|20)\d\d\s*[-/.年]\s*)\d{1,2}\s*[-/.月]\s*\d{1,2}|\d{1,2}-\d{1,2} \d{1,2}:\d\d"
    r"|\d{1,2}\s*(?:天|小[时時]|分[钟鐘]|[个個]月)前|\b\d+ (?:minute|hour|day|week|month|year)s? ago"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d"
    r"|\b\d{1,2}\.? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,? (?:19|20)\d\d",
    re.IGNORECASE,
)
_LONGEST_LINE = 80  # characters of a line that says when and by whom
_LONGEST_NAME = 30
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})
_HEADLINE = 8  # how much the linked part of a line tells that is a headline
_FEWEST = 3
_MOST_DAYS = 300
_DEPTH = 12  # elements above a line that may be its post
_DEEP = 30  # the same above a line that may be of a known post
_MOST_OF_ONE = 0.5  # of all that is said: more, and the others are remarks about it
_TOLD = 2  # characters that say something
_LONG = 1_000  # characters of a text that is no question


class Posts(NamedTuple):
    """How many there are; where they are `headed`, each has a page of its own."""

    number: int = 0
    headed: bool = False


def posts_of(body: Body, segments: Sequence[Segment]) -> Posts:
    """The posts that the page shows, where the text that was found is of one of them; none of other pages.

    Posts stand beside one another, each with a day, with words of its own, and with a name that not all have. A story
    with remarks below it is none of these: they stand in another place than it does, or say less than it.
    """
    first = next((line for line in body.cut.kept if line.prose), None)
    days = list(islice(filter(is_of_day, segments), _MOST_DAYS))
    if first is None or len(days) < _FEWEST:
        return Posts()
    dated = {node for line in days for node in _above(line)}
    for node in _above(first):
        parent = node.getparent()
        if node not in dated or node.tag == "p" or parent is None:
            continue
        posts = [each for each in parent if each.tag == node.tag and each in dated]
        if len(posts) >= _FEWEST and (found := _told(posts, segments)).number:
            return found
    return Posts()


def is_of_day(line: Segment) -> bool:
    """Whether a line says on which day, and no more than who beside it."""
    return not line.prose and 0 < line.chars <= _LONGEST_LINE and _DAY.search(line.text) is not None


def opens_with_a_text(body: Body, segments: Sequence[Segment]) -> bool:
    """Whether what was found begins with a long text, before any other's day, and is hardly more than that."""
    if body.first is None or body.last is None or body.prose < _LONG:
        return False
    lines = takewhile(lambda line: not is_of_day(line), segments[body.first : body.last + 1])
    return sum(line.prose for line in lines) >= max(_LONG, _MOST_OF_ONE * body.prose)


def _told(posts: Sequence[HtmlElement], segments: Sequence[Segment]) -> Posts:
    """Those that have words and a name of their own; none where it is not most of them, or one says most."""
    whose = {post: at for at, post in enumerate(posts)}
    said = [0] * len(posts)
    names: list[set[str]] = [set() for _ in posts]
    headed = set[int]()
    for line in segments:
        at = next((whose[node] for node in _above(line, _DEEP) if node in whose), None)
        if at is None or line.src is not None:
            continue
        if 0 < line.link_chars <= _LONGEST_NAME:
            names[at].add(line.text)
            is_headline = weight_of(line.text) * line.link_chars >= _HEADLINE * line.chars
            if is_headline or line.block.tag in _HEADINGS:
                headed.add(at)
        elif not line.link_chars and not is_of_day(line):
            said[at] += line.chars
    told = [at for at, chars in enumerate(said) if chars >= _TOLD]
    common = Counter(name for at in told for name in names[at])
    count = sum(any(common[name] < len(told) for name in names[at]) for at in told)
    if count < _FEWEST or 2 * count < len(posts) or max(said) > _MOST_OF_ONE * sum(said):
        return Posts()
    return Posts(count, 2 * len(headed) > count)


def _above(line: Segment, depth: int = _DEPTH) -> Iterator[HtmlElement]:
    yield line.block
    yield from islice(line.block.iterancestors(), depth)
