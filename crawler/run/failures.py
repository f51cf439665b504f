"""Trouble with the archive in the middle of a crawl: it ends the crawl, and is told once, in one line."""

import logging
from typing import Final

from storage.db.errors import ArchiveError, DiskFullError, LockLostError
from wangqi.exit_codes import ARCHIVE_ERROR, DISK_FULL, SERIES_TAKEN

# Who meets the trouble: Scrapy for each item in flight, the spider asking for pages, the run that is to be closed.
_LOGGERS: Final = ("scrapy.core.scraper", "crawler.spiders.series", "crawler.extensions.run")


def finish_reason(error: ArchiveError) -> str:
    """The reason that a crawl ends with when its archive fails so."""
    if isinstance(error, LockLostError):
        return SERIES_TAKEN
    return DISK_FULL if isinstance(error, DiskFullError) else ARCHIVE_ERROR


def log_once() -> None:
    """From now on an `ArchiveError` is logged the first time only, and without the item and the traceback."""
    once = _Once()
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(once)


class _Once(logging.Filter):
    def __init__(self) -> None:
        super().__init__()
        self._logged: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(error, ArchiveError):
            return True
        line = str(error)
        if line in self._logged:
            return False
        self._logged.add(line)
        record.msg, record.args, record.exc_info, record.exc_text = line, (), None, None
        return True
