"""PURE: a story as it is found and judged without what its host or series repeats."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial

from wangqi.copies import NewText, fingerprint, repeated, without_repeated
from wangqi.copies.boilerplate import nearly
from wangqi.copies.judge import judged
from wangqi.text.forms import key_of_display
from wangqi.text.paragraphs import LEAST_REST, countable, paragraph_hashes
from wangqi.visit import Candidate, Judge, Sharing, StoryText, Verdict

Judging = Callable[[NewText, Sequence[Candidate]], list[Verdict]]


def trim(
    story: StoryText, new: NewText, candidates: Sequence[Candidate], sharing: Sharing, *, judging: Judging = judged
) -> tuple[StoryText, Judge]:
    """The story with fingerprints without its template, and its judge; `partial(trim, story, new)` is a `Trim`.

    Template is what three stories or more of a host or series carry, and what nearly is such a paragraph of a
    candidate: a mirror may have changed the note as well as the story.
    """
    asked = dict.fromkeys(story.paragraphs)
    for candidate in candidates:
        asked |= dict.fromkeys(countable(candidate.text))
    template = repeated(sharing(list(asked)))
    if not template:
        return story, partial(judging, new)
    left_out = nearly(story.text, template, [candidate.text for candidate in candidates])
    return without(story, left_out), partial(judging, replace(new, repeated=template | left_out))


def without(story: StoryText, template: Collection[int]) -> StoryText:
    """The same with fingerprints that leave these paragraphs out, and say so; the text and its key stay whole.

    A text of which next to nothing would be left is a story after all, which others quote; it is taken whole.
    """
    bare = without_repeated(story.text, template)
    key = key_of_display(bare)
    if bare == story.text or len(key) < LEAST_REST:
        return story
    marks = fingerprint(key, bare)
    return replace(
        story,
        sketch=marks.sketch,
        bands=marks.bands,
        sentences=marks.sentences,
        sketch_version=marks.version,
        left_out=tuple(each for each in paragraph_hashes(story.text) if each in template),
    )
