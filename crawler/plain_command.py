"""What our commands share: one clear line and an exit code in the place of a traceback."""

import argparse
import inspect
import os
import sys
from abc import abstractmethod
from typing import Final

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler import exit_codes
from crawler.catalogue import CatalogueError
from crawler.locks import SchedulerBusy, SeriesBusy
from crawler.tables import complain
from storage.errors import ArchiveError, DiskFullError, archive_error

USAGE: Final = 2


class PlainCommand(ScrapyCommand):
    """A command without a reactor. A subclass says what it does in its docstring, and does it in `work`.

    Exit codes: what `work` answers; 1 error, 2 wrong usage or a broken catalogue, 3 disk full, 75 another is at it.
    """

    requires_project = True
    requires_crawler_process = False

    @abstractmethod
    def work(self, opts: argparse.Namespace) -> int:
        """Does it, and answers with the exit code."""

    def short_desc(self) -> str:
        return (inspect.getdoc(type(self)) or "").partition(".")[0]

    def long_desc(self) -> str:
        return inspect.getdoc(type(self)) or ""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        try:
            self._refuse(args)
            self.exitcode = self.work(opts)
            sys.stdout.flush()
        except BrokenPipeError:
            # The reader has seen enough (`| head`). Python would complain once more when it flushes at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except (UsageError, CatalogueError) as error:
            self._fail(error, USAGE)
        except (SeriesBusy, SchedulerBusy) as error:
            self._fail(error, exit_codes.BUSY)
        except (ArchiveError, OSError) as error:
            known = archive_error(error, self.archive_url) or error
            self._fail(known, exit_codes.DISK if isinstance(known, DiskFullError) else exit_codes.ERROR)

    @property
    def archive_url(self) -> str:
        assert self.settings is not None
        return str(self.settings["ARCHIVE_URL"])

    def _refuse(self, args: list[str]) -> None:
        if args:  # what the parser has left over
            name = type(self).__module__.rpartition(".")[2]
            raise UsageError(f"{args[0]!r} has no meaning here. Write: scrapy {name} {self.syntax()}".rstrip())

    def _fail(self, error: BaseException, code: int) -> None:
        complain(error)
        self.exitcode = code
