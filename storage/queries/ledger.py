"""A series as a whole: its stories in order, and how many there are."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Connection, and_, select

from storage.frontier.series import series_id
from storage.queries import missing
from storage.queries.series import rows
from storage.queries.stories import of_series
from storage.rows import SeriesRow, StoryRow
from storage.schema import mention, page
from wangqi.series.counting import Counting
from wangqi.series.numbering import by_numbers
from wangqi.series.order import Block, agreed_order

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_lines = select(mention.c.story_id, page.c.story_id.label("namer"), mention.c.position).join(
    page, page.c.id == mention.c.page_id
)


def in_order(connection: Connection, wanted: int | str, *, with_texts: bool = True) -> list[StoryRow]:
    """Oldest first; without their texts where these are not wanted."""
    chosen = and_(mention.c.series_id == series_id(connection, wanted), mention.c.current)
    lines = connection.execute(_lines.where(chosen, mention.c.story_id.is_not(None), page.c.story_id.is_not(None)))
    named: dict[int, tuple[int, int]] = {}
    blocks: dict[int, dict[int, int]] = {}
    for story_id, namer, position in lines:
        if namer != story_id:
            named[story_id] = min(named.get(story_id, (position, namer)), (position, namer))
            blocks.setdefault(namer, {}).setdefault(story_id, position)
    line = ordered(of_series(connection, wanted, with_texts=with_texts), named)
    if any(one.ordinal is not None for one in line):
        return line
    listed = [
        Block(namer, [one for one, _ in sorted(lines.items(), key=lambda line: line[1])])
        for namer, lines in blocks.items()
    ]
    dated = [one.id for one in line]
    agreed = agreed_order(dated, listed) or by_numbers(dated, _numbers(connection, wanted))
    by_id: dict[Hashable, StoryRow] = {one.id: one for one in line}
    return [by_id[one] for one in agreed] if agreed else line


def _numbers(connection: Connection, wanted: int | str) -> dict[Hashable, int]:
    """The numbers that pages which carry no story themselves, the publisher's own lists, give the stories."""
    chosen = and_(mention.c.series_id == series_id(connection, wanted), mention.c.current)
    lines = connection.execute(_lines.where(chosen, mention.c.story_id.is_not(None), page.c.story_id.is_(None)))
    return {line.story_id: line.position for line in lines}


def ordered(stories: Sequence[StoryRow], named: Mapping[int, tuple[int, int]]) -> list[StoryRow]:
    """PURE: stories by number if no two share one, else by date; one with neither stands before the story naming it.

    A number counts within its year or season, where titles print those; where only some do, numbers order nothing.

    `named` maps a story to the highest place that a 往期 block gives it, as (position, id of the naming story); such
    blocks list the newest first.
    """
    counting = Counting.of(one.title for one in stories)
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
