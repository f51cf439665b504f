"""What one visit of one page leaves in the archive, inside one transaction."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from sqlalchemy import Connection, bindparam, update

from storage.db.dialects import Inserts, insert_for, left_alone
from storage.files import shown
from storage.frontier import discovery, page_state
from storage.frontier.due import FURTHER, LISTING, PART, wake_further
from storage.frontier.page_state import KnownPage
from storage.recording import aliases, captures, changes, doubts, holding, mentions, parts, revisions
from storage.recording.match import Match, place
from storage.schema import capture, relation, revision
from storage.texts import boilerplate, findings, spin_pairs
from storage.works import canonical, decisions, merging
from wangqi.copies.changes import Weigh, weigh
from wangqi.copies.records import Judge, Trim
from wangqi.outcomes import HELD, Change, Outcome
from wangqi.visit import MarkedReading, Recorded, Visit

_CUT_SHORT = "the page shows its first part only, and no way to the others; the whole text is kept"
_mark_capture = update(capture).where(capture.c.id == bindparam("capture")).values(change=bindparam("what"))
_mark_revision = update(revision).where(revision.c.id == bindparam("revision")).values(change=bindparam("what"))
# What was decided once, by a person or earlier, stands.
_add_relation = Inserts(relation, left_alone)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recording:
    connection: Connection
    visit: Visit
    before: KnownPage
    now: datetime


def record_visit(
    connection: Connection,
    visit: Visit,
    judge: Judge | None,
    now: datetime,
    trim: Trim | None = None,
    *,
    weighing: Weigh | None = None,
) -> Recorded:
    """Stores capture, payload, text, revision, story, mentions, findings, relations and discoveries of one visit."""
    before = page_state.known(connection, visit, now)
    if parts.is_cut_short(connection, before, visit):
        visit = replace(visit, reading=None, marks=None, outcome="truncated", reason=_CUT_SHORT)
    recording = _Recording(connection=connection, visit=visit, before=before, now=now)
    new = visit.story
    # Who could not have the first part before may have read the story from a later one on.
    addresses = [*visit.aliases, *(part.url for part in visit.parts)]
    placed = place(connection, before, new, judge, trim=trim, addresses=addresses) if new else _kept(recording)
    if new and placed.text_id is not None:
        if held := holding.hold_of(connection, before, visit, weighing or weigh, now):
            return _hold(recording, new, placed, held)
        new = holding.taken(connection, before, new, placed.text_id)
    if new and visit.reason:
        placed = replace(placed, reason=f"{placed.reason}; {visit.reason}")
    placed = _as_filled(visit, placed)
    payload = captures.keep_payload(connection, visit, before)
    outcome, reason = placed.outcome, placed.reason
    capture_id = captures.add(connection, visit, before, payload=payload, outcome=outcome, reason=reason)
    revision_id, story_id = before.revision_id, placed.story_id
    change = changes.of_visit(before, visit, placed)
    is_new = new is not None and placed.text_id is not None
    if new and is_new:
        revision_id, story_id, change = _revise(recording, new, placed, (capture_id, payload), change)
        placed = _as_filled(visit, _taking_over(recording, new, placed, revision_id))
    new_pages = discovery.add_discovered(connection, before, visit, visit.discoveries, now)
    outcome = _settle(recording, placed, payload, revision_id, story_id, names_new=new_pages > 0)
    if is_new:
        _stand(recording, placed)
    doubts.keep(connection, before.id, visit, now)
    if outcome == LISTING and new_pages:
        further = [link.url for link in visit.discoveries if link.via == FURTHER]
        wake_further(connection, visit.series_id, visit.run_id, further, now)
    is_other_list = mentions.store(
        connection, before.id, revision_id if visit.story else None, visit.series_id, visit.named
    )
    if is_other_list and placed.outcome == "unchanged":
        change = "list_only"
    if change and capture_id is not None:
        connection.execute(_mark_capture, {"capture": capture_id, "what": change})
    _name(recording, placed, story_id, is_new=is_new)
    shown.take_bodies(connection, revision_id, visit.parts if is_new else ())
    return Recorded(
        page_id=before.id,
        outcome=outcome,
        reason=placed.reason,
        story_id=story_id,
        revision_id=revision_id,
        new_pages=new_pages,
        known=placed.known,
    )


def _hold(recording: _Recording, new: MarkedReading, placed: Match, held: holding.Hold) -> Recorded:
    """Keeps what came as a revision that does not stand; the page carries what it carried, and leads nowhere new."""
    connection, visit, before = recording.connection, recording.visit, recording.before
    assert before.story_id is not None
    payload = captures.keep_payload(connection, visit, before)
    capture_id = captures.add(connection, visit, before, payload=payload, outcome=held.word, reason=held.reason)
    change = cast("Change", held.word) if held.word in HELD else None
    if held.again is None:
        owner = before.story_id if placed.story_id is None or placed.page_moves else placed.story_id
        row = _row(recording, new, placed, (capture_id, payload)) | {"story_id": owner, "change": change}
        row |= {"held": held.word, "held_visits": held.visits}
        revision_id = revisions.add(connection, row, visit.series_id, new.reading.files)
        findings.add(connection, revision_id, (*new.marks.findings, *placed.findings, *held.findings), recording.now)
    else:
        revision_id = held.again
        holding.count(connection, revision_id, held.visits)
    if change and capture_id is not None:
        connection.execute(_mark_capture, {"capture": capture_id, "what": change})
    outcome = page_state.settle(
        connection,
        before,
        replace(visit, rows=before.row_count),
        recording.now,
        names_new=False,
        outcome=held.word,
        reason=held.reason,
        payload_sha256=payload or before.payload_sha256,
        story_id=before.story_id,
        revision_id=before.revision_id,
        relation=before.relation,
    )
    return Recorded(
        page_id=before.id,
        outcome=outcome,
        reason=held.reason,
        story_id=before.story_id,
        revision_id=revision_id,
    )


def _name(recording: _Recording, placed: Match, story_id: int | None, *, is_new: bool) -> None:
    """Lets all addresses of the story lead to it: the page's own, its aliases, and those of its parts."""
    connection, visit, now = recording.connection, recording.visit, recording.now
    if visit.outcome == PART:
        parts.wake_first(connection, visit, now)
    if visit.parts:
        parts.add(
            connection, recording.before, visit, story_id if placed.page_moves else recording.before.story_id, now
        )
    if story_id is None or not placed.page_moves:
        return
    if visit.story and is_new:
        mentions.resolve(connection, visit.url, visit.series_id, visit.story.marks.title_key, story_id)
    if visit.aliases:
        aliases.add(connection, recording.before, visit, story_id, now)
        for url in visit.aliases:
            mentions.resolve(connection, url, visit.series_id, "", story_id)


