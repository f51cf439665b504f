"""The account of a series: every story that is known of, held or not, in its order."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from itertools import groupby

from sqlalchemy import Connection, and_, case, select

from storage.queries import missing, wholeness
from storage.queries.ledger import in_order
from storage.queries.missing import Missing
from storage.queries.series import rows
from storage.rows import LedgerEntry, MissingStory, SeriesLedger, State, StoryRow
from storage.schema import mention, page, revision
from storage.schema import story as works
from wangqi.copies.ranks import ELSEWHERE, TAMPERED
from wangqi.series.counting import Counting, Issue
from wangqi.series.gaps import missing_issues, silences
from wangqi.series.order import Block, conflicts, with_missing
from wangqi.titles.issues import ordinal_of

_HELD: frozenset[State] = frozenset({"stored", "copy only"})
_lacks = case((page.c.outcome == "incomplete", page.c.reason), else_="").label("lacks")
_standings = (
    select(
        *(works.c.id, revision.c.standing, revision.c.standing_reason, works.c.sought_at, _lacks, revision.c.flaws),
    )
    .join(revision, revision.c.id == works.c.canonical_revision_id)
    .join(page, page.c.id == revision.c.page_id)
)
_lines = (
    select(
        mention.c.page_id,
        page.c.story_id.label("namer"),
        mention.c.story_id,
        mention.c.url,
        mention.c.title_key,
        (revision.c.page_id != page.c.id).label("is_copy"),  # NULL of a page that is no story
    )
    .join(page, page.c.id == mention.c.page_id)
    .outerjoin(works, works.c.id == page.c.story_id)
    .outerjoin(revision, revision.c.id == works.c.canonical_revision_id)
    .order_by(mention.c.page_id, mention.c.position)
)


def of_series(connection: Connection, wanted: int | str, zone: tzinfo) -> SeriesLedger:
    """As `Archive.ledger`."""
    (row,) = rows(connection, wanted)
    stories = in_order(connection, row.id, with_texts=False)
    named = missing.of_series(connection, row.id)
    gaps = named.stories
    blocks = _blocks(connection, row.id, named)
    marks = connection.execute(_standings.where(works.c.series_id == row.id))
    standing = {
        mark.id: (
            *(mark.standing, mark.standing_reason + _search(mark.standing, mark.sought_at)),
            *(mark.lacks, mark.flaws or ""),
        )
        for mark in marks
    }
    counting = Counting.of([*(one.title for one in stories), *(gap.title for gap in gaps)])
    held: dict[Hashable, LedgerEntry] = {one.id: _held(one, *standing[one.id]) for one in stories}
    absent: dict[Hashable, LedgerEntry] = {_key(at): _absent(gap) for at, gap in enumerate(gaps)}
    entries = {key: _counted(entry, counting) for key, entry in (held | absent).items()}
    issues = {key: counting.issues(entry.title, entry.ordinal) for key, entry in entries.items()}
    order = _by_number(list(held), issues)
    placed = set(order)
    line = [entries[key] for key in with_missing(order, [key for key in absent if key not in placed], blocks)]
    line = [replace(entry, place=place) for place, entry in enumerate(_with_numbers(line, counting), start=1)]
    return SeriesLedger(
        series=replace(row, missing=len(gaps)),
        entries=line,
        silences=silences(line, row.cadence_days),
        conflicts=conflicts(stories, blocks, zone),
        unread=wholeness.unread(connection, row.id),
        doubts=wholeness.doubts_of(connection, row.id, gaps),
        completeness=sum(entry.state in _HELD for entry in line) / len(line) if line else None,
    )


def _key(gap: int) -> str:
    return f"gap {gap}"


def _blocks(connection: Connection, series: int, absent: Missing) -> list[Block]:
    lines_of_all = connection.execute(_lines.where(and_(mention.c.series_id == series, mention.c.current)))
    found: list[Block] = []
    for _, lines in groupby(lines_of_all, key=lambda row: row.page_id):
        block = list(lines)
        keys: dict[Hashable, None] = {}
        for line in block:
            words = line.url, line.title_key
            gap = absent.gap_of_line.get(words)
            key: Hashable | None = absent.story_of_line.get(words) if line.story_id is None else line.story_id
            key = _key(gap) if key is None and gap is not None else key
            if key is not None and key != block[0].namer:
                keys[key] = None
        found.append(Block(block[0].namer, tuple(keys), is_copy=bool(block[0].is_copy)))
    return found


def _search(standing: int, sought_at: datetime | None) -> str:
    return f"; looked for elsewhere on {sought_at:%Y-%m-%d}" if sought_at and standing >= TAMPERED else ""


def _held(one: StoryRow, standing: int, why: str, lacks: str, flaws: str) -> LedgerEntry:
    state: State = "tampered only" if standing >= TAMPERED else "copy only" if standing >= ELSEWHERE else "stored"
    return LedgerEntry(
        state=state,
        place=0,
        title=one.title,
        ordinal=one.ordinal,
        published_at=one.published_at,
        published_precision=one.published_precision,
        story_id=one.id,
        url=one.url,
        copies=one.copies,
        reason="; ".join(filter(None, [lacks, "" if state == "stored" else f"held from {why}"])),
        flaws=flaws,
    )


def _absent(gap: MissingStory) -> LedgerEntry:
    state: State = "title only" if gap.url is None else "failed" if gap.outcome else "waiting"
    return LedgerEntry(
        state=state,
        place=0,
        title=gap.title,
        ordinal=ordinal_of(gap.title),
        url=gap.url,
        reason=gap.reason,
        named_by=gap.named_by,
    )


def _counted(entry: LedgerEntry, counting: Counting) -> LedgerEntry:
    issue = counting.issue(entry.title, entry.ordinal)
    return replace(entry, volume=issue[0]) if issue and issue[0] else entry


def _by_number(order: list[Hashable], issues: Mapping[Hashable, Sequence[Issue]]) -> list[Hashable]:
    """The stories in their order, with those missing ones whose number says where they belong."""
    known = [issues[key][0] for key in order if issues[key]]
    if len(known) < 2 or known != sorted(set(known)):
        return order
    held, taken = set(order), {issue for key in order for issue in issues[key]}
    waiting = sorted(((own[0], str(key)) for key, own in issues.items() if own and key not in held), reverse=True)
    line: list[Hashable] = []
    for stored in order:
        while issues[stored] and waiting and waiting[-1][0] < issues[stored][0]:
            line += _untaken(waiting.pop(), taken)
        line.append(stored)
    for later in reversed(waiting):
        line += _untaken(later, taken)
    return line


def _untaken(numbered: tuple[Issue, str], taken: set[Issue]) -> list[Hashable]:
    """The key, unless another story has its number."""
    issue, key = numbered
    if issue in taken:
        return []
    taken.add(issue)
    return [key]


def _with_numbers(line: Sequence[LedgerEntry], counting: Counting) -> list[LedgerEntry]:
    """The line with an entry for each number that nobody names."""
    numbered = [(entry, counting.issues(entry.title, entry.ordinal)) for entry in line]
    wanting = missing_issues(issue for _, issues in numbered for issue in issues)[::-1]
    found: list[LedgerEntry] = []
    for entry, issues in numbered:
        while wanting and issues and issues[0] > wanting[-1]:
            found.append(_never_found(*wanting.pop()))
        found.append(entry)
    return found


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
