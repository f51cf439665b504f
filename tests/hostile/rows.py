"""The list of rows, and the tests that hold each of them."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

MARKS: Final = [*(f"row_{number:02}" for number in range(1, 62)), *(f"seen_{number:02}" for number in range(1, 24))]
_LIST: Final = Path(__file__).parent / "rows.toml"
_NAMED: Final = re.compile(r"(?:::test_|_and_)(row_\d\d)_")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        about: What is promised.
        tests: That hold it and do not say so by their names, as FILE::FUNCTION.
        lacks: What no test shows, and why; "" where nothing is left.
    """

    about: str
    tests: tuple[str, ...] = ()
    lacks: str = ""


@cache
def rows() -> dict[str, Row]:
    """By their marks."""
    told: dict[str, dict[str, Any]] = tomllib.loads(_LIST.read_text(encoding="utf-8"))
    return {
        f"row_{key}" if key.isdecimal() else key: Row(**{**row, "tests": tuple(row.get("tests", ()))})
        for key, row in told.items()
    }


def of_test(node: str) -> Iterable[str]:
    """The marks of the rows that a test of this pytest id holds."""
    function = node.partition("[")[0]
    return sorted({*_NAMED.findall(function), *(mark for mark, row in rows().items() if function in row.tests)})
