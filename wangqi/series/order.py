"""PURE: the order of a series, as numbers, dates and 往期 blocks give it."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from statistics import fmean, median
from typing import Protocol, TypeVar

from wangqi.series.counting import Counting, Issue

Key = TypeVar("Key", bound=Hashable)
_A_DAY = timedelta(days=1)
_FEWEST_PARTS = 3
_INDEX = 0.8  # of the stories are in a list that is an index of them
_AGREED = 0.95  # of its steps from line to line are in all of them


class Dated(Protocol):
    """A story as its order needs it."""

    @property
    def id(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def ordinal(self) -> int | None: ...
    @property
    def published_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Block:
    """One 往期 block.

    Attributes:
        namer: The story it stands in, None of a page that is no story.
        lines: Keys, from the top.
        is_copy: Whether its page is not the one that stands for the story: a mirror puts its own order on its lines.
    """

    namer: Hashable | None
    lines: Sequence[Hashable]
    is_copy: bool = False


def newest_first(order: Mapping[Hashable, int], blocks: Iterable[Block]) -> bool:
    """Whether the blocks of a series list the newest first, as most do; by the lines whose places are known."""
    steps = [
        order[upper] > order[lower]
        for block in blocks
        for upper, lower in pairwise(line for line in block.lines if line in order)
    ]
    return 2 * sum(steps) >= len(steps)


def agreed_order(dated: Sequence[Hashable], blocks: Sequence[Block]) -> list[Hashable] | None:
    """The order of an index of the whole series that its members carry, the oldest first; None where they carry none.

    An index lists nearly all stories, often but for the one it stands in. It is the publisher's own order, and more
    than the dates: part 7 may have appeared first.

    Args:
        dated: All stories, by date.
        blocks: Of which at least three and half of the stories' number must be such an index, and nearly agree.
    """
    places = {key: place for place, key in enumerate(dated)}
    lists = ([line for line in block.lines if line in places] for block in blocks)
    indexes = [lines for lines in lists if len(lines) + 1 >= _INDEX * len(dated)]
    if len(dated) < _FEWEST_PARTS or len(indexes) < max(_FEWEST_PARTS, len(dated) / 2):
        return None
    line = _by_mean_place(indexes)
    if len(line) < len(dated):
        return None
    rank = {key: at for at, key in enumerate(line)}
    steps = [rank[one] < rank[other] for index in indexes for one, other in pairwise(index)]
    if sum(steps) < _AGREED * len(steps):
        return None
    by_date = sum(places[one] < places[other] for one, other in pairwise(line))
    return line if 2 * by_date >= len(line) - 1 else line[::-1]


def _by_mean_place(indexes: Iterable[Sequence[Hashable]]) -> list[Hashable]:
    """All that the indexes list, by the mean of its places in them: what each of them lacks weighs nothing then."""
    shares: dict[Hashable, list[float]] = defaultdict(list)
    for index in indexes:
        for at, key in enumerate(index):
            shares[key].append((at + 0.5) / len(index))
    return sorted(shares, key=lambda key: fmean(shares[key]))


def with_missing(order: Sequence[Key], missing: Sequence[Key], blocks: Iterable[Block]) -> list[Key]:
    """Puts each missing story where the blocks that name it agree that it stands; those that no block names are last.

    Between two lines of a block it stands between their stories; below all of them, or alone, just before the story
    that names it. Of several blocks the middle answer counts. `blocks` are gone through twice.
    """
    places: dict[Hashable, int] = {key: place for place, key in enumerate(order)}
    down = newest_first(places, blocks)
    wanted = set(missing)
    answers: dict[Hashable, list[tuple[float, int]]] = defaultdict(list)
    for block in blocks:
        lines = block.lines if down else block.lines[::-1]
        below = _next_places(lines, places)
        above: Hashable | None = block.namer
        depth = 0
        for at, line in enumerate(lines):
            if line in places:
                above, depth = line, 0
            elif line in wanted:
                depth += 1
                if above in places:
                    answers[line].append((places[above] - 0.5, depth))
                elif (next_place := below[at]) is not None:
                    answers[line].append((next_place + 0.5, -len(lines) + depth))
    ranked: list[tuple[float, float, int, Key]] = [(float(place), 0.0, 0, key) for place, key in enumerate(order)]
    for number, key in enumerate(missing):
        given = answers.get(key)
        place = median(place for place, _ in given) if given else float(len(order))
        step = -median(step for _, step in given) if given else float(number)
        ranked.append((place, step, number, key))
    return [key for *_, key in sorted(ranked, key=lambda entry: entry[:3])]


def _next_places(lines: Sequence[Hashable], places: Mapping[Hashable, int]) -> list[int | None]:
    """Of each line the place of the first one at or below it whose place is known."""
    found: list[int | None] = []
    below: int | None = None
    for line in reversed(lines):
        below = places.get(line, below)
        found.append(below)
    return found[::-1]


def conflicts(
    stories: Sequence[Dated], blocks: Sequence[Block], zone: tzinfo = UTC, parsed: Counting | None = None
) -> list[str]:
    """Where numbers, dates (on the clock of `zone`) and blocks disagree, each once, in words; `stories` in order.

    Blocks of copies are left out. `parsed` has read titles already.
    """
    blocks = [block for block in blocks if not block.is_copy]
    counting = (parsed or Counting()).over(one.title for one in stories)
    found = [*_shared_numbers(stories, counting), *_number_against_date(stories, counting, zone)]
    places: dict[Hashable, int] = {one.id: place for place, one in enumerate(stories)}
    titles: dict[Hashable, str] = {one.id: one.title for one in stories}
    down = newest_first(places, blocks)
    said: dict[tuple[Hashable, Hashable], list[Hashable | None]] = defaultdict(list)
    for block in blocks:
        known = [line for line in block.lines if line in places]
        for upper, lower in pairwise(known):
            newer, older = (upper, lower) if down else (lower, upper)
            if places[newer] < places[older]:
                said[newer, older].append(block.namer)
    for (newer, older), namers in said.items():
        who = "、".join(f"《{titles[namer]}》" for namer in namers if namer in titles) or "a page"
        found.append(f"《{titles[newer]}》 stands before 《{titles[older]}》, but is listed as the newer one by {who}")
    return found


def _shared_numbers(stories: Sequence[Dated], counting: Counting) -> Iterable[str]:
    by_number: dict[Issue, list[Dated]] = defaultdict(list)
    for one in stories:
        for issue in counting.issues(one.title, one.ordinal):
            by_number[issue].append(one)
    for (_, number), sharing in sorted(by_number.items()):
        if len(sharing) > 1:
            yield f"number {number} is on {len(sharing)} stories: " + "、".join(f"《{one.title}》" for one in sharing)


def _number_against_date(stories: Sequence[Dated], counting: Counting, zone: tzinfo) -> Iterable[str]:
    both: list[tuple[Issue, datetime, Dated]] = sorted(
        (
            (issue, one.published_at, one)
            for one in stories
            if (issue := counting.issue(one.title, one.ordinal)) and one.published_at is not None
        ),
        key=lambda entry: entry[:2],
    )
    for (issue, day, one), (other_issue, other_day, other) in pairwise(both):
        if issue < other_issue and day - other_day >= _A_DAY:
            yield (
                f"《{one.title}》 has number {issue[1]} and the date {day.astimezone(zone):%Y-%m-%d}, "
                f"《{other.title}》 number {other_issue[1]} and {other_day.astimezone(zone):%Y-%m-%d}"
            )
