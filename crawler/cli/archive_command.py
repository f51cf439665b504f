"""What the commands share that ask the archive a question."""

import argparse
from abc import abstractmethod
from contextlib import suppress
from datetime import UTC, datetime, timedelta, tzinfo
from difflib import get_close_matches
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from crawler.cli.command import PlainCommand
from storage import Archive
from views.cells import ASKED_ZONE, READERS_ZONE, readers_zone


class ArchiveCommand(PlainCommand):
    """A command that reads the archive, changes nothing, and prints rows or, with --json, JSON lines."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON object a line")
        told = "tell times on this clock, as Europe/Berlin or UTC (Asia/Shanghai)"
        parser.add_argument("--zone", metavar="ZONE", type=_zone, help=told)

    @abstractmethod
    def answer(self, archive: Archive, opts: argparse.Namespace) -> int | None:
        """Asks and prints; an exit code, or None for 0."""

    def work(self, opts: argparse.Namespace) -> int:
        asked = ASKED_ZONE.set(opts.zone)
        try:
            for name in ("since", "until"):
                setattr(opts, name, _on_clock(getattr(opts, name, None)))
            with Archive(self.archive_url, read_only=True) as archive:
                return self.answer(archive, opts) or 0
        finally:
            ASKED_ZONE.reset(asked)

    def zones(self) -> dict[str, ZoneInfo]:
        assert self.settings is not None
        return zones_of(self.settings["CATALOGUE"])


def zones_of(catalogue: str) -> dict[str, ZoneInfo]:
    """Of the series whose pages keep another clock than Shanghai's, by name; none without a usable catalogue."""
    if not _names_a_clock(catalogue):
        return {}
    from crawler.catalogue.file import CatalogueError, read_catalogue  # noqa: PLC0415 - most catalogues name no clock

    try:
        return {name: spec.zone for name, spec in read_catalogue(catalogue).items() if spec.zone}
    except CatalogueError:
        return {}


def _names_a_clock(catalogue: str) -> bool:
    """Whether a line of the file, but a comment, has the word."""
    with suppress(OSError):
        lines = Path(catalogue).read_bytes().splitlines()
        return any(b"timezone" in line and not line.lstrip().startswith(b"#") for line in lines)
    return False


def add_series_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--series", metavar="NAME", help="only of this series (its name or title)")


def add_limit_option(parser: argparse.ArgumentParser, limit: int | None = None) -> None:
    often = f" ({limit})" if limit else ""
    parser.add_argument("--limit", metavar="N", type=row_count, default=limit, help=f"at most N of them{often}")


def add_date_options(parser: argparse.ArgumentParser, what: str = "published", *, is_required: bool = False) -> None:
    since = f"{what} on this day or later, as 2024-03-05"
    parser.add_argument("--since", metavar="DATE", type=_beginning, required=is_required, help=since)
    parser.add_argument("--until", metavar="DATE", type=_end, help=f"{what} on this day or earlier")


def beginning(text: str) -> datetime:
    """The first moment of a day in Shanghai, or the moment that is written with its time."""
    moment = _on_clock(_beginning(text))
    assert moment is not None
    return moment


def row_count(text: str) -> int:
    """How many are wanted: rows, pages, days."""
    # SQLite's own integers end at 2^63, and nobody reads so many rows.
    if not text.isdecimal() or not 0 < int(text) < 2**31:
        raise argparse.ArgumentTypeError(f"{text!r} is no count. Write a whole number from 1 on")
    return int(text)


def _beginning(text: str) -> datetime:
    return _moment(text, timedelta())


def _end(text: str) -> datetime:
    return _moment(text, timedelta(days=1))


def _moment(text: str, of_a_day: timedelta) -> datetime:
    """What is written, naive where no zone is written: on which clock it is read is known when all options are."""
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment += of_a_day if len(text) <= len("2024-03-05") else timedelta()
        moment.replace(tzinfo=moment.tzinfo or READERS_ZONE).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no date. Write one as 2024-03-05") from error
    return moment


def _on_clock(moment: datetime | None) -> datetime | None:
    """The moment on the reader's clock, in UTC."""
    if moment is None:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=readers_zone())).astimezone(UTC)


def _zone(text: str) -> tzinfo:
    try:
        return ZoneInfo(text)
    except (OSError, ValueError, KeyError) as error:  # ZoneInfoNotFoundError is a KeyError
        meant = get_close_matches(text, available_timezones(), n=1)
        advice = f"Did you mean {meant[0]}?" if meant else "Write one as Asia/Shanghai"
        raise argparse.ArgumentTypeError(f"{text!r} is no time zone. {advice}") from error
