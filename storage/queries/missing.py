"""What the pages of a series name and the archive does not hold."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, and_, not_, or_, select

from storage.frontier.due import FURTHER, LISTING
from storage.frontier.series import COUNTED, series_id
from storage.rows import MissingStory
from storage.rulings.belonging import is_foreign
from storage.schema import mention, page, series, story
from wangqi.addresses import is_home
from wangqi.titles.lookup import Stories
from wangqi.visit import CHAPTER_LISTED

UNSURE = "only its own page can say more"  # of a page that was tried, whatever it might be
Line = tuple[str | None, str]  # URL and title key
_target = page.alias("target")
_open = (
    select(
        *(mention.c.title, mention.c.title_key, mention.c.url, page.c.url.label("by_url"), story.c.title.label("by")),
        *(_target.c.id.label("page_id"), _target.c.via, _target.c.outcome, _target.c.reason),
        _target.c.unconfirmed_since,
    )
    .join(page, page.c.id == mention.c.page_id)
    .outerjoin(story, story.c.id == page.c.story_id)
    .outerjoin(_target, _target.c.url_sha256 == mention.c.url_sha256)
    .where(mention.c.story_id.is_(None), mention.c.current)
    .where(not_(is_foreign(_target.c.id, mention.c.series_id)))
    .order_by(mention.c.id)
)
_origin = page.alias("origin")
# Rows of columns whose titles are like members': nobody names them in a 往期 block.
_lost = (
    select(page.c.title, page.c.url, page.c.via, page.c.outcome, page.c.reason, page.c.unconfirmed_since)
    .add_columns(_origin.c.url.label("by_url"), page.c.id.label("page_id"))
    .outerjoin(_origin, _origin.c.id == page.c.discovered_from)
    .where(page.c.via == "entry", page.c.title != "", page.c.story_id.is_(None))
    .where(page.c.outcome.in_(["gone", "soft_404"]), not_(page.c.found_reason.contains(UNSURE)))
    .where(not_(is_foreign(page.c.id, page.c.series_id)))
    .order_by(page.c.id)
)
# Titles under which lines have led to a story, but for its own title where that is known already.
_resolved = (
    select(mention.c.story_id, mention.c.title)
    .outerjoin(story, and_(story.c.id == mention.c.story_id, story.c.series_id == mention.c.series_id, COUNTED))
    .where(mention.c.story_id.is_not(None), mention.c.url.is_not(None), mention.c.current)
    .where(or_(story.c.id.is_(None), story.c.title != mention.c.title))
    .distinct()
)


@dataclass(frozen=True, slots=True)
class Missing:
    """The open lines of one series.

    Attributes:
        stories: In the order in which they were first named, each once.
        gap_of_line: Which of them a line names.
        story_of_line: The stored story that a line names in other words than its title.
    """

    stories: list[MissingStory]
    gap_of_line: dict[Line, int]
    story_of_line: dict[Line, int]


@dataclass(slots=True)
class _Gap:
    title: str
    title_key: str
    url: str | None = None
    outcome: str | None = None
    reason: str = "no link"
    is_confirmed: bool = True
    named_by: dict[str, None] = field(default_factory=dict)

    def row(self) -> MissingStory:
        return MissingStory(
            title=self.title,
            url=self.url,
            outcome=self.outcome,
            is_confirmed=self.is_confirmed,
            reason=self.reason,
            named_by=tuple(self.named_by),
        )


def rows(connection: Connection, wanted: int | str | None) -> list[MissingStory]:
    """Of one series, or of all."""
    ids = connection.scalars(select(series.c.id).order_by(series.c.id)) if wanted is None else [wanted]
    return [one for each in list(ids) for one in of_series(connection, each).stories]


def of_series(connection: Connection, wanted: int | str) -> Missing:
    """A line is missing that names no story of the archive, however it spells it."""
    of = series_id(connection, wanted)
    lines = connection.execute(_open.where(mention.c.series_id == of)).all()
    lost = connection.execute(_lost.where(page.c.series_id == of)).all()
    if not lines and not lost:
        return Missing([], {}, {})
    held = _stories(connection, of)
    meant_by = cache(held.meant_by)  # the blocks of all stories hold the same lines
    is_title = cache(held.is_title)
    story_of_line: dict[Line, int] = {}
    keys: dict[Line, str] = {}
    gaps: dict[str, _Gap] = {}
    for row in lines:
        line = row.url, row.title_key
        if not _is_title(row, is_title):
            continue
        if (story_id := meant_by(row.title)) is not None:
            story_of_line[line] = story_id
            continue
        key = keys[line] = row.url or f"title:{row.title_key}"
        gap = gaps.setdefault(key, _Gap(row.title, row.title_key))
        gap.named_by[row.by or row.by_url] = None
        if row.url:
            gap.url, gap.outcome, gap.reason = row.url, row.outcome, _reason(row)
            gap.is_confirmed = row.unconfirmed_since is None
    for row in lost:
        if _is_title(row, is_title) and meant_by(row.title) is None and row.url not in gaps:
            gap = _Gap(row.title, "", row.url, row.outcome, _reason(row), is_confirmed=row.unconfirmed_since is None)
            gap.named_by |= dict.fromkeys([row.by_url] if row.by_url else [])
            gaps[row.url] = gap
    joined = _joined(gaps, held.names)
    places = {key: place for place, key in enumerate(gaps)}
    gap_of_line = {line: places[joined.get(key, key)] for line, key in keys.items()}
    return Missing([gap.row() for gap in gaps.values()], gap_of_line, story_of_line)


def _stories(connection: Connection, of: int) -> Stories[int]:
    """By their titles, and by those under which lines have led to them."""
    name, title = connection.execute(select(series.c.name, series.c.title).where(series.c.id == of)).one()
    own = connection.execute(select(story.c.id, story.c.title).where(story.c.series_id == of, COUNTED))
    led = connection.execute(_resolved.where(mention.c.series_id == of))
    return Stories(dict.fromkeys((key, words) for key, words in (*own, *led)), name, title)


def _is_title(row: Row[*tuple[Any, ...]], is_title: Callable[[str], bool]) -> bool:
    """Whether the line names a story: neither the column nor a piece of a story, no heading, no date beside a title."""
    if (
        row.outcome == "part"
        or (row.url and is_home(row.url))
        or (row.outcome == "listing" and (row.via in {LISTING, FURTHER} or row.reason.startswith(CHAPTER_LISTED)))
    ):
        return False
    if is_title(row.title):
        return True
    # An issue may be called by its day alone: then its own address makes it one.
    return bool(row.url) and row.outcome != "listing" and any(map(str.isdigit, row.title))


def _joined(gaps: dict[str, _Gap], names: Iterable[str]) -> dict[str, str]:
    """Removes gaps that name another gap in other words; answers which one each of them names."""
    titles = Stories(((key, gap.title) for key, gap in gaps.items()), *names)
    found = dict(_pairs(gaps, titles))
    for key, other in found.items():
        gaps[other].named_by |= gaps.pop(key).named_by
    return found


def _pairs(gaps: dict[str, _Gap], titles: Stories[str]) -> Iterator[tuple[str, str]]:
    """A line without an address is one with an address, or an earlier one without."""
    linked = {gap.title_key: key for key, gap in gaps.items() if gap.url}
    kept = {key for key, gap in gaps.items() if gap.url}
    for key, gap in gaps.items():
        if gap.url:
            continue
        other = linked.get(gap.title_key) or titles.meant_by(gap.title, besides=key)
        if other in kept and other is not None:
            yield key, other
        else:
            kept.add(key)


def _reason(row: Row[*tuple[Any, ...]]) -> str:
    if row.page_id is None:
        return "its page was never taken into the frontier"
    if row.outcome is None:
        return "its page has not been visited yet"
    if row.outcome == "listing":
        return f"its page is a list: {row.reason}"
    return row.reason or str(row.outcome)
