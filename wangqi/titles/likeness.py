"""A title taken apart, and whether two of them may be one: shortened, cut, decorated, or with another dash."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from wangqi.text.folding import fold
from wangqi.titles.issues import Numbering, numbering_of
from wangqi.titles.names import letters

_LONGEST = 300
SHORTEST = 4  # letters that tell one title from another
GRAM = 3
_CUT = re.compile(r"(?:…|\.{2,}|。{2,})[\s\])】]*$")
_BETWEEN = re.compile(r"[\W_]+")
_DATE = (
    r"(?:(?:19|20)?\d\d\s*[年./—-]\s*)?\d{1,2}\s*[月./—-]\s*\d{1,2}\s*[日号]?"
    r"|(?:19|20)\d{6}|(?:19|20)\d\d\s*[年./—-]\s*\d{1,2}\s*月?"
)
_DATE_AT_END = re.compile(
    rf"^\W*(?P<first>{_DATE})(?![\d%])(?:\s+\d\d?:\d\d)?\W*|\W*(?<![\d.])(?P<last>{_DATE})(?:\s+\d\d?:\d\d)?\W*$"
)
_LISTED = re.compile(r"^\W*(?P<n>\d{1,4})(?:[.、,:)\]】]\s*|\s+|(?<=0\d))(?=\D)")
_COUNTED = re.compile(r"(?<=[^\d.%])[\s(\[【]*(?P<n>\d{1,6})[\s)\]】]*$")
_DIGIT = re.compile(r"\d")  # that all three have
_DATES = frozenset({"date", "year"})
# Behind these the words go on: 第3期 is an issue wherever it stands, 第3章 names the chapter that follows it.
_ISSUES = frozenset("期号辑")
_LOOSE = frozenset({"end", "start", "mid"})  # numbers that are read here by where they stand
_PARTS = range(2, 10)  # what follows an unnumbered first part


@dataclass(frozen=True, slots=True)
class Title:
    """A title without what decorates it.

    Attributes:
        pieces: The letters between its signs, in order.
        number: Its plain sign of a part.
        is_front: Whether words follow that sign.
        date: Letters of a date at either end; `listed` a number before the words, `counted` one behind them.
        is_cut: It ends with ….
    """

    pieces: tuple[str, ...]
    number: Numbering | None = None
    is_front: bool = False
    date: str | None = None
    listed: int | None = None
    counted: int | None = None
    is_cut: bool = False

    @property
    def core(self) -> str:
        return "".join(self.pieces)


@lru_cache(maxsize=8_192)
def taken_apart(title: str) -> Title:
    """The title, with numbers and dates set aside."""
    text = fold(title[:_LONGEST])
    is_cut = _CUT.search(text) is not None
    text = _CUT.sub("", text)
    number = numbering_of(text)
    if number and (number.unit in _LOOSE or number.unit in _DATES):
        number = None
    is_front = False
    if number:
        is_front = len(letters(text[number.end :])) >= SHORTEST
        text = f"{text[: number.start]} | {text[number.end :]}"
    date = listed = counted = None
    if _DIGIT.search(text):
        text, date = _without(_DATE_AT_END, text)
        text, listed = _without(_LISTED, text)
        text, counted = _without(_COUNTED, text)
    pieces = tuple(piece for piece in _BETWEEN.split(text) if piece)
    return Title(
        pieces,
        number,
        is_front,
        date=_figures(date) if date else None,
        listed=int(listed) if listed else None,
        counted=int(counted) if counted else None,
        is_cut=is_cut,
    )


def _without(sign: re.Pattern[str], text: str) -> tuple[str, str | None]:
    found = sign.search(text)
    if not found:
        return text, None
    return text[: found.start()] + " " + text[found.end() :], next(filter(None, found.groups()), None)


def _figures(date: str) -> str:
    return "-".join(str(int(part)) for part in re.findall(r"\d+", date))


def contradict(one: Title, other: Title) -> bool:
    """Whether the numbers and dates of the two say that they are two stories."""
    if one.date and other.date and not (one.date.endswith(other.date) or other.date.endswith(one.date)):
        return True
    if None not in {one.listed, other.listed} and one.listed != other.listed:
        return True
    if one.counted != other.counted and (
        one.counted in _PARTS or other.counted in _PARTS or None not in {one.counted, other.counted}
    ):
        return True
    if one.number and other.number:
        return _differ(one, other)
    alone = one if one.number else other
    if alone.number is None or alone.number.unit in _ISSUES:
        return False
    return not alone.is_front


def _differ(one: Title, other: Title) -> bool:
    assert one.number
    assert other.number
    volumes = {one.number.volume, other.number.volume} - {0}
    if len(volumes) > 1:
        return True
    ours, theirs = set(numbers_of(one)), set(numbers_of(other))
    return not (ours and theirs and (ours <= theirs or theirs <= ours))


def may_be_one(line: str, title: str) -> bool:
    """Whether a line and a title can be those of one story; False only where their words or numbers say no.

    What both begin or end with is the name of a series, and says nothing.

    >>> may_be_one("缝补人生", "渡口人家｜缝补人生"), may_be_one("渡口人家｜缝补人生", "渡口人家｜摆渡的老陈")
    (True, False)
    """
    one, other = taken_apart(line), taken_apart(title)
    if contradict(one, other) and one.number and other.number:
        return False
    ours = "".join(piece for piece in one.pieces if piece not in other.pieces)
    theirs = "".join(piece for piece in other.pieces if piece not in one.pieces)
    if min(len(ours), len(theirs)) < GRAM or len(one.core) < SHORTEST:
        return True
    pairs, others = ({word[at : at + 2] for at in range(len(word) - 1)} for word in (ours, theirs))
    return 3 * len(pairs & others) >= min(len(pairs), len(others))


def numbers_of(title: Title) -> Sequence[int]:
    """Those of its issue, of a double issue both; none of a title without."""
    if title.number is None or title.number.value is None:
        return ()
    return range(title.number.value, (title.number.last or title.number.value) + 1)
