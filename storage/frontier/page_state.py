"""The page row as recording needs it: what it was before a visit, and what it is after."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, insert, not_, select, update

from storage.frontier.due import ENTRY, LISTING, new_page
from storage.schema import page, revision, sketch, story, text
from storage.schema.selecting import columns_of
from wangqi.outcomes import HELD, STORIES, Outcome
from wangqi.series.revisits import Answer, NextVisit, Standing, Validators, has_shrunk, next_visit
from wangqi.urls import url_digest
from wangqi.visit import Visit

_origin = page.alias("origin")
# The page above a column that nobody named is looked at, but its loss is no failure.
_is_above = and_(
    page.c.via == LISTING,
    select(_origin.c.id)
    .where(_origin.c.id == page.c.discovered_from, _origin.c.row_count.is_not(None), not_(_origin.c.watch))
    .exists(),
)
_SETTLED: Final = (
    *("state", "due_at", "attempts", "interval_days", "unconfirmed_since", "row_count", "outcome", "outcome_at"),
    *("reason", "run_id", "etag", "last_modified", "unchanged_times", "distrusted", "payload_sha256", "story_id"),
    *("revision_id", "relation"),
)
_shown_recent = (
    select(page.c.id)
    .join(story, story.c.id == page.c.story_id)
    .where(page.c.url_sha256.in_(bindparam("digests", expanding=True)))
    .where(story.c.published_at.between(bindparam("since"), bindparam("until")))
    .limit(1)
)
_settle = (
    update(page)
    .where(page.c.id == bindparam("page"))
    .values({name: bindparam(f"new_{name}") for name in _SETTLED})
    .values(lease_run_id=None, lease_until=None)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPage:
    """A page before the visit that is being recorded.

    Attributes:
        outcome: Of the visit before this one, None before the first.
        unconfirmed_since: As in `wangqi.series.revisits.Standing`, whose `rows` are the `row_count`.
        is_above: Only a column led to it, as what stands above that.
        unchanged_times: How often in a row its server said that it has not changed.
        distrusted: That was not true at least once.
        payload_sha256: Of the bytes of its newest answer.
        revision_id: Its newest revision; the fields after it are of that revision.
        published_at: By that revision.
        is_sketched: Whether that text was long enough for a sketch.
    """

    id: int
    host: str
    series_id: int
    depth: int
    attempts: int
    interval_days: int
    unconfirmed_since: datetime | None
    row_count: int | None
    is_above: bool
    unchanged_times: int
    distrusted: bool
    outcome_at: datetime | None
    etag: str | None
    last_modified: str | None
    payload_sha256: bytes | None
    story_id: int | None
    relation: str | None
    outcome: str | None
    revision_id: int | None
    text_id: int | None
    standing: int | None
    revision_title: str | None
    revision_title_key: str | None
    extractor_version: str | None
    published_at: datetime | None
    text_sha256: bytes | None
    key_sha256: bytes | None
    is_sketched: bool


_known = (
    select(
        *columns_of(
            KnownPage,
            *(page, revision, text),
            is_above=_is_above,
            revision_title=revision.c.title,
            published_at=revision.c.published_at,
            revision_title_key=revision.c.title_key,
            text_sha256=text.c.sha256,
            is_sketched=sketch.c.text_id.is_not(None),
        )
    )
    .select_from(page)
    .outerjoin(revision, revision.c.id == page.c.revision_id)
    .outerjoin(text, text.c.id == revision.c.text_id)
    .outerjoin(sketch, sketch.c.text_id == text.c.id)
    .where(page.c.url_sha256 == bindparam("digest"))
)


def known(connection: Connection, visit: Visit, now: datetime) -> KnownPage:
    """The page of the visit, made if nobody has discovered it."""
    asked = {"digest": url_digest(visit.url)}
    row = connection.execute(_known, asked).first()
    if row is None:
        connection.execute(insert(page), new_page(visit.url, visit.series_id, now, via="entry", depth=0))
        row = connection.execute(_known, asked).one()
    return KnownPage(**row._asdict())


def settle(
    connection: Connection,
    before: KnownPage,
    visit: Visit,
    now: datetime,
    *,
    names_new: bool,
    **became: Any,  # noqa: ANN401 - columns
) -> Outcome:
    """Writes what became of the page and when it is due again; answers the outcome word that was written."""
    is_unread = visit.capture is None or visit.capture.body is None
    answer = Answer(
        outcome=became["outcome"],
        rows=before.row_count if is_unread else visit.rows,
        names_new=names_new,
        is_guess=before.row_count is None and (visit.is_guess or before.is_above),
        is_recent=_is_recent(connection, before, visit, now, is_unread=is_unread),
        asked=visit.revisit_at,
    )
    standing = Standing(
        outcome=before.outcome,
        attempts=before.attempts,
        interval_days=before.interval_days,
        unconfirmed_since=before.unconfirmed_since,
        rows=before.row_count,
    )
    next_one = next_visit(answer, standing, now)
    if has_shrunk(answer, standing) and next_one.unconfirmed_since:
        became["reason"] += f"; it listed {before.row_count} before"
    row = {
        "state": "done" if next_one.due_at is None else "due",
        "due_at": next_one.due_at,
        "attempts": next_one.attempts,
        "interval_days": next_one.interval_days,
        "unconfirmed_since": next_one.unconfirmed_since,
        "row_count": next_one.rows,
        "outcome_at": now,
        "run_id": visit.run_id,
        **became,
        "outcome": next_one.outcome,
        **_trust(before, visit, next_one, became["payload_sha256"]),
    }
    connection.execute(_settle, {f"new_{name}": value for name, value in row.items()} | {"page": before.id})
    return next_one.outcome


def _is_recent(
    connection: Connection, before: KnownPage, visit: Visit, now: datetime, *, is_unread: bool
) -> bool | None:
    """Whether its story was published within the window, or it lists one that was; None of a list that was not read."""
    since, until = now - visit.recent, now + visit.recent  # a day far ahead was read badly
    if not visit.recent:
        return False
    if visit.reading is not None or before.story_id is not None:
        published = visit.reading.published_at if visit.reading is not None else before.published_at
        return published is not None and since < published < until
    if is_unread:
        return None
    shown = [url_digest(link.url) for link in visit.discoveries if link.via == ENTRY]
    asked = {"digests": shown, "since": since, "until": until}
    return bool(shown) and connection.execute(_shown_recent, asked).first() is not None


def _trust(before: KnownPage, visit: Visit, next_one: NextVisit, payload_sha256: bytes | None) -> dict[str, Any]:
    """By what the page is asked for the next time, and whether its server is believed when it says "not changed"."""
    kept = {name: getattr(before, name) for name in ("etag", "last_modified", "unchanged_times", "distrusted")}
    if visit.lacks:  # "not changed" would be an answer for this page alone
        return kept | {"etag": None, "last_modified": None}
    if visit.capture is None or visit.capture.body is None:
        return kept | {"unchanged_times": before.unchanged_times + (visit.outcome == "unchanged")}
    is_good = next_one.outcome == LISTING or (next_one.outcome in STORIES and next_one.outcome not in HELD)
    if next_one.unconfirmed_since or not is_good:  # the answer may be incomplete: the whole page is asked for next time
        return kept | {"etag": None, "last_modified": None}
    headers = visit.capture.headers or {}
    given = Validators(headers.get("etag"), headers.get("last-modified"))
    lies = before.distrusted
    if before.payload_sha256 not in {None, payload_sha256}:
        silent_since = before.outcome_at if before.unchanged_times else None
        lies = lies or Validators(before.etag, before.last_modified).lie(given, silent_since)
    if lies:
        given = Validators()
    return {
        "etag": given.etag,
        "last_modified": given.last_modified,
        "unchanged_times": 0,
        "distrusted": lies,
    }
