"""How a crawl ends, seen by the shell: one test a code (wrong usage and a full disk: tests/test_bad_input.py)."""

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from storage import Archive
from storage.rows import RunRow
from tests.crawler.site import Site, response, serving
from tests.crawling import ROOT, crawl_command, environment, run, scrapy
from tests.story_pages import story

TIMEOUT = 4  # DOWNLOAD_TIMEOUT, seconds
FOR_EVER = 100
# The machine may be busy with other things: what is promised is DOWNLOAD_TIMEOUT + 5 s, and 2 s.
PATIENCE = 3


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


def chain(site: Site, length: int, *, same_words: bool = False) -> str:
    """A series in which each story names the next one; answers with the address of the first."""
    for number in range(length):
        title = f"数石阶的人：第{number}级"
        following = [(f"数石阶的人：第{number + 1}级", f"/{number + 1}.html")] if number + 1 < length else []
        site.pages[f"/{number}.html"] = story(title, following, seed="one text" if same_words else title)
    return site.url("/0.html")


def test_20_a_part_that_the_budget_does_not_reach(site: Site, tmp_path: Path) -> None:
    """Every page of the chain holds the same text, so that none after the first brings a new story."""
    ended = scrapy(tmp_path / "archive.db", crawl_command(chain(site, 60, same_words=True)))
    assert ended.returncode == 20, ended.stdout + ended.stderr
    assert "《数石阶的人：第21级》 is like the members, and was not asked for: 20 pages in a row" in ended.stdout


def last_run(archive: Path) -> RunRow:
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        return opened.runs(limit=1)[0]


@dataclass
class Stuck:
    """A crawl whose second page never comes."""

    site: Site
    archive: Path
    timeout: int
    url: str = ""
    process: subprocess.Popen[str] = field(init=False)

    def __post_init__(self) -> None:
        async def never(_writer: asyncio.StreamWriter, _headers: dict[str, str]) -> None:
            with suppress(asyncio.CancelledError):
                await asyncio.sleep(FOR_EVER)

        self.url = chain(self.site, 3)
        self.site.pages["/1.html"] = never
        self.process = subprocess.Popen(
            crawl_command(self.url, "-s", f"DOWNLOAD_TIMEOUT={self.timeout}", "-s", "RETRY_TIMES=0"),
            env=environment(self.archive),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        until(lambda: self.site.count("/1.html"))

    def end(self) -> tuple[int, str, float]:
        """Exit code, all that was written, and the seconds that it took."""
        began = time.monotonic()
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out + err, time.monotonic() - began


def until(condition, seconds=60.0):
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.05)
    return found


@pytest.fixture
def stuck(site: Site, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Stuck]:
    crawl = Stuck(site, tmp_path / "archive.db", getattr(request, "param", FOR_EVER))
    yield crawl
    crawl.process.kill()
    crawl.process.wait()
    crawl.process.stdout.close()
    crawl.process.stderr.close()


def test_0_every_page_reached_a_final_state(site: Site, tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    ended = scrapy(archive, crawl_command(chain(site, 3)))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "this run: 3 stored" in ended.stdout
    assert "  exit code 0: every page reached a final state" in ended.stdout
    run = last_run(archive)
    assert (run.exit_code, run.reason, run.counts["stored"]) == (0, "finished", 3)


def test_1_a_bug_is_named_in_the_log_and_costs_one_page(site: Site, tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    failing = tmp_path / "failing.py"
    failing.write_text(
        "class Failing:\n"
        "    def process_item(self, item):\n"
        "        if item.url.endswith('/1.html'):\n"
        "            raise ZeroDivisionError('a bug of ours')\n"
        "        return item\n",
        "utf-8",
    )
    pipelines = '{"failing.Failing": 50}'
    environment_ = environment(archive) | {"PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"}
    ended = run(crawl_command(chain(site, 2), "-s", f"ITEM_PIPELINES={pipelines}"), environment_)
    assert ended.returncode == 1
    assert "ZeroDivisionError: a bug of ours" in ended.stderr or "no story was found" in ended.stdout
    assert last_run(archive).exit_code == 1


@pytest.mark.parametrize("stuck", [TIMEOUT], indirect=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.torture)])
def test_11_a_signal_ends_it_soon_and_the_run_is_closed(stuck: Stuck, number: signal.Signals) -> None:
    stuck.process.send_signal(number)
    code, told, seconds = stuck.end()
    assert code == 11, told
    assert "Traceback" not in told
    assert "  exit code 11: stopped by a signal; run it again to go on" in told
    assert seconds < (TIMEOUT + 5) * PATIENCE
    run = last_run(stuck.archive)
    assert (run.exit_code, run.reason) == (11, "shutdown")
    assert run.ended_at
    chain(stuck.site, 3)
    again = scrapy(stuck.archive, crawl_command(stuck.url, "-a", "refresh=failed"))
    assert again.returncode == 0, again.stdout + again.stderr


