"""Trouble with the archive in the middle of a crawl: it ends the crawl, and is told once, in one line."""

import logging
from typing import Final

from storage.errors import ArchiveError, DiskFullError

# Finish reasons of a crawl, beside Scrapy's own.
DISK_FULL: Final = "disk_full"
ARCHIVE_ERROR: Final = "archive_error"


def finish_reason(error: ArchiveError) -> str:
    """The reason that a crawl ends with when its archive fails so."""
    return DISK_FULL if isinstance(error, DiskFullError) else ARCHIVE_ERROR


class ToldOnce(logging.Filter):
    """Of records that carry an `ArchiveError` lets the first pass, as the line that the error is.

    Every page in flight meets the same trouble, and Scrapy logs each with its item and a traceback.
    """

    def __init__(self) -> None:
        super().__init__()
        self._told: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(error, ArchiveError):
            return True
        line = str(error)
        if line in self._told:
            return False
        self._told.add(line)
        record.msg, record.args, record.exc_info, record.exc_text = line, (), None, None
        return True
