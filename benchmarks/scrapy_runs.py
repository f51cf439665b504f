"""One `scrapy crawl series` in a process of its own, and what the archive says afterwards."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
_AT_HOME = ("ALLOWED_ADDRESSES=127.0.0.0/8", "ALLOWED_PORTS=any", "LOG_LEVEL=WARNING")


def crawl(
    database: Path, url: str, *, warc: Path | None = None, pause: float = 0.0, settings: tuple[str, ...] = ()
) -> "subprocess.CompletedProcess[str]":
    """The crawl of the series of the story at `url`, to its end; `pause` is in seconds between two requests."""
    chosen = [part for value in (*_AT_HOME, f"DOWNLOAD_DELAY={pause}", *settings) for part in ("-s", value)]
    source = ["-a", f"warc={warc}"] if warc else []
    return _scrapy(database, "crawl", "series", "-a", f"url={url}", *source, *chosen)


def ledger(database: Path, series: str) -> list[dict[str, Any]]:
    """The lines of `scrapy series NAME --json`."""
    said = _scrapy(database, "series", series, "--json")
    return [json.loads(line) for line in said.stdout.splitlines() if line.startswith("{")]


def _scrapy(database: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        env=os.environ | {"ARCHIVE_URL": f"sqlite:///{database}", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