def test_13_a_second_signal_ends_it_at_once(stuck: Stuck) -> None:
    stuck.process.send_signal(signal.SIGTERM)
    time.sleep(0.5)
    stuck.process.send_signal(signal.SIGTERM)
    code, told, seconds = stuck.end()
    assert code == 13, told
    assert "Traceback" not in told
    assert "  this run: 1 stored (0 requests)" in told
    assert "  exit code 13: stopped at once by a second signal; run it again to go on" in told
    assert seconds < 2 * PATIENCE
    assert last_run(stuck.archive).ended_at is None
    chain(stuck.site, 3)
    assert scrapy(stuck.archive, crawl_command(stuck.url)).returncode == 0
    with Archive(f"sqlite:///{stuck.archive}", read_only=True) as archive:
        _, first = archive.runs()
    assert (first.reason, first.exit_code) == ("interrupted", None)


@pytest.mark.parametrize(
    ("limit", "reason"),
    [("CLOSESPIDER_PAGECOUNT=2", "closespider_pagecount"), ("CLOSESPIDER_TIMEOUT=3", "closespider_timeout")],
)
def test_14_a_limit(site: Site, limit: str, reason: str, tmp_path: Path) -> None:
    archive, url = tmp_path / "archive.db", chain(site, 60)
    ended = scrapy(archive, crawl_command(url, "-s", limit, "-s", "DOWNLOAD_DELAY=0.2"))
    assert ended.returncode == 14, ended.stderr
    assert "  exit code 14: stopped at a limit; run it again to go on" in ended.stdout
    run = last_run(archive)
    assert (run.exit_code, run.reason) == (14, reason)
    assert 1 <= sum(run.counts.values()) < 60


def test_20_a_page_failed(site: Site, tmp_path: Path) -> None:
    archive, url = tmp_path / "archive.db", chain(site, 3)
    site.pages["/2.html"] = response("", "403 Forbidden")
    ended = scrapy(archive, crawl_command(url))
    assert ended.returncode == 20, ended.stderr
    assert "    《数石阶的人：第2级》: the server answered 403" in ended.stdout


def test_75_another_crawl_of_the_series_is_running(stuck: Stuck) -> None:
    stuck.site.hits.clear()
    ended = scrapy(stuck.archive, crawl_command(stuck.url))
    assert ended.returncode == 75
    busy = f"A crawl of the series {stuck.url!r} is running already. Run again when it has ended."
    assert ended.stderr.startswith(f"{busy} It is process {stuck.process.pid}, since 20")
    assert ended.stderr.count("\n") == 1
    assert not stuck.site.hits


def test_a_crawl_listens_nowhere_and_leaves_no_orphan(stuck: Stuck) -> None:
    crawl = psutil.Process(stuck.process.pid)
    family = [crawl, *until(lambda: crawl.children(recursive=True))]
    assert len(family) >= 2
    for one in family:
        assert [each for each in one.net_connections("all") if each.status == psutil.CONN_LISTEN] == []
    stuck.process.kill()
    gone, alive = psutil.wait_procs(family, timeout=20)
    assert alive == [], gone
    assert "Traceback" not in stuck.end()[1]
