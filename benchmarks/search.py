"""How long a search takes beside a scan, and what its index costs: `python -m benchmarks.search [--sizes N N]`.

Fills archives of SQLite with generated stories of 1,000 characters, drawn as often as Zipf has it, so that words of two
to four characters are as rare as in the press. Words with under 1,000 hits are searched for through `Archive.search`,
and some of them by LIKE in the same run. Both read a warm file. What it means: docs/searching.md.
"""

import argparse
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import Final

import numpy as np
from sqlalchemy import Connection, insert

from pipelines.analyse import in_normal_form, marks_of
from storage import Archive
from storage.db.engine import archive_engine
from storage.frontier.due import new_page
from storage.schema import page, revision, story
from storage.schema import text as texts
from storage.works import search_index
from wangqi.copies.trust import Registry
from wangqi.urls import url_digest
from wangqi.visit import Capture, Reading, Visit

SIZES: Final = (10_000, 100_000)
LENGTH: Final = 1_000
QUERIES, SCANS = 300, 12
RECORDED: Final = 600
_BATCH, _STEP = 500, 20_000  # stories a statement, and a transaction
_CHARACTERS: Final = np.array([chr(0x4E00 + at) for at in range(3_000)])
_SCAN: Final = "SELECT count(*) FROM text WHERE body LIKE ?"
_FIRST: Final = datetime(1990, 1, 1, tzinfo=UTC)  # the first story's time; then one an hour


def bodies(seed: int = 7) -> Iterator[str]:
    """Texts without an end, of ten paragraphs each."""
    chance = np.random.default_rng(seed)
    weights = 1 / np.arange(1, len(_CHARACTERS) + 1) ** 0.9
    weights /= weights.sum()
    while True:
        for row in chance.choice(_CHARACTERS, (_BATCH, LENGTH), p=weights):
            letters = "".join(row.tolist())
            yield "\n".join(letters[at : at + 100] for at in range(0, LENGTH, 100))


class Growing:
    """An archive that grows, and what it has cost so far.

    Attributes:
        inserted: Seconds of a processor for the rows, and for drawing their texts.
        indexed: For their index.
        size: Bytes of the index.
    """

    def __init__(self, url: str) -> None:
        with Archive(url) as archive:
            self._series = archive.series_named("benchmark")
        self.url, self.count = url, 0
        self._made = bodies()
        self.inserted = self.indexed = 0.0
        self.size = 0

    def grow(self, count: int) -> None:
        """To so many stories, which a search finds."""
        file = Path(self.url.removeprefix("sqlite:///"))
        while self.count < count:
            behind = self.count
            self.inserted += self.insert(min(count, behind + _STEP))
            size = _size(file)
            self.indexed += self._timed(partial(search_index.fill, behind=behind))
            self.size += _size(file) - size

    def insert(self, count: int) -> float:
        """To so many, of which no search finds the new ones; answers the seconds."""
        starts = range(self.count + 1, count + 1, _BATCH)

        def work(connection: Connection) -> None:
            for start in starts:
                numbers = range(start, min(start + _BATCH, count + 1))
                _insert(connection, self._series, numbers, list(islice(self._made, len(numbers))))

        self.count = count
        return self._timed(work)

    def _timed(self, work: Callable[[Connection], object]) -> float:
        engine = archive_engine(self.url)
        begun = time.process_time()
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            work(connection)
        engine.dispose()
        return time.process_time() - begun


def recorded(visits: Sequence[Visit], *, is_indexed: bool) -> float:
    """Milliseconds of a processor that the archive spends on a visit as a crawl hands it over."""
    with tempfile.TemporaryDirectory() as folder, Archive(f"sqlite:///{folder}/archive.db") as archive:
        archive.begin_run(archive.series_named("benchmark"))
        add = search_index.add
        if not is_indexed:
            search_index.add = lambda *_: None
        try:
            begun = time.process_time()
            for done in [archive.record(visit) for visit in visits]:
                done.result()
            return (time.process_time() - begun) / len(visits) * 1000
        finally:
            search_index.add = add


def _visits(count: int) -> Iterator[Visit]:
    """New stories, read and marked already, as by the processes that read pages."""
    for number, body in enumerate(islice(bodies(), count), 1):
        url = f"https://river.example/{number}.html"
        reading = in_normal_form(Reading(title=body[:12], text=body, published_at=_moment(number)))
        capture = Capture(url=url, fetched_at=_FIRST, status=200, headers={}, body=body.encode())
        marks = marks_of(reading, url, Registry())
        yield Visit(series_id=1, run_id=1, url=url, outcome="stored", capture=capture, reading=reading, marks=marks)


