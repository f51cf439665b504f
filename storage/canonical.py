"""Which revision stands for a story: the fittest copy's newest one. Each function runs inside a transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Row, bindparam, case, insert, select, update

from storage import index
from storage.fittest import TAMPERED, VOUCHED, Rival, supported
from storage.records import StoryText
from storage.schema import page, revision, story, text

MOST_RIVALS: Final = 50  # copies that are looked at when one is chosen

COPIED: Final = (
    *("title", "title_key", "subtitle", "ordinal", "subject", "author", "source", "published_at"),
    *("published_precision", "published_source", "language"),
)
_add_story = insert(story).returning(story.c.id)
_point = update(story).where(story.c.id == bindparam("story")).values(canonical_revision_id=bindparam("now"))
_move = _point.values({name: bindparam(f"new_{name}") for name in (*COPIED, "status")})
_canonical = (
    select(
        story.c.series_id,
        story.c.published_at,
        revision.c.title,
        revision.c.page_id,
        revision.c.standing,
        revision.c.story_id,
        revision.c.id.label("revision_id"),
        text.c.body,
    )
    .join(revision, revision.c.id == story.c.canonical_revision_id)
    .join(text, text.c.id == revision.c.text_id)
    .where(story.c.id == bindparam("story"))
)
_any = (
    select(
        *(revision.c.id, revision.c.page_id, revision.c.text_id, revision.c.standing, revision.c.standing_reason),
        *(page.c.url, page.c.host),
    )
    .join(page, page.c.id == revision.c.page_id)
    .where(revision.c.story_id == bindparam("story"))
    .order_by(revision.c.standing, revision.c.id)
    .limit(MOST_RIVALS)
)
_bodies = select(text.c.id, text.c.body).where(text.c.id.in_(bindparam("ids", expanding=True)))
_newest = _any.where(page.c.story_id == bindparam("story"), page.c.revision_id == revision.c.id)
_columns = (
    select(*(revision.c[name] for name in COPIED), revision.c.standing, text.c.body)
    .join(text, text.c.id == revision.c.text_id)
    .where(revision.c.id == bindparam("revision"))
)
_set_status = (
    update(story)
    .where(story.c.id == bindparam("story"), story.c.status.in_(("ok", "only_tampered_copies")))
    .values(status=bindparam("new_status"))
)
_promote = (
    update(page)
    .where(page.c.id == bindparam("promoted"))
    .values(relation=None, outcome=case((page.c.outcome == "copy", "stored"), else_=page.c.outcome))
)
_demote = (
    update(page)
    .where(page.c.id == bindparam("demoted"), page.c.story_id == bindparam("story"))
    .values(outcome="copy", relation=bindparam("new_relation"), reason=bindparam("new_reason"))
)


def add_story(connection: Connection, series_id: int, new: StoryText, **columns: object) -> int:
    """A new story; `set_first` makes it stand on a revision."""
    row = {"series_id": series_id, "status": _status(new.standing), **copied(new), **columns}
    number: int = connection.execute(_add_story, row).scalar_one()
    return number


def set_first(connection: Connection, story_id: int, series_id: int, revision_id: int, new: StoryText) -> None:
    """The story's only revision stands for it."""
    connection.execute(_point, {"story": story_id, "now": revision_id})
    index.add(connection, replace(_entry(story_id, series_id, new.published_at, new.title, new.text), words=new.words))


def follow_page(connection: Connection, story_id: int, page_id: int, revision_id: int, new: StoryText) -> bool:
    """The page whose text stands for the story goes on to stand for it with its newest text.

    Unless that one has been tampered with: then the last good one goes on, and the answer is False.
    """
    old = connection.execute(_canonical, {"story": story_id}).one()
    if new.standing >= TAMPERED > old.standing:
        return False
    if old.page_id == page_id:
        _move_to(connection, story_id, old, revision_id)
    return True


def reconsider(connection: Connection, story_id: int) -> str | None:
    """Lets the fittest of its pages' newest revisions stand for a story; answers why, when it is another one.

    Of two that are equally fit the one that stands for it already stays, else the one that was read first, unless the
    other has more of what the story is known to say. A newest revision that is not fit never takes the place of an
    older one that is.
    """
    now = connection.execute(_canonical, {"story": story_id}).one()
    has_left = now.story_id != story_id
    found = connection.execute(_newest, {"story": story_id}).all()
    if not found and has_left:  # its pages have all gone on to other stories
        found = connection.execute(_any, {"story": story_id}).all()
    if not found:
        return None
    best = [row for row in found if row.standing == found[0].standing]
    fittest, why = _fullest(connection, best, now.revision_id)
    if not has_left and (fittest.standing > now.standing or (fittest.standing == now.standing and not why)):
        connection.execute(_set_status, {"story": story_id, "new_status": _status(now.standing)})
        return None
    _move_to(connection, story_id, now, fittest.id)
    if now.page_id != fittest.page_id:
        connection.execute(_promote, {"promoted": fittest.page_id})
        reason = f"same story as {fittest.url}, which is fitter to stand for it"
        named = {"demoted": now.page_id, "story": story_id, "new_relation": "same", "new_reason": reason}
        connection.execute(_demote, named)
    return f"{fittest.url} stands for it now: {why or fittest.standing_reason or 'the fittest copy'}"


