"""Links anywhere on the page that are parts of the same series by their titles."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from crawler.extraction.links.page import Candidate, Page
from crawler.extraction.series_numbers import numbering_of
from crawler.extraction.series_titles import strip_decoration

_TITLE = range(4, 121)
_LAST_PART = 999  # larger numbers are a database's, and count nothing
_FILE = re.compile(r"^(?P<stem>.*?)(?P<number>\d+)(?P<tail>\D*)$")


def alike_elsewhere(page: Page) -> Iterator[Candidate]:
    """Titles with the shape of the page's own; and numbered titles whose URLs count on from the page's."""
    own = numbering_of(page.title or "") if _is_counted(page.url) else None
    shape = page.shape
    if shape is None and own is None:
        return
    reasons: dict[str, str | None] = {}
    for line in page.lines:
        for anchor in line.anchors:
            text = anchor.text if len(anchor.text) in _TITLE else anchor.hint
            if len(text) not in _TITLE:
                continue
            if text not in reasons:
                reasons[text] = shape.member(text) if shape and shape.may_hold(text) else None
            because = reasons[text]
            if because is None and own is not None and counts_on(page.url, page.resolve(anchor.href)):
                theirs = numbering_of(text)
                because = "a numbered part beside this one" if theirs and theirs.unit == own.unit else None
            if because and page.at_home(anchor) and not page.is_above(anchor):
                yield Candidate("series", strip_decoration(text), anchor.href, 0.8, because, line.index)


def _is_counted(url: str) -> bool:
    file = _FILE.match(urlsplit(url).path) if url else None
    return file is not None and int(file["number"]) <= _LAST_PART


def counts_on(url: str, target: str | None) -> int | None:
    """How far the number of the target's file is from that of the page's, where nothing else differs; else None."""
    if not url or target is None or url == target:
        return None
    try:
        here, there = urlsplit(url), urlsplit(target)
    except ValueError:
        return None
    if here.netloc != there.netloc or here.query != there.query:
        return None
    ours, theirs = _FILE.match(here.path), _FILE.match(there.path)
    if ours is None or theirs is None or ours["tail"] != theirs["tail"]:
        return None
    if max(int(ours["number"]), int(theirs["number"])) > _LAST_PART:
        return None
    same_stem = here.path[: ours.start("number")] == there.path[: theirs.start("number")]
    return int(theirs["number"]) - int(ours["number"]) if same_stem else None
