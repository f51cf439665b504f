"""Row 20: a crawl whose lock PostgreSQL has let go of takes it again, or leaves the series to who has it now."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import Archive
from storage.locks import series_lock
from tests.crawler.site import Site, serving
from tests.crawling import ROOT, crawl_command, environment
from tests.storage.test_locks import end_holders
from tests.test_exit_codes import until
from tests.torture.large_site import serve_series

BUSY = 75
SLOW = ("-s", "DOWNLOAD_DELAY=0.3")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


def crawling(start: str, archive_url: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        crawl_command(start, *SLOW),
        env={**environment(Path("unused.db")), "ARCHIVE_URL": archive_url},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.torture
@pytest.mark.parametrize("is_taken", [False, True])
def test_a_crawl_that_has_lost_its_lock(site: Site, postgresql_url: str, *, is_taken: bool) -> None:
    start = serve_series(site, 12)
    with Archive(postgresql_url, read_only=True) as archive:
        process = crawling(start, postgresql_url)
        until(lambda: archive.series() and archive.series()[0].stories > 2)
        name = archive.series()[0].name
        end_holders(postgresql_url)
        if is_taken:
            with series_lock(postgresql_url, name):
                stories = archive.series()[0].stories
                printed, told = process.communicate(timeout=60)
                assert process.returncode == BUSY, printed + told
                assert "another process has taken its place: this one stops" in told
                assert "Traceback" not in told
                assert not printed
                assert archive.series()[0].stories <= stories + 1, "what was being committed when it was taken"
            printed, told = crawling(start, postgresql_url).communicate(timeout=60)
        else:
            printed, told = process.communicate(timeout=60)
        assert archive.series()[0].stories == 12, printed + told
        assert [site.count(f"/{number}.html") for number in range(1, 12)] == [1] * 11 or is_taken
