"""A long series on loopback, crawled, crawled again, and crawled again with one story more."""

import asyncio
import resource
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from benchmarks.corpus import Site, build_site
from benchmarks.corpus_pages import Template
from benchmarks.scrapy_runs import crawl
from benchmarks.site import Server, reply

ROWS = 20  # of a page of the column


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One crawl.

    Attributes:
        cpu: Seconds of the whole process tree.
        revisions: Rows of that table afterwards.
    """

    requests: int
    seconds: float
    cpu: float
    revisions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comeback:
    """Three crawls of one series.

    Attributes:
        watched: Pages that list it.
    """

    stories: int
    watched: int
    pause: float
    first: Visit
    unchanged: Visit
    one_new: Visit
    has_new: bool


class _Counting(Server):
    hits = 0

    def data_received(self, data: bytes) -> None:
        type(self).hits += data.count(b"\r\n\r\n")
        super().data_received(data)


@contextmanager
def served(replies: dict[bytes, bytes], by: type[Server] = _Counting) -> Iterator[int]:
    """Answers on loopback until the block ends; gives the port. Later changes of `replies` count."""
    by.replies, by.asked, by.started_cpu = replies, set(), time.process_time()
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(by, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def comeback(stories: int, pause: float, seed: int, folder: Path) -> Comeback:
    rng = Random(f"long {seed}")
    template = replace(Template.random(rng), has_column=True, has_neighbours=False, rows=ROWS, paged="numbers")
    replies: dict[bytes, bytes] = {}
    with served(replies) as port:
        site = build_site(f"127.0.0.1:{port}", 1, stories + 1, rng, template)
        (series,) = site.series
        series.is_plain = False
        newest = series.stories[-1]
        newest.in_column = False
        replies |= _replies(site)
        start, database = series.stories[-2].url, folder / "long.db"
        visits = [_visit(database, start, pause), _visit(database, start, pause)]
        newest.in_column = True
        replies |= _replies(site)
        visits.append(_visit(database, start, pause))
    with closing(sqlite3.connect(database)) as connection:
        asked = "SELECT count(*) FROM page WHERE url = ? AND story_id IS NOT NULL"
        has_new = connection.execute(asked, (newest.url,)).fetchone()[0] == 1
    first, unchanged, one_new = visits
    return Comeback(
        stories=stories,
        watched=site.column_pages + 1,
        pause=pause,
        first=first,
        unchanged=unchanged,
        one_new=one_new,
        has_new=has_new,
    )


def _replies(site: Site) -> dict[bytes, bytes]:
    prefix = f"http://{site.host}"
    return {url.removeprefix(prefix).encode(): reply("200 OK", html.encode()) for url, html in site.pages()}


def _visit(database: Path, start: str, pause: float) -> Visit:
    hits, cpu, began = _Counting.hits, _cpu(), time.perf_counter()
    ended = crawl(database, start, pause=pause)
    seconds = time.perf_counter() - began
    if ended.returncode not in {0, 20, 21}:
        raise RuntimeError(f"the crawl ended with {ended.returncode}: {ended.stderr[-2000:]}")
    with closing(sqlite3.connect(database)) as connection:
        revisions = connection.execute("SELECT count(*) FROM revision").fetchone()[0]
    return Visit(requests=_Counting.hits - hits, seconds=seconds, cpu=_cpu() - cpu, revisions=revisions)


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
