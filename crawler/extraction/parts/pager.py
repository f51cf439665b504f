"""Where a story goes on in further pages, as the page around it says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from crawler.extraction.links import FoundLinks
from crawler.extraction.links.direction import label_of
from crawler.extraction.locate import Located
from crawler.extraction.model import SeriesLink
from crawler.extraction.source.segments import Segment
from wangqi.series.parts import MOST_PARTS, Parts, hidden_parts, parts_of, turns_pages
from wangqi.urls import canonical_or_none

_MOST_TURNS = 500  # links; a story has sixty parts at most
_LONGEST_LINE = 120
_TURNS = re.compile(
    r"[\W\d]*+(?:(?:[上下前后首尾末第共一页]|(?:单页|全文)(?:阅读)?|prev|next|page)[\W\d]*+)*+", re.IGNORECASE
)
_BEHIND = 4  # lines behind a story in which its pager stands; that of the comments stands further down


def find_parts(place: Located, url: str, *, is_story: bool = True) -> tuple[Parts | None, tuple[str, ...]]:
    """The parts of the story on this page, None where its links name none; and what was left unread, as sentences.

    The pages of a list, which is no story, are followed whatever their number.
    """
    turning = _turns(place.links)
    turns = list(islice(turning, _MOST_TURNS))
    more = f"more than {_MOST_TURNS} links of the page turn pages; those behind were not read"
    unread = (more,) if next(turning, None) else ()
    found = _parts(place, url, turns)
    if found is None or not found.is_beyond:
        return found, unread
    beyond = (
        f"a pager of the page counts {found.count} pages, more than the {MOST_PARTS} of a story; only this one was read"
    )
    return None, (*unread, beyond) if is_story else unread


def _parts(place: Located, url: str, turns: list[tuple[str, str | None]]) -> Parts | None:
    pagers = list(_pagers(place.segments))
    text = "\n".join(line for _, line in pagers)
    found = parts_of(canonical_or_none(url) or url, [(words, target) for words, target in turns if target], text)
    if found or place.body.first is None or place.body.last is None:
        return found
    near = [line for at, line in pagers if place.body.first < at <= place.body.last + _BEHIND]
    hidden = [words for words, target in turns if target is None and any(words in line for line in near)]
    return hidden_parts(hidden, "\n".join(near))


def _turns(found: FoundLinks) -> Iterator[tuple[str, str | None]]:
    """What may lead to other parts: its words, and its canonical URL, None where only a script knows it."""
    page = found.page
    assert page  # it is the page that was read
    for anchor in (anchor for line in page.lines for anchor in line.anchors):
        if not turns_pages(anchor.text):
            continue
        target = None if anchor.is_hidden else canonical_or_none(page.resolve(anchor.href))
        if target or anchor.is_hidden:
            yield anchor.text, target
    for link in found.links:
        if link.kind == "page":  # a script may count it, or the numbers around it
            yield link.title, canonical_or_none(link.url)


def _pagers(segments: Sequence[Segment]) -> Iterator[tuple[int, str]]:
    """Runs of lines of numbers and words that turn pages, and lines that count the pages, with the place of each."""
    run: list[str] = []
    for at, segment in enumerate(segments):
        text = segment.text[: _LONGEST_LINE + 1]
        if len(text) <= _LONGEST_LINE and _TURNS.fullmatch(text):
            run.append(text)
            continue
        if run:
            yield at - 1, " ".join(run)
            run = []
        if "共" in text and "页" in text:
            yield at, text[:_LONGEST_LINE]
    if run:
        yield len(segments) - 1, " ".join(run)


def as_neighbour(link: SeriesLink) -> SeriesLink:
    """A link of a story that turns to another page, which is no part of it: the story beside it.

    The sections of a manual are turned by 下一页, as parts of a story and the pages of a list are.
    """
    said = label_of(link.title) if link.kind == "page" and not link.is_ruled else None
    return replace(link, kind=said[0]) if said else link
