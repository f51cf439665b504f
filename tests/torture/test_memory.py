"""Row 19, and the table of what must be shown: the memory of a long run does not grow."""

import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Final

import psutil
import pytest

from benchmarks.process_tree import ProcessTree
from tests.crawler.site import serving
from tests.crawling import ROOT, environment
from tests.torture.large_site import check_archive, command, environment_for, serve_series

LENGTH: Final = 20_000
EARLY: Final = range(900, 1_100)  # pages fetched
LATE: Final = range(LENGTH - 1_000, LENGTH + 1)
SECONDS: Final = 0.5  # between two looks


def mean(samples: list[tuple[int, int]], among: range) -> float:
    found = [rss for pages, rss in samples if pages in among]
    return sum(found) / len(found)


@pytest.mark.torture
@pytest.mark.timeout(7200)
def test_the_memory_of_a_run_is_flat(sqlite_url: str, tmp_path: Path) -> None:
    samples: list[tuple[int, int]] = []
    with serving() as site, (tmp_path / "told").open("wb") as told:
        process = subprocess.Popen(
            command(serve_series(site, LENGTH), tmp_path),
            env=environment(tmp_path) | environment_for(tmp_path) | {"ARCHIVE_URL": sqlite_url},
            cwd=ROOT,
            stdout=told,
            stderr=told,
        )
        tree = ProcessTree(psutil.Process(process.pid))
        while process.poll() is None:
            samples.append((len(site.hits), tree.sample()))
            with suppress(subprocess.TimeoutExpired):
                process.wait(SECONDS)
        assert process.returncode in {0, 20}
        check_archive(sqlite_url, tmp_path, site, LENGTH)
    early, late = mean(samples, EARLY), mean(samples, LATE)
    megabytes = [f"{size / 2**20:.0f} MB" for size in (early, late, tree.peak)]
    print(f"{megabytes[0]} at {EARLY.start} pages, {megabytes[1]} at {LENGTH}, peak {megabytes[2]}")
    assert late <= 1.1 * early
