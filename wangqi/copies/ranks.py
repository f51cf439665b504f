"""What the ranks of copies mean; `wangqi.copies.trust` gives them."""

from dataclasses import dataclass
from typing import Final, Literal

# From here on a copy shows strong signs of tampering or is on a site that is not to be trusted, and no story should
# rest on it while there is another copy.
TAMPERED: Final = 16
# From here on it is on a site that is neither verified nor one where the series lives.
ELSEWHERE: Final = 4
# Below this it is on a site that a person has verified.
VERIFIED: Final = 2
# How far a site is trusted, by the word of people.
Trust = Literal["verified", "known", "unknown", "suspect", "hijacked"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A rank, the lower the fitter, and the reason in words."""

    rank: int
    reason: str
