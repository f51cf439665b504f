"""Mentions: the lines of 往期 blocks, and the stories that they turn out to name."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, not_, or_, select, update

from storage.frontier.series import COUNTED
from storage.schema import mention, page, story
from wangqi.text.sanitise import storable, storable_key
from wangqi.urls import url_digest
from wangqi.visit import NamedStory

_current = select(mention.c.id, mention.c.position, mention.c.title_key, mention.c.url).where(
    mention.c.page_id == bindparam("page"), mention.c.current
)
_by_url = select(page.c.url_sha256, page.c.story_id).where(
    page.c.url_sha256.in_(bindparam("digests", expanding=True)), page.c.story_id.is_not(None)
)
_by_title = (
    select(story.c.title_key, func.min(story.c.id), func.count())
    .where(story.c.series_id == bindparam("series"), story.c.title_key.in_(bindparam("keys", expanding=True)))
    .where(COUNTED)
    .group_by(story.c.title_key)
)
_retire = update(mention).where(mention.c.id == bindparam("old")).values(current=False)
_move = update(mention).where(mention.c.id == bindparam("old")).values(position=bindparam("place"))
_resolve_url = (
    update(mention)
    .where(mention.c.url_sha256 == bindparam("digest"))
    .where(or_(mention.c.story_id.is_(None), mention.c.story_id != bindparam("story")))
    .values(story_id=bindparam("story"))
)
_resolve_title = (
    update(mention)
    .where(mention.c.series_id == bindparam("series"), mention.c.title_key == bindparam("key"))
    .where(mention.c.story_id.is_(None))
    .values(story_id=bindparam("story"))
)

_resolve_linkless = _resolve_title.where(mention.c.url_sha256.is_(None))
_namesakes = (
    select(story.c.id)
    .where(story.c.series_id == bindparam("series"), story.c.title_key == bindparam("key"))
    .where(COUNTED)
    .limit(2)
)
_read_there = select(page.c.id).where(page.c.url_sha256 == mention.c.url_sha256, page.c.story_id.is_not(None))
_open_again = (
    update(mention)
    .where(mention.c.series_id == bindparam("series"), mention.c.title_key == bindparam("key"))
    .where(mention.c.url_sha256.is_not(None), not_(_read_there.exists()))
    .values(story_id=None)
)


def store(
    connection: Connection, page_id: int, revision_id: int | None, series_id: int, named: Sequence[NamedStory]
) -> bool:
    """Makes the page's current mentions those that were just read; answers whether they are others than before.

    A reading that names nothing changes nothing. A line that is no longer there stays in the table, no longer current.
    """
    if not named:
        return False
    lines: dict[tuple[str, str | None], NamedStory] = {}
    for line in named:  # the first of two equal lines counts
        lines.setdefault((storable_key(line.title_key), line.url and storable(line.url)), line)
    old = {(row.title_key, row.url): row for row in connection.execute(_current, {"page": page_id})}
    gone = [{"old": row.id} for key, row in old.items() if key not in lines]
    moved = [
        {"old": old[key].id, "place": line.position}
        for key, line in lines.items()
        if key in old and old[key].position != line.position
    ]
    if gone:
        connection.execute(_retire, gone)
    if moved:
        connection.execute(_move, moved)
    new = [_row(line, page_id, revision_id, series_id) for key, line in lines.items() if key not in old]
    if new:
        _name_stories(connection, series_id, new)
        connection.execute(insert(mention), new)
    return bool(gone or new)


def resolve(connection: Connection, url: str, series_id: int, title_key: str, story_id: int) -> None:
    """Lets the open mentions of a story that was just stored point to it.

    An address says more than a title. Once two stories share a title, as in a series that calls every issue by one
    name, a mention with an address of its own waits until that page is read.
    """
    connection.execute(_resolve_url, {"digest": url_digest(url), "story": story_id})
    if not title_key:
        return
    asked = {"series": series_id, "key": title_key, "story": story_id}
    is_shared = len(connection.scalars(_namesakes, asked).all()) > 1
    connection.execute(_resolve_linkless if is_shared else _resolve_title, asked)
    if is_shared:
        connection.execute(_open_again, asked)


def name_open(connection: Connection, series_id: int) -> list[int]:
    """Lets open lines of a series point to the one story of it that has their title; answers their ids."""
    title = select(func.min(story.c.id)).where(story.c.series_id == series_id, story.c.title_key == mention.c.title_key)
    alone = title.where(COUNTED).having(func.count() == 1).scalar_subquery()
    is_open = (mention.c.series_id == series_id) & mention.c.story_id.is_(None) & (mention.c.title_key != "")
    named = update(mention).where(is_open, alone.is_not(None)).values(story_id=alone).returning(mention.c.id)
    return list(connection.scalars(named))


def open_again(connection: Connection, mention_ids: Sequence[int]) -> None:
    """The lines name no story that is known."""
    connection.execute(update(mention).where(mention.c.id.in_(mention_ids)).values(story_id=None))


def _row(line: NamedStory, page_id: int, revision_id: int | None, series_id: int) -> dict[str, Any]:
    return {
        "page_id": page_id,
        "revision_id": revision_id,
        "series_id": series_id,
        "position": line.position,
        "title": line.title,
        "title_key": line.title_key,
        "url": line.url,
        "url_sha256": url_digest(line.url) if line.url else None,
        "story_id": None,
    }


def _name_stories(connection: Connection, series_id: int, rows: Sequence[dict[str, Any]]) -> None:
    digests = [row["url_sha256"] for row in rows if row["url_sha256"]]
    places = connection.execute(_by_url, {"digests": digests}) if digests else ()
    by_url = {place.url_sha256: place.story_id for place in places}
    keys = [row["title_key"] for row in rows if row["title_key"] and row["url_sha256"] not in by_url]
    found = connection.execute(_by_title, {"series": series_id, "keys": keys}).all() if keys else []
    by_title = {key: (story_id, number) for key, story_id, number in found}
    for row in rows:
        story_id, number = by_title.get(storable_key(row["title_key"]), (None, 0))
        # A line with an address of its own is not taken for one of several stories that share a title.
        usable = number == 1 or row["url"] is None
        row["story_id"] = by_url.get(row["url_sha256"]) or (story_id if usable else None)
