"""Row 46: what a run answers to the shell, by its facts alone."""

import pytest

from wangqi import exit_codes
from wangqi.exit_codes import RunFacts, exit_code


def facts(**more: object) -> RunFacts:
    return RunFacts(**({"reason": "finished", "counts": {"stored": 3}, "parts": 3} | more))


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({}, exit_codes.COMPLETE),
        ({"overdue": True}, exit_codes.SILENT),
        ({"overdue": True, "doubts": 1}, exit_codes.PARTIAL),
        *(
            ({lacks: 1}, exit_codes.PARTIAL)
            for lacks in ("open_titles", "unconfirmed", "doubts", "rules", "unread", "files")
        ),
        ({"counts": {"stored": 3, "failed": 1}}, exit_codes.PARTIAL),
        ({"reason": "limit_pages", "doubts": 1}, exit_codes.LIMIT),
        ({"reason": "limit_pages", "errors": 1}, exit_codes.ERROR),
        ({"parts": 0}, exit_codes.ERROR),
        ({"reason": "start_error"}, exit_codes.ERROR),
        ({"reason": "shutdown", "errors": 1}, exit_codes.SIGNAL),
        ({"reason": exit_codes.DISK_FULL, "errors": 1}, exit_codes.DISK),
        ({"reason": exit_codes.ARCHIVE_ERROR}, exit_codes.ERROR),
        ({"reason": exit_codes.SERIES_TAKEN}, exit_codes.BUSY),
    ],
)
def test_row_46_the_first_that_applies_is_the_code(told: dict[str, object], code: int) -> None:
    assert exit_code(facts(**told)) == code
