"""A real `scrapy` process on a real archive file."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Loopback is nobody's server: no pause, and its addresses may be dialled.
AT_HOME = ("ALLOWED_ADDRESSES=127.0.0.0/8", "ALLOWED_PORTS=any", "DOWNLOAD_DELAY=0", "LOG_LEVEL=WARNING")


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "scrapy", *arguments]


def crawl_command(start: str, *more: str) -> list[str]:
    settings = [part for value in AT_HOME for part in ("-s", value)]
    return command("crawl", "series", "-a", f"url={start}", *settings, *more)


def environment(archive: Path) -> dict[str, str]:
    return {**os.environ, "ARCHIVE_URL": f"sqlite:///{archive}", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def scrapy(archive: Path, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        arguments, env=environment(archive), cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
