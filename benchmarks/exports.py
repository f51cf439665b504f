"""What an export costs in each form, and whether its memory is flat: `python -m benchmarks.exports [--stories N]`.

Fills an archive of SQLite with generated stories of 1,000 characters (`benchmarks/search.py`), then exports it in each
form in a process of its own, which tells its CPU and its peak memory. What pages brought is not in it, so that WARC and
WACZ are measured with a payload for each story. What it means: docs/exporting.md.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert, select

from benchmarks.search import Growing
from storage import Archive
from storage.db.engine import archive_engine
from storage.exports.chosen import Chosen, Selection
from storage.exports.formats import FORMATS, export
from storage.recording import payloads
from storage.schema import capture, page, text

_STORIES: Final = 100_000
_BATCH: Final = 1_000
_MOST_MEMORY, _FASTEST = 150, 20_000  # MiB; stories a second of JSON Lines


def fill(url: str, count: int) -> None:
    Growing(url).insert(count)
    engine = archive_engine(url)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        _captures(connection, count)
    engine.dispose()


def _captures(connection: Connection, count: int) -> None:
    """A page of HTML for each story."""
    for start in range(1, count + 1, _BATCH):
        numbers = range(start, min(start + _BATCH, count + 1))
        bodies = connection.execute(select(text.c.id, text.c.body).where(text.c.id.in_(numbers))).all()
        rows: list[dict[str, object]] = []
        for number, words in bodies:
            body = f"<html><body>{words}</body></html>".encode()
            digest = hashlib.sha256(body).digest()
            payloads.store(connection, body, digest)
            rows.append({"page_id": number, "payload_sha256": digest})
        found = connection.execute(select(page.c.id, page.c.url).where(page.c.id.in_(numbers)))
        urls: dict[object, str] = {row.id: row.url for row in found}
        moment = connection.execute(select(page.c.discovered_at).limit(1)).scalar_one()
        same = {"kind": "response", "fetched_at": moment, "status": 200, "headers": {"content-type": "text/html"}}
        same |= {"outcome": "stored", "reason": ""}
        connection.execute(insert(capture), [row | same | {"url": urls[row["page_id"]]} for row in rows])


def measure(url: str, form: str, file: Path) -> None:
    """Runs in a process of its own, and prints what a row of the table needs."""
    with Archive(url, read_only=True) as archive:
        begun, used = time.perf_counter(), time.process_time()
        count = export(FORMATS[form], Chosen(archive=archive, selection=Selection()), file)
        wall, cpu = time.perf_counter() - begun, time.process_time() - used
    status = Path("/proc/self/status").read_text("utf-8")  # getrusage begins with the peak of whoever forked it
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    size = (
        file.stat().st_size if file.is_file() else sum(one.stat().st_size for one in file.rglob("*") if one.is_file())
    )
    per_second = f"{count / cpu:9,.0f}/s CPU {count / wall:9,.0f}/s wall"
    print(f"{form:10} {count:8,} {per_second}   peak {peak:5.0f} MiB   {size / 2**20:7.1f} MiB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=_STORIES)
    parser.add_argument("--forms", nargs="*", default=list(FORMATS), help="only these")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        measure(options.one[0], options.one[1], Path(options.one[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'archive.db'}"
        fill(url, options.stories)
        print(f"asked: JSON Lines {_FASTEST:,} stories/s, memory flat at {_MOST_MEMORY} MiB or less", flush=True)
        for form in options.forms:
            file = Path(folder, f"out.{FORMATS[form].suffixes[0]}")
            one = [sys.executable, "-m", "benchmarks.exports", "--one", url, form, str(file)]
            subprocess.run(one, check=True, env=os.environ)


if __name__ == "__main__":
    main()
