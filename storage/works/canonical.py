"""Which revision stands for a story: the best copy's newest one. Each function runs inside a transaction."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, case, insert, select, update

from storage.files import said
from storage.schema import page, revision, story, text
from storage.works import copies, decisions, search_index
from wangqi.bibliography import FACTS
from wangqi.copies.canonical import choose
from wangqi.copies.ranks import TAMPERED
from wangqi.visit import MarkedReading, Reading

COPIED: Final = ("title_key", *FACTS)
_FITNESS: Final = {
    "ok": "a copy is fit to stand for it again: it is on {}",
    "only_tampered_copies": "no copy is fit to stand for it any more: the least unfit is on {}",
}
_add_story = insert(story).returning(story.c.id)
_point = update(story).where(story.c.id == bindparam("story")).values(canonical_revision_id=bindparam("now"))
_move = _point.values({name: bindparam(f"new_{name}") for name in (*COPIED, "status")})
_canonical = (
    select(
        story.c.series_id,
        story.c.published_at,
        *(revision.c[name] for name in search_index.FACTS),
        revision.c.page_id,
        revision.c.standing,
        revision.c.story_id,
        revision.c.id.label("revision_id"),
        *(story.c.status, page.c.url, page.c.host, revision.c.standing_reason, text.c.body),
    )
    .join(revision, revision.c.id == story.c.canonical_revision_id)
    .join(page, page.c.id == revision.c.page_id)
    .join(text, text.c.id == revision.c.text_id)
    .where(story.c.id == bindparam("story"))
)
_columns = (
    select(*(revision.c[name] for name in COPIED), revision.c.standing, text.c.body)
    .join(text, text.c.id == revision.c.text_id)
    .where(revision.c.id == bindparam("revision"))
)
_set_reason = update(story).where(story.c.id == bindparam("story")).values(canonical_reason=bindparam("why"))
_set_status = (
    update(story)
    .where(story.c.id == bindparam("story"), story.c.status != "merged")
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


def add_story(connection: Connection, series_id: int, new: MarkedReading, **columns: object) -> int:
    """A new story; `set_first` makes it stand on a revision."""
    row = {"series_id": series_id, "status": _status(new.marks.standing.rank), **copied(new), **columns}
    number: int = connection.execute(_add_story, row).scalar_one()
    return number


def set_first(connection: Connection, story_id: int, series_id: int, revision_id: int, new: MarkedReading) -> None:
    """The story's only revision stands for it."""
    connection.execute(_point, {"story": story_id, "now": revision_id})
    reading, marks = new
    entry = _entry(story_id, series_id, reading, reading.text, said.words_of(connection, revision_id))
    search_index.add(connection, replace(entry, words=marks.search_words))


def follow_page(
    connection: Connection, story_id: int, page_id: int, revision_id: int, *, standing: int, now: datetime
) -> bool:
    """The page whose text stands for the story goes on to stand for it with its newest text.

    Unless that one has been tampered with: then the last good one goes on, and the answer is False.
    """
    old = connection.execute(_canonical, {"story": story_id}).one()
    if standing >= TAMPERED > old.standing:
        return False
    if old.page_id == page_id:
        _move_to(connection, story_id, old, revision_id)
        if old.standing >= TAMPERED > standing:
            why = f"{old.url} shows no strong sign of tampering any more; its newest text stands for the story"
            decisions.note(connection, story_id, "canonical", why, now)
    return True


def reconsider(connection: Connection, story_id: int, now: datetime, by: str) -> str | None:
    """Lets the best of its pages' newest revisions stand for a story; answers why, when it is another one.

    The reason is kept with the story, and a change of the copy, or of whether there is a fit one, as a decision. A
    newest revision that is not fit never takes the place of an older one that is.
    """
    old = connection.execute(_canonical, {"story": story_id}).one()
    has_left = old.story_id != story_id
    found = copies.rows(connection, story_id)
    if not found:
        return None
    choice = choose(copies.compared(connection, found), old.revision_id)
    best = next(row for row in found if row.id == choice.revision_id)
    reason = None
    if best.id != old.revision_id:
        _move_to(connection, story_id, old, best.id)
        why = choice.passed_over.get(old.revision_id) or choice.reason or "it is the only copy that is left"
        reason = f"{best.url} stands for it now: {why}"
        decisions.note(connection, story_id, "canonical", reason, now, by=by)
        if old.page_id != best.page_id:
            _exchange(connection, story_id, best, None if has_left else old)
    connection.execute(_set_reason, {"story": story_id, "why": choice.reason or None})
    status = _status(best.standing)
    connection.execute(_set_status, {"story": story_id, "new_status": status})
    if reason is None and old.status not in {status, "merged"}:
        decisions.note(connection, story_id, "status", _FITNESS[status].format(best.standing_reason), now, by=by)
    return reason


def _exchange(connection: Connection, story_id: int, best: copies.Found, old: Row[*tuple[Any, ...]] | None) -> None:
    """Makes one page the story's, and the one before it a copy of it."""
    connection.execute(_promote, {"promoted": best.page_id})
    if old is not None:
        why = f"same story as {best.url}, which is fitter to stand for it"
        named = {"demoted": old.page_id, "story": story_id, "new_relation": "same", "new_reason": why}
        connection.execute(_demote, named)


