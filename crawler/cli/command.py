"""What our commands share: one clear line and an exit code in the place of a traceback."""

import argparse
import inspect
import os
import sys
from abc import abstractmethod
from typing import NoReturn

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.beginning import end_loading
from crawler.cli.telling.language import speak_as_wished
from crawler.cli.terminal import print_error, print_text, told_lines
from storage.db.errors import DISK_FULL, ArchiveError, DiskFullError, LockLostError
from storage.locks import SchedulerBusy, SeriesBusy
from views.cells import cell
from views.language.speech import spoken
from wangqi import exit_codes
from wangqi.program import program


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
        return _in_readers_words(inspect.getdoc(type(self)) or "").replace("`scrapy ", f"`{program()} ")

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        fit_to_reader(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        end_loading()
        try:
            self.refuse(args)
            self.exitcode = self.work(opts)
            sys.stdout.flush()
        except BrokenPipeError:
            _detach_stdout()  # the reader has seen enough, as in `| head`
        except KeyboardInterrupt:
            self.exitcode = exit_codes.SIGNAL
        except UsageError as error:
            self._fail(error, exit_codes.USAGE)
        except (SeriesBusy, SchedulerBusy, LockLostError) as error:
            self._fail(error, exit_codes.BUSY)
        except DiskFullError as error:
            self._fail(error, exit_codes.DISK)
        except ArchiveError as error:
            self._fail(error, exit_codes.ERROR)
        except OSError as error:
            if error.filename is None:
                _detach_stdout()
            self._fail(_in_words(error), exit_codes.DISK if error.errno in DISK_FULL else exit_codes.ERROR)

    @property
    def archive_url(self) -> str:
        assert self.settings is not None
        return str(self.settings["ARCHIVE_URL"])

    def refuse(self, args: list[str]) -> None:
        """Raises UsageError of what the options have left over."""
        if args:  # what the parser has left over
            name = type(self).__module__.rpartition(".")[2]
            raise UsageError(f"{args[0]!r} has no meaning here. Write: {program()} {name} {self.syntax()}".rstrip())

    def _fail(self, error: object, code: int) -> None:
        print_error(error)
        self.exitcode = code


def fit_to_reader(parser: argparse.ArgumentParser) -> None:
    """Speaks the reader's language from now on; the usage begins with the name that was typed, not with Scrapy's.

    What is wrong with what was typed is told in one line.
    """
    speak_as_wished()
    if spoken() != "en":
        from crawler.cli.telling.help import tell_help  # noqa: PLC0415 - only other languages need it, and English shall begin without its import

        tell_help(parser)
    parser.usage = usage = (parser.usage or "").replace("scrapy ", f"{program()} ", 1)

    def error(message: str) -> NoReturn:
        print_text(f"{told_lines(cell(message))} ({' '.join(usage.split()[:2])} -h)", aside=True)
        parser.exit(exit_codes.USAGE)

    parser.error = error  # type: ignore[method-assign]  # Scrapy makes the parser, and hands it over as it is


def _in_readers_words(text: str) -> str:
    if spoken() == "en":
        return text
    from views.language.told import told_prose  # noqa: PLC0415 - only other languages need it, and English shall begin without its import

    return told_prose(text)


def _in_words(error: OSError) -> str:
    if error.errno in DISK_FULL:
        if error.filename is None:
            return f"There is no room ({error.strerror}). Make room and run again."
        return f"There is no room for {str(error.filename)!r} ({error.strerror}). Make room and run again."
    return str(error) if error.filename is None else f"{str(error.filename)!r} cannot be opened: {error.strerror}."


def _detach_stdout() -> None:
    # What is left in its buffer cannot be written; Python would try once more at its end, and print_error.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
