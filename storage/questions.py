"""The part of `Archive` that answers questions, and changes nothing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, TypeVar

from storage import frontier, queries, recording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from storage.rows import (
        CaptureRow,
        ChangeRow,
        Facets,
        FindingRow,
        FlawedStory,
        Hits,
        KnownAddress,
        MissingStory,
        PageHistory,
        PageRow,
        RunKind,
        RunRow,
        SeriesLedger,
        SeriesRow,
        SeriesSpan,
        Sort,
        StoryDetail,
        StoryRow,
        Which,
    )
    from wangqi.search.query import Query

T = TypeVar("T")


def parsed(query: str) -> Query:
    """A question in the language of `search`."""
    from wangqi.search.parsing import parse  # noqa: PLC0415 - a list of stories does without it

    return parse(query)


class Questions(ABC):
    """What is known of series, stories, pages and runs."""

    @abstractmethod
    def _read(self, question: Callable[[Connection], T]) -> T: ...

    def series(self, name: int | str | None = None, *, with_missing: bool = True) -> list[SeriesRow]:
        """Every series with its sums, or the one named; what is missing takes longest to count, and is 0 without."""
        return self._read(lambda c: queries.ledger.sums(c, name) if with_missing else queries.series.rows(c, name))

    def spans(self) -> dict[int, SeriesSpan]:
        """From when to when each series has stories, and its newest, by its id; of those with a dated story."""
        return self._read(queries.series.spans)

    def stories(
        self,
        series: int | str | None = None,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int | None = None,
        query: str | Query | None = None,
        sort: Sort = "published",
        reverse: bool = False,
    ) -> Iterator[StoryRow]:
        """Stories, read as they are asked for; by default the newest publication first. `until` is exclusive.

        Of dates, lengths and copies the largest comes first, of the other keys the smallest, with `reverse` the other
        way round; what has none stands last.

        Raises:
            QueryError: `query` cannot be read, as in `search`.
        """
        asked = parsed(query) if isinstance(query, str) else query
        return queries.stories.stories(self._read, series, since, until, limit, query=asked, sort=sort, reverse=reverse)

    def count_stories(
        self,
        series: int | str | None = None,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        query: str | Query | None = None,
    ) -> int:
        """How many `stories` answers with, without reading them."""
        asked = parsed(query) if isinstance(query, str) else query
        return self._read(lambda c: queries.stories.count(c, series, since, until, asked))

    def titles(self, series: int | str) -> list[str]:
        """The titles of the stories of a series, in no order; without reading a text."""
        return self._read(lambda c: queries.stories.titles(c, series))

    def published(self, series: int | str, limit: int = 200) -> list[datetime]:
        """When its newest stories were published, the newest first; those without a date are left out."""
        return self._read(lambda c: queries.stories.published(c, series, limit))

    def named_titles(self, series: int | str) -> list[str]:
        """The titles that stories of a series name in their 往期 blocks, stored or not, in no order."""
        return self._read(lambda c: queries.stories.named_titles(c, series))

    def addresses(self, series: int | str) -> list[KnownAddress]:
        """The pages of a series that the archive knows, in no order."""
        return self._read(lambda c: queries.pages.addresses(c, series))

    def story(self, story_id: int) -> StoryDetail | None:
        """One story with its pages, revisions, mentions and findings; of a merged one, the story it became."""
        return self._read(lambda c: queries.stories.story(c, story_id))

    def beside(self, story: StoryRow) -> tuple[tuple[int, str] | None, tuple[int, str] | None]:
        """The stories before and behind one in its series, by their dates: id and title; quicker than the ledger."""
        return self._read(lambda c: queries.stories.beside(c, story))

    def search(
        self, query: str | Query, limit: int = 20, series: int | str | None = None, *, newest: bool = False
    ) -> Hits:
        """The stories that answer a question (docs/searching.md), those first that answer best, or the newest.

        Chinese is found anywhere in title and text, Latin words and numbers whole.

        Raises:
            QueryError: The question cannot be read. It is a ValueError, and says what is wrong with it.
        """
        asked = parsed(query) if isinstance(query, str) else query
        return self._read(lambda c: queries.search.hits.search(c, asked, limit, series, newest=newest))

    def search_texts(
        self, query: str | Query, limit: int = 20, series: int | str | None = None, *, which: Which = "copies"
    ) -> Hits:
        """Each text that answers a question, the newest first: of copies, too, or of all revisions.

        `search` asks the texts that stand for stories, by an index; here every text is read.

        Raises:
            QueryError: The question cannot be read.
        """
        asked = parsed(query) if isinstance(query, str) else query
        return self._read(lambda c: queries.search.every_text.search(c, asked, limit, series, which))

    def facets(
        self,
        query: str | Query | None = None,
        series: int | str | None = None,
        *,
        zones: Mapping[str, tzinfo] | None = None,
        zone: tzinfo = UTC,
    ) -> Facets:
        """All stories that answer a question, counted by series (its name), year and source.

        A year is that of `zone`, or of `zones` where these name the series.
        """
        asked = parsed(query) if isinstance(query, str) else query
        return self._read(lambda c: queries.search.facets.facets(c, asked, series, zones or {}, zone))

    def changed(
        self,
        since: datetime,
        until: datetime | None = None,
        *,
        series: int | str | None = None,
        with_rereadings: bool = False,
        limit: int | None = None,
        what: str | None = None,
    ) -> list[ChangeRow]:
        """What came, changed, went or was tampered with, by the time the archive saw it; the newest first.

        `what` asks for one word of `ChangeRow` alone.

        Texts that only our own reading of the same bytes has changed are left out, unless they are asked for.
        """
        return self._read(
            lambda c: queries.news.rows(
                c, since, until, series, with_rereadings=with_rereadings, limit=limit, what=what
            )
        )

    def pulse(self) -> tuple[int, ...]:
        """Numbers that are others once a crawl or a person has changed something; all else is worked out from it."""
        return self._read(queries.pulse.numbers)

    def series_ledger(self, series: int | str) -> list[StoryRow]:
        """The stories of a series in its own order: by number, else by date, else as their 往期 blocks name them."""
        return self._read(lambda c: queries.ledger.rows_in_order(c, series))

    def order(self, series: int | str) -> list[int]:
        """The ids of the stories of a series in that order; no text is read."""
        return self._read(lambda c: [row.id for row in queries.ledger.in_order(c, series)])

    def ledger(self, series: int | str, zone: tzinfo = UTC) -> SeriesLedger:
        """All that is known of how whole a series is, its remarks with the dates of `zone`."""
        return self._read(lambda c: queries.account.of_series(c, series, zone))

    def missing(self, series: int | str | None = None) -> list[MissingStory]:
        """The stories that stored pages name and the archive does not hold, each with the reason."""
        return self._read(lambda c: queries.missing.rows(c, series))

    def flawed(self, series: int | str) -> list[FlawedStory]:
        """The stories of the series that were read badly, and in what."""
        return self._read(lambda c: queries.wholeness.flawed(c, series))

    def unread(self, series: int | str) -> list[PageRow]:
        """Pages of its columns that were found and not read."""
        return self._read(lambda c: queries.wholeness.unread(c, series))

    def parts(self, series: int | str) -> int:
        """How many stories its pages carry, those that are held for another series among them."""
        return self._read(lambda c: queries.wholeness.parts(c, series))

    def why(self, url_or_title: str, title_key: str = "") -> list[PageHistory]:
        """How the page of this URL, or the pages of stories and links of this title (or key), became what they are."""
        return self._read(lambda c: queries.pages.why(c, url_or_title, title_key))

    def runs(
        self,
        series: int | str | None = None,
        limit: int = 20,
        *,
        before: int | None = None,
        kind: RunKind | None = None,
    ) -> list[RunRow]:
        """The newest runs first, or those before the one of this number; of one kind, or of all."""
        return self._read(lambda c: frontier.runs.rows(c, series, limit, before=before, kind=kind))

    def visited(self, run_id: int, outcomes: Iterable[str], limit: int = 1000) -> list[PageRow]:
        """The pages that a run was the last to visit and that ended in one of these words, as they were discovered."""
        words = list(outcomes)
        return self._read(lambda c: queries.pages.visited(c, run_id, words, limit))

    def unconfirmed(self, series_id: int) -> list[PageRow]:
        """Pages that brought no story and no list when they were last read, and that later visits may find otherwise.

        With them every watched page that brought nothing, as a person told us to read it.
        """
        return self._read(lambda c: queries.pages.unconfirmed(c, series_id))

    def findings(self, revision_ids: Sequence[int]) -> list[FindingRow]:
        """The signs of tampering on these revisions, in the order in which they were found."""
        return self._read(lambda c: queries.stories.finding_rows(c, revision_ids))

    def captures(self, page_id: int) -> list[CaptureRow]:
        """Every fetch of a page, oldest first."""
        return self._read(lambda c: queries.pages.captures_of(c, page_id))

    def payload(self, sha256: str | bytes) -> bytes | None:
        """The bytes of this digest (raw or hexadecimal), or None. Raises ValueError when they no longer match it."""
        return self._read(lambda c: recording.payloads.load(c, sha256))
