"""Four times the page takes about four times the work, whatever the page is made of."""

from collections.abc import Callable

import pytest

from benchmarks.shapes import SHAPES, work

SMALL = 16_000  # bytes
TIMES = 4
READINGS = 3
ALLOWED = 2.2 * TIMES  # the square of TIMES would be 16


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_work_grows_with_the_page_and_not_with_its_square(shape: tuple[str, Callable[[int], str]]) -> None:
    small, large = [], []
    for _ in range(READINGS):  # one may be taken while the machine is busy with other things
        small.append(max(work(*shape, SMALL), 0.02))
        large.append(work(*shape, TIMES * SMALL, readings=1))
        if min(large) < ALLOWED * min(small):
            break
    assert min(large) < ALLOWED * min(small)
