"""How fast kept pages are read anew beside the crawl that brought them: `python -m benchmarks.reextract [--pages N]`.

A series of pages of real weight is crawled from this machine. Then its archive is made to be of an older version that
missed the links of every third page. `scrapy reextract` reports, `--apply` is killed in the middle and called again:
what both have told together must be the report.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from sqlalchemy import create_engine, text

from benchmarks.runs import Site
from benchmarks.scrapy_runs import ROOT, crawl

MISSED: Final = 3  # of so many pages one
_OLDER: Final = (
    "UPDATE revision SET extractor_version = '1+older'",
    "UPDATE page SET read_with = NULL",
    f"DELETE FROM mention WHERE page_id % {MISSED} = 0",
)
_HELD: Final = "SELECT count(*) FROM page WHERE revision_id IS NOT NULL"


class Reading:
    """One `scrapy reextract --json` in a process of its own, whose rows are in a file."""

    def __init__(self, database: Path, *more: str) -> None:
        self._file = database.with_name(f"rows{time.monotonic_ns()}")
        self._begun = time.perf_counter()
        with self._file.open("w") as rows:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "scrapy", "reextract", "--json", *more],
                cwd=ROOT,
                stdout=rows,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                env=os.environ | {"ARCHIVE_URL": f"sqlite:///{database}", "PYTHONPATH": str(ROOT)},
            )

    def ended(self) -> float:
        """Waits for it; the seconds that it took."""
        code = self._process.wait()
        if code:
            raise SystemExit(f"scrapy reextract has ended with {code}")
        return time.perf_counter() - self._begun

    def killed(self, seconds: float) -> None:
        time.sleep(seconds)
        if self._process.poll() is not None:
            raise SystemExit("scrapy reextract --apply was over before it could be killed: take more --pages")
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def rows(self) -> list[dict[str, Any]]:
        """What it told; without a line that the kill has cut in two."""
        whole = self._file.read_text("utf-8").rpartition("\n")[0]
        return [json.loads(line) for line in whole.splitlines()]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    pages = parser.parse_args().pages
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "archive.db"
        with Site(pages, 7) as site:
            begun = time.perf_counter()
            done = crawl(database, site.start_url, settings=("RUN_MAX_PAGES=0", "RUN_MAX_MINUTES=0"))
            crawled = time.perf_counter() - begun
        engine = create_engine(f"sqlite:///{database}")
        with engine.begin() as connection:
            held = connection.scalar(text(_HELD)) or 0
            for statement in _OLDER:
                connection.execute(text(statement))
        engine.dispose()
        print(
            f"crawl: {held} pages in {crawled:.0f} s, {held / crawled:.1f} a second, code {done.returncode}", flush=True
        )
        report = Reading(database)
        seconds = report.ended()
        wanted = {row["url"]: row for row in report.rows()}
        print(f"report: {held / seconds:.1f} pages a second, {held / seconds / (held / crawled):.2f} of the crawl's")
        print(f"  (asked 1); {len(wanted)} of them are read otherwise", flush=True)
        first = Reading(database, "--apply")
        first.killed(seconds / 2)
        rest = Reading(database, "--apply")
        rested = rest.ended()
        told = {row["url"]: row for row in (*first.rows(), *rest.rows())}
        extra, lost = told.keys() - wanted.keys(), wanted.keys() - told.keys()
        other = sum(told[url] != wanted[url] for url in told.keys() & wanted.keys())
        print(f"killed after {seconds / 2:.0f} s with {len(first.rows())} rows told; {len(rest.rows())} in the other")
        print(
            f"  {rested:.0f} s. Of the report {len(lost)} untold, {other} told otherwise, {len(extra)} more (asked 0)"
        )
        return 1 if lost or other or extra else 0


if __name__ == "__main__":
    sys.exit(main())
