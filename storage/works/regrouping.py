"""Reading what is stored for a newer judge, and carrying out what that one changes."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, exists, func, or_, select, update

from storage.db.errors import UndecidableError
from storage.rows import Bearer, StoredText
from storage.schema import page, relation, revision, ruling, story, text
from storage.texts import boilerplate, fingerprints, texts
from storage.texts.findings import look_again
from storage.works import decisions, merging, relations
from wangqi.copies.candidates import MOST_CANDIDATES
from wangqi.copies.records import Candidate, Finding, Fingerprint, Verdict
from wangqi.text.forms import match_key

REGROUP: Final = "regroup"
_MOST_BEARERS: Final = 50
_OWN: Final = 6  # of the story's other texts; the rest of the twelve are the likeliest of other stories

_walk = (
    select(text.c.id, text.c.body).where(text.c.id > bindparam("after")).order_by(text.c.id).limit(bindparam("most"))
)
# An older text may stand for its story though its page has gone on.
_stands = exists().where(story.c.id == revision.c.story_id, story.c.canonical_revision_id == revision.c.id)
_is_carried = or_(page.c.revision_id == revision.c.id, _stands)
_bearers = (
    select(
        *(revision.c.id.label("revision_id"), revision.c.story_id, revision.c.title, revision.c.published_at),
        *(revision.c.standing, revision.c.details, page.c.url, page.c.host),
    )
    .join(page, page.c.id == revision.c.page_id)
    .where(revision.c.text_id == bindparam("text"), _is_carried)
    .order_by(revision.c.id)
    .limit(_MOST_BEARERS)
)
_on_host = (
    select(revision.c.id, revision.c.text_id)
    .join(page, page.c.id == revision.c.page_id)
    .where(page.c.host == bindparam("host"), page.c.id > bindparam("after"), page.c.id <= bindparam("last"))
    .where(_is_carried)
)
_pages_of_host = (
    select(page.c.id)
    .where(page.c.host == bindparam("host"), page.c.id > bindparam("after"))
    .order_by(page.c.id)
    .limit(bindparam("most"))
)
# A person has said that the text of the page is its publisher's, whatever speaks against it.
_accepted = (
    select(ruling.c.id)
    .join(revision, revision.c.page_id == ruling.c.page_id)
    .where(revision.c.id == bindparam("revision"), ruling.c.kind == "accept", ruling.c.undone_at.is_(None))
    .limit(1)
)
_next_host = select(func.min(page.c.host)).where(page.c.host > bindparam("after"))
_mates = (
    select(revision.c.text_id)
    .join(page, (page.c.id == revision.c.page_id) & (page.c.revision_id == revision.c.id))
    .where(revision.c.story_id == bindparam("story"), revision.c.text_id != bindparam("text"))
    .distinct()
    .order_by(revision.c.text_id)
    .limit(MOST_CANDIDATES)
)


def stored_texts(connection: Connection, after: int, most: int) -> tuple[list[StoredText], int | None]:
    """The next texts by id that a page carries now, and where to go on; None at the end."""
    rows = connection.execute(_walk, {"after": after, "most": most}).all()
    found = [_stored(connection, row.id, row.body) for row in rows]
    return [one for one in found if one], rows[-1].id if len(rows) == most else None


def hosts_below(connection: Connection, name: str) -> list[str]:
    """The hosts of the archive that a row of the registry speaks of: the site and its subdomains."""
    found: list[str] = []
    # From one to the next along the index; a crawl knows few hosts and many pages.
    host: str | None = ""
    while (host := connection.scalar(_next_host, {"after": host})) is not None:
        if host == name or host.endswith(f".{name}"):
            found.append(host)
    return found


def texts_on(connection: Connection, host: str, after: int, most: int) -> tuple[list[StoredText], int | None]:
    """What the next pages of a host carry, each with the bearers on this host alone; and where to go on."""
    pages = list(connection.scalars(_pages_of_host, {"host": host, "after": after, "most": most}))
    if not pages:
        return [], None
    rows = connection.execute(_on_host, {"host": host, "after": after, "last": pages[-1]})
    own: defaultdict[int, set[int]] = defaultdict(set)
    for row in rows:
        own[row.text_id].add(row.id)
    bodies = connection.execute(select(text.c.id, text.c.body).where(text.c.id.in_(own))).all()
    found = (_stored(connection, row.id, row.body, own[row.id]) for row in bodies)
    return [one for one in found if one], pages[-1] if len(pages) == most else None


def begin(connection: Connection, version: int) -> bool:
    """Drops fingerprints that were made by another version of the constants; answers whether there were such."""
    oldest = fingerprints.oldest_version(connection)
    is_other = oldest is not None and oldest != version
    if is_other:
        fingerprints.forget(connection)
    return is_other


def count_paragraphs(connection: Connection, hashes: Sequence[tuple[StoredText, Sequence[int]]]) -> None:
    """Counts the paragraphs of texts that were stored before they were counted; a second time nothing changes."""
    for one, of_text in hashes:
        place = boilerplate.place_of(connection, one.text_id)
        boilerplate.count(connection, one.text_id, of_text, place, one.story_id)


def sharing(connection: Connection, one: StoredText, hashes: Sequence[int], *, is_past: bool) -> dict[int, int]:
    """How many stories of one host or series carry each paragraph; as it was when the text came, for the past."""
    place = boilerplate.place_of(connection, one.text_id)
    return boilerplate.stories(connection, hashes, place, one.story_id, one.text_id if is_past else None)


def mark_again(connection: Connection, text_id: int, marks: Fingerprint, old: Fingerprint | None = None) -> None:
    """Records the fingerprints of a text that has none, since they were dropped, or has these old ones."""
    if old is not None:
        fingerprints.take_out(connection, text_id, old)
    if marks.sketch is not None and fingerprints.lacks(connection, text_id):
        fingerprints.add(connection, text_id, marks)


def lookalikes(
    connection: Connection, one: StoredText, marks: Fingerprint, whole: Fingerprint | None = None
) -> list[Candidate]:
    """Its story's other texts and the likeliest of other stories, as a judge wants them; its pages' past left out."""
    pages = select(revision.c.page_id).where(revision.c.id.in_([bearer.revision_id for bearer in one.bearers]))
    past = connection.scalars(select(revision.c.text_id).where(revision.c.page_id.in_(pages)).distinct())
    key = match_key(one.text)
    like = texts.hits(connection, key, marks)
    if whole is not None:
        like = like.beside(texts.hits(connection, key, whole))
    like = like.apart_from(frozenset(past) | {one.text_id})
    own = list(connection.scalars(_mates, {"story": one.story_id, "text": one.text_id}))[:_OWN]
    others = [text_id for text_id in texts.likeliest(connection, one.text, marks, like) if text_id not in own]
    return texts.candidates(connection, like, [*own, *others][:MOST_CANDIDATES])


def stand_again(
    connection: Connection,
    revision_id: int,
    *,
    standing: int,
    reason: str,
    findings: Sequence[Finding],
    now: datetime,
) -> str | None:
    """Gives a revision its new standing and signs; answers why another copy stands for its story, when one does."""
    if connection.scalar(_accepted, {"revision": revision_id}) is not None:
        return None
    values = {"standing": standing, "standing_reason": reason}
    connection.execute(update(revision).where(revision.c.id == revision_id).values(values))
    look_again(connection, revision_id, findings, now)
    story_id = connection.scalar(select(revision.c.story_id).where(revision.c.id == revision_id))
    return merging.stand(connection, story_id, now, by=REGROUP) if story_id is not None else None


def join(connection: Connection, one: StoredText, verdict: Verdict, reason: str, now: datetime) -> bool:
    """Merges the stories of two texts, unless a person said otherwise or it has been done; answers whether it was."""
    here, there = (_story_of(connection, text_id) for text_id in (one.text_id, verdict.text_id))
    if here is None or there is None or here == there or there in decisions.apart_from(connection, here):
        return False
    if not _judge_again(connection, one.text_id, verdict.text_id, verdict.relation, now):
        return False
    merging.merge(connection, here, there, by=REGROUP, reason=reason, now=now)
    return True


def part(connection: Connection, one: StoredText, reason: str, now: datetime) -> bool:
    """Takes a text out of its story, unless a person put it there; answers whether it was done."""
    if is_said_same(connection, one):
        return False
    try:
        merging.split(connection, one.story_id, [one.text_id], by=REGROUP, reason=reason, now=now)
    except UndecidableError:
        return False
    return True


def is_said_same(connection: Connection, one: StoredText) -> bool:
    """Whether a person said that a text is the same as another one."""
    said = [link for link in relations.of_texts(connection, [one.text_id]) if link.decided_by != decisions.AUTO]
    return any(link.relation == "same" for link in said)


def is_forbidden(connection: Connection, one: int, other: int) -> bool:
    """Whether a person said that two stories are not the same."""
    return other in decisions.apart_from(connection, one)


def _stored(
    connection: Connection, text_id: int, body: str, revisions: Collection[int] | None = None
) -> StoredText | None:
    chosen = _bearers if revisions is None else _bearers.where(revision.c.id.in_(revisions))
    rows = connection.execute(chosen, {"text": text_id}).all()
    if not rows:
        return None
    first = rows[0]
    mates = connection.scalars(_mates, {"story": first.story_id, "text": text_id}).first()
    return StoredText(
        text_id=text_id,
        story_id=first.story_id,
        text=body,
        title=first.title,
        published_at=first.published_at,
        hosts=tuple(dict.fromkeys(row.host for row in rows)),
        bearers=[
            Bearer(
                revision_id=row.revision_id, url=row.url, title=row.title, standing=row.standing, details=row.details
            )
            for row in rows
        ],
        is_alone=mates is None,
        is_marked=not fingerprints.lacks(connection, text_id),
        left_out=fingerprints.left_out(connection, text_id),
    )


def _story_of(connection: Connection, text_id: int) -> int | None:
    return connection.scalar(
        select(revision.c.story_id)
        .join(story, story.c.id == revision.c.story_id)
        .where(revision.c.text_id == text_id)
        .order_by(revision.c.id)
        .limit(1)
    )


def _judge_again(connection: Connection, one: int, other: int, word: str, now: datetime) -> bool:
    """Keeps the newer verdict in the place of the older one; False when a person's word stands there."""
    pair = (relation.c.text_id == max(one, other)) & (relation.c.other_text_id == min(one, other))
    before = connection.execute(select(relation.c.decided_by).where(pair)).first()
    if before is not None and before.decided_by != decisions.AUTO:
        return False
    values = {"relation": word, "decided_at": now, "open": False}
    connection.execute(update(relation).where(pair).values(values))
    return True
