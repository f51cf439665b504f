"""A series as a whole: its stories in order, and how many there are."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection, case, select

from storage.frontier.series import series_id
from storage.queries import missing
from storage.queries.missing import Line
from storage.queries.series import rows
from storage.queries.stories import of_series
from storage.rows import SeriesRow, StoryRow
from storage.schema import mention, page, revision
from storage.schema import story as works
from wangqi.series.counting import Counting
from wangqi.series.numbering import by_numbers
from wangqi.series.order import Block, agreed_order

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_is_open = mention.c.story_id.is_(None)
_lines = (
    select(
        *(mention.c.page_id, page.c.story_id.label("namer"), mention.c.position, mention.c.story_id),
        # Of a line whose story is known its words are not asked for: a long series has a million such lines.
        case((_is_open, mention.c.url)).label("url"),
        case((_is_open, mention.c.title_key)).label("title_key"),
        (revision.c.page_id != page.c.id).label("is_copy"),  # NULL of a page that is no story
    )
    .join(page, page.c.id == mention.c.page_id)
    .outerjoin(works, works.c.id == page.c.story_id)
    .outerjoin(revision, revision.c.id == works.c.canonical_revision_id)
    .order_by(mention.c.page_id, mention.c.position)
)


@dataclass(frozen=True, slots=True)
class Listed:
    """The current lines of one page.

    Attributes:
        namer: Its story, None of a page that carries none.
        is_copy: As `Block` has it.
        lines: From the top, each with its position: the id of its story, or of an open one its address and title key.
    """

    namer: int | None
    is_copy: bool
    lines: list[tuple[int, int | Line]]


def listed(connection: Connection, series: int) -> list[Listed]:
    """What the pages of a series list, by page."""
    found: list[Listed] = []
    last: int | None = None
    rows = connection.execute(_lines.where(mention.c.series_id == series, mention.c.current))
    for page_id, namer, position, story_id, url, key, is_copy in rows:
        if page_id != last:
            last = page_id
            found.append(Listed(namer, bool(is_copy), []))
        found[-1].lines.append((position, (url, key) if story_id is None else story_id))
    return found


def in_order(connection: Connection, wanted: int | str, *, with_texts: bool = True) -> list[StoryRow]:
    """Oldest first; without their texts where these are not wanted."""
    of = series_id(connection, wanted)
    return agreed(of_series(connection, of, with_texts=with_texts), listed(connection, of))


def agreed(stories: Sequence[StoryRow], pages: Sequence[Listed], parsed: Counting | None = None) -> list[StoryRow]:
    """PURE: the stories of a series in the order that their numbers, their dates and its lists give them.

    `parsed` has read titles already.
    """
    line = ordered(stories, _named(pages), parsed)
    if any(one.ordinal is not None for one in line):
        return line
    dated = [one.id for one in line]
    order = agreed_order(dated, _by_namer(pages)) or by_numbers(dated, _numbers(pages))
    by_id: dict[Hashable, StoryRow] = {one.id: one for one in line}
    return [by_id[one] for one in order] if order else line


def _named(pages: Iterable[Listed]) -> dict[int, tuple[int, int]]:
    """As `ordered` takes it."""
    found: dict[int, tuple[int, int]] = {}
    for namer, position, one in _lines_of_stories(pages):
        place = (position, namer)
        found[one] = min(found.get(one, place), place)
    return found


def _by_namer(pages: Iterable[Listed]) -> list[Block]:
    """What the pages of each story list, as one block."""
    found: dict[int, dict[int, int]] = {}
    for namer, position, one in _lines_of_stories(pages):
        found.setdefault(namer, {}).setdefault(one, position)
    in_places = {namer: sorted(lines.items(), key=lambda line: line[1]) for namer, lines in found.items()}
    return [Block(namer, [one for one, _ in lines]) for namer, lines in in_places.items()]


def _lines_of_stories(pages: Iterable[Listed]) -> Iterator[tuple[int, int, int]]:
    """The story that names, the position, and the story that is named."""
    for each in pages:
        if each.namer is not None:
            for position, one in each.lines:
                if isinstance(one, int) and one != each.namer:
                    yield each.namer, position, one


def _numbers(pages: Iterable[Listed]) -> dict[Hashable, int]:
    """The numbers that pages which carry no story themselves, the publisher's own lists, give the stories."""
    lists = (each.lines for each in pages if each.namer is None)
    return {one: position for lines in lists for position, one in lines if isinstance(one, int)}


def ordered(
    stories: Sequence[StoryRow], named: Mapping[int, tuple[int, int]], parsed: Counting | None = None
) -> list[StoryRow]:
    """PURE: stories by number if no two share one, else by date; one with neither stands before the story naming it.

    A number counts within its year or season, where titles print those; where only some do, numbers order nothing.

    `named` maps a story to the highest place that a 往期 block gives it, as (position, id of the naming story); such
    blocks list the newest first.
    """
    counting = (parsed or Counting()).over(one.title for one in stories)
    issues = {one.id: issue for one in stories if (issue := counting.issue(one.title, one.ordinal))}
    is_clear = len(set(issues.values())) == len(issues) and len({volume > 0 for volume, _ in issues.values()}) < 2
    line = sorted((one for one in stories if is_clear and one.id in issues), key=lambda one: issues[one.id])
    taken = {one.id for one in line}
    rest = [one for one in stories if one.id not in taken]
    line = _merged(line, sorted((one for one in rest if one.published_at), key=_date))
    return _with_undated(line, [one for one in rest if not one.published_at], named)


def _with_undated(
    line: Sequence[StoryRow], undated: Sequence[StoryRow], named: Mapping[int, tuple[int, int]]
) -> list[StoryRow]:
    """Walks from the newest to the oldest, and from each story on to those it names; what nothing names is last."""
    by_namer: dict[int, list[StoryRow]] = {}
    for one in sorted(undated, key=lambda one: named.get(one.id, (0, 0)), reverse=True):
        by_namer.setdefault(named.get(one.id, (0, 0))[1], []).append(one)
    placed: dict[int, StoryRow] = {}
    for start in (*line[::-1], *undated):
        waiting = [start]
        while waiting:
            one = waiting.pop()
            if one.id not in placed:
                placed[one.id] = one
                waiting += by_namer.get(one.id, [])
    known = [one for one in placed.values() if one.published_at or one.ordinal is not None or one.id in named]
    return known[::-1] + [one for one in undated if one.id not in named]


def _merged(numbered: Sequence[StoryRow], dated: Sequence[StoryRow]) -> list[StoryRow]:
    """Puts each dated story before the first numbered one that is younger; both keep their own order."""
    line: list[StoryRow] = []
    waiting = list(dated)[::-1]
    for one in numbered:
        while waiting and one.published_at and _date(waiting[-1]) <= one.published_at:
            line.append(waiting.pop())
        line.append(one)
    return line + waiting[::-1]


def _date(one: StoryRow) -> datetime:
    return one.published_at or _LONG_AGO


def sums(connection: Connection, wanted: int | str | None) -> list[SeriesRow]:
    """Every series, or the one wanted, with its numbers."""
    return [replace(row, missing=len(missing.rows(connection, row.id))) for row in rows(connection, wanted)]
