"""Columns whose rows have a few lines of their story below them."""

from itertools import islice, pairwise

from crawler.extraction.links.lines import Anchor
from crawler.extraction.links.page import Page
from crawler.extraction.links.row_days import Days, day_in, is_day, is_foot

_FEWEST = 3
_LONGEST = 400  # characters of one row beside its title
_MORE_LINES = 2  # of a row with a picture or a second paragraph
_MOST_LINES = 40  # of one row
_PARAGRAPH = 50
_HEADINGS = frozenset({"h2", "h3", "h4"})  # h1 is the page's own
_OUTWEIGHS = 2


def have_teasers(page: Page, rows: list[Anchor], days: Days) -> bool:
    """Whether each row is a line with its day and a few lines of text, and the page has no day or text beside them.

    Headings, each with its lines, need no day where the page has no paragraph of its own.
    """
    starts = sorted({anchor.line.index for anchor in rows})
    if len(starts) < _FEWEST or len(starts) < len(rows):
        return False
    lengths = [after - before for before, after in pairwise(starts)]
    if max(lengths) > min(2 * min(lengths) + _MORE_LINES, _MOST_LINES):
        return False
    first = starts[0] - (starts[0] > 0 and is_day(page.lines[starts[0] - 1]))
    end = min(starts[-1] + max(lengths), len(page.lines))
    if any(not first <= at < end for at in days.lines):
        return False
    own = [page.lines[start:behind] for start, behind in pairwise((first, *starts[1:], end))]
    if any(sum(line.free_length for line in lines) > _LONGEST for lines in own):
        return False
    dated = sum(any(day_in(line) for line in lines) for lines in own)
    are_dated = dated >= len(own) - 1
    if not are_dated and not (all(map(_is_heading, rows)) and min(lengths) > 1):
        return False
    texts = [
        line for line in (*page.lines[:first], *page.lines[end:]) if not line.anchors and line.length >= _PARAGRAPH
    ]
    prose = sum(line.length for line in texts if not is_foot(line))
    # Without days a paragraph of the page's own is a short item above the stories of others.
    return sum(len(anchor.text) for anchor in rows) >= _OUTWEIGHS * prose if are_dated else not prose


def _is_heading(row: Anchor) -> bool:
    return any(element.tag in _HEADINGS for element in islice(row.element.iterancestors(), 2))
