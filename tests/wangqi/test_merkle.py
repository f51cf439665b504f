"""Merkle trees beside the definitions of RFC 6962, section 2.1."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangqi.merkle import EMPTY, path, root, root_from


def defined(leaves: list[bytes]) -> bytes:
    """The RFC's own words: MTH({d(0)}) and MTH(D[n]), split at the largest power of two that is smaller than n."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\x01" + defined(leaves[:half]) + defined(leaves[half:])).digest()


@given(st.lists(st.binary(max_size=40), max_size=70))
def test_a_root_is_that_of_the_rfc(leaves: list[bytes]) -> None:
    assert root(leaves) == defined(leaves)


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=70), st.data())
def test_a_path_leads_to_the_root_and_no_other_leaf_has_it(leaves: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(leaves) - 1))
    steps = path(leaves, place)
    assert root_from(leaves[place], steps) == root(leaves)
    assert root_from(leaves[place] + b"!", steps) != root(leaves)


def test_a_leaf_cannot_pose_as_a_node() -> None:
    one, other = (hashlib.sha256(b"\x00" + leaf).digest() for leaf in (b"a", b"b"))
    assert root([one + other]) != root([b"a", b"b"])


@pytest.mark.parametrize(
    ("leaves", "hexadecimal"),
    [
        # https://github.com/google/certificate-transparency, the vectors of its Merkle tree test
        ([""], "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (["", "00"], "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        (["", "00", "10"], "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
    ],
)
def test_known_roots(leaves: list[str], hexadecimal: str) -> None:
    assert root([bytes.fromhex(leaf) for leaf in leaves]).hex() == hexadecimal
    assert root([]) == EMPTY
