"""A real `scrapy` process on a real archive file."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.warm_start import Program, warm_start

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


def run(
    arguments: list[str],
    env: Mapping[str, str],
    *,
    folder: Path = ROOT,
    given: str = "",
    largest_file: int | None = None,
    seconds: float = 100,
) -> subprocess.CompletedProcess[str]:
    """Runs `python -m MODULE …` to its end, as `subprocess.run` would, from a warm start."""
    python, option, module, *rest = arguments
    assert (python, option) == (sys.executable, "-m")
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as stdin,
        tempfile.TemporaryFile("w+", encoding="utf-8") as out,
        tempfile.TemporaryFile("w+", encoding="utf-8") as err,
    ):
        stdin.write(given)
        stdin.seek(0)
        program = Program(module, rest, dict(env), str(folder), largest_file)
        code = warm_start().run(program, (stdin, out, err), seconds=seconds)
        for file in (out, err):
            file.seek(0)
        return subprocess.CompletedProcess(arguments, code, out.read(), err.read())


def scrapy(archive: Path, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    """Runs a `command`, to its end."""
    return run(arguments, environment(archive))
