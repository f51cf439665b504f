"""One measured crawl: a fresh folder, a fresh database, a process tree watched until it ends."""

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from types import TracebackType
from typing import Self

import psutil

from benchmarks.process_tree import ProcessTree

EVERY = 0.2  # seconds between samples
STALLED = 120  # seconds without a new page after which a crawl is given up
EARLY = 500  # pages, where the memory of the end is compared to
MB = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One contestant.

    Attributes:
        command: With `{url}` where the start page goes.
        project: The folder of its scrapy.cfg.
        database: The environment variable that names its database.
        count: SQL for the articles it holds.
    """

    name: str
    command: tuple[str, ...]
    project: Path
    database: str
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one crawl took.

    Attributes:
        pages: Distinct story pages that the site handed out.
        rows: Articles in the database afterwards, -1 when it has none to ask.
        seconds: From the start of the process to its end.
        rss_mb_at_500: Median over the samples of 450 to 550 pages; None for a shorter crawl, as `rss_mb_at_end`.
        rss_mb_at_end: The same over the last 100 pages.
        foreign_share: Of the machine's cores, what neither the crawl nor the site used: the neighbours' load.
        errors: The end of what it wrote to stderr.
    """

    side: str
    pages: int
    rows: int
    exit_code: int
    seconds: float
    cpu_ms_a_page: float
    peak_mb: float
    rss_mb_at_500: float | None
    rss_mb_at_end: float | None
    foreign_share: float
    errors: str

    @property
    def pages_a_second(self) -> float:
        return self.pages / self.seconds

    @property
    def sound(self) -> bool:
        """It came to its end and kept what it fetched."""
        return self.exit_code == 0 and self.rows == self.pages > 0


class Site:
    """The loopback site in a process of its own; a context manager."""

    about: dict[str, float]
    start_url: str

    def __init__(self, pages: int, seed: int) -> None:
        self.pages = pages
        self._command = [sys.executable, "-m", "benchmarks.site", f"--pages={pages}", f"--seed={seed}"]
        self._served, self._cpu = 0, 0.0

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the site did not start (exit {self._process.wait()}): {' '.join(self._command)}")
        self.about = json.loads(line)
        port = int(self.about.pop("port"))
        self._line = HTTPConnection("127.0.0.1", port, timeout=10)
        self.start_url = f"http://127.0.0.1:{port}/story/0.html"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.close()
        self._process.terminate()
        self._process.communicate()

    def ask(self, what: str = "_stats") -> dict[str, float]:
        self._line.request("GET", f"/{what}")
        answer: dict[str, float] = json.load(self._line.getresponse())
        return answer

    def served(self, pages: int, cpu_seconds: float) -> None:
        """Accounts one crawl to the server's own cost."""
        self._served += pages
        self._cpu += cpu_seconds

    @property
    def cpu_ms_a_page(self) -> float:
        return 1000 * self._cpu / max(1, self._served)


def run(side: Side, site: Site, folder: Path, tell: Callable[[int], None]) -> Run:
    """Runs one side into `folder`; `tell` hears the pages fetched so far."""
    folder.mkdir(parents=True)
    database = folder / "benchmark.db"
    command = [part.format(url=site.start_url) for part in side.command]
    shutil.copy(side.project / "scrapy.cfg", folder)  # what a crawl leaves about stays in its own folder
    environment = os.environ | {side.database: f"sqlite:///{database}", "PYTHONPATH": str(side.project)}
    site.ask("_reset")
    busy, reaped, server = _busy(), _reaped(), site.ask()["cpu"]
    started = time.perf_counter()
    with (folder / "stderr").open("w+", encoding="utf-8") as errors:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=errors)
        tree = ProcessTree(psutil.Process(process.pid))
        samples = _watch(process, tree, site, tell)
        seconds = time.perf_counter() - started
        errors.seek(0)
        said = errors.read()[-2000:]
    stats = site.ask()
    pages, server = int(stats["pages"]), stats["cpu"] - server
    tell(pages)
    site.served(pages, server)
    # Sampling misses the last moments, reaping misses orphans; neither counts too much.
    cpu = max(tree.cpu_seconds, _reaped() - reaped)
    foreign = (_busy() - busy - cpu - server) / (seconds * (psutil.cpu_count() or 1))
    return Run(
        side=side.name,
        pages=pages,
        rows=_rows(database, side.count),
        exit_code=process.returncode,
        seconds=seconds,
        cpu_ms_a_page=1000 * cpu / max(1, pages),
        peak_mb=tree.peak / MB,
        rss_mb_at_500=_around(samples, EARLY - 50, EARLY + 50),
        rss_mb_at_end=_around(samples, max(EARLY, site.pages - 100), site.pages),
        foreign_share=max(0.0, foreign),
        errors=said,
    )


def _watch(
    process: "subprocess.Popen[bytes]", tree: ProcessTree, site: Site, tell: Callable[[int], None]
) -> list[tuple[int, int]]:
    """(pages served, RSS in bytes) over the life of the process, which ends here in any case."""
    samples: list[tuple[int, int]] = []
    moved, last = time.monotonic(), -1
    try:
        while process.poll() is None:
            pages = int(site.ask()["pages"])
            if rss := tree.sample():
                samples.append((pages, rss))
            tell(pages)
            if pages != last:
                moved, last = time.monotonic(), pages
            elif time.monotonic() - moved > STALLED:
                break
            time.sleep(EVERY)
    finally:
        if process.poll() is None:
            tree.kill()
        process.wait()
    return samples


def _around(samples: list[tuple[int, int]], low: int, high: int) -> float | None:
    chosen = [rss for pages, rss in samples if low <= pages <= high]
    return median(chosen) / MB if chosen and high > EARLY else None


def _rows(database: Path, count: str) -> int:
    try:
        connection = sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)
        try:
            return int(connection.execute(count).fetchone()[0])
        finally:
            connection.close()
    except sqlite3.Error:
        return -1


def _busy() -> float:
    """CPU seconds that the whole machine has worked."""
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0) - getattr(times, "guest", 0))


def _reaped() -> float:
    """CPU seconds of the processes that have ended and whose ends were awaited, theirs included."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
