"""What it costs to read a whole series again that has not changed: where its server gives ETags, and where it does not.

    python -m benchmarks.unchanged [--stories 1000]

A series on this machine is crawled; then all its stories and lists are due, as after weeks, and it is crawled again.
Counted are the requests and bytes that the server sees, beside those of the first crawl in the same run.
"""

import argparse
import hashlib
import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import ClassVar

from benchmarks.corpus import build_site
from benchmarks.corpus_pages import Template
from benchmarks.recrawl import ROWS, served
from benchmarks.scrapy_runs import crawl
from benchmarks.site import Server, reply

_CONDITION = b"if-none-match: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Of one crawl.

    Attributes:
        unchanged: Answers that were a 304.
        sent: Bytes that the server has sent.
        revisions: Rows of that table afterwards.
    """

    requests: int
    unchanged: int
    sent: int
    stories: int
    revisions: int


class _Validating(Server):
    """Answers with an ETag, and with 304 to who names it, where it `has_etags`."""

    has_etags: ClassVar[bool] = True
    requests: ClassVar[int] = 0
    unchanged: ClassVar[int] = 0
    sent: ClassVar[int] = 0

    def data_received(self, data: bytes) -> None:
        *requests, self.waiting = (self.waiting + data).split(b"\r\n\r\n")
        for request in requests:
            path = request.split(b" ", 2)[1]
            answer = self.replies.get(path) or self._other(path)
            if self.has_etags and path in self.replies:
                answer = self._validated(request, answer)
            self._count(len(answer), is_unchanged=answer.startswith(b"HTTP/1.1 304"))
            self.transport.write(answer)

    def _validated(self, request: bytes, answer: bytes) -> bytes:
        etag = b'"' + hashlib.sha256(answer).hexdigest()[:16].encode() + b'"'
        said = next((line for line in request.split(b"\r\n") if line.lower().startswith(_CONDITION)), b"")
        if said[len(_CONDITION) :] == etag:
            return b"HTTP/1.1 304 Not Modified\r\nETag: " + etag + b"\r\n\r\n"
        return answer.replace(b"\r\n", b"\r\nETag: " + etag + b"\r\n", 1)

    @classmethod
    def _count(cls, length: int, *, is_unchanged: bool) -> None:
        cls.requests += 1
        cls.sent += length
        cls.unchanged += is_unchanged


def costs(stories: int, folder: Path, *, has_etags: bool, seed: int = 7) -> tuple[Cost, Cost]:
    """Of the first crawl, and of the one that reads everything again."""
    rng = Random(f"long {seed}")
    template = replace(Template.random(rng), has_column=True, has_neighbours=False, rows=ROWS, paged="numbers")
    database = folder / f"{'with' if has_etags else 'without'}.db"
    replies: dict[bytes, bytes] = {}
    _Validating.has_etags = has_etags
    with served(replies, _Validating) as port:
        site = build_site(f"127.0.0.1:{port}", 1, stories, rng, template)
        (series,) = site.series
        series.is_plain = False
        prefix = f"http://{site.host}"
        replies |= {url.removeprefix(prefix).encode(): reply("200 OK", html.encode()) for url, html in site.pages()}
        start = series.stories[-1].url
        first = _cost(database, start)
        with closing(sqlite3.connect(database)) as connection, connection:
            connection.execute("UPDATE page SET due_at = 0 WHERE story_id IS NOT NULL OR row_count IS NOT NULL")
        return first, _cost(database, start)


def _cost(database: Path, start: str) -> Cost:
    before = _Validating.requests, _Validating.unchanged, _Validating.sent
    ended = crawl(database, start, settings=("RUN_MAX_PAGES=0", "RUN_MAX_MINUTES=0"))
    if ended.returncode not in {0, 20, 21}:
        raise RuntimeError(f"the crawl ended with {ended.returncode}: {ended.stderr[-2000:]}")
    with closing(sqlite3.connect(database)) as connection:
        stories, revisions = (
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("story", "revision")
        )
    requests, unchanged, sent = (
        now - then
        for now, then in zip((_Validating.requests, _Validating.unchanged, _Validating.sent), before, strict=True)
    )
    return Cost(requests=requests, unchanged=unchanged, sent=sent, stories=stories, revisions=revisions)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=1000)
    asked = parser.parse_args(arguments)
    is_well = True
    for has_etags in (True, False):
        with tempfile.TemporaryDirectory(prefix="unchanged-") as folder:
            first, again = costs(asked.stories, Path(folder), has_etags=has_etags)
        print(f"{asked.stories} stories, {'with' if has_etags else 'without'} ETag")
        for name, cost in (("the whole crawl", first), ("again, unchanged", again)):
            share = f", {cost.sent / first.sent:.1%}" if cost is again else ""
            told = f"{cost.requests:>6,} requests, {cost.unchanged:>6,} of them 304, {cost.sent:>12,} bytes{share}"
            print(f"  {name:<18}{told}; {cost.stories:,} stories, {cost.revisions:,} revisions")
        is_well &= first.revisions == again.revisions and again.requests <= first.requests
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
