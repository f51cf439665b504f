"""What kind of page it is, by what its own words and shape say."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.extraction.kinds.telling import is_telling
from crawler.extraction.kinds.wordless import of_signs, wall_below, without_words
from crawler.extraction.model import MEDIA, Block, Kind
from crawler.extraction.source.segments import Segment
from crawler.extraction.story.body import Body
from crawler.extraction.story.title import Headline
from crawler.extraction.vocabulary import sentence
from wangqi.text.folding import simpler

_NOTICES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("gone", sentence("notices", "gone")),
    ("blocked", sentence("notices", "blocked")),
    ("soft_404", sentence("notices", "missing")),
)
_ITSELF = sentence("site", "itself")
_CHALLENGE = sentence("notices", "challenge")
_TO_READER = re.compile(r"您|请|抱歉|对不起|sorry|please|\byou\b|\byour\b", re.IGNORECASE)
_SCRIPTS = 1 << 18
LITTLE = 400  # characters of prose of a page that a shield may have written
_SHORT = 200  # the same; notices of platforms stay far below
_UNDATED = 400  # the same, of a page without a day, such as a firewall's
_NOTICE = 600  # characters of text in which a notice stands
_STORY = 40
_STORY_OVER_LINKS = 100  # characters of prose that make a story even among many links
_SURE_TITLE = 8
_ROWS = 3  # like rows with titles that lead elsewhere
_BROKEN_OFF = ("...", "…", "[…]", "[...]")
_MOST_TEASERS = 0.7  # of the lines of prose
_HEADS = ("h1", "h2", "h3", "h4", "h5", "dt", "li", "p", "div")
_HOME = re.compile(r"(?:https?://[^/]+)?/?(?:index\.\w{3,5})?")
_ENTRY = 8  # characters of a link that may be a headline
_MANY_ENTRIES = 16
_FAR = 40  # lines
_LONG = 3_000  # characters of prose that are a text, wherever its headline stands
_BESIDE_ROW = 300  # the same for each row: a text with a list of what it refers to
_DATED_ROWS = 5
_LONGEST_DAY = 60  # characters of a row's line that has its day
_DAY = re.compile(r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|\d{1,2}:\d\d|\d{1,2}月\d{1,2}日")
_MENU = 12  # lines that lead elsewhere
_PROSE_OF_ITEM = 100  # characters below a headline that tells what happened
_ENTRIES = 8  # headlines that lead elsewhere make a listing


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What of the page beside its lines speaks for one kind.

    Attributes:
        rows: How many links of the page are rows of a listing.
        listed: They are all that the page shows, and have their days beside them.
        dated: The page prints or declares when it was published.
        headed: It has the head of a single item, as `is_headed` says.
        claimed: The page's head has its headline, too.
        expected: Another page of the series names this one by the title that it shows.
        voucher: Who or what says that it is somebody's story, as `voucher_of` gives it; or None.
        purpose: What the page is made for instead of a story, as a kind and why; or None.
        articleless: The page is of a platform that serves nothing but single articles, and holds none.
    """

    rows: int
    listed: bool
    dated: bool
    headed: bool
    claimed: bool
    expected: bool
    articleless: bool
    voucher: str | None = None
    purpose: tuple[Kind, str] | None = None


def kind_of(
    headline: Headline, body: Body, blocks: Sequence[Block], segments: Sequence[Segment], signs: Signs
) -> tuple[Kind, str]:
    """The kind and why.

    Args:
        headline: The page's title.
        body: The story's lines; notices are looked for there and in the title, never in menus and forms.
        blocks: The story.
        segments: All lines of the page.
        signs: What else speaks.
    """
    if other := _otherwise(headline, body, blocks, segments, signs):
        return other
    if unwritten := _unwritten(headline, body, blocks, signs):
        return "story", unwritten
    is_item = signs.headed and body.prose >= _STORY
    if row_evidence := None if is_item else _listing(headline, body, blocks, segments, signs):
        return "listing", row_evidence
    if body.prose >= _STORY or (blocks and headline.index is not None and not body.in_pieces):
        told = f"{len(blocks)} blocks with {body.prose} characters of prose"
        if signs.voucher is None and not signs.expected:
            return "other", f"{told}, and neither day nor name nor headline to vouch for them"
        return "story", told
    return "other", f"no story in {len(segments)} lines"