def _insert(connection: Connection, series: int, numbers: Sequence[int], some: Sequence[str]) -> None:
    """The rows that a search and the list of stories ask for; no fingerprint and no bytes."""
    keys = [url_digest(f"text {number}") for number in numbers]
    facts = [
        {"id": n, "title": body[:12], "title_key": body[:12], "published_at": _moment(n), "published_precision": "day"}
        for n, body in zip(numbers, some, strict=True)
    ]
    rows = [
        {"id": n, "sha256": key, "key_sha256": key, "chars": len(body), "body": body}
        for n, key, body in zip(numbers, keys, some, strict=True)
    ]
    connection.execute(insert(texts), rows)
    works = [one | {"series_id": series, "canonical_revision_id": one["id"], "first_seen_at": _FIRST} for one in facts]
    connection.execute(insert(story), works)
    pages = [new_page(f"https://river.example/{n}.html", series, _FIRST, via="entry", depth=0) for n in numbers]
    connection.execute(
        insert(page),
        [one | {"id": n, "story_id": n, "revision_id": n} for n, one in zip(numbers, pages, strict=True)],
    )
    read = {"standing": 1, "details": {}, "extractor_version": "", "recorded_at": _FIRST}
    same = [one | read | {"page_id": one["id"], "story_id": one["id"], "text_id": one["id"]} for one in facts]
    connection.execute(insert(revision), same)


def _moment(number: int) -> datetime:
    return _FIRST + timedelta(hours=number)


def _size(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file.stat().st_size


def words(wanted: int) -> Iterator[str]:
    """Words of two to four characters as texts hold them."""
    chance = random.Random(3)
    made = list(islice(bodies(), 200))
    while wanted:
        body = chance.choice(made)
        length = chance.choice((2, 3, 4))
        place = chance.randrange(len(body) - length)
        word = body[place : place + length]
        if "\n" not in word:
            wanted -= 1
            yield word


def timed(work: Callable[[], int]) -> tuple[float, int]:
    """Milliseconds, and what it answers."""
    begun = time.perf_counter()
    found = work()
    return (time.perf_counter() - begun) * 1000, found


def _searches(archive: Archive, word: str) -> Callable[[], int]:
    return lambda: archive.search(word, limit=20).total or 0


def _scans(plain: sqlite3.Connection, word: str) -> Callable[[], int]:
    return lambda: int(plain.execute(_SCAN, (f"%{word}%",)).fetchone()[0])


def asked(url: str) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds of each search, and of some searches and the same by LIKE."""
    with Archive(url, read_only=True) as archive:
        chosen: list[str] = []
        for word in words(4 * QUERIES):
            total = archive.search(word, limit=20).total  # which warms the file up, too
            if total is not None and len(chosen) < QUERIES:
                chosen.append(word)
        every = [timed(_searches(archive, word))[0] for word in chosen]
    pairs = []
    with Archive(url, read_only=True) as archive, closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as plain:
        for word in chosen[:SCANS]:
            ours, total = timed(_searches(archive, word))
            like, hits = timed(_scans(plain, word))
            # Of a text's lines the index knows the characters alone, so that it finds a word over their ends, too.
            assert total >= hits, word
            pairs.append((ours, like))
    return every, [ours for ours, _ in pairs], [like for _, like in pairs]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0] if __doc__ else None)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES)
    parser.add_argument("--folder", help="where there is room for 16 GB a million (that of temporary files)")
    options = parser.parse_args()
    visits = list(_visits(RECORDED))
    whole, bare = (min(recorded(visits, is_indexed=told) for _ in range(2)) for told in (True, False))
    print(f"a story as a crawl hands it over: {bare:.1f} ms of a processor, and {whole - bare:.1f} ms for its index:")
    print(f"  {(whole - bare) / bare:.2f} of that (asked 1)", flush=True)
    tails = []
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        grown = Growing(f"sqlite:///{folder}/archive.db")
        for count in sorted(options.sizes):
            grown.grow(count)
            tails.append(_tell(grown, count))
    if len(tails) > 1:
        print(f"p95 grows {tails[-1] / tails[0]:.2f} times (asked 3)")


def _tell(grown: Growing, count: int) -> float:
    """Asks the archive as it is, and prints what it cost; answers the p95 of a search in milliseconds."""
    every, ours, like = asked(grown.url)
    tail = quantiles(every, n=20)[-1]
    print(f"{count:,} stories of {LENGTH:,} characters", flush=True)
    print(f"  bare rows {grown.inserted:.1f} s of a processor, index {grown.indexed:.1f} s", end="")
    print(f": {grown.indexed / grown.inserted:.2f} of that")
    print(f"  index {grown.size / 2**20:.0f} MiB, {grown.size / count / LENGTH:.1f} bytes a character")
    print(f"  {len(every)} words under 1,000 hits: median {median(every):.2f} ms, p95 {tail:.2f} ms")
    ratio = median(two / one for one, two in zip(ours, like, strict=True))
    print(f"  LIKE {median(like):.0f} ms: {ratio:.0f} times as long (asked 200 at 1,000,000)", flush=True)
    return tail


if __name__ == "__main__":
    main()
