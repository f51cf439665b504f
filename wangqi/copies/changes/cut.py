"""Whether a later text is the beginning of the earlier one, so that its end may only not have come."""

from itertools import takewhile
from typing import Final, NamedTuple

from wangqi.copies.changes.appearance import Appearance
from wangqi.copies.prepared import prepared

_ENDS: Final = frozenset("。！？!?…”’」』）)】》；;.:：")
_LOST: Final = 0.4  # of the earlier text at its end; an editor takes out a last paragraph
_BEFORE: Final = 0.1  # of what is left, and may differ: the last line of a cut text is read in one way or another
_SHORT, _MOST_BEFORE = 20, 0.3  # characters of a line that is no sentence


class Cut(NamedTuple):
    """A text without its end.

    Attributes:
        is_answer: The answer's bytes broke off, so that even a later visit with the same text does not make it whole.
    """

    reason: str
    is_answer: bool


def cut_of(before: Appearance, after: Appearance) -> Cut | None:
    """How the later text was cut, or None."""
    if before.shell and after.shell and before.shell.is_ended and not after.shell.is_ended:
        return Cut("the page ended before its </html>, which it had before", is_answer=True)
    old, new = prepared(before.text).key, prepared(after.text).key
    if len(new) >= len(old) or not new:
        return None
    lost = _lost_at_end(before, after)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    is_beginning = len(new) - same <= min(max(_SHORT, _BEFORE * len(new)), _MOST_BEFORE * len(new))
    breaks_off = is_beginning and same >= len(new) - 2 and _breaks_off(before.text, after.text)
    if breaks_off or lost >= _LOST or (is_beginning and 1 - len(new) / len(old) >= _LOST):
        where = "in the middle of a sentence" if breaks_off else f"after {len(new) / len(old):.0%} of it"
        return Cut(f"it is the beginning of the earlier text, and ends {where}", is_answer=False)
    return None


def _breaks_off(before: str, after: str) -> bool:
    """Whether the later text ends where the earlier one goes on: inside a sentence, or with more lines to come."""
    last, lines = after.rsplit("\n", 1)[-1], before.split("\n")
    if not last or last in lines:
        return False
    if last[-1] not in _ENDS:
        return last in before
    return any(line.startswith(last) for line in lines[:-1])


def _lost_at_end(before: Appearance, after: Appearance) -> float:
    """Share of the earlier text behind its last sentence that is left; 0 when sentences before that are gone too."""
    kept = {sentence.key for sentence in prepared(after.text).sentences}
    sizes = [(len(sentence.key), sentence.key in kept) for sentence in prepared(before.text).sentences]
    total = sum(size for size, _ in sizes)
    last = max((place for place, (_, is_kept) in enumerate(sizes) if is_kept), default=None)
    if last is None or not total:
        return 0.0
    inside = sum(size for size, is_kept in sizes[:last] if not is_kept)
    own = sum(len(sentence.key) for sentence in prepared(after.text).sentences) - sum(
        size for size, is_kept in sizes if is_kept
    )
    if inside > _BEFORE * total or own > _BEFORE * total:
        return 0.0
    return sum(size for size, _ in sizes[last + 1 :]) / total
