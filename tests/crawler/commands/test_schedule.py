"""The scheduler: what is due, called once, with real crawls of a loopback site; and how it stops."""

import asyncio
import contextlib
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import text

from crawler.scheduling import processes
from crawler.scheduling.processes import Children
from crawler.scheduling.scheduler import Scheduler
from crawler.scheduling.stop_signals import StopSignals
from storage import Archive
from storage.db.errors import NewerVersionError
from storage.locks import scheduler_lock, series_lock
from tests.crawler.commands.conftest import Shell
from tests.crawler.site import Site, response, serving
from wangqi import exit_codes

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 3, 10, 4, tzinfo=UTC)  # noon in Shanghai


class Stopped(Children):
    """Its crawls are held by SIGSTOP when they begin."""

    def _start(self, name: str) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        process.send_signal(signal.SIGSTOP)
        return process


@pytest.mark.parametrize("is_continued", [False, True])
def test_a_crawl_that_is_stopped_holds_no_place(monkeypatch: pytest.MonkeyPatch, *, is_continued: bool) -> None:
    """Row 3 of issue 12."""
    monkeypatch.setattr(processes, "_LOOK", 0.1)
    monkeypatch.setattr(processes, "_STOPPED", 1.0)
    children = Stopped()
    called = children.call("lake")
    while not children._running:
        time.sleep(0.01)
    if is_continued:
        time.sleep(0.5)
        children._running["lake"].send_signal(signal.SIGCONT)
        time.sleep(1.5)
        assert not called.done(), "it is left alone"
    else:
        assert called.result(20) == -signal.SIGKILL
    with StopSignals() as signals:
        children.stop(1, signals)


class Endless(Children):
    """Its crawls do not end by themselves, and do not heed who asks them to."""

    def _start(self, name: str) -> "subprocess.Popen[bytes]":
        code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
        return subprocess.Popen([sys.executable, "-c", code])


