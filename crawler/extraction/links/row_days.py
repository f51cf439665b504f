"""Days beside the rows of a list."""

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from crawler.extraction.links.lines import Anchor, Line
from crawler.extraction.links.page import Page

_DAY = re.compile(r"(?<!\d)(?:(?:19|20)\d\d\s*[-./年]\s*)?[01]?\d\s*[-./月]\s*[0-3]?\d(?!\d)")
_MAY_BE_DAY = re.compile(r"\d\s*[-./月]\s*\d")
_FOOT = re.compile(r"ICP备|公网安备|版权所有|许可证|copyright|all rights reserved|©|powered by|强力驱动", re.IGNORECASE)
_WEEKDAY = 4  # letters that may stand beside a day: 日, 星期三
_LONGEST_DAY = 24  # characters of a line that is a row's date and no more


@dataclass(eq=False)
class Days:
    """The days of one page, looked for once."""

    page: Page

    _dated: dict[int, bool] = field(default_factory=dict)

    def may_be_in(self, line: Line) -> bool:
        """Whether a day may stand in a part of the line; a cheap test before the expensive search."""
        if line.index not in self._dated:
            self._dated[line.index] = _MAY_BE_DAY.search(line.text) is not None
        return self._dated[line.index]

    @cached_property
    def lines(self) -> frozenset[int]:
        """The lines that a day stands in, the foot aside."""
        return frozenset(line.index for line in self.page.lines if day_in(line) and not is_foot(line))


def is_foot(line: Line) -> bool:
    """Whether the line is of the foot of the page, whose years and long sentences say nothing of it."""
    return _is_foot(line.text)


def day_in(line: Line) -> bool:
    """Whether a day stands anywhere in the line."""
    return _has_day(line.text)


@lru_cache(maxsize=8_192)  # asked of every line once for each run of rows
def _is_foot(text: str) -> bool:
    return _FOOT.search(text) is not None


@lru_cache(maxsize=8_192)
def _has_day(text: str) -> bool:
    return _DAY.search(text) is not None


def is_day(line: Line) -> bool:
    """Whether the line is a day and hardly more."""
    return not line.anchors and line.length <= _LONGEST_DAY and day_in(line)


def is_bare_day(line: Line) -> bool:
    """Whether the line is a day and nothing that a row could be called by: 2021年8月1日（日）."""
    return is_day(line) and sum(map(str.isalnum, _DAY.sub("", line.text))) <= _WEEKDAY


def has_day(days: Days, row: Anchor) -> bool:
    """Whether a day stands in the row's line, or alone in the line before it or behind it."""
    line = row.line
    near = days.page.lines[max(0, line.index - 1) : line.index + 2]
    if any(is_day(other) for other in near if other is not line):
        return True
    if not days.may_be_in(line):
        return False
    if row.head and _DAY.search(line.text[row.start : row.end].replace(row.head, "")):  # a card has it within
        return True
    return _DAY.search(line.text[: row.start]) is not None or _DAY.search(line.text[row.end :]) is not None


def has_all_days(days: Days, rows: list[Anchor]) -> bool:
    """Whether no day stands on the page but beside the rows, the foot aside: a story has one of its own."""
    return days.lines <= {index for row in rows for index in range(row.line.index - 1, row.line.index + 2)}
