"""A page has its seconds of CPU, on a busy machine too; a worker that does nothing has them on the clock."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from crawler.readers import deadline as clock
from crawler.readers.deadline import cpu_seconds, deadline, still_at_it

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell the CPU time of a process")


@pytest.fixture
def busy() -> Iterator[int]:
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as process:
        yield process.pid
        process.kill()


@pytest.fixture
def idle() -> Iterator[int]:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process.pid
        process.kill()


def waited(seconds: float, pid: int) -> float:
    async def wait() -> None:
        async with deadline(seconds, pid):
            await asyncio.sleep(60)

    began = time.monotonic()
    with pytest.raises(TimeoutError):
        asyncio.run(wait())
    return time.monotonic() - began


def test_a_worker_that_computes_has_its_seconds_of_cpu(busy: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "LOOK", 0.3)
    before = cpu_seconds(busy)
    seconds = waited(0.5, busy)
    assert cpu_seconds(busy) - before >= 0.45 or seconds > 0.5 * clock._MOST, "or the machine gave it less by then"


def test_one_that_has_less_of_the_cpu_may_take_longer_but_not_for_ever(
    busy: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "LOOK", 0.02)
    shares = iter(range(1_000))
    monkeypatch.setattr(clock, "cpu_seconds", lambda _: next(shares) * 0.002)
    assert 0.3 < waited(0.1, busy) < 5


def test_one_that_does_nothing_has_the_seconds_on_the_clock(idle: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "LOOK", 0.2)
    time.sleep(0.2)
    assert waited(0.3, idle) < 5


def test_a_process_that_is_gone_has_no_time() -> None:
    with subprocess.Popen([sys.executable, "-c", "pass"]) as process:
        process.wait()
        assert cpu_seconds(process.pid) == 0


def test_who_has_not_answered_is_waited_for_while_it_computes(busy: int, idle: int) -> None:
    at_it, at_nothing = still_at_it(60, busy), still_at_it(60, idle)
    time.sleep(1)
    assert at_it()
    while at_nothing():  # it may still be starting; that ends by itself
        time.sleep(0.5)
    used_up = still_at_it(0.01, busy)
    while used_up():
        time.sleep(0.1)
