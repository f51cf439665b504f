"""What has come, changed, gone or been tampered with since a moment: the archive's news."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, case, func, literal, not_, or_, select

from storage.frontier.series import COUNTED, series_id
from storage.recording.changes import is_of_publisher
from storage.recording.holding import REFUSED
from storage.rows import ChangeRow
from storage.schema import page, revision, series, story
from wangqi.copies.ranks import TAMPERED
from wangqi.outcomes import FINAL, REREAD

_FACTS = (series.c.name.label("series"), story.c.id.label("story_id"), story.c.title, page.c.url)
_IS_HELD = func.coalesce(revision.c.held, REFUSED) != REFUSED
_is_told = and_(
    or_(revision.c.parent_id.is_not(None), revision.c.standing >= TAMPERED),
    func.coalesce(revision.c.held, "") != REFUSED,
)
_new = (
    select(*_FACTS, literal("new").label("what"), story.c.first_seen_at.label("at"), literal("").label("reason"))
    .join_from(story, revision, revision.c.id == story.c.canonical_revision_id)
    .join(page, page.c.id == revision.c.page_id)
    .join(series, series.c.id == story.c.series_id)
)
_kind = case(
    (_IS_HELD, "held"),
    (not_(is_of_publisher), REREAD),
    (revision.c.standing >= TAMPERED, "tampered"),
    else_="revised",
)
_text = (
    select(
        *_FACTS,
        _kind.label("what"),
        revision.c.recorded_at.label("at"),
        func.coalesce(revision.c.held, revision.c.change, revision.c.standing_reason).label("reason"),
    )
    .join_from(revision, story, story.c.id == revision.c.story_id)
    .join(page, page.c.id == revision.c.page_id)
    .join(series, series.c.id == story.c.series_id)
    .where(_is_told)
)
_gone = (
    select(*_FACTS, literal("gone").label("what"), page.c.outcome_at.label("at"), page.c.reason)
    .join_from(page, story, story.c.id == page.c.story_id)
    .join(series, series.c.id == story.c.series_id)
    .where(page.c.outcome.in_(FINAL), page.c.unconfirmed_since.is_(None), page.c.revision_id.is_not(None))
)
_QUESTIONS: tuple[tuple[Select[*tuple[Any, ...]], Any, Any], ...] = (
    (_new, story.c.first_seen_at, literal("new")),
    (_text, revision.c.recorded_at, _kind),
    (_gone, page.c.outcome_at, literal("gone")),
)


def rows(
    connection: Connection,
    since: datetime,
    until: datetime | None,
    wanted: int | str | None,
    *,
    with_rereadings: bool = False,
    limit: int | None = None,
    what: str | None = None,
) -> list[ChangeRow]:
    """The newest first, at most `limit` of them, of the kind `what` alone; `until` is exclusive."""
    of = [COUNTED] if wanted is None else [COUNTED, story.c.series_id == series_id(connection, wanted)]
    found = []
    for query, moment, kind in _QUESTIONS:
        within = and_(moment >= since, *(() if until is None else [moment < until]), *of)
        if query is _text and not with_rereadings:
            within = and_(within, is_of_publisher)
        newest = query.where(within) if what is None else query.where(within, kind == what)
        if limit is not None:  # read along the index of the moment, as far as it is wanted
            newest = newest.order_by(moment.desc(), story.c.id.desc()).limit(limit)
        found += [ChangeRow(**row._asdict()) for row in connection.execute(newest)]
        found = sorted(found, key=lambda row: (row.at, row.story_id, row.what), reverse=True)[:limit]
        if len(found) == limit:  # what is older than all of these is not looked for
            since = max(since, found[-1].at)
    return found
