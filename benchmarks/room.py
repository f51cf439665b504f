"""How long twenty readers wait for the first byte of the reading room's pages, beside the same questions from Python.

    python -m benchmarks.room sqlite:///archive.db

The two take turns, so that whatever else the machine does at the time weighs on both. `benchmarks.search` fills an
archive of a hundred thousand stories.
"""

import argparse
import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final
from urllib.parse import quote, urlsplit

from storage import Archive
from wangqi.search.parsing import parse

_READERS: Final = 20
_EACH: Final = 10  # pages, one after the other
_WORDS: Final = ("经济", "经济 发展", "生产", "技术 服务", "世界", "电影")
_LONG_AGO: Final = datetime(1990, 1, 1, tzinfo=UTC)
_SHARE: Final = 0.95


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archive", help="the URL of an archive; a path is SQLite's")
    parser.add_argument("--rounds", type=int, default=4, help="of ten pages for each reader (4)")
    asked = parser.parse_args()
    url = asked.archive if "://" in asked.archive else f"sqlite:///{asked.archive}"
    with Archive(url, read_only=True) as archive, _served(url) as home:
        ids = [story.id for story in archive.stories(limit=2_000)]
        _until_ready(home)
        for name, (path, question) in _pages(archive, ids).items():
            waited: tuple[list[float], list[float]] = [], []
            for turn in range(asked.rounds):
                first = turn * _READERS * _EACH
                waited[0].extend(_by_all(partial(_first_byte, home, path), first))
                waited[1].extend(_by_all(partial(_timed, question), first))
            web, python = map(_slow, waited)
            print(f"{name:8} {1000 * web:6.0f} ms, from Python {1000 * python:6.0f} ms: {web / python:.2f}", flush=True)


def _pages(archive: Archive, ids: list[int]) -> dict[str, tuple[Callable[[int], str], Callable[[int], object]]]:
    """The address of the n-th page of each kind, and what Python asks instead of it."""

    def home(_: int) -> object:
        return archive.series(with_missing=False), archive.spans(), archive.changed(_week_ago(), limit=31)

    def story(turn: int) -> object:
        detail = archive.story(ids[turn % len(ids)])
        assert detail is not None
        return archive.copies(detail.story.id), archive.beside(detail.story), archive.captures(detail.story.revision_id)

    def search(turn: int) -> object:
        query = parse(_WORDS[turn % len(_WORDS)])
        return archive.search(query, limit=21), archive.facets(query)

    return {
        "home": (lambda _: "/", home),
        "story": (lambda turn: f"/story/{ids[turn % len(ids)]}", story),
        "search": (lambda turn: f"/search?q={quote(_WORDS[turn % len(_WORDS)])}", search),
        "changes": (lambda _: "/changes", lambda _: archive.changed(_LONG_AGO, limit=101)),
        "runs": (lambda _: "/runs", lambda _: (archive.runs(limit=31), archive.pulse())),
    }


def _week_ago() -> datetime:
    return datetime.now(UTC) - timedelta(days=7)


def _by_all(wait: Callable[[int], float], first: int) -> list[float]:
    """What the readers have waited, all of them at once."""
    with ThreadPoolExecutor(_READERS) as readers:
        return list(readers.map(wait, range(first, first + _READERS * _EACH)))


def _first_byte(home: str, path: Callable[[int], str], turn: int) -> float:
    connection = http.client.HTTPConnection(urlsplit(home).netloc, timeout=600)
    begun = time.monotonic()
    connection.request("GET", path(turn), headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    waited = time.monotonic() - begun
    answer.read()
    connection.close()
    if answer.status != http.HTTPStatus.OK:
        sys.exit(f"{path(turn)} was answered with {answer.status}. Read it in a browser.")
    return waited


def _timed(question: Callable[[int], object], turn: int) -> float:
    begun = time.monotonic()
    question(turn)
    return time.monotonic() - begun


def _slow(waited: list[float]) -> float:
    return sorted(waited)[int(_SHARE * (len(waited) - 1))]


@contextmanager
def _served(url: str) -> Iterator[str]:
    command = [sys.executable, "-m", "crawler.console", "browse", "--port", "0"]
    room = subprocess.Popen(command, env={**os.environ, "ARCHIVE_URL": url}, stdout=subprocess.PIPE, text=True)
    try:
        assert room.stdout is not None
        found = next((found for line in room.stdout if (found := re.search(r"http://127\.0\.0\.1:\d+", line))), None)
        if found is None:
            sys.exit("The room did not open: `scrapy browse` says why.")
        yield found[0]
    finally:
        room.terminate()
        room.wait()


def _until_ready(home: str) -> None:
    """The first page of all waits for what the others find made."""
    _first_byte(home, lambda _: "/", 0)


if __name__ == "__main__":
    main()
