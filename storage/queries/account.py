"""The account of a series: every story that is known of, held or not, in its order."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, case, select

from storage.queries import missing, wholeness
from storage.queries.ledger import Listed, agreed, listed
from storage.queries.missing import Line, Missing
from storage.queries.series import rows
from storage.queries.stories import of_series as stories_of
from storage.rows import LedgerEntry, MissingStory, SeriesLedger, State, StoryRow
from storage.schema import page, revision
from storage.schema import story as works
from wangqi.copies.ranks import ELSEWHERE, TAMPERED
from wangqi.series.counting import Counting, Issue
from wangqi.series.gaps import missing_issues, silences
from wangqi.series.order import Block, conflicts, with_missing
from wangqi.titles.issues import ordinal_of

_HELD: frozenset[State] = frozenset({"stored", "copy only"})
_Key: TypeAlias = int | str | Issue  # a story, a missing one, or the number of one that nobody names
_lacks = case((page.c.outcome == "incomplete", page.c.reason), else_="").label("lacks")
_standings = (
    select(
        *(works.c.id, revision.c.standing, revision.c.standing_reason, works.c.sought_at, _lacks, revision.c.flaws),
    )
    .join(revision, revision.c.id == works.c.canonical_revision_id)
    .join(page, page.c.id == revision.c.page_id)
)


def of_series(connection: Connection, wanted: int | str, zone: tzinfo) -> SeriesLedger:
    """As `Archive.ledger`."""
    (row,) = rows(connection, wanted)
    parsed = Counting()
    pages = listed(connection, row.id)
    stories = agreed(stories_of(connection, row.id, with_texts=False), pages, parsed)
    named = missing.of_series(connection, row.id)
    gaps = named.stories
    blocks = _blocks(pages, named)
    held: dict[_Key, StoryRow] = {one.id: one for one in stories}
    absent: dict[_Key, MissingStory] = {_key(at): gap for at, gap in enumerate(gaps)}
    counting = parsed.over([*(one.title for one in stories), *(gap.title for gap in gaps)])
    issues = {key: counting.issues(one.title, one.ordinal) for key, one in held.items()}
    issues |= {key: counting.issues(gap.title, ordinal_of(gap.title)) for key, gap in absent.items()}
    order = _by_number(list(held), issues)
    placed = set(order)
    order = with_missing(order, [key for key in absent if key not in placed], blocks)
    marks = {mark.id: mark for mark in connection.execute(_standings.where(works.c.series_id == row.id))}
    line: list[LedgerEntry] = []
    for place, key in enumerate(_with_numbers(order, issues), start=1):
        if isinstance(key, tuple):
            line.append(_never_found(place, *key))
            continue
        volume = (issues[key][0][0] if issues[key] else 0) or None
        is_held = isinstance(key, int)
        line.append(_held(place, volume, held[key], marks[key]) if is_held else _absent(place, volume, absent[key]))
    return SeriesLedger(
        series=replace(row, missing=len(gaps)),
        entries=line,
        silences=silences(line, row.cadence_days),
        conflicts=conflicts(stories, blocks, zone, parsed),
        unread=wholeness.unread(connection, row.id),
        doubts=wholeness.doubts_of(connection, row.id, gaps, parsed),
        completeness=sum(entry.state in _HELD for entry in line) / len(line) if line else None,
    )


def _key(gap: int) -> str:
    return f"gap:{gap}"


def _blocks(pages: Iterable[Listed], absent: Missing) -> list[Block]:
    """What each page lists, an open line as what is missing, or as the stored story that it means."""
    found: list[Block] = []
    for each in pages:
        keys: dict[Hashable, None] = {}
        for _, line in each.lines:
            key = line if isinstance(line, int) else _meant(line, absent)
            if key is not None and key != each.namer:
                keys[key] = None
        found.append(Block(each.namer, tuple(keys), is_copy=each.is_copy))
    return found


def _meant(line: Line, absent: Missing) -> _Key | None:
    if (story := absent.story_of_line.get(line)) is not None:
        return story
    gap = absent.gap_of_line.get(line)
    return None if gap is None else _key(gap)


def _search(standing: int, sought_at: datetime | None) -> str:
    return f"; looked for elsewhere on {sought_at:%Y-%m-%d}" if sought_at and standing >= TAMPERED else ""


def _held(place: int, volume: int | None, one: StoryRow, mark: Row[*tuple[Any, ...]]) -> LedgerEntry:
    standing = mark.standing
    state: State = "tampered only" if standing >= TAMPERED else "copy only" if standing >= ELSEWHERE else "stored"
    why = "" if state == "stored" else f"held from {mark.standing_reason}{_search(standing, mark.sought_at)}"
    return LedgerEntry(
        state=state,
        place=place,
        title=one.title,
        ordinal=one.ordinal,
        volume=volume,
        published_at=one.published_at,
        published_precision=one.published_precision,
        story_id=one.id,
        url=one.url,
        copies=one.copies,
        reason="; ".join(filter(None, [mark.lacks, why])),
        flaws=mark.flaws or "",
    )


def _absent(place: int, volume: int | None, gap: MissingStory) -> LedgerEntry:
    state: State = "title only" if gap.url is None else "failed" if gap.outcome else "waiting"
    return LedgerEntry(
        state=state,
        place=place,
        title=gap.title,
        ordinal=ordinal_of(gap.title),
        volume=volume,
        url=gap.url,
        reason=gap.reason,
        named_by=gap.named_by,
    )


def _by_number(order: list[_Key], issues: Mapping[_Key, Sequence[Issue]]) -> list[_Key]:
    """The stories in their order, with those missing ones whose number says where they belong."""
    known = [issues[key][0] for key in order if issues[key]]
    if len(known) < 2 or known != sorted(set(known)):
        return order
    held, taken = set(order), {issue for key in order for issue in issues[key]}
    waiting = sorted(((own[0], str(key)) for key, own in issues.items() if own and key not in held), reverse=True)
    line: list[_Key] = []
    for stored in order:
        while issues[stored] and waiting and waiting[-1][0] < issues[stored][0]:
            line += _untaken(waiting.pop(), taken)
        line.append(stored)
    for later in reversed(waiting):
        line += _untaken(later, taken)
    return line


def _untaken(numbered: tuple[Issue, str], taken: set[Issue]) -> list[_Key]:
    """The key, unless another story has its number."""
    issue, key = numbered
    if issue in taken:
        return []
    taken.add(issue)
    return [key]


def _with_numbers(line: Sequence[_Key], issues: Mapping[_Key, Sequence[Issue]]) -> Iterator[_Key]:
    """The line with each number that nobody names in its place."""
    wanting = missing_issues(issue for key in line for issue in issues[key])[::-1]
    for key in line:
        own = issues[key]
        while wanting and own and own[0] > wanting[-1]:
            yield wanting.pop()
        yield key


def _never_found(place: int, volume: int, number: int) -> LedgerEntry:
    within = f" of {volume}" if volume else ""
    return LedgerEntry(
        state="never found",
        place=place,
        title=None,
        ordinal=number,
        volume=volume or None,
        reason=f"nobody names it; there are stories before and after number {number}{within}",
    )