def test_a_crawl_that_goes_on_beyond_its_limit_is_ended(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(processes, "_LOOK", 0.1)
    children = Endless(max_minutes=60, overtime=0.5 / 60)
    assert children.call("lake", 0.5 / 60).result(20) == -signal.SIGKILL  # the limit of its entry counts
    told = [record.message for record in caplog.records if "its limit is over" in record.message]
    assert [line.split()[1] for line in told] == ["asked", "killed"]
    with StopSignals() as signals:
        children.stop(1, signals)


class Quick(Children):
    """Its crawls are over at once, with a run in the archive or, of a series in `fruitless`, without one."""

    def __init__(self, archive_url: str) -> None:
        super().__init__()
        self.url = archive_url
        self.fruitless: set[str] = set()

    def _start(self, name: str) -> "subprocess.Popen[bytes]":
        if name not in self.fruitless:
            with Archive(self.url) as archive:
                run = archive.begin_run(archive.series_named(name))
                archive.end_run(run, reason="finished", counts={"stored": 1}, exit_code=0)
        return subprocess.Popen([sys.executable, "-c", ""])


def test_a_look_every_minute_calls_once_a_stroke(
    archive_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.chdir(tmp_path)
    catalogue(tmp_path, lake="https://news.example/1")
    children = Quick(archive_url)
    scheduler = Scheduler(archive_url, "series.toml", children)

    def calls(after: timedelta) -> int:
        return len([call.result() for call in scheduler.call_due(NOW + after)])

    def told() -> list[str]:
        return [record.message for record in caplog.records if record.levelno > logging.INFO]

    assert calls(timedelta()) == 1
    assert calls(timedelta(minutes=1)) == 0
    (tmp_path / "series.toml").write_text("[lake")
    assert calls(timedelta(days=1)) == 1  # by the last good catalogue
    assert calls(timedelta(days=1, minutes=1)) == 0
    assert [line.startswith("series.toml, line 1") for line in told()] == [True]
    (tmp_path / "series.toml").write_text("")  # as an editor may leave it for a moment
    assert calls(timedelta(days=1, minutes=2)) == 0
    assert told()[1:] == ["The catalogue 'series.toml' has no entries any more; those it had stay in force."]
    catalogue(tmp_path, lake="https://news.example/1", river="https://news.example/2")
    children.fruitless = {"river"}
    assert calls(timedelta(days=1, minutes=3)) == 1
    assert calls(timedelta(days=1, minutes=4)) == 1  # it never got as far as a run
    assert calls(timedelta(days=1, minutes=5)) == 0
    assert calls(timedelta(days=1, minutes=34)) == 1  # and again after half an hour
    # Another scheduler knows of these calls what this one knew.
    later = Scheduler(archive_url, "series.toml", children).call_due(NOW + timedelta(days=1, minutes=35))
    assert later == []
    with Archive(archive_url, read_only=True) as archive:
        assert {name: call.attempts for name, call in archive.calls().items()} == {"lake": 1, "river": 3}
    with StopSignals() as signals:
        children.stop(1, signals)


def test_after_an_upgrade_of_the_archive_it_ends_and_says_why(
    archive_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    catalogue(tmp_path, lake="https://news.example/1")
    scheduler = Scheduler(archive_url, "series.toml", Quick(archive_url))
    with Archive(archive_url) as archive:
        archive._write(lambda c: c.execute(text("UPDATE archive_version SET version_num = '9999'")))
    with StopSignals() as signals, pytest.raises(NewerVersionError, match=r"This scheduler .* ends"):
        scheduler.run(signals)


PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>2026-03-01 来源：河东日报</p>" + "".join(
    f"<p>第{n}天，船工把缆绳解开，河水退到石阶以下，岸边的人说今年的渡口比往年热闹。</p>" for n in range(12)
)


async def slow(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.sleep(60)
        writer.write(response(PAGE.format("渡口")))


@pytest.fixture
def site() -> Iterator[Site]:
    story = response(PAGE.format("渡口"))
    with serving() as running:
        running.pages |= {"/robots.txt": response("", "404 Not Found"), "/1": story, "/1?page=2": story, "/slow": slow}
        yield running


def catalogue(folder: Path, **starts: str) -> None:
    entries = [f'[{name}]\nstart = "{start}"\nschedule = "0 6 * * *"\n' for name, start in starts.items()]
    (folder / "series.toml").write_text("".join(entries), "utf-8")
    (folder / "scrapy.cfg").write_text("[settings]\ndefault = crawler.settings\n", "utf-8")


def scheduler(folder: Path, *options: str) -> "subprocess.Popen[str]":
    at_home = ["-s", "ALLOWED_ADDRESSES=127.0.0.0/8", "-s", "ALLOWED_PORTS=any", "-s", "DOWNLOAD_DELAY=0"]
    return subprocess.Popen(
        [sys.executable, "-m", "scrapy", "schedule", *at_home, *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "ARCHIVE_URL": "sqlite:///archive.db"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def first_line_with(words: str, process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    seen = []
    for line in process.stdout:
        seen.append(line)
        if words in line:
            return line
    pytest.fail("".join(seen))


def test_once_crawls_what_is_due(site: Site, tmp_path: Path) -> None:
    catalogue(tmp_path, lake=site.url("/1"), river=site.url("/1?page=2"))
    out, _ = scheduler(tmp_path, "--once").communicate(timeout=100)
    assert "lake: crawl begins" in out
    assert "river: crawl ended with" in out
    with Archive(f"sqlite:///{tmp_path}/archive.db", read_only=True) as archive:
        assert {run.series for run in archive.runs()} == {"lake", "river"}


@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.torture)])
def test_a_signal_stops_it_and_its_crawls(site: Site, tmp_path: Path, number: signal.Signals) -> None:
    catalogue(tmp_path, lake=site.url("/slow"))
    process = scheduler(tmp_path, "--grace", "0.5")
    pid = int(first_line_with("lake: crawl begins", process).rpartition("process ")[2].rstrip(")\n"))
    until(lambda: site.count("/slow") > 0)
    process.send_signal(number)
    out, _ = process.communicate(timeout=100)
    assert process.returncode == 0
    assert "asked to stop" in out
    assert "Traceback" not in out
    until(lambda: not psutil.pid_exists(pid))


@pytest.mark.torture
@pytest.mark.parametrize(("signals", "seconds"), [(1, 5), (2, 60)])
def test_one_signal_lets_crawls_finish_their_pages_and_a_second_does_not(
    site: Site, tmp_path: Path, signals: int, seconds: int
) -> None:
    """The first page comes so many seconds after it was asked for, and leads to another."""
    block = '<h3>往期回顾</h3><ul><li><a href="/2">渡口（2）</a></li></ul>'

    async def late(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(seconds)
            writer.write(response(PAGE.format("渡口（1）") + block))

    other = PAGE.format("渡口（2）").replace(
        "船工把缆绳解开，河水退到石阶以下，岸边的人说", "守林人数完了年轮，雪从北坡下来，山里的学生写信说"
    )
    site.pages |= {"/1": late, "/2": response(other)}
    catalogue(tmp_path, lake=site.url("/1"))
    with scheduler(tmp_path) as process:
        pid = int(first_line_with("lake: crawl begins", process).rpartition("process ")[2].rstrip(")\n"))
        until(lambda: site.count("/1") > 0)
        sent = time.monotonic()
        process.terminate()
        first_line_with("asked to stop", process)
        if signals > 1:
            process.terminate()
        out, _ = process.communicate(timeout=100)
    took = time.monotonic() - sent
    print(f"{signals} signals, a page that takes {seconds} s: ended after {took:.1f} s")
    assert process.returncode == 0
    assert not psutil.pid_exists(pid)
    assert ("killed" in out) == (signals > 1)
    assert site.count("/2") == 0
    with Archive(f"sqlite:///{tmp_path}/archive.db", read_only=True) as archive:
        (run,) = archive.runs()
        ended = (run.exit_code, run.counts.get("stored")) if run.ended_at else None
    assert ended == ((exit_codes.SIGNAL, 1) if signals == 1 else None)
    assert signals == 1 or took < seconds / 2
    site.pages["/1"] = response(PAGE.format("渡口（1）") + block)
    out, _ = scheduler(tmp_path, "--once").communicate(timeout=100)
    assert "lake: crawl ended with 0" in out
    with Archive(f"sqlite:///{tmp_path}/archive.db", read_only=True) as archive:
        assert len([*archive.stories("lake")]) == 2


def test_crawls_end_with_a_scheduler_that_was_killed(site: Site, tmp_path: Path) -> None:
    catalogue(tmp_path, lake=site.url("/slow"))
    with scheduler(tmp_path) as process:
        pid = int(first_line_with("lake: crawl begins", process).rpartition("process ")[2].rstrip(")\n"))
        until(lambda: site.count("/slow") > 0)
        tree = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        process.kill()
        gone, alive = psutil.wait_procs(tree, timeout=5)
    assert not alive
    assert len(gone) > 1, "its readers as well"
    site.pages["/slow"] = response(PAGE.format("渡口"))
    out, _ = scheduler(tmp_path, "--once").communicate(timeout=100)
    assert "lake: crawl ended with" in out
    with Archive(f"sqlite:///{tmp_path}/archive.db", read_only=True) as archive:
        made, died = archive.runs()
        assert (made.counts.get("stored"), died.reason) == (1, "interrupted")
        assert archive.calls()["lake"].attempts == 2
    again, _ = scheduler(tmp_path, "--once").communicate(timeout=100)
    assert "crawl begins" not in again


def until(done: Any) -> None:
    for _ in range(1000):
        if done():
            return
        time.sleep(0.1)
    pytest.fail("it did not come about in 100 s")


def test_a_second_scheduler_is_refused(shell: Shell, tmp_path: Path) -> None:
    catalogue(tmp_path, lake="https://news.example/1")
    with scheduler_lock(shell.archive_url):
        Scheduler(shell.archive_url, "series.toml", Children())
        answer = shell("schedule", "--once")
    assert answer.code == 75
    assert f"has a scheduler already; it needs no second one. It is process {os.getpid()} on " in answer.err


@pytest.mark.torture
@pytest.mark.timeout(3600)
def test_of_five_schedulers_one_runs(tmp_path: Path) -> None:
    """Twenty times, started at one moment."""
    catalogue(tmp_path, lake="http://127.0.0.1:9/1")
    for _ in range(20):
        five = [scheduler(tmp_path) for _ in range(5)]
        try:
            until(lambda five=five: sum(one.poll() is not None for one in five) >= 4)
            (running,) = [one for one in five if one.poll() is None]
            for one in five:
                if one is not running:
                    out, _ = one.communicate()
                    assert one.returncode == 75
                    assert f"It is process {running.pid} on " in out
            running.terminate()
            running.communicate(timeout=100)
            assert running.returncode == 0
        finally:
            for one in five:
                if one.poll() is None:
                    one.kill()
                    one.communicate()


def test_a_series_that_is_being_crawled_is_left_alone(shell: Shell, tmp_path: Path) -> None:
    catalogue(tmp_path, lake="https://news.example/1")
    with series_lock(shell.archive_url, "lake"):
        assert shell("schedule", "--once").code == 0


def test_nothing_to_schedule_is_told(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "series.toml").write_text('[lake]\nstart = "https://news.example/1"\n')
    answer = shell("schedule")
    assert answer.code == 2
    assert answer.err.startswith("No entry of the catalogue 'series.toml' has a schedule.")
    (tmp_path / "series.toml").write_text("[lake")
    assert shell("schedule").err.startswith("series.toml, line 1: ")


def test_doctor(shell: Shell, tmp_path: Path) -> None:
    answer = shell("doctor", "--json")
    assert answer.code == 0
    states = {row["check"]: row["state"] for row in answer.rows}
    assert states["archive"] == states["catalogue"] == states["libraries"] == "ok"
    assert "1 series, 3 stories" in answer.out
    (tmp_path / "series.toml").write_text("[lake")
    broken = shell("doctor")
    assert broken.code == 1
    assert "catalogue\tbad\tseries.toml, line 1" in broken.out
    assert "first crawl makes it" in shell("doctor", ARCHIVE_URL="sqlite:///new.db").out
    assert shell("doctor", ARCHIVE_URL="sqlite:///no/folder.db").code == 1


def test_doctor_says_where_nothing_can_be_written(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.cli.doctor.os.access", lambda _, mode: mode != os.W_OK)
    answer = shell("doctor")
    assert answer.code == 1
    (disk,) = [line for line in answer.out.splitlines() if line.startswith("disk")]
    assert disk.split("\t")[1] == "bad"
    assert "cannot be written to" in disk


def test_what_is_scheduled_and_what_would_run(shell: Shell, tmp_path: Path) -> None:
    catalogue = tmp_path / "series.toml"
    catalogue.write_text(
        '[shuixiang]\nstart = "https://news.example/1"\nevery = "12h"\n'
        '[lake]\nstart = "https://news.example/2"\nschedule = "0 6 * * *"\n'
        '[river]\nstart = "https://news.example/3"\nschedule = "auto"\n',
        "utf-8",
    )
    listed = shell("schedule", "--list", "--json", CATALOGUE=str(catalogue))
    assert [(row["series"], row["when"], bool(row["last"])) for row in listed.rows] == [
        ("shuixiang", "every 12h", True),
        ("lake", "0 6 * * *", False),
        ("river", "every 1d", False),
    ]
    assert [row["why"] for row in listed.rows[1:]] == ["series.toml", "auto: no rhythm is known yet"]
    planned = shell("schedule", "--dry-run", "--days", "2", "--json", CATALOGUE=str(catalogue))
    moments = [row["at"] for row in planned.rows]
    assert moments == sorted(moments)
    assert [row["series"] for row in planned.rows].count("lake") == 3  # now, since it was never crawled, and twice
    assert (listed.code, planned.code) == (0, 0)
    assert shell("schedule", "--dry-run", "--once", CATALOGUE=str(catalogue)).code == exit_codes.USAGE
    for wrong in (["--grace", "nan"], ["--overtime", "-5"], ["--days", "0"]):
        refused = shell("schedule", "--list", *wrong, CATALOGUE=str(catalogue))
        assert (refused.code, f"{wrong[1]!r} is no " in refused.err) == (exit_codes.USAGE, True)
    (tmp_path / "archive 1.db").write_bytes(b"no database" * 99)
    assert shell("schedule", "--list", CATALOGUE=str(catalogue)).code == exit_codes.ERROR


def test_whether_a_scheduler_is_alive(shell: Shell) -> None:
    assert shell("schedule", "--alive").code == exit_codes.ERROR
    with Archive(shell.archive_url) as archive:
        archive.begin_schedule(7, "lakeside", datetime.now(UTC))
        answer = shell("schedule", "--alive")
        assert (answer.code, "process 7 on lakeside looked" in answer.out) == (0, True)
        archive.has_looked(datetime.now(UTC) - timedelta(minutes=6))
    assert shell("schedule", "--alive").code == exit_codes.ERROR


def test_health_for_prometheus(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "wangqi.prom"
    written, shown = shell("health", "--prometheus", str(file)), shell("health", "--prometheus", "-")
    assert written.code == shown.code
    assert 'wangqi_stories{series="shuixiang"} 3' in file.read_text("utf-8")
    assert 'wangqi_stories{series="shuixiang"} 3' in shown.out


def test_the_addresses_of_notify_are_tried(shell: Shell, tmp_path: Path) -> None:
    entry = '[lake]\nstart = "https://news.example/1"\nevery = "1d"\n'
    (tmp_path / "series.toml").write_text(entry, "utf-8")
    assert shell("schedule", "--try-notify").code == exit_codes.USAGE
    (tmp_path / "series.toml").write_text(f'notify = ["$NO_SUCH"]\n{entry}', "utf-8")
    answer = shell("schedule", "--try-notify")
    assert answer.code == exit_codes.ERROR
    assert answer.out.startswith("address 1 of the whole archive: the environment has no $NO_SUCH")
