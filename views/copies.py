"""PURE: the copies of a story, in plain words."""

from collections.abc import Iterator, Sequence
from typing import Any

from storage.rows import Copies, CopyRow, DecisionRow, RelationRow
from views.cells import cell
from wangqi.program import program

_SINCE = {
    "tampered": "tampered with since",
    "other_story": "another story since",
    "doubtful": "doubtful since",
    "truncated": "cut short since",
}
_ALARMS = ((0.9, "strong sign"), (0.5, "sign"), (0.0, "hint"))


def describe_copies(found: Copies) -> tuple[str, str]:
    """What stands before the table of copies and what comes after it; several lines each, safe for a terminal."""
    story = found.story
    count = len({copy.page_id for copy in found.copies if copy.page_story_id == story.id})
    pages = "1 page carries" if count == 1 else f"{count} pages carry"
    lines = [
        f"《{cell(story.title)}》: story {story.id}. {pages} it.",
        f"{cell(story.url)} stands for it: {_why(found)}.",
    ]
    if story.status == "only_tampered_copies":
        lines.append("No copy of it is fit to stand for it: do not take this text for genuine.")
        lines.append(f"It is looked for elsewhere{_sought(found)}.")
    return "\n".join(lines) + "\n", "\n".join([*_signs(found.copies), *_links(found), *_decisions(found.decisions)])


def _sought(found: Copies) -> str:
    return f", last on {cell(found.sought_at)}" if found.sought_at else ", from the next crawl on"


def row(copy: CopyRow, story_id: int) -> dict[str, Any]:
    """A line of the table of the copies of this story."""
    role = _SINCE.get(copy.change or "") or copy.relation or "same"
    if copy.page_story_id != story_id:
        role = f"seen on a page of story {copy.page_story_id}"
    return {
        "revision": f"r{copy.revision_id}",
        "relation": "stands for it" if copy.is_canonical else role,
        "page now": "" if copy.now_story_id in {story_id, None} else f"carries story {copy.now_story_id}",
        "host": copy.host,
        "standing": copy.standing_reason,
        "seen": _seen(copy),
        "outcome": copy.outcome,
        "url": copy.url,
    }


def _seen(copy: CopyRow) -> str:
    """Its claims and flaws besides, where it has any."""
    listed = f"in a column on {cell(copy.listed_at)}" if copy.listed_at else ""
    original = f"calls {copy.original_url} its original" if copy.original_url else ""
    return "; ".join(filter(None, [listed, original, copy.flaws]))


def _why(found: Copies) -> str:
    stands = next((copy for copy in found.copies if copy.is_canonical), None)
    if stands is None:
        return "its page carries something else by now, and no other copy is fitter"
    if len(found.copies) == 1:
        return cell(f"it is on {stands.standing_reason or 'no reason kept'}, and there is no other copy")
    return cell(found.reason or f"it is on {stands.standing_reason or 'no reason kept'}")


def _signs(copies: Sequence[CopyRow]) -> Iterator[str]:
    for copy in copies:
        if copy.findings:
            yield f"What speaks against r{copy.revision_id} on {cell(copy.host)}:"
        for sign in sorted(copy.findings, key=lambda one: -one.score):
            word = next(word for least, word in _ALARMS if sign.score >= least)
            yield f"  {word}, {cell(sign.label)}: {cell(sign.summary or sign.evidence)} ({cell(sign.detector)})"


def _links(found: Copies) -> Iterator[str]:
    mine = {copy.text_id for copy in found.copies}
    others = [link for link in found.links if not {link.text_id, link.other_text_id} <= mine]
    if others:
        yield "Texts of other stories that were compared with it:"
    for link in others:
        yield f"  {_link(link)}"


def _link(link: RelationRow) -> str:
    by = "" if link.decided_by == "auto" else f", said {cell(link.decided_by)}"
    case = f"; open, see `{program()} review`" if link.open else ""
    reason = link.evidence.get("reason") if isinstance(link.evidence, dict) else None
    return f"text {link.text_id} is {link.relation} of text {link.other_text_id}{by}: {cell(reason)}{case}"


def _decisions(decisions: Sequence[DecisionRow]) -> Iterator[str]:
    if decisions:
        yield "What was decided:"
    for one in decisions:
        what = {
            "merge": f"story {one.story_id} became part of story {one.other_story_id}",
            "split": f"story {one.other_story_id} was taken out of story {one.story_id}",
            "status": "fit or not",
        }.get(one.kind, "another copy")
        yield f"  {cell(one.decided_at)}  {what}: {cell(one.reason)} ({cell(one.decided_by)})"
