"""What speaks against a series being whole, beside the lines that name its stories."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from storage.frontier.due import FURTHER, LISTING
from storage.frontier.series import COUNTED, series_id
from storage.queries import doubts, held, missing
from storage.queries.one_text import one_story, one_text
from storage.queries.pages import page_rows
from storage.rows import DoubtRow, FlawedStory, MissingStory, PageRow
from storage.schema import capture, page, revision, story
from wangqi.copies.ranks import TAMPERED
from wangqi.outcomes import FAILURES
from wangqi.program import program
from wangqi.series.boxes import count_in
from wangqi.series.counting import Counting
from wangqi.series.holes import holes
from wangqi.titles.issues import ordinal_of

_was_fetched: Final = select(capture.c.id).where(capture.c.page_id == page.c.id).exists()
_is_unread: Final[ColumnElement[bool]] = and_(
    or_(page.c.via.in_([LISTING, FURTHER]), page.c.row_count.is_not(None)),
    or_(
        page.c.outcome.in_(FAILURES),
        page.c.outcome.is_(None),
        page.c.unconfirmed_since.is_not(None),
        and_(page.c.outcome == "out_of_scope", ~_was_fetched),
    ),
)


def unread(connection: Connection, wanted: int | str) -> list[PageRow]:
    """Pages of its columns that nobody has read: what only they list is not known."""
    return page_rows(connection, and_(_is_unread, page.c.series_id == series_id(connection, wanted)))


def flawed(connection: Connection, wanted: int | str) -> list[FlawedStory]:
    """The stories whose canonical revision bears a flaw."""
    query = select(story.c.id, story.c.title, revision.c.flaws)
    query = query.join(revision, revision.c.id == story.c.canonical_revision_id).order_by(story.c.id)
    chosen = query.where(story.c.series_id == series_id(connection, wanted), COUNTED, revision.c.flaws.is_not(None))
    return [FlawedStory(**row._asdict()) for row in connection.execute(chosen)]


def doubts_of(
    connection: Connection,
    wanted: int | str,
    gaps: Sequence[MissingStory] | None = None,
    parsed: Counting | None = None,
) -> list[DoubtRow]:
    """All that was seen and not followed, and what the stories themselves say of others that were not found.

    `gaps` are the missing ones, where they are known already: to find them is the dearest part of it. `parsed` has read
    titles already.
    """
    of = series_id(connection, wanted)
    gaps = missing.of_series(connection, of).stories if gaps is None else gaps
    query = select(story.c.id, story.c.title, story.c.ordinal).where(story.c.series_id == of, COUNTED)
    stories = connection.execute(query.order_by(story.c.id)).all()
    numbered = [(one.title, one.ordinal) for one in stories] + [(gap.title, ordinal_of(gap.title)) for gap in gaps]
    own = [DoubtRow(words=words, url="", pages=0) for words in holes(numbered, parsed)]
    known = len(stories) + len(gaps)
    seen = [one for one in doubts.rows(connection, of) if (count := count_in(one.words)) is None or count > known]
    own += [*_alone(connection, of, gaps), *_tampered(connection, of), *_held(connection, of)]
    return [*seen, *own, *one_text(connection, of), *one_story(connection, of)]


def parts(connection: Connection, wanted: int | str) -> int:
    """How many stories the pages of a series carry, those that are held for another series among them."""
    of = series_id(connection, wanted)
    carried = (
        select(func.count(func.distinct(revision.c.title_key)))
        .join(page, page.c.revision_id == revision.c.id)
        .where(page.c.series_id == of, page.c.story_id.is_not(None))
    )
    held = select(func.count()).where(story.c.series_id == of, COUNTED)
    return max(connection.scalar(carried) or 0, connection.scalar(held) or 0)


def _alone(connection: Connection, of: int, gaps: Sequence[MissingStory]) -> list[DoubtRow]:
    if parts(connection, of) + len(gaps) != 1:
        return []
    visited = select(page.c.via, func.count()).where(page.c.series_id == of, page.c.outcome.is_not(None))
    counts = {row.via: row[1] for row in connection.execute(visited.group_by(page.c.via))}
    columns = sum(counts.get(via, 0) for via in (LISTING, FURTHER))
    others = sum(counts.values()) - columns - 1
    start = select(page.c.url).where(page.c.series_id == of).order_by(page.c.id).limit(1)
    words = (
        "no series was found: the page names no other story of one, and neither do "
        f"{_count(columns, 'page')} of columns and feeds and {_count(others, 'other page')} that were looked at"
    )
    listed = select(page.c.title, page.c.url).where(page.c.via == LISTING, page.c.outcome == "listing")
    column = connection.execute(listed.where(page.c.series_id == of, page.c.title != "").order_by(page.c.id)).first()
    if column:
        words += f"; if all of “{column.title}” is meant, begin with {column.url}"
    return [DoubtRow(words=words, url=connection.scalar(start) or "", pages=1)]


def _tampered(connection: Connection, of: int) -> list[DoubtRow]:
    unfit = (
        select(page.c.host, page.c.url)
        .join(revision, revision.c.page_id == page.c.id)
        .join(story, story.c.canonical_revision_id == revision.c.id)
        .where(story.c.series_id == of, COUNTED, revision.c.standing >= TAMPERED)
        .order_by(story.c.id)
    )
    by_host: dict[str, list[str]] = {}
    for host, url in connection.execute(unfit):
        by_host.setdefault(host, []).append(url)
    return [
        DoubtRow(
            words=f"{_count(len(urls), 'story', 'stories')} of {host} alone show strong signs of tampering, and do not"
            f" count as held: `{program()} show` tells the signs, `{program()} hosts {host} known` trusts the site",
            url=urls[0],
            pages=len(urls),
        )
        for host, urls in by_host.items()
    ]


def _held(connection: Connection, of: int) -> list[DoubtRow]:
    found = held.rows(connection, of)
    if not found:
        return []
    pages = f"{_count(len(found), 'page')} {'says' if len(found) == 1 else 'say'} by now"
    words = (
        f"{pages} what a stranger could have put there, or the beginning of what stood there before: that stands, and"
        f" `{program()} review` asks whose the new texts are"
    )
    return [DoubtRow(words=words, url=found[0].url, pages=len(found))]


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