def _stand(recording: _Recording, placed: Match) -> None:
    """Lets the best copy stand for the story that the page counts for, unless it is its first text."""
    before = recording.before
    story_id = placed.story_id if before.revision_id is None else before.story_id
    if story_id is not None:
        merging.stand(recording.connection, story_id, recording.now)


def _settle(
    recording: _Recording,
    placed: Match,
    payload: bytes | None,
    revision_id: int | None,
    story_id: int | None,
    *,
    names_new: bool,
) -> Outcome:
    before = recording.before
    lacks = recording.visit.lacks if recording.visit.story else ""
    return page_state.settle(
        recording.connection,
        before,
        recording.visit,
        recording.now,
        names_new=names_new,
        outcome="incomplete" if lacks else placed.outcome,
        reason=f"{lacks}; {placed.reason}" if lacks else placed.reason,
        payload_sha256=payload or before.payload_sha256,
        story_id=story_id if placed.page_moves else before.story_id,
        revision_id=revision_id,
        relation=placed.relation if placed.page_moves else before.relation,
    )


def _kept(recording: _Recording) -> Match:
    """A visit that brought no story leaves the page's story and its last good revision as they are."""
    visit, before = recording.visit, recording.before
    outcome, reason = visit.outcome, visit.reason
    if outcome == "unchanged" and before.story_id is None:  # what has not changed is what it was
        outcome = "listing" if before.row_count is not None else "failed"
        reason = reason if outcome == "listing" else f"{reason}; but it was never read"
    return Match(outcome=outcome, reason=reason, story_id=before.story_id, relation=before.relation)


