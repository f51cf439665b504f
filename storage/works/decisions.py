"""What was decided about stories and their copies, and the word of people, which outranks every verdict."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Insert, Row, bindparam, insert, or_, select, update

from storage.db.dialects import Inserts, insert_for
from storage.rows import DecisionRow, OpenCase
from storage.schema import decision, page, relation, revision, story

AUTO = "auto"
_WORD = ("relation", "evidence", "decided_by", "decided_at", "open")


def _upsert(statement: Any) -> Insert:  # noqa: ANN401 - the two dialects' Inserts share no class of their own
    said: Insert = statement.on_conflict_do_update(
        index_elements=["text_id", "other_text_id"], set_={key: statement.excluded[key] for key in _WORD}
    )
    return said


_say = Inserts(relation, _upsert)
_texts = select(revision.c.text_id).where(revision.c.story_id == bindparam("story"))
_apart = (
    select(revision.c.story_id)
    .join(relation, relation.c.other_text_id == revision.c.text_id)
    .where(relation.c.relation == "not_same", relation.c.text_id.in_(_texts))
    .union(
        select(revision.c.story_id)
        .join(relation, relation.c.text_id == revision.c.text_id)
        .where(relation.c.relation == "not_same", relation.c.other_text_id.in_(_texts))
    )
)
_first = (
    select(revision.c.text_id, page.c.url, revision.c.title, revision.c.story_id)
    .join(page, page.c.id == revision.c.page_id)
    .where(revision.c.text_id.in_(bindparam("ids", expanding=True)))
    .order_by(revision.c.id.desc())
)


def note(
    connection: Connection,
    story_id: int,
    kind: str,
    reason: str,
    now: datetime,
    *,
    by: str = AUTO,
    other: int | None = None,
) -> None:
    """Writes down that something about a story was changed."""
    row = {
        "story_id": story_id,
        "other_story_id": other,
        "kind": kind,
        "reason": reason,
        "decided_by": by,
        "decided_at": now,
    }
    connection.execute(insert(decision), row)


def say(connection: Connection, one: int, other: int, word: str, *, by: str, now: datetime) -> None:
    """Keeps a person's word on two texts; what the judge had said stays readable in the evidence."""
    newer, older = max(one, other), min(one, other)
    before = connection.execute(
        select(relation).where(relation.c.text_id == newer, relation.c.other_text_id == older)
    ).first()
    evidence: dict[str, Any] = dict(before.evidence) if before else {}
    if before:
        evidence["before"] = {"relation": before.relation, "decided_by": before.decided_by}
    row = {
        "text_id": newer,
        "other_text_id": older,
        "relation": word,
        "score": before.score if before else 0.0,
        "evidence": evidence,
        "decided_by": by,
        "decided_at": now,
        "open": False,
    }
    connection.execute(insert_for(connection, _say), row)


def apart_from(connection: Connection, story_id: int) -> frozenset[int]:
    """The stories of which a person has said that they are not this one."""
    return frozenset(connection.scalars(_apart, {"story": story_id})) - {story_id}


def of_story(connection: Connection, story_id: int) -> list[DecisionRow]:
    """Oldest first; also those that made another story part of this one."""
    mine = or_(
        decision.c.story_id == story_id,
        decision.c.story_id.in_(select(story.c.id).where(story.c.merged_into == story_id)),
    )
    rows = connection.execute(select(decision).where(mine).order_by(decision.c.id))
    return [DecisionRow(**row._asdict()) for row in rows]


def settle(connection: Connection, story_id: int) -> None:
    """Closes the cases between texts of one story: making them one story has answered them."""
    mine = select(revision.c.text_id).where(revision.c.story_id == story_id)
    within = relation.c.open & relation.c.text_id.in_(mine) & relation.c.other_text_id.in_(mine)
    connection.execute(update(relation).where(within).values(open=False))


def open_cases(connection: Connection, limit: int) -> list[OpenCase]:
    """The pairs that a person should decide, the likest first.

    Not those that a person's word on other texts of the same two stories has answered.
    """
    query = select(relation).where(relation.c.open).order_by(relation.c.score.desc(), relation.c.text_id)
    found: list[OpenCase] = []
    place = 0
    while len(found) < limit and (pairs := connection.execute(query.offset(place).limit(limit)).all()):
        cases = _cases(connection, pairs)
        apart = {case.story_id: apart_from(connection, case.story_id) for case in cases}
        found += [case for case in cases if case.other_story_id not in apart[case.story_id] | {case.story_id}]
        place += len(pairs)
    return found[:limit]


def _cases(connection: Connection, pairs: Sequence[Row[*tuple[Any, ...]]]) -> list[OpenCase]:
    ids = {one for pair in pairs for one in (pair.text_id, pair.other_text_id)}
    first = {row.text_id: row for row in connection.execute(_first, {"ids": sorted(ids)})} if ids else {}
    return [
        OpenCase(
            story_id=first[pair.text_id].story_id,
            other_story_id=first[pair.other_text_id].story_id,
            title=first[pair.text_id].title,
            other_title=first[pair.other_text_id].title,
            url=first[pair.text_id].url,
            other_url=first[pair.other_text_id].url,
            verdict=str(pair.evidence.get("verdict", pair.relation)),
            score=pair.score,
            reason=str(pair.evidence.get("reason", "")),
            evidence=pair.evidence,
        )
        for pair in pairs
        if pair.text_id in first and pair.other_text_id in first
    ]


def close(connection: Connection, one: int, other: int) -> None:
    """The case is no longer open; its relation stays as it is."""
    newer, older = max(one, other), min(one, other)
    chosen = (relation.c.text_id == newer) & (relation.c.other_text_id == older)
    connection.execute(update(relation).where(chosen).values(open=False))