def stand_alone(connection: Connection, series_id: int, revision_ids: Sequence[int], now: datetime) -> int:
    """A new story that stands on the best of these revisions, which belong to another one so far; answers its id."""
    best = select(revision.c.id).where(revision.c.id.in_(revision_ids))
    chosen = connection.scalars(best.order_by(revision.c.standing, revision.c.id)).first()
    new = connection.execute(_columns, {"revision": chosen}).one()
    columns = {name: getattr(new, name) for name in COPIED} | {"status": _status(new.standing)}
    row = {"series_id": series_id, "canonical_revision_id": chosen, "first_seen_at": now, **columns}
    story_id: int = connection.execute(_add_story, row).scalar_one()
    _file(connection, story_id, series_id, new, chosen)
    return story_id


def read_anew(connection: Connection, story_id: int, revision_id: int) -> None:
    """The same page stands for the story with the same bytes, as they are read now."""
    _move_to(connection, story_id, connection.execute(_canonical, {"story": story_id}).one(), revision_id)


def withdraw(connection: Connection, story_id: int) -> None:
    """Takes a story out of the index, before it is merged into another."""
    _unfile(connection, story_id, connection.execute(_canonical, {"story": story_id}).one())


def refile(connection: Connection, story_id: int, series_id: int) -> None:
    """Files a story under another series, in the index as well."""
    old = connection.execute(_canonical, {"story": story_id}).one()
    is_indexed = old.status != "merged"
    if is_indexed:
        _unfile(connection, story_id, old)
    connection.execute(update(story).where(story.c.id == story_id).values(series_id=series_id))
    if is_indexed:
        _file(connection, story_id, series_id, old, old.revision_id)


def take_over(
    connection: Connection, story_id: int, revision_id: int, new: MarkedReading, *, url: str, relation: str | None
) -> str | None:
    """Lets a new copy stand for the story when its standing is better; the other becomes the copy. Answers why.

    So the archive holds the same whichever of two mirrors is read first.
    """
    old = connection.execute(_canonical, {"story": story_id}).one()
    standing = new.marks.standing
    if standing.rank >= old.standing:
        return None
    _move_to(connection, story_id, old, revision_id)
    reason = f"{relation or 'same'} of {url}, which is fitter to stand for the story"
    named = {"demoted": old.page_id, "story": story_id, "new_relation": relation or "same", "new_reason": reason}
    connection.execute(_demote, named)
    better = standing.reason or "a site of which nothing is known"
    return f"it is on {better}, and the copy on {old.host} is on {old.standing_reason or 'one that is less fit'}"


def copied(new: MarkedReading) -> dict[str, object]:
    """The columns that a story and its revisions share."""
    return {"title_key": new.marks.title_key, **{name: getattr(new.reading, name) for name in FACTS}}


def _move_to(connection: Connection, story_id: int, old: Row[*tuple[Any, ...]], revision_id: int) -> None:
    _unfile(connection, story_id, old)
    new = connection.execute(_columns, {"revision": revision_id}).one()
    row = {f"new_{name}": getattr(new, name) for name in COPIED} | {"new_status": _status(new.standing)}
    connection.execute(_move, row | {"story": story_id, "now": revision_id})
    _file(connection, story_id, old.series_id, new, revision_id)


def indexed_anew(connection: Connection, revision_ids: Sequence[int], change: Callable[[], None]) -> None:
    """Makes a change to what these revisions' files say, and lets the index have the stories that stand on them so."""
    query = select(story.c.id).where(story.c.canonical_revision_id.in_(revision_ids), story.c.merged_into.is_(None))
    rows = {
        number: connection.execute(_canonical, {"story": number}).one() for number in connection.scalars(query).all()
    }
    for number, row in rows.items():
        _unfile(connection, number, row)
    change()
    for number, row in rows.items():
        _file(connection, number, row.series_id, row, row.revision_id)


def _file(
    connection: Connection, story_id: int, series_id: int, row: Row[*tuple[Any, ...]], revision_id: int | None
) -> None:
    """Puts a story into the index as a revision has it."""
    assert revision_id is not None
    search_index.add(connection, _entry(story_id, series_id, row, row.body, said.words_of(connection, revision_id)))


def _unfile(connection: Connection, story_id: int, row: Row[*tuple[Any, ...]]) -> None:
    """Takes out what `_file` put in."""
    words = said.words_of(connection, row.revision_id)
    search_index.drop(connection, _entry(story_id, row.series_id, row, row.body, words))


def _entry(
    story_id: int, series_id: int, facts: Reading | Row[*tuple[Any, ...]], body: str, files: str
) -> search_index.Entry:
    own = {name: getattr(facts, name) for name in ("published_at", *search_index.FACTS)}
    return search_index.Entry(story_id=story_id, series_id=series_id, body=body, files=files, **own)


def _status(standing: int) -> str:
    return "only_tampered_copies" if standing >= TAMPERED else "ok"
