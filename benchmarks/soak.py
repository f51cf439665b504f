"""Days of the scheduler in half an hour: nothing missed, nothing twice, nothing that grows.

    make soak        or        python -m benchmarks.soak [--minutes 30] [--series 30] [--every 5] [--archive URL]

A real `scrapy schedule` crawls that many series of a site on this machine, each every few minutes, with a channel for
its notices. Its memory, its open handles, dead children and the files beside the archive are looked at all the while;
in the end the runs of the archive are held beside the strokes of the clock. `--archive` names another database, such as
an empty one of PostgreSQL.
"""

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psutil

from storage import Archive

ROOT = Path(__file__).parents[1]
STORIES = 3
LOOK = 2.0  # seconds
MINUTE = timedelta(minutes=1)
_PARAGRAPH = "<p>第{0}天，船工把缆绳解开，河水退到石阶以下，岸边的人说今年的渡口比往年热闹，{1}也来了。</p>"


def page(path: str) -> str | None:
    """A story of a series, with its 往期; /7/2.html is the second of the seventh."""
    parts = path.strip("/").removesuffix(".html").split("/")
    if len(parts) != 2 or not all(part.isdigit() for part in parts):
        return None
    series, number = map(int, parts)
    title = f"第{series}河手记（{number}）：渡口"
    body = "".join(_PARAGRAPH.format(day, f"{series}村{number}号") for day in range(12))
    others = "".join(
        f'<li><a href="/{series}/{other}.html">第{series}河手记（{other}）：渡口</a></li>'
        for other in range(1, STORIES + 1)
        if other != number
    )
    head = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>2026-03-0{number} 来源：河东日报</p>"
    return f"{head}{body}<h3>往期回顾</h3><ul>{others}</ul></body></html>"


def answer(path: str) -> tuple[int, str]:
    found = page(path)
    return (200, found) if found else (404, "not here")


@contextmanager
def serving(answer: Callable[[str], tuple[int, str]]) -> Iterator[str]:
    """A site on loopback, while this lasts; `answer` gives the status and the page of a path."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, html = answer(self.path)
            raw = html.encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


@dataclass
class Seen:
    """What the looks at the scheduler have seen, one after the other."""

    memory: list[int] = field(default_factory=list)  # bytes
    handles: list[int] = field(default_factory=list)  # while no crawl ran
    zombies: int = 0  # dead children that two looks in a row saw
    files: list[int] = field(default_factory=list)  # bytes of all but the archive

    def growth(self) -> float:
        """Of the memory, from the second quarter to the last."""
        quarter = max(1, len(self.memory) // 4)
        return median(self.memory[-quarter:]) / median(self.memory[quarter : 2 * quarter] or self.memory) - 1


def watch(process: "subprocess.Popen[bytes]", folder: Path, until: float) -> Seen:
    its, seen, dead = psutil.Process(process.pid), Seen(), set[int]()
    while time.monotonic() < until and process.poll() is None:
        children = its.children()
        zombies = {child.pid for child in children if child.status() == psutil.STATUS_ZOMBIE}
        seen.zombies += len(zombies & dead)
        dead = zombies
        seen.memory.append(its.memory_info().rss)
        if not children:
            seen.handles.append(its.num_fds())
        others = (file for file in folder.rglob("*") if file.is_file() and not file.name.startswith("archive.db"))
        seen.files.append(sum(file.stat().st_size for file in others))
        time.sleep(LOOK)
    return seen


@dataclass
class Held:
    """The runs beside the strokes."""

    strokes: int = 0
    late: int = 0  # that a run answered after the next one had come
    missed: int = 0
    twice: int = 0


def hold(archive: Archive, series: int, every: int, begun: datetime, ended: datetime) -> Held:
    held = Held()
    for at in range(series):
        runs = sorted(run.started_at for run in archive.runs(f"series{at}", limit=10_000))
        first = begun.replace(second=0, microsecond=0) + MINUTE
        strokes = [first + n * MINUTE for n in range(int((ended - first) / MINUTE) + 1)]
        strokes = [stroke for stroke in strokes if stroke.minute % every == at % every]
        # The last one may be waiting for its turn.
        for stroke, following in pairwise(strokes):
            answers = [run for run in runs if stroke <= run < following]
            held.strokes += 1
            held.twice += max(0, len(answers) - 1)
            if not answers:
                held.late += any(run >= following for run in runs)
                held.missed += not any(run >= following for run in runs)
    return held


def soak(minutes: float, series: int, every: int, archive_url: str | None = None) -> tuple[Seen, Held, int]:
    """What was seen, what was held, and how the scheduler ended."""
    with TemporaryDirectory() as name, serving(answer) as address:
        folder, url = Path(name), archive_url or f"sqlite:///{name}/archive.db"
        entries = (
            f'[series{at}]\nstart = "{address}/{at}/1.html"\nschedule = "{at % every}-59/{every} * * * *"\n'
            for at in range(series)
        )
        (folder / "series.toml").write_text("".join(entries), "utf-8")
        (folder / "scrapy.cfg").write_text("[settings]\ndefault = crawler.settings\n", "utf-8")
        at_home = ("ALLOWED_ADDRESSES=127.0.0.0/8", "ALLOWED_PORTS=any", "DOWNLOAD_DELAY=0", "EXTRACT_WORKERS=1")
        options = [part for setting in at_home for part in ("-s", setting)]
        begun = datetime.now(UTC)
        process = subprocess.Popen(
            [sys.executable, "-m", "scrapy", "schedule", *options, "--at-once", str(os.cpu_count() or 2)],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "ARCHIVE_URL": url},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            seen = watch(process, folder, time.monotonic() + 60 * minutes)
            ended = datetime.now(UTC)
        finally:
            process.send_signal(signal.SIGTERM)
            code = process.wait(120)
        with Archive(url, read_only=True) as archive:
            return seen, hold(archive, series, every, begun, ended), code


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--series", type=int, default=30)
    parser.add_argument("--every", type=int, default=5, help="minutes between two crawls of a series (5)")
    parser.add_argument("--archive", help="the address of an empty database; else a file of SQLite")
    asked = parser.parse_args(arguments)
    seen, held, code = soak(asked.minutes, asked.series, asked.every, asked.archive)
    told = f"{asked.series} series for {asked.minutes:g} minutes, each every {asked.every}"
    print(f"{told}; the scheduler ended with {code}")
    print(f"  strokes {held.strokes:,}; missed {held.missed}, twice {held.twice}, answered late {held.late}")
    print(f"  memory {median(seen.memory) / 2**20:.0f} MiB, from its second quarter to its last {seen.growth():+.1%}")
    handles = seen.handles or [0]
    print(f"  handles {handles[0]} at first, {handles[-1]} in the end; dead children that stayed: {seen.zombies}")
    print(f"  files beside the archive {seen.files[0]:,} bytes at first, {seen.files[-1]:,} in the end")
    is_well = not (held.missed or held.twice or seen.zombies or code) and seen.growth() < 0.1
    return 0 if is_well and handles[-1] <= handles[len(handles) // 4] + 2 else 1


if __name__ == "__main__":
    sys.exit(main())
