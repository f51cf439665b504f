"""What `scrapy crawl` answers to the shell, decided from the facts of the run. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from wangqi.outcomes import FAILURES

COMPLETE: Final = 0
ERROR: Final = 1
USAGE: Final = 2
DISK: Final = 3
DAMAGED: Final = 4  # of `scrapy verify`, `backup` and `repair`
SIGNAL: Final = 11
SECOND_SIGNAL: Final = 13
LIMIT: Final = 14
PARTIAL: Final = 20
SILENT: Final = 21
BUSY: Final = 75

# Finish reasons of a crawl whose archive failed it, beside Scrapy's own.
DISK_FULL: Final = "disk_full"
ARCHIVE_ERROR: Final = "archive_error"
SERIES_TAKEN: Final = "series_taken"
FAILED_BY_ARCHIVE: Final[Mapping[str, int]] = {DISK_FULL: DISK, ARCHIVE_ERROR: ERROR, SERIES_TAKEN: BUSY}


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """The facts of a run that decide its exit code.

    Attributes:
        reason: Scrapy's finish reason, or the limit of ours that the run reached.
        counts: Pages by outcome word.
        errors: Exceptions in callbacks and pipelines.
        parts: Stories that its pages carry now, of this and earlier runs, whichever series holds them.
        open_titles: Titles that stories name and that no stored page and no final outcome answers.
        unconfirmed: Pages that may yet bring what they did not bring, and watched ones that brought nothing.
        doubts: What speaks against the series being whole: what was seen and not followed, gaps in its numbers.
        rules: Keys of the catalogue's rules that matched on no page.
        unread: Pages of its columns that were found and not read.
        files: Pictures and attachments that did not come, and may when they are asked for again.
        overdue: The series' own rhythm expected a new story, and none came.
    """

    reason: str
    counts: Mapping[str, int]
    errors: int = 0
    parts: int = 0
    open_titles: int = 0
    unconfirmed: int = 0
    doubts: int = 0
    rules: int = 0
    unread: int = 0
    files: int = 0
    overdue: bool = False


def exit_code(facts: RunFacts) -> int:
    """The first that applies: what the archive failed with, signal, error, limit, partial, silent, complete."""
    if facts.reason in FAILED_BY_ARCHIVE:
        return FAILED_BY_ARCHIVE[facts.reason]
    if facts.reason == "shutdown":
        return SIGNAL
    if facts.errors or not facts.parts or facts.reason == "start_error":
        return ERROR
    if facts.reason.startswith(("limit_", "closespider_")):
        return LIMIT
    lacking = facts.open_titles, facts.unconfirmed, facts.doubts, facts.rules, facts.unread, facts.files
    if any(lacking) or any(facts.counts.get(word) for word in FAILURES):
        return PARTIAL
    return SILENT if facts.overdue else COMPLETE


def with_feed(code: int, *, has_failed: bool) -> int:
    """What the crawl answers when it was to write a feed, too: a feed that is not whole is an error."""
    return ERROR if has_failed and code not in {DISK, SIGNAL, SECOND_SIGNAL, BUSY} else code
