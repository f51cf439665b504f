"""What a changed page means for those who keep it."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from sqlalchemy import func

from storage.frontier.page_state import KnownPage
from storage.recording.match import Match
from storage.schema import revision
from storage.texts.texts import digest
from wangqi.copies.ranks import TAMPERED
from wangqi.copies.records import HISTORY, Finding
from wangqi.outcomes import HELD, OUTCOMES, REREAD, STORIES, Change
from wangqi.text.sanitise import storable_key
from wangqi.visit import MarkedReading, Visit

_VERSION: Final = 1
# A sign, but no proof: publishers, too, give an address to another story.
_FLAGGED: Final = 0.6
_STRANGE: Final = frozenset({"tampered", "other_story"})
_STANDING: Final = STORIES - HELD  # the newest bytes are those of the text that stands


# Of a revision: its page has changed, and not our reading of it.
is_of_publisher: Final = func.coalesce(revision.c.change, "") != REREAD


def of_visit(before: KnownPage, visit: Visit, placed: Match) -> Change | None:
    """What this visit changed of a page that had carried a story; None for nothing, and for a first reading.

    Whether only the list of other stories changed is seen later, when it is stored.
    """
    if before.story_id is None or before.revision_id is None:
        return None
    if visit.story is None:
        return OUTCOMES[placed.outcome].ends_story_as if placed.outcome != before.outcome else None
    if placed.text_id is None:
        return "cleaned" if before.outcome in _STRANGE else None
    if placed.story_id != before.story_id:
        return "other_story"
    return _of_text(before, visit, visit.story)


def _of_text(before: KnownPage, visit: Visit, new: MarkedReading) -> Change:
    """What became of the words of a page that carries the story that it carried."""
    if before.outcome in _STANDING and not visit.parts and _brought_the_same(before, visit):
        return REREAD
    is_fit_again = (before.standing or 0) >= TAMPERED > new.marks.standing.rank
    if before.outcome in _STRANGE or is_fit_again:
        return "cleaned"
    is_same = before.revision_title_key == storable_key(new.marks.title_key)
    is_same = is_same and before.key_sha256 == digest(new.marks.match_key)
    return "cosmetic" if is_same else "substantive"


def _brought_the_same(before: KnownPage, visit: Visit) -> bool:
    body = visit.capture.body if visit.capture else None
    return body is not None and sha256(body).digest() == before.payload_sha256


def flags(before: KnownPage, placed: Match, change: Change | None) -> Sequence[Finding]:
    """The finding on a page whose text was replaced as a whole: the address may have been taken over."""
    replaced = change == "other_story" or (change in {"substantive", "tampered", "cleaned"} and placed.shares_nothing)
    if not replaced:
        return ()
    before_it = {"story_before": before.story_id, "revision_before": before.revision_id}
    finding = Finding(
        detector=HISTORY,
        version=_VERSION,
        label="text_replaced",
        score=_FLAGGED,
        summary=f"{placed.reason}; nothing of what the page said before is left",
        measured={"summary": placed.reason, **before_it},
    )
    return (finding,)
