"""PURE: two texts as paragraphs side by side, each cut into pieces that are equal or changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final, Literal

from storage.rows import NamedText
from wangqi.copies.compare import compare
from wangqi.copies.records import Comparison
from wangqi.text.forms import display

Kind = Literal["equal", "number", "name", "word", "insert", "delete", "lost", "new"]
_LONGEST: Final = 2_000  # paragraphs that are paired by their content; beyond that by their order


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text. `lost` and `new` are sentences without a partner in the other text."""

    kind: Kind
    text: str


Paragraph = list[Piece]
Row = tuple[Paragraph, Paragraph]
_Mark = tuple[int, int, Kind]


def compared(first: NamedText, second: NamedText) -> Comparison:
    """With all that is known of both."""
    return compare(
        first.text,
        second.text,
        title_a=first.title,
        title_b=second.title,
        published_a=first.published_at,
        published_b=second.published_at,
        hosts_a=[first.host],
        hosts_b=[second.host],
    )


def side_by_side(first: str, second: str, comparison: Comparison) -> list[Row]:
    """Rows of two paragraphs each; an empty list stands for a paragraph that only the other text has."""
    first, second = display(first), display(second)
    left: list[_Mark] = [(*change.before_span, change.kind) for change in comparison.changes]
    right: list[_Mark] = [(*change.after_span, change.kind) for change in comparison.changes]
    if comparison.verdict == "different":
        left, right = [(0, len(first), "lost")], [(0, len(second), "new")]
    else:
        left += _places(first, comparison.lost, "lost")
        right += _places(second, comparison.new, "new")
    return list(_paired(_paragraphs(first, left), _paragraphs(second, right)))


def _places(text: str, sentences: Sequence[str], kind: Kind) -> list[_Mark]:
    """Where the sentences stand; they come in the order of the text."""
    found: list[_Mark] = []
    place = 0
    for sentence in sentences:
        start = text.find(sentence, place)
        if start >= 0:
            place = start + len(sentence)
            found.append((start, place, kind))
    return found


def _paragraphs(text: str, marks: Sequence[_Mark]) -> list[Paragraph]:
    """Overlapping marks: the one that begins first counts."""
    paragraphs: list[Paragraph] = [[]]
    for kind, stretch in _stretches(text, sorted(marks)):
        for number, line in enumerate(stretch.split("\n")):
            if number:
                paragraphs.append([])
            if line:
                paragraphs[-1].append(Piece(kind=kind, text=line))
    return [paragraph for paragraph in paragraphs if paragraph]


def _stretches(text: str, marks: Sequence[_Mark]) -> Iterator[tuple[Kind, str]]:
    place = 0
    for start, end, kind in marks:
        begin = max(start, place)
        if begin < end <= len(text):
            yield "equal", text[place:begin]
            yield kind, text[begin:end]
            place = end
    yield "equal", text[place:]


def _paired(first: list[Paragraph], second: list[Paragraph]) -> Iterator[Row]:
    """Paragraphs that are alike in their equal pieces stand in one row."""
    if max(len(first), len(second)) > _LONGEST:
        yield from _in_order(first, second)
        return
    matcher = SequenceMatcher(a=[_likeness(one) for one in first], b=[_likeness(one) for one in second], autojunk=False)
    for _, start, end, other_start, other_end in matcher.get_opcodes():
        yield from _in_order(first[start:end], second[other_start:other_end])


def _in_order(first: Sequence[Paragraph], second: Sequence[Paragraph]) -> Iterator[Row]:
    for left, right in zip_longest(first, second):
        yield left or [], right or []


def _likeness(paragraph: Paragraph) -> str:
    return "".join(char for piece in paragraph if piece.kind == "equal" for char in piece.text if char.isalnum())