def _otherwise(
    headline: Headline, body: Body, blocks: Sequence[Block], segments: Sequence[Segment], signs: Signs
) -> tuple[Kind, str] | None:
    """What the page is by its own words instead of a story or a listing, and why; or None."""
    if told := _notice(headline, body, blocks, segments, signs):
        kind, words = told
        return kind, f"the page says {words!r} and holds {body.prose} characters of prose"
    if signs.articleless:
        return "gone", "a page of the platform without an article"
    if body.prose < _SHORT and (wall := wall_below(body, segments)):
        return "blocked", f"the page says {wall!r} and shows nothing else"
    if wordless := of_signs(blocks):
        return "other", wordless
    if signs.expected:
        return None
    # What is announced on a day may be a table: who has won, who may come to the interview.
    bare = without_words(headline, blocks) if signs.rows < _ROWS and not signs.headed else None
    return bare or signs.purpose or _unheaded(headline, body, segments, signs)


def _unheaded(headline: Headline, body: Body, segments: Sequence[Segment], signs: Signs) -> tuple[Kind, str] | None:
    """A page among many links that has neither a day nor, above its text, a headline of its own; or None."""
    if signs.dated or body.first is None or body.of_links:
        return None
    entries = sum(s.chars >= _ENTRY and s.link_chars >= 0.8 * s.chars for s in segments)
    if headline.index is None:
        leading = sum(s.link_chars for s in segments)
        outweigh = entries >= _MANY_ENTRIES and leading > 2 * sum(s.chars for s in body.cut.kept)
        bare = outweigh or (entries >= _ENTRIES and body.prose < _SHORT)
        return ("listing", f"{entries} headlines with links, and none of its own") if bare else None
    if why := entries >= _MANY_ENTRIES and _misplaced(headline, headline.index, body, body.first, segments):
        return "listing", f"{why}, and it bears no day"
    return None


def _misplaced(headline: Headline, index: int, body: Body, first: int, segments: Sequence[Segment]) -> str | None:
    """Why a headline is none of the text that was found, or None."""
    menu = segments[index + 1 : first]
    leading = sum(line.link_chars >= 0.8 * line.chars > 0 for line in menu)
    is_menu = leading >= _MENU and 2 * leading > len(menu) and not is_telling(headline)
    if is_menu and any(_ITSELF.search(simpler(line.text)) for line in body.cut.kept):
        return f"{leading} links stand between its headline and its text, in which the site speaks of itself"
    is_far = index - first > _FAR and body.prose < _LONG
    if is_far or (index > first and body.prose < _NOTICE):
        return "its headline stands within its text"
    if any(_HOME.fullmatch(href) for link in _links(segments[index]) if (href := link.get("href"))):
        return "its headline leads home"
    return None


def _links(line: Segment) -> Iterator[HtmlElement]:
    yield from line.block.iter("a")
    yield from line.block.iterancestors("a")


def _unwritten(headline: Headline, body: Body, blocks: Sequence[Block], signs: Signs) -> str | None:
    """Why a page without running prose is a story, or None."""
    if not blocks:
        return None
    if body.of_links and (signs.expected or (signs.dated and not signs.listed)):
        return f"a numbered issue that lists {len(blocks)} links and lines"
    is_shown = headline.index is not None
    is_told = signs.expected or (is_shown and signs.dated and signs.rows < _ROWS and not signs.listed)
    is_told = is_told or (signs.headed and any(block.kind in MEDIA for block in blocks))
    if body.in_pieces and not body.of_links and is_told:
        return f"{_pieces(blocks)} below the headline and no running prose"
    chars = sum(len(block.text) for block in blocks)
    is_headed = is_shown and (signs.dated or is_telling(headline))
    if not body.prose and chars >= _STORY and not signs.rows and (signs.expected or is_headed):
        return f"{chars} characters that do not stand in the page's structure"
    return None


def is_challenge(source: str) -> bool:
    """Whether the scripts of a page without text are those of a shield; looks at the first 256 KiB."""
    return _CHALLENGE.search(source[:_SCRIPTS]) is not None


