"""PURE: the order of a series by the numbers that a list of its publisher gives its stories."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain, pairwise
from typing import TypeVar

Key = TypeVar("Key")
_FEWEST = 3
_SHARE = 0.8  # of the stories are in the list
_LATER = 0.5  # of the steps along the list that lead to a later date, for it to begin with the oldest


def by_numbers(dated: Sequence[Key], numbers: Mapping[Key, int]) -> list[Key] | None:
    """The stories by number, the oldest first; one without a number behind the last one that is older by date.

    None where fewer than three or four fifths of them have a number, or two share one: then these are the numbers of
    several lists.

    Args:
        dated: All stories, by date.
        numbers: Of those that the list has, from whatever number it begins with; it may begin with the newest.
    """
    listed = sorted((one for one in dated if one in numbers), key=lambda one: numbers[one])
    if len(listed) < max(_FEWEST, _SHARE * len(dated)) or len({numbers[one] for one in listed}) < len(listed):
        return None
    dates = {one: place for place, one in enumerate(dated)}
    forward = sum(dates[one] < dates[other] for one, other in pairwise(listed))
    line = listed if forward >= _LATER * (len(listed) - 1) else listed[::-1]
    behind: dict[Key | None, list[Key]] = defaultdict(list)
    older: Key | None = None
    for one in dated:
        if one in numbers:
            older = one
        else:
            behind[older].append(one)
    return [*behind[None], *chain.from_iterable((one, *behind[one]) for one in line)]
