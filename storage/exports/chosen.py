"""What an export is asked for, and the archive that it is asked of."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any, Final, TypeVar

from storage.archive import Archive
from storage.db.errors import DamagedError
from storage.exports.fields import REVISION
from storage.rows import FileRow, HandedStory, KeptCapture, LedgerEntry, PlacedStory, SeriesRow, StoryRow
from wangqi.program import program
from wangqi.search.query import Query

T = TypeVar("T")


class ExportError(ValueError):
    """Raised when a format cannot hold what is chosen; its message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which stories are handed over: those that answer all that is given.

    Attributes:
        series: Its id, name or title.
        until: Exclusive.
        limit: At most so many, the newest.
    """

    series: int | str | None = None
    since: datetime | None = None
    until: datetime | None = None
    query: str | Query | None = None
    limit: int | None = None

    @property
    def is_whole(self) -> bool:
        """Nothing of the series, or of the archive, is left out."""
        return all(one is None for one in (self.since, self.until, self.query, self.limit))


_BATCH: Final = 200
_HANDED: Final = 50


def body_of(archive: Archive, sha256: str, url: str) -> bytes:
    """The bytes of this digest, which the address brought.

    Raises:
        DamagedError: They are lost, or not those that came.
    """
    try:
        body = archive.payload(sha256)
    except ValueError as error:
        raise DamagedError(f"{error} It is what {url} brought; `{program()} verify` says what to do.") from error
    if body is None:
        raise DamagedError(f"The bytes that {url} brought are lost; `{program()} verify` says what to do.")
    return body


def ids_of(line: Iterable[PlacedStory | LedgerEntry]) -> Sequence[int]:
    """Of the stories that are held, eight bytes each: the line itself can go then."""
    return array("q", (one.id for one in line if isinstance(one, PlacedStory)))


def _tell_nobody(_: int) -> None:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A selection out of an archive, as the formats take it.

    Attributes:
        is_raw: Cells that a spreadsheet would run as formulas are left as they are.
        tell: Is called with the number of stories that have been handed over, from time to time.
    """

    archive: Archive
    selection: Selection
    is_raw: bool = False
    tell: Callable[[int], None] = _tell_nobody

    def stories(self) -> Iterator[StoryRow]:
        """The newest first."""
        return self._told(self.archive.stories)

    def filed(self) -> Iterator[tuple[tuple[Any, ...], Sequence[FileRow]]]:
        """The same, each as its values in the order of `FACTS`, with its pictures and attachments."""
        stories = self._told(self.archive.story_facts)
        while batch := list(islice(stories, _BATCH)):
            files = defaultdict(list)
            for file in self.archive.files([facts[REVISION] for facts in batch]):
                files[file.revision_id].append(file)
            for facts in batch:
                yield facts, files.get(facts[REVISION], ())

    def _told(self, asked: Callable[..., Iterator[T]]) -> Iterator[T]:
        wanted = self.selection
        rows = asked(wanted.series, since=wanted.since, until=wanted.until, limit=wanted.limit, query=wanted.query)
        for number, row in enumerate(rows, 1):
            yield row
            if not number % _BATCH:
                self.tell(number)

    def captures(self) -> Iterator[KeptCapture]:
        """Page after page; of a whole series also those of lists, and of pages that brought no story."""
        if self.selection.is_whole:
            yield from self.archive.kept_captures(self.selection.series)
            return
        stories = self.stories()
        while ids := [row.id for row in islice(stories, _BATCH)]:
            yield from self.archive.captures_of_stories(ids)

    def handed(self, ids: Iterable[int] | None = None) -> Iterator[HandedStory]:
        """The stories with all that a reader needs: those of one series in its own order, others the newest first.

        `ids` are those of the stories, where somebody has them already.
        """
        ids = iter(self._ordered() if ids is None else ids)
        done = 0
        while batch := list(islice(ids, _HANDED)):
            yield from self.archive.handed_stories(batch)
            done += len(batch)
            self.tell(done)

    def _ordered(self) -> Iterator[int]:
        wanted = self.selection
        if wanted.series is None:
            return (row.id for row in self.stories())
        chosen = None if wanted.is_whole else {row.id for row in self.stories()}
        line = self.archive.order(wanted.series)
        return (one for one in line if chosen is None or one in chosen)

    def body(self, sha256: str, url: str) -> bytes:
        """As `body_of`."""
        return body_of(self.archive, sha256, url)

    def one_series(self) -> SeriesRow:
        """The series that is asked for; the only one, where the archive holds no other.

        Raises:
            ExportError: None is named, and there are several.
        """
        found = self.archive.series(self.selection.series)
        if len(found) != 1:
            names = "、".join(row.title or row.name for row in found[:5])
            raise ExportError(f"It holds one series. Name it with --series; the archive has {names or 'none'}.")
        return found[0]

    def of_series(self, number: int) -> "Chosen":
        """The same of one series."""
        return replace(self, selection=replace(self.selection, series=number))

    def line(self) -> Sequence[PlacedStory | LedgerEntry]:
        """The stories of the series that is asked for, and between them what is not held."""
        assert self.selection.series is not None
        return self.archive.line(self.selection.series)

    def count(self) -> int:
        """How many stories there are."""
        wanted = self.selection
        found = self.archive.count_stories(wanted.series, since=wanted.since, until=wanted.until, query=wanted.query)
        return found if wanted.limit is None else min(found, wanted.limit)
