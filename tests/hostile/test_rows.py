"""The list says of each row which tests hold it; here, that they are there."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.rows import MARKS, of_test, rows

ROOT = Path(__file__).parents[2]
FUNCTION = re.compile(r"^(?:async )?def (test_\w+)", re.MULTILINE)


def known_tests() -> Iterator[str]:
    for file in ROOT.glob("tests/**/test_*.py"):
        for name in FUNCTION.findall(file.read_text(encoding="utf-8")):
            yield f"{file.relative_to(ROOT).as_posix()}::{name}"


def test_every_row_is_in_the_list_in_its_order() -> None:
    assert list(rows()) == MARKS


def test_every_test_that_is_listed_is_there() -> None:
    known = set(known_tests())
    assert {name for row in rows().values() for name in row.tests} <= known


def test_every_row_has_a_test_or_the_reason_why_there_is_none() -> None:
    held = {mark for name in known_tests() for mark in of_test(name)}
    assert [mark for mark, row in rows().items() if mark not in held and not row.lacks] == []
