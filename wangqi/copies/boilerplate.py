"""Two texts without what their series repeats, so that only their own words are compared.

A mirror may have changed the note and the footer too, so a paragraph goes as well when the other text's template
has most of it. Else a spun copy of a short story would look like a long text around it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

import numpy as np

from wangqi.copies.prepared import prepared
from wangqi.copies.records import Candidate
from wangqi.copies.shingles import STRANGERS, Words, grams, similarity
from wangqi.text.paragraphs import LEAST_REST, STORIES, keyed
from wangqi.text.sentences import hash64

_OWN = 40  # key characters that make a story of its own
_SHARE = 0.10  # of each text; less may be the mark of the site
_NEARLY = 0.5  # of a paragraph's 3-grams; with 30 % of its words swapped it keeps .47 to .56, a stranger has .02


def own_words(first: str, second: str, template: Collection[int]) -> tuple[str, str] | None:
    """Both display forms without the template; whole when one is all template; None when they are two stories.

    They are two when so little is left of one that it proves nothing, and the other does not even have that.
    """
    if not template:
        return first, second
    sides = [[(key, line, hash64(key) in template) for key, line in keyed(text) if key] for text in (first, second)]
    frame = {key for side in sides for key, _, is_template in side if is_template}
    if not frame:
        return first, second
    known = _grams(frame)
    kept = [
        [(key, line) for key, line, is_template in side if not is_template and not _has(known, key)] for side in sides
    ]
    left, right = ("".join(key for key, _ in side) for side in kept)
    if min(len(left), len(right)) >= LEAST_REST:
        one, other = ("\n".join(line for _, line in side) for side in kept)
        return one, other
    return (first, second) if left in right or right in left else None


def are_one_frame(first: str, second: str) -> bool:
    """Whether two texts are strangers but for whole paragraphs: two stories of a series that nobody knows yet."""
    one, other = (dict.fromkeys(key for key, _ in keyed(text) if key) for text in (first, second))
    rests = ["".join(key for key in side if key not in (one.keys() & other.keys())) for side in (one, other)]
    for rest, side in zip(rests, (one, other), strict=True):
        if len(rest) < max(_OWN, _SHARE * sum(map(len, side))):
            return False
    return similarity(*map(grams, rests))[1] < STRANGERS


def nearly(text: str, template: Collection[int], others: Sequence[str]) -> frozenset[int]:
    """The paragraphs of a text that are template, or nearly have one that is template in another text."""
    own = {hash64(key): key for key, _ in keyed(text) if key}
    frame = {key for other in others for key, _ in keyed(other) if key and hash64(key) in template}
    exact = own.keys() & template
    if not frame:
        return frozenset(exact)
    known = _grams(frame)
    return frozenset(exact | {each for each, key in own.items() if _has(known, key)})


def shared(text: str, candidates: Sequence[Candidate]) -> frozenset[int]:
    """Paragraphs that the new text shares with two other stories or more, each with text of its own besides.

    Without that condition the halves and collections of a story would make its own paragraphs look like template.
    What two other stories share letter by letter is template as well when the new text nearly has it: one edited note.
    """
    own = prepared(text).paragraphs
    others = [(each.story_id, prepared(each.text)) for each in candidates]
    stories: defaultdict[int, set[int]] = defaultdict(set)
    for story_id, other in others:
        for paragraph in _between(own, other.paragraphs):
            stories[paragraph].add(story_id)
    found = {paragraph for paragraph, ids in stories.items() if len(ids) >= STORIES - 1}
    for (one_id, one), (other_id, other) in combinations(others, 2):
        alike = (one.paragraphs.keys() & other.paragraphs.keys()) - own.keys() - found
        if alike and one_id != other_id and are_one_frame(one.text, other.text):
            keys = {hash64(key): key for key, _ in keyed(one.text)}
            found |= {each for each in alike if _has(prepared(text).grams, keys[each])}
    return frozenset(found)


def _between(one: dict[int, int], other: dict[int, int]) -> Iterator[int]:
    """The paragraphs of both, when each has text of its own besides."""
    common = one.keys() & other.keys()
    if common and all(sum(size for key, size in each.items() if key not in common) >= _OWN for each in (one, other)):
        yield from common


def _grams(keys: Collection[str]) -> Words:
    return np.unique(np.concatenate([grams(key) for key in keys]))


def _has(known: Words, key: str) -> bool:
    """Whether a paragraph's 3-grams are mostly among these."""
    of_key = grams(key)
    return len(key) > 2 and len(np.intersect1d(of_key, known, assume_unique=True)) >= _NEARLY * len(of_key)
