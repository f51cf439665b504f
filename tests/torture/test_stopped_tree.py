"""Rows 3 and 41: with any process of a crawl's tree stopped (SIGSTOP) it goes on, and a signal ends it all the same."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.crawler.site import Site, serving
from tests.crawling import ROOT, environment, run
from tests.test_exit_codes import PATIENCE, until
from tests.torture.large_site import acknowledged, check_archive, command, environment_for, serve_series

LENGTH = 40
GOES_ON = 60  # seconds
TIMEOUT = 4  # DOWNLOAD_TIMEOUT and EXTRACT_TIMEOUT, seconds
BEGUN: list["subprocess.Popen[str]"] = []
HASTY = ("-s", f"DOWNLOAD_TIMEOUT={TIMEOUT}", "-s", f"EXTRACT_TIMEOUT={TIMEOUT}")

# Of the crawl's process, those that are stopped: its child forks the workers, of which one judges.
TREE: dict[str, Callable[[psutil.Process], list[psutil.Process]]] = {
    "the crawl": lambda crawl: [crawl],
    "the fork server": lambda crawl: crawl.children(),
    "the first worker": lambda crawl: crawl.children()[0].children()[:1],
    "the last worker": lambda crawl: crawl.children()[0].children()[-1:],
    "all workers": lambda crawl: crawl.children()[0].children(),
    "all but the crawl": lambda crawl: crawl.children(recursive=True),
}


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


@pytest.fixture(autouse=True)
def none_is_left() -> Iterator[None]:
    """A process that is stopped would wait for ever when its test has failed."""
    yield
    while BEGUN:
        process = BEGUN.pop()
        with suppress(psutil.NoSuchProcess):
            for one in [*psutil.Process(process.pid).children(recursive=True), process]:
                one.kill()


def crawl(folder: Path, start: str, *more: str) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        command(start, folder, "-s", "DOWNLOAD_DELAY=0.1", *more),
        env=environment(folder / "archive.db") | environment_for(folder),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    BEGUN.append(process)
    return process


def suspended(process: "subprocess.Popen[str]", folder: Path, which: str) -> list[psutil.Process]:
    """In the middle of a crawl."""
    until(lambda: len(acknowledged(folder)) > 3, 4 * GOES_ON)
    stopped = TREE[which](psutil.Process(process.pid))
    assert stopped
    for one in stopped:
        one.suspend()
    return stopped


def check_completed(folder: Path, start: str, site: Site) -> None:
    again = run(
        command(start, folder, "-a", "refresh=unreadable"), environment(folder / "archive.db") | environment_for(folder)
    )
    assert again.returncode == 0, again.stdout + again.stderr
    check_archive(f"sqlite:///{folder / 'archive.db'}", folder, site, LENGTH)


@pytest.mark.parametrize("which", [name for name in TREE if name != "the crawl"])
@pytest.mark.torture
@pytest.mark.timeout(300)
def test_stopped_for_ever(site: Site, tmp_path: Path, which: str) -> None:
    """With the deadlines as they are set."""
    start = serve_series(site, LENGTH)
    process = crawl(tmp_path, start)
    suspended(process, tmp_path, which)
    began, before = time.monotonic(), len(acknowledged(tmp_path))
    until(lambda: len(acknowledged(tmp_path)) > before + 16 or process.poll() is not None, 4 * GOES_ON)
    print(f"{which} for ever: went on after {time.monotonic() - began:.0f} s")
    assert time.monotonic() - began < GOES_ON
    printed, told = process.communicate(timeout=200)
    assert process.returncode in {0, 20}, printed + told
    check_completed(tmp_path, start, site)


@pytest.mark.parametrize("which", TREE)
@pytest.mark.torture
@pytest.mark.timeout(300)
def test_stopped_for_20_seconds(site: Site, tmp_path: Path, which: str) -> None:
    start = serve_series(site, LENGTH)
    process = crawl(tmp_path, start)
    stopped = suspended(process, tmp_path, which)
    if which == "the crawl":
        began = time.monotonic()
        second = crawl(tmp_path, start)  # begun with nothing: a warm one would ask for a turn to write
        _, told = second.communicate(timeout=200)
        assert process.poll() is None, "it had ended before it was stopped"
        assert second.returncode == 75
        assert f"is running already. Run again when it has ended. It is process {process.pid}, since" in told
        time.sleep(max(0, 20 - (time.monotonic() - began)))
    else:
        time.sleep(20)
    before, began = len(acknowledged(tmp_path)), time.monotonic()
    for one in stopped:
        with suppress(psutil.NoSuchProcess):
            one.resume()
    until(lambda: len(acknowledged(tmp_path)) > before or process.poll() is not None, 4 * GOES_ON)
    print(f"{which} for 20 s: went on after {time.monotonic() - began:.0f} s")
    assert time.monotonic() - began < GOES_ON
    printed, told = process.communicate(timeout=200)
    assert process.returncode in {0, 20}, printed + told
    check_completed(tmp_path, start, site)


@pytest.mark.parametrize("which", ["the fork server", "all but the crawl"])
@pytest.mark.torture
def test_a_signal_is_heeded_while_readers_and_judge_are_waited_for(site: Site, tmp_path: Path, which: str) -> None:
    start = serve_series(site, LENGTH)
    process = crawl(tmp_path, start, *HASTY)
    suspended(process, tmp_path, which)
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    printed, told = process.communicate(timeout=100)
    assert process.returncode == 11, printed + told
    assert "Traceback" not in told
    assert time.monotonic() - began < (TIMEOUT + 5) * PATIENCE
    check_completed(tmp_path, start, site)
