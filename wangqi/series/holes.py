"""Numbers that a series must have had, and that no story has."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from wangqi.series.counting import Counting
from wangqi.titles.sequels import may_be_sequel, number_again

# Numbers that may be words or amounts; they count nothing by themselves.
_LOOSE = frozenset(
    {"date", "year", "上下", "mid", "roman", "end", "start", "论", "号", "天", "日", "场", "批", "站", "季"}
)
_SHARE = 0.5  # of the titles that print a number of one kind, for it to count the stories
_MOST = 8  # stretches that are told


def holes(stories: Iterable[tuple[str, int | None]], parsed: Counting | None = None) -> list[str]:
    """What the numbers of stories, held and named alike, say of others that nobody names: a sentence a volume.

    A 第7期 has had six before it. Numbers between two others are missing, too. `parsed` has read titles already.

    >>> holes([("街坊周刊第3期", 3), ("街坊周刊第6期", 6)])
    ['nobody names the numbers 1-2, 4-5, though there is a number 6']
    >>> holes([("论渡船的票价", None), ("三论渡船的票价", None)])
    ['nobody names the number 2 of “论渡船的票价”, though there is a number 3']
    """
    counted = list(stories)
    return [*_numbered(counted, parsed), *_spoken_of_again([title for title, _ in counted])]


def _spoken_of_again(titles: Sequence[str]) -> list[str]:
    """论票价 and 三论票价 have 再论票价 between them."""
    known: defaultdict[str, set[int]] = defaultdict(set)
    for theme, number in filter(None, map(number_again, titles if any(map(may_be_sequel, titles)) else ())):
        known[theme].add(number)
    told = (_describe(f"“{theme}”", numbers, set()) for theme, numbers in known.items() if len(numbers) > 1)
    return [sentence for sentence in told if sentence]


def _numbered(counted: Sequence[tuple[str, int | None]], parsed: Counting | None) -> list[str]:
    counting = (parsed or Counting()).over(title for title, _ in counted)
    printed = {title: counting.numbering(title) for title, _ in counted}
    units = {title: number.unit for title, number in printed.items() if number and number.value is not None}
    kind, times = next(iter(Counter(unit for unit in units.values() if unit not in _LOOSE).most_common(1)), ("", 0))
    if not times or times < _SHARE * len(printed):
        return []
    known: defaultdict[int, set[int]] = defaultdict(set)
    otherwise: defaultdict[int, set[int]] = defaultdict(set)  # 第1部分, where the others are part 2 and part 3
    for title, ordinal in counted:
        unit = units.get(title)
        if unit is not None and unit not in _LOOSE:
            for volume, one in counting.issues(title, ordinal):
                (known if unit == kind else otherwise)[volume].add(one)
    told = (_describe(volume, numbers, otherwise[volume]) for volume, numbers in sorted(known.items()))
    return [sentence for sentence in told if sentence]


def _describe(volume: int | str, numbers: set[int], otherwise: set[int]) -> str:
    stretches = wanting(numbers | {one for one in otherwise if one < max(numbers)})
    if not stretches:
        return ""
    shown = ", ".join(f"{first}-{last}" if first < last else f"{first}" for first, last in stretches[:_MOST])
    more = f" and {len(stretches) - _MOST} stretches more" if len(stretches) > _MOST else ""
    within = f" of {volume}" if volume else ""
    word = "number" if len(stretches) == 1 and stretches[0][0] == stretches[0][1] else "numbers"
    return f"nobody names the {word} {shown}{more}{within}, though there is a number {max(numbers)}"


def wanting(numbers: Iterable[int]) -> Sequence[tuple[int, int]]:
    """The stretches from 1 to the greatest number in which none is known, each as its first and last."""
    found: list[tuple[int, int]] = []
    expected = 1
    for number in sorted(set(numbers)):
        if number > expected:
            found.append((expected, number - 1))
        expected = max(expected, number + 1)
    return found