def _revise(
    recording: _Recording, new: MarkedReading, placed: Match, came: captures.Came, change: Change | None
) -> tuple[int, int, Change | None]:
    """Adds the revision, and the story if it is a new one; answers the ids of both, and what the change means."""
    connection, before, marks = recording.connection, recording.before, new.marks
    story_id = placed.story_id
    if story_id is None:
        story_id = canonical.add_story(connection, recording.visit.series_id, new, first_seen_at=recording.now)
    row = _row(recording, new, placed, came) | {"story_id": story_id, "change": change}
    revision_id = revisions.add(connection, row, recording.visit.series_id, new.reading.files)
    if placed.story_id is None:
        canonical.set_first(connection, story_id, recording.visit.series_id, revision_id, new)
    elif placed.page_moves and before.story_id == story_id:
        follows = canonical.follow_page(
            connection, story_id, before.id, revision_id, standing=marks.standing.rank, now=recording.now
        )
        if not follows:
            change = "tampered"
            connection.execute(_mark_revision, {"revision": revision_id, "what": change})
    found = (*marks.findings, *placed.findings, *changes.flags(before, placed, change))
    findings.add(connection, revision_id, found, recording.now)
    for verdict in placed.verdicts:
        findings.against_text(connection, verdict.text_id, verdict.against, recording.now)
    _relations(recording, placed)
    if placed.text_id is not None and placed.is_new_text:
        where = boilerplate.Place(before.host, before.series_id)
        boilerplate.count(connection, placed.text_id, marks.fingerprint.paragraphs, where, story_id)
    _learn(recording, placed)
    return revision_id, story_id, change


def _row(recording: _Recording, new: MarkedReading, placed: Match, came: captures.Came) -> dict[str, object]:
    visit, before = recording.visit, recording.before
    source = revisions.Source(before.id, visit.url, came[0], captures.bytes_of(visit, before, came[1]))
    assert placed.text_id is not None
    return revisions.row_of(
        recording.connection,
        new,
        source,
        text_id=placed.text_id,
        parent_id=before.revision_id,
        now=recording.now,
    )


def _as_filled(visit: Visit, placed: Match) -> Match:
    """A new story that its page has not brought itself has a word of its own."""
    is_filled = visit.outcome == "filled" and placed.outcome == "stored"
    return replace(placed, outcome="filled") if is_filled else placed


def _taking_over(recording: _Recording, new: MarkedReading, placed: Match, revision_id: int) -> Match:
    """A copy that is fitter than the one before it is the story, and the other is the copy."""
    if placed.outcome != "copy" or placed.story_id is None:
        return placed
    why = canonical.take_over(
        recording.connection, placed.story_id, revision_id, new, url=recording.visit.url, relation=placed.relation
    )
    if why is None:
        return placed
    reason = f"fitter to stand for the story than {placed.known}"
    noted = f"{recording.visit.url} stands for it now: {why}"
    decisions.note(recording.connection, placed.story_id, "canonical", noted, recording.now)
    return replace(placed, outcome="stored", relation=None, known=None, reason=reason)


def _relations(recording: _Recording, placed: Match) -> None:
    rows = [
        {
            "text_id": placed.text_id,
            "other_text_id": verdict.text_id,
            "relation": verdict.relation,
            "score": verdict.score,
            "evidence": verdict.evidence,
            "decided_at": recording.now,
            "open": verdict.open,
        }
        for verdict in placed.verdicts
    ]
    if rows:
        recording.connection.execute(insert_for(recording.connection, _add_relation), rows)


def _learn(recording: _Recording, placed: Match) -> None:
    for verdict in placed.verdicts:
        if verdict.spun is not None and placed.text_id is not None:
            pair = (placed.text_id, verdict.text_id)
            spun, other = pair if verdict.spun == "new" else pair[::-1]
            place = f"{recording.visit.url}, {verdict.relation} of text {verdict.text_id}"
            spin_pairs.learn(recording.connection, verdict.swaps, spun_text=spun, other_text=other, place=place)
