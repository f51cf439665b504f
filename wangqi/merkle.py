"""PURE: Merkle trees as RFC 6962 (section 2.1) has them: hashed apart, no leaf can pose as a node."""

import hashlib
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

EMPTY: Final = hashlib.sha256(b"").digest()
_LEAF, _NODE = b"\x00", b"\x01"


class Step(NamedTuple):
    """What a digest on the way to the root is joined with, and on which side of it that stands."""

    side: Literal["left", "right"]
    digest: bytes


def root(leaves: Sequence[bytes]) -> bytes:
    """Over these digests, in their order.

    >>> root([]).hex()[:8], root([b"a"]).hex()[:8]
    ('e3b0c442', '022a6979')
    """
    if not leaves:
        return EMPTY
    level = [hashlib.sha256(_LEAF + leaf).digest() for leaf in leaves]
    while len(level) > 1:
        level = _above(level)
    return level[0]


def path(leaves: Sequence[bytes], place: int) -> list[Step]:
    """What leads from the leaf at this place to the root."""
    level = [hashlib.sha256(_LEAF + leaf).digest() for leaf in leaves]
    steps: list[Step] = []
    while len(level) > 1:
        beside = place ^ 1
        if beside < len(level):
            steps.append(Step("left" if beside < place else "right", level[beside]))
        level, place = _above(level), place // 2
    return steps


def root_from(leaf: bytes, steps: Sequence[Step]) -> bytes:
    """Where a path leads; it proves the leaf when that is the root."""
    digest = hashlib.sha256(_LEAF + leaf).digest()
    for side, other in steps:
        digest = hashlib.sha256(_NODE + (other + digest if side == "left" else digest + other)).digest()
    return digest


def _above(level: Sequence[bytes]) -> list[bytes]:
    """The level above; a last one without a neighbour goes up as it is, which is RFC 6962's split at a power of two."""
    pairs = [hashlib.sha256(_NODE + level[at] + level[at + 1]).digest() for at in range(0, len(level) - 1, 2)]
    return pairs + list(level[len(pairs) * 2 :])
