"""Where a story's text belongs: to a story the archive holds, or to a new one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from storage.frontier.page_state import KnownPage
from storage.recording import aliases
from storage.recording.lookup import Found, look_up
from storage.texts import texts
from storage.works import decisions
from wangqi.copies.ranks import TAMPERED
from wangqi.copies.records import Finding, Judge, Trim, Verdict
from wangqi.outcomes import Outcome
from wangqi.text.sanitise import storable, storable_key
from wangqi.versions import rule_of
from wangqi.visit import MarkedReading


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The decision.

    Attributes:
        story_id: None when a new story is to be made.
        text_id: None when the page's text and title are as before.
        is_new_text: Whether no page carried it before.
        relation: Of the text to the story's older ones, None for the first.
        known: Where the story is known from, for a copy.
        page_moves: Whether the page counts for the story from now on.
        shares_nothing: Not one fingerprint of the page's earlier texts is left in this one.
        is_reread: It was read by another rule than before, which speaks of us and not of the page.
        verdicts: To be kept as relations.
    """

    outcome: Outcome
    reason: str
    story_id: int | None
    text_id: int | None = None
    is_new_text: bool = False
    relation: str | None = None
    known: str | None = None
    page_moves: bool = True
    shares_nothing: bool = False
    is_reread: bool = False
    verdicts: Sequence[Verdict] = ()

    @property
    def findings(self) -> Sequence[Finding]:
        return [finding for verdict in self.verdicts for finding in verdict.findings]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A story that the text belongs to."""

    story_id: int
    relation: str
    url: str
    text_id: int | None = None


def place(
    connection: Connection,
    page: KnownPage,
    new: MarkedReading,
    judge: Judge | None,
    *,
    trim: Trim | None = None,
    addresses: Sequence[str] = (),
) -> Match:
    """Decides, and keeps the text if it is new. The judge is not asked about a text that is stored already.

    `addresses` are others of this very page: where one of them was read, no text needs to be compared.
    """
    reading, marks = new
    sha256 = texts.digest(reading.text)
    is_reread = rule_of(page.extractor_version or reading.extractor_version) != rule_of(reading.extractor_version)
    if page.text_sha256 == sha256 and page.revision_title == storable(reading.title) and not is_reread:
        return Match(
            outcome="unchanged",
            reason="text and title are as before",
            story_id=page.story_id,
            relation=page.relation,
        )
    match: _Known | None = None
    verdicts: Sequence[Verdict] = ()
    shares_nothing = False
    text_id = texts.known_id(connection, sha256)
    is_new_text = text_id is None
    if text_id is not None:
        match = _equal(connection, page, new, text_id)
    else:
        found = look_up(connection, page, new, judge, trim)
        match, verdicts = _alike(connection, page, new, found)
        if match and match.relation != "same" and _is_nearer(found, match.text_id):
            match = None  # an edit of its own text, however like another story that one is
        verdicts = [*verdicts, *_beside_itself(connection, page, new, found)]
        shares_nothing = match is None and _shares_nothing(page, found)
        text_id = texts.add(connection, reading.text, marks.match_key, found.fingerprint)
    if page.revision_id is None:
        match = match or _known_by_address(connection, addresses)
        placed = _copy(match) if match else _new()
    elif match and match.story_id != page.story_id:
        placed = _elsewhere(page, match)
    else:
        shares_nothing = shares_nothing and not is_reread
        is_other = shares_nothing and page.revision_title_key != storable_key(marks.title_key)
        placed = _another(page, new) if is_other else _here(page, sha256, is_reread=is_reread)
    return replace(
        placed,
        text_id=text_id,
        is_new_text=is_new_text,
        verdicts=verdicts,
        shares_nothing=shares_nothing,
        is_reread=is_reread,
    )


def _equal(connection: Connection, page: KnownPage, new: MarkedReading, text_id: int) -> _Known | None:
    is_short = len(new.marks.match_key) < texts.SHORT_KEY
    carriers = texts.carriers(connection, text_id, new.marks.title_key if is_short else None)
    apart = _apart(connection, page)
    carriers = [carrier for carrier in carriers if carrier.story_id not in apart]
    # The page's own story first: an edit that was taken back is no copy of anything.
    carriers.sort(key=lambda carrier: carrier.story_id != page.story_id)
    return (
        _Known(story_id=carriers[0].story_id, relation="same", url=carriers[0].url, text_id=text_id)
        if carriers
        else None
    )


def _alike(
    connection: Connection, page: KnownPage, new: MarkedReading, looked_up: Found
) -> tuple[_Known | None, Sequence[Verdict]]:
    """The story of the best verdict that joins, or of an equal match key that was not judged; and all verdicts."""
    found = {one.text_id: one for one in looked_up.candidates}
    judge = looked_up.judge
    verdicts = [one for one in judge(looked_up.candidates) if one.text_id in found] if judge and found else []
    apart = _apart(connection, page)
    allowed = [verdict for verdict in verdicts if verdict.joins and found[verdict.text_id].story_id not in apart]
    joining = max(allowed, key=lambda verdict: verdict.score, default=None)
    if joining is not None:
        url = texts.carriers(connection, joining.text_id)[0].url
        return _Known(
            story_id=found[joining.text_id].story_id, relation=joining.relation, url=url, text_id=joining.text_id
        ), verdicts
    unjudged = looked_up.like.same_key - looked_up.own - {verdict.text_id for verdict in verdicts}
    equals = (_equal(connection, page, new, text_id) for text_id in sorted(unjudged))
    return next(filter(None, equals), None), verdicts


def _known_by_address(connection: Connection, addresses: Sequence[str]) -> _Known | None:
    known = aliases.story_at(connection, addresses)
    return _Known(story_id=known[0], relation="same", url=known[1]) if known else None


def _apart(connection: Connection, page: KnownPage) -> frozenset[int]:
    """The stories that the page cannot belong to, because a person has said so of one that it carried."""
    return decisions.apart_from(connection, page.story_id) if page.story_id is not None else frozenset()


def _beside_itself(connection: Connection, page: KnownPage, new: MarkedReading, looked_up: Found) -> Sequence[Verdict]:
    """The new text beside the page's last one, when one of them was tampered with: what was done, word by word."""
    judge = looked_up.judge
    if judge is None or page.text_id is None or page.standing is None:
        return ()
    if (page.standing >= TAMPERED) is (new.marks.standing.rank >= TAMPERED):
        return ()
    found = texts.candidates(connection, looked_up.wide, [page.text_id])
    return [replace(verdict, open=False) for verdict in judge(found) if verdict.joins]


