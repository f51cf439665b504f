"""Stories that turn out to be one, and one that turns out to be two. Old ids stay resolvable."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case, func, or_, select, update

from storage.db.errors import UndecidableError
from storage.rows import Decided, NamedText, RelationRow
from storage.schema import mention, page, revision, story
from storage.works import canonical, decisions, relations
from wangqi.copies.records import Relation
from wangqi.program import program

JOINING = frozenset({"same", "altered"})


def decide(
    connection: Connection, one: NamedText, other: NamedText, word: Relation, *, by: str, now: datetime
) -> Decided:
    """Carries out a person's `same` or `not_same` on two texts, and keeps it against every later verdict.

    Raises:
        UndecidableError: when both are the same text, or when an earlier word of a person forbids it.
    """
    if one.text_id == other.text_id:
        raise UndecidableError(
            f"{one.url} and {other.url} carry the very same text, letter by letter; there is nothing to decide."
        )
    decisions.say(connection, one.text_id, other.text_id, word, by=by, now=now)
    if word == "same" and one.story_id != other.story_id:
        if other.story_id in decisions.apart_from(connection, one.story_id):
            raise UndecidableError(
                f"Stories {one.story_id} and {other.story_id} hold other texts that a person called not_same;"
                f" `{program()} copies {one.story_id}` names them. Decide on those first."
            )
        reason = f"{by} said that they are the same"
        kept = merge(connection, one.story_id, other.story_id, by=by, reason=reason, now=now)
        return Decided(story_id=kept, other_story_id=kept, what=f"merged into story {kept}")
    if word == "not_same" and one.story_id == other.story_id:
        going = _going(connection, one, other)
        reason = f"{by} said that they are not the same"
        new = split(connection, one.story_id, going, by=by, reason=reason, now=now)
        ids = (new, one.story_id) if one.text_id in going else (one.story_id, new)
        return Decided(story_id=ids[0], other_story_id=ids[1], what=f"story {new} was taken out of {one.story_id}")
    return Decided(story_id=one.story_id, other_story_id=other.story_id, what="kept; nothing had to move")


def merge(connection: Connection, one: int, other: int, *, by: str, reason: str, now: datetime) -> int:
    """Makes two stories the older one of them; answers its id."""
    kept, gone = min(one, other), max(one, other)
    canonical.withdraw(connection, gone)
    connection.execute(update(revision).where(revision.c.story_id == gone).values(story_id=kept))
    as_copy = {
        "story_id": kept,
        "relation": func.coalesce(page.c.relation, "same"),
        "outcome": case((page.c.outcome == "stored", "copy"), else_=page.c.outcome),
    }
    connection.execute(update(page).where(page.c.story_id == gone).values(as_copy))
    connection.execute(update(mention).where(mention.c.story_id == gone).values(story_id=kept))
    was_here = or_(story.c.id == gone, story.c.merged_into == gone)
    connection.execute(update(story).where(was_here).values(merged_into=kept, status="merged"))
    decisions.settle(connection, kept)
    decisions.note(connection, gone, "merge", reason, now, by=by, other=kept)
    stand(connection, kept, now, by=by)
    return kept


def split(
    connection: Connection, story_id: int, text_ids: Sequence[int], *, by: str, reason: str, now: datetime
) -> int:
    """Takes these texts, with the pages that carry them now, out of a story; answers the id of the new one.

    Raises:
        UndecidableError: when no text would be left.
    """
    mine = revision.c.story_id == story_id
    moved = list(connection.scalars(select(revision.c.id).where(mine, revision.c.text_id.in_(text_ids))))
    left = select(revision.c.id).where(mine, revision.c.text_id.not_in(text_ids)).limit(1)
    if not moved or connection.scalar(left) is None:
        raise UndecidableError(f"Story {story_id} cannot be split: all its texts, or none, would have to go.")
    series_id = connection.scalar(select(story.c.series_id).where(story.c.id == story_id))
    new = canonical.stand_alone(connection, int(series_id or 0), moved, now)
    connection.execute(update(revision).where(revision.c.id.in_(moved)).values(story_id=new))
    # An id that was merged leads on to where its own text goes.
    was_here = (story.c.merged_into == story_id) & story.c.canonical_revision_id.in_(moved)
    connection.execute(update(story).where(was_here).values(merged_into=new))
    going = (page.c.story_id == story_id) & page.c.revision_id.in_(moved)
    stands = select(revision.c.page_id).join(story, story.c.canonical_revision_id == revision.c.id)
    digests = list(connection.scalars(select(page.c.url_sha256).where(going)))
    is_first = page.c.id == stands.where(story.c.id == new).scalar_subquery()
    values = {"story_id": new, "relation": case((is_first, None), else_=func.coalesce(page.c.relation, "same"))}
    connection.execute(update(page).where(going).values(values))
    named = mention.c.url_sha256.in_(digests) & (mention.c.story_id == story_id)
    connection.execute(update(mention).where(named).values(story_id=new))
    decisions.note(connection, story_id, "split", reason, now, by=by, other=new)
    stand(connection, story_id, now, by=by)
    return new


def stand(connection: Connection, story_id: int, now: datetime, *, by: str = decisions.AUTO) -> str | None:
    """Lets the best copy stand for the story; answers why, when it is another one than before."""
    return canonical.reconsider(connection, story_id, now, by)


def _going(connection: Connection, one: NamedText, other: NamedText) -> list[int]:
    """The texts that leave the story when these two part: one of the two, and those that are likest to that one."""
    stands: Any = select(revision.c.text_id).join(story, story.c.canonical_revision_id == revision.c.id)
    stays = connection.scalar(stands.where(story.c.id == one.story_id))
    leaving, staying = (one, other) if other.text_id == stays else (other, one)
    texts = list(connection.scalars(select(revision.c.text_id).where(revision.c.story_id == one.story_id).distinct()))
    return parted(texts, relations.of_texts(connection, texts), leaving.text_id, staying.text_id)


def parted(texts: Sequence[int], links: Sequence[RelationRow], leaving: int, staying: int) -> list[int]:
    """PURE: each text goes with the side that it is more like, in the order of ids; one that is like neither stays."""
    scores: dict[tuple[int, int], float] = {}
    for link in links:
        if link.relation in JOINING:
            pair = (min(link.text_id, link.other_text_id), max(link.text_id, link.other_text_id))
            scores[pair] = link.score
    going, rest = [leaving], [staying]
    for each in sorted(set(texts) - {leaving, staying}):
        to_going, to_rest = (
            max((scores.get((min(each, mate), max(each, mate)), 0.0) for mate in side), default=0.0)
            for side in (going, rest)
        )
        (going if to_going > to_rest else rest).append(each)
    return going
