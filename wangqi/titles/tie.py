"""Why two pages may be parts of one work, and how surely."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tie:
    """Why two pages may be parts of one work.

    Attributes:
        strength: From 0 to 1. From `LIKELY` on it is enough by itself; below, something else has to promise the series.
        reason: In words, for a person.
        numbers: What the two count, where both do: the page's own number, and the other's.
        is_bare: Whether it rests on the numbers alone, without a name.
    """

    strength: float
    reason: str
    numbers: tuple[int, int] | None = None
    is_bare: bool = False
