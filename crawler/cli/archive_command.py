"""What the commands share that ask the archive a question."""

import argparse
import re
from abc import abstractmethod
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta, tzinfo
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo, available_timezones

from crawler.cli.command import PlainCommand
from storage import Archive
from views.cells import ASKED_ZONE, READERS_ZONE, readers_zone
from wangqi.search.days import covered

OnClock = Callable[[tzinfo], datetime]
_AGO: Final = re.compile(r"(\d{1,5})([dw])")
_UNITS: Final = {"d": "days", "w": "weeks"}


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
                moment: OnClock | None = getattr(opts, name, None)
                setattr(opts, name, moment and moment(readers_zone()))
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
    since = f"{what} on this day or later: 2024-03-05, 2024-03, 2024; or 7d, 2w: so long ago"
    parser.add_argument("--since", metavar="DATE", type=_beginning, required=is_required, help=since)
    parser.add_argument("--until", metavar="DATE", type=_end, help=f"{what} on this day or earlier")


def beginning(text: str) -> datetime:
    """The first moment of a day in Shanghai, or the moment that is written with its time."""
    return _beginning(text)(readers_zone())


def row_count(text: str) -> int:
    """How many are wanted: rows, pages, days."""
    # SQLite's own integers end at 2^63, and nobody reads so many rows.
    if not text.isdecimal() or not 0 < int(text) < 2**31:
        raise argparse.ArgumentTypeError(f"{text!r} is no count. Write a whole number from 1 on")
    return int(text)


def _beginning(text: str) -> OnClock:
    return _dated(text, 0)


def _end(text: str) -> OnClock:
    return _dated(text, 1)


def _dated(text: str, end: Literal[0, 1]) -> OnClock:
    """The first moment of what is written, or its end, for any clock: which one counts is known with all options."""
    moment = partial(_moment, text, end)
    try:
        moment(READERS_ZONE)
    except (ValueError, OverflowError) as error:
        advice = "Write one as 2024-03-05, 2024-03 or 2024; or 7d, 2w: so long ago"
        raise argparse.ArgumentTypeError(f"{text!r} is no date. {advice}") from error
    return moment


def _moment(text: str, end: Literal[0, 1], zone: tzinfo) -> datetime:
    """In UTC. A time of day is a moment without a length."""
    if ago := _AGO.fullmatch(text):
        day = datetime.now(zone).date() - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
        text = day.isoformat()
    time = covered(text, zone)
    moment = datetime.fromisoformat(text) if time is None else time[end]
    return moment.replace(tzinfo=moment.tzinfo or zone).astimezone(UTC)


def _zone(text: str) -> tzinfo:
    try:
        return ZoneInfo(text)
    except (OSError, ValueError, KeyError) as error:  # ZoneInfoNotFoundError is a KeyError
        meant = get_close_matches(text, available_timezones(), n=1)
        advice = f"Did you mean {meant[0]}?" if meant else "Write one as Asia/Shanghai"
        raise argparse.ArgumentTypeError(f"{text!r} is no time zone. {advice}") from error
