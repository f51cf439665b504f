"""What kind of page it is, by what its own words and shape say."""

import re
from collections.abc import Sequence

from crawler.extraction.body import Body
from crawler.extraction.model import Block, Kind
from crawler.extraction.segments import Segment
from crawler.extraction.title import Headline
from crawler.extraction.vocabulary import sentence

_NOTICES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("gone", sentence("notices", "gone")),
    ("blocked", sentence("notices", "blocked")),
    ("soft_404", sentence("notices", "missing")),
)
_SHORT = 200  # characters of prose; notices of platforms stay far below
_NOTICE = 600  # characters of text in which a notice stands
_STORY = 40
_SURE_TITLE = 8
_ROWS = 3  # like rows with titles that lead elsewhere
_ENTRIES = 8  # headlines that lead elsewhere make a listing


def kind_of(
    headline: Headline,
    body: Body,
    blocks: Sequence[Block],
    segments: Sequence[Segment],
    *,
    rows: int,
    articleless: bool,
) -> tuple[Kind, str]:
    """The kind and why.

    Args:
        headline: The page's title.
        body: The story's lines; notices are looked for there and in the title, never in menus and forms.
        blocks: The story.
        segments: All lines of the page.
        rows: How many links of the page are rows of a listing.
        articleless: The page is of a platform that serves nothing but single articles, and holds none.
    """
    chars = sum(len(block.text) for block in blocks)
    if body.prose <= _SHORT:
        own = [block.text for block in blocks] or [s.text for s in segments if not s.link_chars]
        if told := _notice(" ".join(own)[:_NOTICE], headline.text or ""):
            kind, words = told
            return kind, f"the page says {words!r} and holds {body.prose} characters of prose"
    if articleless:
        return "gone", "a page of the platform without an article"
    if blocks and not body.prose and chars >= _STORY:
        return "story", f"{chars} characters that do not stand in the page's structure"
    entries = sum(1 for s in segments if s.chars >= 8 and s.link_chars >= 0.8 * s.chars)
    sure = headline.index is not None and len(headline.text or "") >= _SURE_TITLE
    headlines = entries >= _ENTRIES and body.prose < 100 and chars < 8 * entries and not sure
    if headlines or (rows >= _ROWS and body.prose < _SHORT):
        return "listing", f"{entries} headlines with links and {body.prose} characters of prose"
    if body.prose >= _STORY or (blocks and headline.index is not None):
        return "story", f"{len(blocks)} blocks with {body.prose} characters of prose"
    shape: Kind = "listing" if entries >= _ENTRIES else "other"
    return shape, f"no story in {len(segments)} lines, {entries} of them headlines with links"


def _notice(text: str, title: str) -> tuple[Kind, str] | None:
    for kind, pattern in _NOTICES:
        if found := pattern.search(title) or pattern.search(text):
            return kind, found.group()
    return None