def _fullest(connection: Connection, rivals: Sequence[Row], present: int) -> tuple[Row, str]:  # type: ignore[type-arg]  # rows of `_newest`
    """The rival that stands for the story, if it is among them, or the first one; unless another one says more."""
    first = next((row for row in rivals if row.id == present), rivals[0])
    if len({row.text_id for row in rivals}) == 1:
        return first, ""
    ids = [row.text_id for row in rivals]
    bodies = {row.id: row.body for row in connection.execute(_bodies, {"ids": ids})}
    counts = supported(
        [
            Rival(revision_id=row.id, host=row.host, vouches=row.standing < VOUCHED, text=bodies[row.text_id])
            for row in rivals
        ]
    )
    most = max(counts.values())
    if counts[first.id] == most:
        return first, ""
    fullest = next(row for row in rivals if counts[row.id] == most)
    return fullest, f"it has {most} sentences that other sites carry as well, and the one before has {counts[first.id]}"


def stand_alone(connection: Connection, series_id: int, revision_ids: Sequence[int], now: datetime) -> int:
    """A new story that stands on the fittest of these revisions, which belong to another one so far; answers its id."""
    fittest = select(revision.c.id).where(revision.c.id.in_(revision_ids))
    chosen = connection.scalars(fittest.order_by(revision.c.standing, revision.c.id)).first()
    new = connection.execute(_columns, {"revision": chosen}).one()
    columns = {name: getattr(new, name) for name in COPIED} | {"status": _status(new.standing)}
    row = {"series_id": series_id, "canonical_revision_id": chosen, "first_seen_at": now, **columns}
    story_id: int = connection.execute(_add_story, row).scalar_one()
    index.add(connection, _entry(story_id, series_id, new.published_at, new.title, new.body))
    return story_id


def withdraw(connection: Connection, story_id: int) -> None:
    """Takes a story out of the index, before it is merged into another."""
    index.drop(connection, _indexed(story_id, connection.execute(_canonical, {"story": story_id}).one()))


def take_over(
    connection: Connection, story_id: int, revision_id: int, new: StoryText, *, url: str, relation: str | None
) -> bool:
    """Lets a new copy stand for the story when it is fitter than the one that does; the other becomes the copy.

    So the archive holds the same whichever of two mirrors is read first.
    """
    old = connection.execute(_canonical, {"story": story_id}).one()
    if new.standing >= old.standing:
        return False
    _move_to(connection, story_id, old, revision_id)
    reason = f"{relation or 'same'} of {url}, which is fitter to stand for the story"
    named = {"demoted": old.page_id, "story": story_id, "new_relation": relation or "same", "new_reason": reason}
    connection.execute(_demote, named)
    return True


def copied(new: StoryText) -> dict[str, object]:
    """The columns that a story and its revisions share."""
    return {name: getattr(new, name) for name in COPIED}


def _move_to(connection: Connection, story_id: int, old: Row, revision_id: int) -> None:  # type: ignore[type-arg]  # a row of `_canonical`
    index.drop(connection, _indexed(story_id, old))
    new = connection.execute(_columns, {"revision": revision_id}).one()
    row = {f"new_{name}": getattr(new, name) for name in COPIED} | {"new_status": _status(new.standing)}
    connection.execute(_move, row | {"story": story_id, "now": revision_id})
    index.add(connection, _entry(story_id, old.series_id, new.published_at, new.title, new.body))


def _indexed(story_id: int, row: Row) -> index.Entry:  # type: ignore[type-arg]  # the same
    return _entry(story_id, row.series_id, row.published_at, row.title, row.body)


def _entry(story_id: int, series_id: int, published_at: datetime | None, title: str, body: str) -> index.Entry:
    return index.Entry(story_id=story_id, series_id=series_id, published_at=published_at, title=title, body=body)


def _status(standing: int) -> str:
    return "only_tampered_copies" if standing >= TAMPERED else "ok"
