"""One `scrapy crawl series` in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
_AT_HOME = ("ALLOWED_ADDRESSES=127.0.0.0/8", "ALLOWED_PORTS=any", "LOG_LEVEL=WARNING")


def crawl(
    database: Path, url: str, *, warc: Path | None = None, pause: float = 0.0
) -> "subprocess.CompletedProcess[str]":
    """The crawl of the series of the story at `url`, to its end; `pause` is in seconds between two requests."""
    settings = [part for value in (*_AT_HOME, f"DOWNLOAD_DELAY={pause}") for part in ("-s", value)]
    source = ["-a", f"warc={warc}"] if warc else []
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "series", "-a", f"url={url}", *source, *settings],
        env=os.environ | {"ARCHIVE_URL": f"sqlite:///{database}", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
