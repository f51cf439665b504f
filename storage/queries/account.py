"""The account of a series: every story that is known of, held or not, in its order."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from itertools import chain
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, case, select

from storage.frontier.series import COUNTED, series_id
from storage.queries import missing, wholeness
from storage.queries.ledger import Pages, agreed, listed, placed
from storage.queries.missing import Line, Missing
from storage.queries.series import rows
from storage.queries.stories import COPIES
from storage.rows import LedgerEntry, MissingStory, PlacedStory, SeriesLedger, State
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
_held = (
    select(
        *(works.c.id, works.c.title, works.c.ordinal, works.c.published_at, works.c.published_precision, page.c.url),
        *(COPIES.label("copies"), revision.c.standing, revision.c.standing_reason, works.c.sought_at, _lacks),
        revision.c.flaws,
    )
    .join(revision, revision.c.id == works.c.canonical_revision_id)
    .join(page, page.c.id == revision.c.page_id)
)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A series in its order.

    Attributes:
        line: Its stories, and between them what is not held, whose places are 0 yet.
        stories: The former alone.
        gaps: What its blocks name and nobody holds.
        counting: Of all their titles.
    """

    line: Sequence[PlacedStory | LedgerEntry]
    stories: Sequence[PlacedStory]
    gaps: Sequence[MissingStory]
    blocks: "_Blocks"
    counting: Counting


@dataclass(frozen=True, slots=True)
class _Blocks:
    """What each page lists, an open line as what is missing, or as the stored story that it means."""

    pages: Pages
    absent: Missing

    def __iter__(self) -> Iterator[Block]:
        for each in self.pages:
            keys: dict[Hashable, None] = {}
            for _, line in each.lines:
                key = line if isinstance(line, int) else _meant(line, self.absent)
                if key is not None and key != each.namer:
                    keys[key] = None
            yield Block(each.namer, tuple(keys), is_copy=each.is_copy)


def line(connection: Connection, wanted: int | str) -> Sequence[PlacedStory | LedgerEntry]:
    """As `Archive.line`."""
    return _drawn(connection, series_id(connection, wanted)).line


def of_series(connection: Connection, wanted: int | str, zone: tzinfo) -> SeriesLedger:
    """As `Archive.ledger`."""
    (row,) = rows(connection, wanted)
    drawn = _drawn(connection, row.id)
    counting = drawn.counting
    found: list[LedgerEntry | None] = [None] * len(drawn.line)
    places: dict[int, int] = {}
    for place, one in enumerate(drawn.line, start=1):
        if isinstance(one, LedgerEntry):
            found[place - 1] = replace(one, place=place)
        else:
            places[one.id] = place
    for held in connection.execute(_held.where(works.c.series_id == row.id, COUNTED)):
        if at := places.get(held.id):  # a later one is of the next ledger
            found[at - 1] = _of_story(held, at, _volume(held.title, held.ordinal, counting))
    entries = [entry for entry in found if entry is not None]
    return SeriesLedger(
        series=replace(row, missing=len(drawn.gaps)),
        entries=entries,
        silences=silences(entries, row.cadence_days),
        conflicts=conflicts(drawn.stories, list(drawn.blocks), zone, counting),
        unread=wholeness.unread(connection, row.id),
        doubts=wholeness.doubts_of(connection, row.id, drawn.gaps, counting),
        completeness=sum(entry.state in _HELD for entry in entries) / len(entries) if entries else None,
    )


def _drawn(connection: Connection, series: int) -> _Drawn:
    parsed = Counting()
    pages = listed(connection, series)
    stories = agreed(placed(connection, series), pages, parsed)
    named = missing.of_series(connection, series)
    blocks = _Blocks(pages, named)
    counting = parsed.over(chain((one.title for one in stories), (gap.title for gap in named.stories)))
    absent: dict[_Key, LedgerEntry] = {_key(at): _absent(gap, counting) for at, gap in enumerate(named.stories)}
    known: dict[_Key, PlacedStory | LedgerEntry] = {one.id: one for one in stories}
    known |= absent
    issues = {key: counting.issues(one.title, one.ordinal) for key, one in known.items()}
    order = _by_number([one.id for one in stories], issues)
    if len(order) < len(known):
        in_place = set(order)
        order = with_missing(order, [key for key in absent if key not in in_place], blocks)
    line = [_never_found(*key) if isinstance(key, tuple) else known[key] for key in _with_numbers(order, issues)]
    return _Drawn(line, stories, named.stories, blocks, counting)


def _key(gap: int) -> str:
    return f"gap:{gap}"


def _meant(line: Line, absent: Missing) -> _Key | None:
    if (story := absent.story_of_line.get(line)) is not None:
        return story
    gap = absent.gap_of_line.get(line)
    return None if gap is None else _key(gap)


def _search(standing: int, sought_at: datetime | None) -> str:
    return f"; looked for elsewhere on {sought_at:%Y-%m-%d}" if sought_at and standing >= TAMPERED else ""


def _of_story(one: Row[*tuple[Any, ...]], place: int, volume: int | None) -> LedgerEntry:
    standing = one.standing
    state: State = "tampered only" if standing >= TAMPERED else "copy only" if standing >= ELSEWHERE else "stored"
    why = "" if state == "stored" else f"held from {one.standing_reason}{_search(standing, one.sought_at)}"
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
        reason="; ".join(filter(None, [one.lacks, why])),
        flaws=one.flaws or "",
    )


def _absent(gap: MissingStory, counting: Counting) -> LedgerEntry:
    state: State = "title only" if gap.url is None else "failed" if gap.outcome else "waiting"
    ordinal = ordinal_of(gap.title)
    return LedgerEntry(
        state=state,
        place=0,
        title=gap.title,
        ordinal=ordinal,
        volume=_volume(gap.title, ordinal, counting),
        url=gap.url,
        reason=gap.reason,
        named_by=gap.named_by,
    )


def _volume(title: str, ordinal: int | None, counting: Counting) -> int | None:
    issue = counting.issue(title, ordinal)
    return (issue[0] or None) if issue else None


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


def _never_found(volume: int, number: int) -> LedgerEntry:
    within = f" of {volume}" if volume else ""
    return LedgerEntry(
        state="never found",
        place=0,
        title=None,
        ordinal=number,
        volume=volume or None,
        reason=f"nobody names it; there are stories before and after number {number}{within}",
    )
