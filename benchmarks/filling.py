"""An archive that fills with generated stories, and the cost of each arrival: what `benchmarks.growth` measures."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, Engine, insert

from benchmarks.stories import Newsroom, Written
from pipelines.trimming import trim
from storage.frontier.due import new_page
from storage.frontier.page_state import KnownPage
from storage.recording.match import Match, place
from storage.schema import page, revision, story
from storage.texts import boilerplate, texts
from storage.works import canonical
from wangqi.copies.fingerprint import fingerprint
from wangqi.copies.judge import judged
from wangqi.copies.ranks import Standing
from wangqi.copies.records import Candidate, NewText, Verdict
from wangqi.text.forms import match_key
from wangqi.visit import MarkedReading, Marks, Reading

GROUP: Final = 20  # arrivals of a commit
_BATCH: Final = 5_000
# KiB of an SQLite page cache: while the archive fills, and as the archive sets it for itself.
_ROOMY, _USUAL = 1 << 20, 1 << 16


@dataclass(frozen=True, slots=True)
class Arrival:
    """CPU milliseconds of one text, and what the archive made of it; the commit of its group is shared out."""

    written: Written
    placed: Match
    fingerprint: float
    database: float
    judge: float
    candidates: int

    @property
    def cost(self) -> float:
        return self.fingerprint + self.database + self.judge


@dataclass(slots=True)
class _Judging:
    """A judge with a watch."""

    ms: float = 0.0
    candidates: int = 0

    def __call__(self, new: NewText, candidates: Sequence[Candidate]) -> list[Verdict]:
        begin = _now()
        verdicts = judged(new, candidates)
        self.ms += _now() - begin
        self.candidates += len(candidates)
        return verdicts


@dataclass(slots=True)
class Filling:
    """The stories of a newsroom go in by their numbers, which are their ids too."""

    engine: Engine
    series_id: int
    room: Newsroom = field(default_factory=Newsroom)

    def fill(self, first: int, end: int) -> None:
        """Fingerprints and inserts each text as always, unjudged; the rest of its rows goes in by the thousands."""
        for start in range(first, end, _BATCH):
            written = [self.room.story(number) for number in range(start, min(start + _BATCH, end))]
            news = [_read(one) for one in written]
            with self._writing() as connection, _roomy(connection):
                self._add_rows(connection, written, news, [_stored(connection, new) for new in news])
                for each in zip(written, news, strict=True):
                    self._count(connection, *each)

    def arrive(self, first: int, end: int) -> list[Arrival]:
        """The same with a verdict on each, through the function that the archive places a story with."""
        arrivals: list[Arrival] = []
        for start in range(first, end, GROUP):
            written = [self.room.story(number) for number in range(start, min(start + GROUP, end))]
            with self._writing() as connection:
                group = [self._arrive(connection, one) for one in written]
                begin = _now()
            shared = _now() - begin
            with self._writing() as connection:
                text_ids = [one.placed.text_id or 0 for one, _ in group]
                self._add_rows(connection, written, [new for _, new in group], text_ids)
                begin = _now()
                for one, new in group:
                    self._count(connection, one.written, new)
                shared += _now() - begin
            arrivals += [replace(one, database=one.database + shared / len(group)) for one, _ in group]
        return arrivals

    def _arrive(self, connection: Connection, one: Written) -> tuple[Arrival, MarkedReading]:
        begin = _now()
        new = _read(one)
        fingerprinted = _now()
        judging = _Judging()
        alone = NewText(text=one.text, title=one.title, published_at=one.published_at, hosts=[one.host])
        placed = place(
            connection,
            replace(_unread(one.number + 1), host=one.host, series_id=self.series_id),
            new,
            partial(judging, alone),
            trim=partial(trim, new.marks.fingerprint, alone, judging=judging),
        )
        database = _now() - fingerprinted - judging.ms
        return Arrival(one, placed, fingerprinted - begin, database, judging.ms, judging.candidates), new

    def _count(self, connection: Connection, one: Written, new: MarkedReading) -> None:
        text_id = texts.known_id(connection, texts.digest(one.text))
        assert text_id is not None
        where = boilerplate.Place(one.host, self.series_id)
        boilerplate.count(connection, text_id, new.marks.fingerprint.paragraphs, where, one.home + 1)

    def _add_rows(
        self, connection: Connection, written: Sequence[Written], news: Sequence[MarkedReading], text_ids: Sequence[int]
    ) -> None:
        rows = list(zip(written, news, text_ids, strict=True))
        stories = [self._story_row(one, new) for one, new, _ in rows if one.home == one.number]
        if stories:
            connection.execute(insert(story), stories)
        connection.execute(insert(page), [self._page_row(one) for one in written])
        connection.execute(insert(revision), [_revision_row(*row) for row in rows])

    def _story_row(self, one: Written, new: MarkedReading) -> dict[str, Any]:
        return {
            "id": one.number + 1,
            "series_id": self.series_id,
            "status": "ok",
            "canonical_revision_id": one.number + 1,
            "first_seen_at": one.published_at,
            **canonical.copied(new),
        }

    def _page_row(self, one: Written) -> dict[str, Any]:
        url = f"http://{one.host}/{one.number}.html"
        return {"id": one.number + 1, **new_page(url, self.series_id, one.published_at, via="entry", depth=0)}

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection


@contextmanager
def _roomy(connection: Connection) -> Iterator[None]:
    """Where one transaction touches every page of the index, it should do so once."""
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        connection.exec_driver_sql(f"PRAGMA cache_size=-{_ROOMY}")
    yield
    if is_sqlite:
        connection.exec_driver_sql(f"PRAGMA cache_size=-{_USUAL}")


def _read(one: Written) -> MarkedReading:
    """What the pipelines make of a text."""
    key = match_key(one.text)
    return MarkedReading(
        Reading(title=one.title, text=one.text, published_at=one.published_at),
        Marks(
            match_key=key,
            title_key=match_key(one.title),
            fingerprint=fingerprint(key, one.text),
            standing=Standing(1, ""),
        ),
    )


def _stored(connection: Connection, new: MarkedReading) -> int:
    reading, marks = new
    known = texts.known_id(connection, texts.digest(reading.text))
    return known or texts.add(connection, reading.text, marks.match_key, marks.fingerprint)


def _unread(page_id: int) -> KnownPage:
    """A page before its first visit."""
    return KnownPage(
        id=page_id,
        host="",
        series_id=0,
        depth=0,
        attempts=0,
        interval_days=0,
        unconfirmed_since=None,
        row_count=None,
        is_above=False,
        unchanged_times=0,
        distrusted=False,
        outcome_at=None,
        published_at=None,
        etag=None,
        last_modified=None,
        payload_sha256=None,
        story_id=None,
        relation=None,
        outcome=None,
        revision_id=None,
        text_id=None,
        standing=None,
        revision_title=None,
        revision_title_key=None,
        extractor_version="",
        text_sha256=None,
        key_sha256=None,
        is_sketched=False,
    )


def _revision_row(one: Written, new: MarkedReading, text_id: int) -> dict[str, Any]:
    return {
        "id": one.number + 1,
        "page_id": one.number + 1,
        "story_id": one.home + 1,
        "text_id": text_id,
        "standing": new.marks.standing.rank,
        "standing_reason": "",
        "details": {},
        "extractor_version": "",
        "recorded_at": one.published_at,
        **canonical.copied(new),
    }


def _now() -> float:
    return time.process_time() * 1000