def _is_nearer(found: Found, text_id: int | None) -> bool:
    """Whether one of the page's own earlier texts has more in common with the new one."""
    bands = found.wide.bands
    best = max((bands[one] for one in found.own), default=0)
    return text_id is not None and best > bands[text_id]


def _shares_nothing(page: KnownPage, found: Found) -> bool:
    """Whether nothing of the page's earlier texts is left; under a new title the address was given to another story."""
    like = found.like
    if not found.fingerprint.bands or not page.is_sketched:
        return False
    return not any(like.bands[each] or like.sentences[each] or each in like.same_key for each in found.own)


def _new() -> Match:
    return Match(outcome="stored", reason="no story of the archive has this text", story_id=None)


def _copy(match: _Known) -> Match:
    relation = "the same text as" if match.relation == "same" else f"{match.relation}, beside"
    return Match(
        outcome="copy",
        reason=f"{relation} {match.url}",
        story_id=match.story_id,
        relation=match.relation,
        known=match.url,
    )


def _here(page: KnownPage, sha256: bytes, *, is_reread: bool) -> Match:
    changed = "the title changed" if page.text_sha256 == sha256 else "the text changed"
    if is_reread:
        changed = f"{changed if page.text_sha256 != sha256 else 'the text is as before'}; it is read by another rule"
    return Match(outcome="revised", reason=changed, story_id=page.story_id, relation=page.relation)


def _elsewhere(page: KnownPage, match: _Known) -> Match:
    """The page keeps its story; the new text is filed under the one that it belongs to."""
    changed = f"the page now carries story {match.story_id}, known from {match.url}; it keeps story {page.story_id}"
    return Match(outcome="revised", reason=changed, story_id=match.story_id, relation=match.relation, page_moves=False)


def _another(page: KnownPage, new: MarkedReading) -> Match:
    changed = f"the page now carries another story, {new.reading.title!r}, in place of story {page.story_id}"
    return Match(outcome="revised", reason=changed, story_id=None)
