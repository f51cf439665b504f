"""PURE: a story as it is found and judged without what its host or series repeats."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial

from wangqi.copies.boilerplate import nearly
from wangqi.copies.fingerprint import fingerprint
from wangqi.copies.judge import judged
from wangqi.copies.records import Candidate, Fingerprint, Judge, NewText, Sharing, Verdict
from wangqi.text.forms import key_of_display
from wangqi.text.paragraphs import LEAST_REST, countable, paragraph_hashes, repeated, without_repeated

Judging = Callable[[NewText, Sequence[Candidate]], list[Verdict]]


def trim(
    whole: Fingerprint, new: NewText, candidates: Sequence[Candidate], sharing: Sharing, *, judging: Judging = judged
) -> tuple[Fingerprint, Judge]:
    """The fingerprint of a text without its template, and its judge; `partial(trim, whole, new)` is a `Trim`.

    Template is what three stories or more of a host or series carry, and what nearly is such a paragraph of a
    candidate: a mirror may have changed the note as well as the story.
    """
    asked = dict.fromkeys(whole.paragraphs)
    for candidate in candidates:
        asked |= dict.fromkeys(countable(candidate.text))
    template = repeated(sharing(list(asked)))
    if not template:
        return whole, partial(judging, new)
    left_out = nearly(new.text, template, [candidate.text for candidate in candidates])
    return without(whole, new.text, left_out), partial(judging, replace(new, repeated=template | left_out))


def without(whole: Fingerprint, text: str, template: Collection[int]) -> Fingerprint:
    """A fingerprint of the text that leaves these paragraphs out, and says so.

    A text of which next to nothing would be left is a story after all, which others quote; it is taken whole.
    """
    bare = without_repeated(text, template)
    key = key_of_display(bare)
    if bare == text or len(key) < LEAST_REST:
        return whole
    return replace(
        fingerprint(key, bare),
        paragraphs=whole.paragraphs,
        left_out=tuple(each for each in paragraph_hashes(text) if each in template),
    )
