"""Pages without a readable text: behind a paywall, tables of bare figures, albums of pictures or files."""

import re
from collections.abc import Sequence

from crawler.extraction.model import MEDIA, Block, Kind
from crawler.extraction.source.segments import Segment
from crawler.extraction.story.body import Body
from crawler.extraction.story.title import Headline
from crawler.extraction.vocabulary import sentence
from wangqi.text.folding import simpler
from wangqi.titles.issues import ordinal_alone

_WALL = sentence("purposes", "wall")
_WALL_LINES = 6  # behind a story's last line, among which its wall stands
_LONGEST_WALL = 80
_CELLS = 20  # of a table that is no table of a story
_LONGEST_CELL = 12  # characters, on an average
_FIGURES = 0.3  # of the cells that must have one
_BESIDE_TABLE = 80  # characters
_ALBUM = 8  # pictures
_SIGNS = 40  # characters that may be nothing but signs: a line of stars below a poem
_LETTERS = 0.1  # share of letters and digits in what has words
_FILE = re.compile(
    r"[A-Za-z]{0,8}[_ -]?\d{2,12}(?:[_-]\d+)?(?:\.\w{3,4})?|[\w-]+\.(?:jpe?g|png|gif|bmp)", re.IGNORECASE
)


def wall_below(body: Body, segments: Sequence[Segment]) -> str | None:
    """In which words a page asks for a subscription where the story goes on; None where it does not."""
    if body.first is None or body.last is None:
        return None
    for line in segments[body.first : body.last + _WALL_LINES]:
        if len(line.text) <= _LONGEST_WALL and (found := _WALL.search(simpler(line.text))):
            return found.group()
    return None


def of_signs(blocks: Sequence[Block]) -> str | None:
    """Why a text of brackets or dashes is none, or None."""
    signs = [sign for block in blocks for sign in block.text if not sign.isspace()]
    if len(signs) < _SIGNS or sum(map(str.isalnum, signs)) >= _LETTERS * len(signs):
        return None
    return f"{len(signs)} signs and hardly a letter"


def without_words(headline: Headline, blocks: Sequence[Block]) -> tuple[Kind, str] | None:
    """Why a page of figures or pictures tells nothing, or None; a numbered issue of a series may be such."""
    if ordinal_alone(headline.text or "") is not None:
        return None
    tables = [block.text for block in blocks if block.kind == "table"]
    cells = [cell for text in tables for row in text.split("\n") for cell in row.split("\t")]
    lines = [block.text for block in blocks if block.kind not in MEDIA and block.kind != "table"]
    figures = sum(any(sign.isdigit() for sign in cell) for cell in cells)
    is_bare = (
        len(cells) >= _CELLS and sum(map(len, cells)) <= _LONGEST_CELL * len(cells) and figures >= _FIGURES * len(cells)
    )
    if is_bare and sum(map(len, lines)) < _BESIDE_TABLE:
        return "other", f"{len(cells)} figures in cells and hardly a word"
    files = sum(_FILE.fullmatch(text) is not None for text in lines)
    if files >= _ALBUM and len(lines) - files <= 1 and sum(block.kind == "image" for block in blocks) >= _ALBUM:
        return "other", f"{files} pictures with nothing but the names of their files"
    return None
