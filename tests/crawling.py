"""A real `scrapy` process on a real archive file."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.warm_start import warm_start

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
    """Runs a `command`, to its end."""
    assert arguments[:3] == command()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out, tempfile.TemporaryFile("w+", encoding="utf-8") as err:
        code = warm_start().run(arguments[3:], environment(archive), out, err, seconds=120)
        for file in (out, err):
            file.seek(0)
        return subprocess.CompletedProcess(arguments, code, out.read(), err.read())
