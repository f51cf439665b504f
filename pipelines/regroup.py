"""The archive judged once more, by the present version: what would change, and the change."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Final, Literal

from pipelines.deduplicate import registry_of
from pipelines.trimming import trim
from storage import Archive
from storage.rows import Bearer, StoredText
from wangqi.copies.fingerprint import fingerprint
from wangqi.copies.judge import judged
from wangqi.copies.records import SKETCH_VERSION, Candidate, Fingerprint, Judge, NewText, Verdict
from wangqi.copies.trust import Registry, look
from wangqi.text.forms import match_key
from wangqi.text.paragraphs import countable

_BATCH: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that the present version sees otherwise.

    Attributes:
        kind: `standing` of one copy, `merge` of two stories, `split` of a copy from its story.
        other_story_id: The one to merge with, else None.
        before: The standing so far; `after` likewise.
    """

    kind: Literal["standing", "merge", "split"]
    story_id: int
    other_story_id: int | None
    url: str
    reason: str
    before: int | None = None
    after: int | None = None


def regroup(archive: Archive, *, apply: bool) -> Iterator[Change]:
    """Every change, in the order of the texts; carried out before it is answered when `apply` is set.

    What people have said stands. Memory holds one batch of texts at a time, and the pairs that a dry run has named.
    """
    registry = registry_of(archive)
    if apply:
        archive.begin_walk(SKETCH_VERSION)
        # Passes of their own: the first text must find the last one as well, and know what all of them repeat.
        for some in _batches(archive):
            archive.count_paragraphs([(one, countable(one.text)) for one in some])
        for one in _texts(archive):
            _mark(archive, one)
    named: set[tuple[int, int]] = set()
    for one in _texts(archive):
        for bearer in one.bearers:
            yield from _standing(archive, one, bearer, registry, apply=apply)
        yield from _grouping(archive, one, named, apply=apply)


def restand(archive: Archive, site: str, *, apply: bool) -> Iterator[Change]:
    """Every copy on a site and its subdomains that stands otherwise by what is known of it now; as `regroup`."""
    registry = registry_of(archive)
    for host in archive.hosts_below(site):
        after: int | None = 0
        while after is not None:
            found, after = archive.texts_on(host, after, _BATCH)
            for one in found:
                for bearer in one.bearers:
                    yield from _standing(archive, one, bearer, registry, apply=apply)


def _texts(archive: Archive) -> Iterator[StoredText]:
    return chain.from_iterable(_batches(archive))


def _batches(archive: Archive) -> Iterator[list[StoredText]]:
    after: int | None = 0
    while after is not None:
        found, after = archive.stored_texts(after, _BATCH)
        yield found


def _standing(
    archive: Archive, one: StoredText, bearer: Bearer, registry: Registry, *, apply: bool
) -> Iterator[Change]:
    seen = look(one.text, title=bearer.title, url=bearer.url, details=bearer.details, registry=registry)
    if seen.standing.rank == bearer.standing:
        return
    reason = seen.standing.reason
    if apply:
        rank = seen.standing.rank
        reason = archive.stand_again(bearer.revision_id, standing=rank, reason=reason, findings=seen.findings) or reason
    yield Change(
        kind="standing",
        story_id=one.story_id,
        other_story_id=None,
        url=bearer.url,
        reason=reason,
        before=bearer.standing,
        after=seen.standing.rank,
    )


def _mark(archive: Archive, one: StoredText) -> None:
    """Gives a text the fingerprints that it would have been given, had everything been known when it came.

    The first two stories of a series keep whole ones: a changed template is known by theirs.
    """
    if one.is_marked and one.left_out:
        return
    whole = _whole(one)
    bare, _, _ = _looked_up(archive, one, whole, is_past=True)
    if not one.is_marked:
        archive.mark_again(one.text_id, bare)
    elif bare is not whole:
        archive.mark_again(one.text_id, bare, old=whole)


def _looked_up(
    archive: Archive, one: StoredText, whole: Fingerprint, *, is_past: bool = False
) -> tuple[Fingerprint, Judge, list[Candidate]]:
    """The text without its template, its judge, and what they find."""
    new = NewText(text=one.text, title=one.title, published_at=one.published_at, hosts=one.hosts)
    candidates = archive.lookalikes(one, whole)
    sharing = partial(archive.sharing, one, is_past=is_past)
    bare, judge = trim(whole, new, candidates, sharing, judging=partial(judged, thorough=True))
    if bare is not whole:
        candidates = archive.lookalikes(one, bare, whole)
    return bare, judge, candidates


def _grouping(archive: Archive, one: StoredText, named: set[tuple[int, int]], *, apply: bool) -> Iterator[Change]:
    _, judge, candidates = _looked_up(archive, one, _whole(one))
    joining = [verdict for verdict in judge(candidates) if verdict.joins]
    story_of = {candidate.text_id: candidate.story_id for candidate in candidates}
    change = partial(Change, story_id=one.story_id, url=one.bearers[0].url)
    others = [verdict for verdict in joining if story_of[verdict.text_id] != one.story_id]
    if others:
        best: Verdict = max(others, key=lambda verdict: verdict.score)
        other = story_of[best.text_id]
        pair = (min(one.story_id, other), max(one.story_id, other))
        reason = str(best.evidence.get("reason", best.relation))
        if pair in named or archive.is_forbidden(*pair):
            return
        if not apply or archive.join(one, best, reason):
            named.add(pair)
            yield change(kind="merge", other_story_id=other, reason=reason)
    elif not one.is_alone and not joining and story_of and one.story_id in story_of.values():
        reason = "it is not what any other copy of its story is"
        if archive.is_said_same(one) or _stands(archive, one):
            return
        if not apply or archive.part(one, reason):
            yield change(kind="split", other_story_id=None, reason=reason)


def _stands(archive: Archive, one: StoredText) -> bool:
    """Whether it is the text that stands for the story; the others would have to go."""
    return archive.text(str(one.story_id)).text_id == one.text_id


def _whole(one: StoredText) -> Fingerprint:
    """Of all of the text, as if it came in now."""
    return fingerprint(match_key(one.text), one.text)
