"""Kept bytes that are read anew: which there are, and what another reading of them changes."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, bindparam, func, insert, or_, select, update

from storage.frontier import discovery, page_state
from storage.frontier.due import PART
from storage.frontier.series import series_id
from storage.recording import mentions, revisions
from storage.recording.holding import REFUSED
from storage.recording.lookup import look_up
from storage.rows.rereading import Anew, KeptPage, KeptReading
from storage.schema import capture, finding, mention, page, relation, revision, series, story, text
from storage.texts import boilerplate, texts
from storage.works import canonical, decisions
from wangqi.bibliography import FACTS
from wangqi.copies.records import Candidate, Trim, Verdict
from wangqi.outcomes import REREAD
from wangqi.readings.rereading import Line
from wangqi.visit import Reading, Visit

# What was read and found to be no story, which another version may see otherwise.
UNREAD: Final = ("not_story", "soft_404", "unreadable", "failed", "blocked")
_newest_bytes = (
    select(func.max(capture.c.id))
    .where(capture.c.page_id == page.c.id, capture.c.payload_sha256.is_not(None))
    .correlate(page)
    .scalar_subquery()
)
_carried = revision.alias("carried")
_shown = func.coalesce(_carried.c.capture_id, _newest_bytes)
_kept = (
    select(page.c.id.label("page_id"), page.c.url, capture.c.fetched_at, page.c.read_with, _carried.c.extractor_version)
    .outerjoin(_carried, _carried.c.id == page.c.revision_id)
    .join(capture, capture.c.id == _shown)
    .where(capture.c.payload_sha256.is_not(None))
    .where(or_(page.c.revision_id.is_not(None), page.c.outcome.in_(UNREAD)))
    .order_by(page.c.id)
)
_of_page = (
    *(page.c.id.label("page_id"), page.c.url, page.c.series_id, page.c.title.label("link_title")),
    *(page.c.via, page.c.found_reason, page.c.outcome),
    *(series.c.name.label("series"), series.c.title.label("name_of_series")),
)
_of_bytes = (
    *(capture.c.id.label("capture_id"), capture.c.url.label("source_url"), capture.c.headers),
    *(capture.c.fetched_at, capture.c.payload_sha256),
)
_is_newest = page.c.revision_id == revision.c.id
_later = revision.alias("later")
_is_refused = and_(
    revision.c.held == REFUSED,
    ~select(_later.c.id).where(_later.c.parent_id == revision.c.id, _later.c.change == REREAD).exists(),
)
_is_canonical = story.c.canonical_revision_id == revision.c.id
_readings = (
    select(
        *(*_of_page, *_of_bytes, *(revision.c[name] for name in FACTS)),
        *(revision.c.id.label("revision_id"), revision.c.story_id, revision.c.text_id, revision.c.series_title),
        *(revision.c.original_url, revision.c.flaws, revision.c.standing, revision.c.standing_reason),
        *(revision.c.held, revision.c.held_visits, revision.c.details, revision.c.extractor_version, text.c.body),
        *(_is_newest.label("is_newest"), _is_canonical.label("is_canonical")),
    )
    .join_from(page, revision, revision.c.page_id == page.c.id)
    .join(series, series.c.id == page.c.series_id)
    .join(story, story.c.id == revision.c.story_id)
    .join(text, text.c.id == revision.c.text_id)
    .join(capture, capture.c.id == revision.c.capture_id)
    .where(capture.c.payload_sha256.is_not(None), or_(_is_newest, _is_canonical, _is_refused))
    .order_by(page.c.id, revision.c.id)
)
_unread = (
    select(*_of_page, *_of_bytes)
    .join_from(page, capture, capture.c.id == _newest_bytes)
    .join(series, series.c.id == page.c.series_id)
    .where(page.c.revision_id.is_(None))
)
_mark = update(page).where(page.c.id == bindparam("marked")).values(read_with=bindparam("version"))


def pages(connection: Connection, wanted: int | str | None, after: int, most: int) -> list[KeptPage]:
    """The next ones by their id."""
    query = _kept.where(page.c.id > after, func.coalesce(page.c.relation, "") != PART).limit(most)
    if wanted is not None:
        query = query.where(page.c.series_id == series_id(connection, wanted))
    return [KeptPage(**row._asdict()) for row in connection.execute(query)]


def readings(connection: Connection, page_ids: Sequence[int]) -> list[KeptReading]:
    """All of these pages that are to be read anew, those of one page together."""
    lines = _lines(connection, page_ids)
    found = [_with_story(row, lines) for row in connection.execute(_readings.where(page.c.id.in_(page_ids)))]
    found += [_without_story(row) for row in connection.execute(_unread.where(page.c.id.in_(page_ids)))]
    return sorted(found, key=lambda one: (one.page_id, one.revision_id or 0))


def _lines(connection: Connection, page_ids: Sequence[int]) -> dict[int, dict[Line, str]]:
    found: dict[int, dict[Line, str]] = defaultdict(dict)
    query = select(mention.c.page_id, mention.c.title_key, mention.c.url, mention.c.title)
    for one in connection.execute(query.where(mention.c.page_id.in_(page_ids), mention.c.current)):
        found[one.page_id][Line(one.title_key, one.url)] = one.title
    return found


def _shared(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    names = (*(column.name for column in _of_bytes), "page_id", "url", "series_id", "series", "via", "found_reason")
    own = {name: getattr(row, name) for name in (*names, "outcome")}
    return own | {"title": row.link_title, "series_title": row.name_of_series}


def _with_story(row: Row[*tuple[Any, ...]], lines: dict[int, dict[Line, str]]) -> KeptReading:
    facts = {name: getattr(row, name) for name in FACTS}
    reading = Reading(
        **facts,
        text=row.body,
        series_title=row.series_title,
        details=row.details,
        extractor_version=row.extractor_version,
    )
    own = ("revision_id", "story_id", "text_id", "original_url", "flaws", "standing", "standing_reason", "held")
    return KeptReading(
        **_shared(row),
        **{name: getattr(row, name) for name in (*own, "held_visits")},
        reading=reading,
        is_newest=bool(row.is_newest),
        is_canonical=bool(row.is_canonical),
        lines=lines[row.page_id] if row.is_newest else {},
    )


def _without_story(row: Row[*tuple[Any, ...]]) -> KeptReading:
    own = ("revision_id", "story_id", "text_id", "reading", "original_url", "flaws", "held")
    nothing: dict[str, Any] = dict.fromkeys(own)
    return KeptReading(
        **_shared(row),
        **nothing,
        standing=0,
        standing_reason="",
        is_newest=False,
        is_canonical=False,
        held_visits=0,
        lines={},
    )


def store(
    connection: Connection,
    found: Sequence[Anew],
    trim_of: Callable[[Visit], Trim | None],
    versions: Mapping[int, str],
    now: datetime,
) -> list[Anew]:
    """Takes the readings, those of one page together, and marks the pages with their versions; answers what it left."""
    left = {one.kept.page_id for one in found if not _is_as_before(connection, one.kept)}
    for one in found:
        if one.kept.page_id not in left:
            _take(connection, one, trim_of, now)
    unread = left | {one.kept.page_id for one in found if one.problem}
    marks = [{"marked": number, "version": version} for number, version in versions.items() if number not in unread]
    if marks:
        connection.execute(_mark, marks)
    return [one for one in found if one.kept.page_id in left]


def _take(connection: Connection, one: Anew, trim_of: Callable[[Visit], Trim | None], now: datetime) -> None:
    if one.visit is None:
        return
    if one.does == "visit":
        _look_again(connection, one.kept.page_id, now)
    if one.does == "revision":
        _follow(connection, one.kept, one.visit, trim_of(one.visit), now)
    if one.difference and "links" in one.difference.what:
        _take_links(connection, one.kept, one.visit, now)


def _is_as_before(connection: Connection, kept: KeptReading) -> bool:
    """Whether nobody has written to the page since the reading was asked for."""
    current = connection.scalar(select(page.c.revision_id).where(page.c.id == kept.page_id))
    if kept.revision_id is None:
        return current is None
    held = connection.scalar(select(revision.c.held).where(revision.c.id == kept.revision_id))
    return held == kept.held and (current == kept.revision_id) is kept.is_newest


def _follow(connection: Connection, kept: KeptReading, visit: Visit, trim: Trim | None, now: datetime) -> None:
    """Lets a new reading follow the one before it wherever that stands; its story and its standing stay.

    What stands against it stays with it, and so does what people have said of the text before it.
    """
    new = visit.story
    assert new is not None
    assert kept.revision_id is not None
    assert kept.story_id is not None
    assert kept.text_id is not None
    before = page_state.known(connection, visit, now)
    text_id = texts.known_id(connection, texts.digest(new.reading.text))
    if text_id is None:
        found = look_up(connection, before, new, _judge_nothing, trim)
        text_id = texts.add(connection, new.reading.text, new.marks.match_key, found.fingerprint)
        where = boilerplate.Place(before.host, before.series_id)
        boilerplate.count(connection, text_id, new.marks.fingerprint.paragraphs, where, kept.story_id)
    source = revisions.Source(kept.page_id, kept.url, kept.capture_id, kept.payload_sha256)
    row = revisions.row_of(connection, new, source, text_id=text_id, parent_id=kept.revision_id, now=now)
    row |= {"story_id": kept.story_id, "change": REREAD, "held": kept.held, "held_visits": kept.held_visits}
    revision_id = revisions.add(connection, row, kept.series_id, new.reading.files)
    _keep_findings(connection, kept.revision_id, revision_id)
    if text_id != kept.text_id:
        _keep_words(connection, kept.text_id, text_id)
    if kept.is_canonical:
        canonical.read_anew(connection, kept.story_id, revision_id)
    if kept.is_newest:
        connection.execute(update(page).where(page.c.id == kept.page_id).values(revision_id=revision_id))
        if kept.is_canonical:
            mentions.resolve(connection, kept.url, kept.series_id, new.marks.title_key, kept.story_id)


def _take_links(connection: Connection, kept: KeptReading, visit: Visit, now: datetime) -> None:
    """Lets the page name what the new reading names, and puts what is new of it into the frontier."""
    before = page_state.known(connection, visit, now)
    mentions.store(connection, kept.page_id, before.revision_id, kept.series_id, visit.named)
    discovery.add_discovered(connection, before, visit, visit.discoveries, now)


def _look_again(connection: Connection, page_id: int, now: datetime) -> None:
    """Makes a page due that is a story as it is read now: a crawl finds out whether it is of its series."""
    rests = and_(page.c.id == page_id, page.c.state != "leased")
    connection.execute(update(page).where(rests).values(state="due", due_at=now, etag=None, last_modified=None))


def _judge_nothing(_: Sequence[Candidate]) -> list[Verdict]:
    return []


def _keep_findings(connection: Connection, old: int, new: int) -> None:
    names = [column.name for column in finding.c if column.name not in {"id", "revision_id"}]
    rows = connection.execute(select(*(finding.c[name] for name in names)).where(finding.c.revision_id == old))
    copied = [row._asdict() | {"revision_id": new} for row in rows]
    if copied:
        connection.execute(insert(finding), copied)


def _keep_words(connection: Connection, old: int, new: int) -> None:
    """What people have said of the one text is said of the other."""
    either = or_(relation.c.text_id == old, relation.c.other_text_id == old)
    for row in connection.execute(select(relation).where(either, relation.c.decided_by != decisions.AUTO)).all():
        other = row.other_text_id if row.text_id == old else row.text_id
        if other != new:
            decisions.say(connection, new, other, row.relation, by=row.decided_by, now=row.decided_at)