def _listing(
    headline: Headline, body: Body, blocks: Sequence[Block], segments: Sequence[Segment], signs: Signs
) -> str | None:
    """Why the page is a listing, or None."""
    rows = signs.rows
    if signs.listed:
        return f"{rows} rows with their days, and nothing else"
    if 0 < rows < _ROWS and body.prose < _STORY:
        return f"{rows} rows of a page that turns its pages"
    # A short item over a stream of others has rows too, but it has its own headline and date.
    item = signs.dated and headline.index is not None and body.prose >= _STORY
    item = item or (is_telling(headline) and body.prose >= _PROSE_OF_ITEM)
    if rows >= _ROWS and body.prose < _SHORT and not item:
        return f"{rows} rows of a listing and {body.prose} characters of prose"
    if teasers := _teasers(body, segments, is_claimed=signs.claimed):
        return f"{teasers} teasers of other pages"
    chars = sum(len(block.text) for block in blocks)
    entries = sum(1 for s in segments if s.chars >= 8 and s.link_chars >= 0.8 * s.chars)
    sure = signs.expected or (headline.index is not None and len(headline.text or "") >= _SURE_TITLE)
    if entries >= _ENTRIES and body.prose < _STORY_OVER_LINKS and chars < 8 * entries and not sure:
        return f"{entries} headlines with links and {body.prose} characters of prose"
    return None


def _teasers(body: Body, segments: Sequence[Segment], *, is_claimed: bool) -> int:
    """How many beginnings of other texts the page shows under linked headings, or headings with a day; 0 of others."""
    told = [segment.text for segment in body.cut.kept if segment.prose]
    broken = sum(text.endswith(_BROKEN_OFF) for text in told)
    leading = sum(segment.link_chars >= 0.8 * segment.chars > 0 and segment.block.tag in _HEADS for segment in segments)
    if broken >= _ROWS and broken >= _MOST_TEASERS * len(told) and leading >= broken:
        return broken
    rows = sum(line.link_chars >= _ENTRY and _DAY.search(line.text) is not None for line in body.cut.kept)
    if not is_claimed:
        rows = max(
            rows, sum(line.chars <= _LONGEST_DAY and _DAY.search(line.text) is not None for line in body.cut.kept)
        )
    is_list = rows >= _DATED_ROWS and 4 * rows >= len(body.cut.kept) and body.prose < _BESIDE_ROW * rows
    return rows if is_list else 0


def _pieces(blocks: Sequence[Block]) -> str:
    """What the story is told in: "2 images, 7 short lines"."""
    media = Counter(block.kind for block in blocks if block.kind in MEDIA)
    lines = sum(1 for block in blocks if block.kind not in MEDIA)
    words = [f"{count} {kind}{'s' if count > 1 else ''}" for kind, count in media.items()]
    return ", ".join([*words, f"{lines} short lines"] if lines else words)


def _notice(
    headline: Headline, body: Body, blocks: Sequence[Block], segments: Sequence[Segment], signs: Signs
) -> tuple[Kind, str] | None:
    """The kind of notice that the page is, and its words; None of a story, whatever words it has.

    A dated page, or one under the title by which it was named, is a notice only if a line of it is one and hardly any
    other is there; of other pages a few such words are enough, unless most of the text is without them.
    """
    if body.prose > (_SHORT if signs.dated or signs.expected else _UNDATED):
        return None
    title = simpler(headline.text or "")
    if headline.index is None and blocks and blocks[0].kind == "heading":
        title = f"{title} {simpler(blocks[0].text)}"
    lines = [simpler(block.text) for block in blocks]
    is_held = headline.index is not None and (signs.dated or signs.expected)
    text = " ".join(lines or [simpler(s.text) for s in segments if not s.link_chars])[:_NOTICE]
    for kind, pattern in _NOTICES:
        is_titled = _says_notice(title, pattern)
        if not (found := (pattern.search(title) if is_titled else None) or pattern.search(text)):
            continue
        told = [line for line in lines if _says_notice(line, pattern)]
        rest = len("".join(lines)) - len("".join(told))
        if lines and not told and not (is_titled and not is_held):
            continue
        if is_held and lines and rest >= _STORY:
            continue
        if rest >= _STORY and rest > len("".join(told)) and not is_titled:
            continue
        return kind, found.group()
    return None


def _says_notice(line: str, pattern: re.Pattern[str]) -> bool:
    """Whether a line is a notice, and no report of one: it speaks to its reader, or says hardly anything else."""
    told = _told(line, pattern)
    return told > 0 and (2 * told >= len(line) or _TO_READER.search(line) is not None)


def _told(line: str, pattern: re.Pattern[str]) -> int:
    """How many characters of a line are words of notices."""
    return sum(len(found.group()) for found in pattern.finditer(line))
