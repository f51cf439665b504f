"""A series as a whole: its stories in order, and how many there are."""

from array import array
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, case, select

from storage.frontier.series import COUNTED, series_id
from storage.queries import missing
from storage.queries.missing import Line
from storage.queries.series import rows
from storage.queries.stories import of_series
from storage.rows import PlacedStory, SeriesRow, StoryRow
from storage.schema import mention, page, revision
from storage.schema import story as works
from wangqi.series.counting import Counting
from wangqi.series.numbering import by_numbers
from wangqi.series.order import Block, Dated, agreed_order

T = TypeVar("T", bound=Dated)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_placed = select(*(works.c[name] for name in PlacedStory._fields))
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


class Listed(NamedTuple):
    """The current lines of one page.

    Attributes:
        namer: Its story, None of a page that carries none.
        is_copy: As `Block` has it.
        lines: From the top, each with its position: the id of its story, or of an open one its address and title key.
    """

    namer: int | None
    is_copy: bool
    lines: Sequence[tuple[int, int | Line]]


class Pages:
    """What the pages of a series list, by page: 16 bytes a line, of which a long series has a million."""

    def __init__(self) -> None:
        self._facts: list[tuple[int | None, bool, int]] = []  # of a page, and where its lines begin
        self._positions = array("q")
        self._stories = array("q")  # 0 of an open line
        self._open: dict[int, Line] = {}

    def begin(self, namer: int | None, *, is_copy: bool) -> None:
        """The lines of another page follow."""
        self._facts.append((namer, is_copy, len(self._stories)))

    def add(self, position: int, one: int | Line) -> None:
        if not isinstance(one, int):
            self._open[len(self._stories)] = one
        self._positions.append(position)
        self._stories.append(one if isinstance(one, int) else 0)

    def __iter__(self) -> Iterator[Listed]:
        begins = [begin for *_, begin in self._facts]
        for (namer, is_copy, begin), end in zip(self._facts, [*begins[1:], len(self._stories)], strict=False):
            lines = [(self._positions[at], self._stories[at] or self._open[at]) for at in range(begin, end)]
            yield Listed(namer, is_copy, lines)


def listed(connection: Connection, series: int) -> Pages:
    """What the pages of a series list."""
    found = Pages()
    last: int | None = None
    rows = connection.execute(_lines.where(mention.c.series_id == series, mention.c.current))
    for page_id, namer, position, story_id, url, key, is_copy in rows:
        if page_id != last:
            last = page_id
            found.begin(namer, is_copy=bool(is_copy))
        found.add(position, (url, key) if story_id is None else story_id)
    return found


def rows_in_order(connection: Connection, wanted: int | str) -> list[StoryRow]:
    """Oldest first, with their texts."""
    by_id = {row.id: row for row in of_series(connection, wanted)}
    return [by_id[one.id] for one in in_order(connection, wanted)]


def in_order(connection: Connection, wanted: int | str) -> list[PlacedStory]:
    """Oldest first; no more is read of them than that, so that a series of any size fits."""
    of = series_id(connection, wanted)
    return agreed(placed(connection, of), listed(connection, of))


def placed(connection: Connection, series: int) -> list[PlacedStory]:
    """Those that count, in no order."""
    rows = connection.execute(_placed.where(works.c.series_id == series, COUNTED))
    return [PlacedStory._make(row) for row in rows]


def agreed(stories: Sequence[PlacedStory], pages: Pages, parsed: Counting | None = None) -> list[PlacedStory]:
    """PURE: the stories of a series in the order that their numbers, their dates and its lists give them.

    `parsed` has read titles already.
    """
    has_undated = any(one.published_at is None for one in stories)
    line = ordered(stories, _named(pages) if has_undated else {}, parsed)
    if any(one.ordinal is not None for one in line):
        return line
    dated = [one.id for one in line]
    order = agreed_order(dated, _by_namer(pages)) or by_numbers(dated, _numbers(pages))
    by_id: dict[Hashable, PlacedStory] = {one.id: one for one in line}
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


def ordered(stories: Sequence[T], named: Mapping[int, tuple[int, int]], parsed: Counting | None = None) -> list[T]:
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


def _with_undated(line: Sequence[T], undated: Sequence[T], named: Mapping[int, tuple[int, int]]) -> list[T]:
    """Walks from the newest to the oldest, and from each story on to those it names; what nothing names is last."""
    if not undated:
        return list(line)
    by_namer: dict[int, list[T]] = {}
    for one in sorted(undated, key=lambda one: named.get(one.id, (0, 0)), reverse=True):
        by_namer.setdefault(named.get(one.id, (0, 0))[1], []).append(one)
    reached: dict[int, T] = {}
    for start in (*line[::-1], *undated):
        waiting = [start]
        while waiting:
            one = waiting.pop()
            if one.id not in reached:
                reached[one.id] = one
                waiting += by_namer.get(one.id, [])
    known = [one for one in reached.values() if one.published_at or one.ordinal is not None or one.id in named]
    return known[::-1] + [one for one in undated if one.id not in named]


def _merged(numbered: Sequence[T], dated: Sequence[T]) -> list[T]:
    """Puts each dated story before the first numbered one that is younger; both keep their own order."""
    line: list[T] = []
    waiting = list(dated)[::-1]
    for one in numbered:
        while waiting and one.published_at and _date(waiting[-1]) <= one.published_at:
            line.append(waiting.pop())
        line.append(one)
    return line + waiting[::-1]


def _date(one: Dated) -> datetime:
    return one.published_at or _LONG_AGO


def sums(connection: Connection, wanted: int | str | None) -> list[SeriesRow]:
    """Every series, or the one wanted, with its numbers."""
    return [replace(row, missing=len(missing.rows(connection, row.id))) for row in rows(connection, wanted)]
