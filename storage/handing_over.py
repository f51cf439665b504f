"""The part of `Archive` that exports ask: much at a time, in as little room as it can be had."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, TypeVar

from storage import queries
from storage.questions import parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from storage.rows import (
        BarePage,
        CarriedFile,
        CarriedText,
        HandedStory,
        KeptCapture,
        LedgerEntry,
        PlacedStory,
        SaidOfTexts,
    )
    from wangqi.search.query import Query

T = TypeVar("T")


class HandingOver(ABC):
    """What leaves the archive in files."""

    @abstractmethod
    def _read(self, question: Callable[[Connection], T]) -> T: ...

    def story_facts(
        self,
        series: int | str | None = None,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int | None = None,
        query: str | Query | None = None,
    ) -> Iterator[tuple[Any, ...]]:
        """What `stories` answers, the newest publication first, as values in the order of the fields of `StoryRow`.

        For whoever makes tables of many stories.
        """
        asked = parsed(query) if isinstance(query, str) else query
        return queries.stories.facts(self._read, series, since, until, limit, query=asked)

    def line(self, series: int | str) -> Sequence[PlacedStory | LedgerEntry]:
        """The stories of a series in that order, and between them what is not held: the ledger in less room."""
        return self._read(lambda c: queries.account.line(c, series))

    def kept_captures(self, series: int | str | None = None) -> Iterator[KeptCapture]:
        """Every fetch of each page that a series knows, or the archive, page after page; read as it is asked for."""
        return queries.handing_over.captures.of_series(self._read, series)

    def captures_of_stories(self, story_ids: Sequence[int]) -> list[KeptCapture]:
        """Every fetch of the pages that carry one of these stories, page after page."""
        return queries.handing_over.captures.of_stories(self._read, story_ids)

    def handed_stories(self, story_ids: Sequence[int]) -> list[HandedStory]:
        """These stories in this order, each with what was read of it and whence."""
        return self._read(lambda c: queries.handing_over.works.of_ids(c, story_ids))

    def carried_texts(self, series: int | str | None = None) -> Iterator[CarriedText]:
        """The newest text of each page that carries a story, page after page; read as it is asked for."""
        return queries.handing_over.archive.carried(self._read, series)

    def bare_pages(self, series: int | str | None = None) -> Iterator[BarePage]:
        """The pages that were visited and brought no story, page after page; read as it is asked for."""
        return queries.handing_over.archive.bare(self._read, series)

    def carried_files(self, series: int | str | None = None) -> Iterator[CarriedFile]:
        """The pictures and attachments that were asked for, one after another; read as it is asked for."""
        return queries.handing_over.archive.files(self._read, series)

    def said_of_texts(self) -> list[SaidOfTexts]:
        """What people said of two texts that pages carry now."""
        return self._read(queries.handing_over.archive.said)

    def texts_of_revisions(self, revision_ids: Sequence[int]) -> Mapping[int, str]:
        """Of revisions, by their ids."""
        return self._read(lambda c: queries.handing_over.works.texts(c, revision_ids))
