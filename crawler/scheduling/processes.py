"""Crawls as processes of their own, a few at a time, which end with the one that started them."""

import logging
import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Final

from crawler.scheduling import tether
from crawler.scheduling.stop_signals import StopSignals
from wangqi import exit_codes
from wangqi.program import module

logger = logging.getLogger(__name__)

_POLL: Final = 0.1  # seconds
_LOOK: Final = 1.0  # seconds between two looks at a crawl
_STOPPED: Final = 30.0  # seconds after which a crawl that somebody has stopped (SIGSTOP) is given up


class Children:
    """Runs `scrapy crawl NAME` processes in the working directory of this one.

    Args:
        options: What each command line ends with, such as `-s` and a setting.
        at_once: How many run at a time; others wait their turn.
        max_minutes: That a crawl gives itself where its entry of the catalogue says nothing else; 0 is no limit.
        overtime: Minutes beyond its limit after which a crawl is asked to stop, and once more when it is killed.
    """

    def __init__(
        self, options: Sequence[str] = (), *, at_once: int = 1, max_minutes: float = 0, overtime: float = 30
    ) -> None:
        self._options = list(options)
        self._max_minutes = max_minutes
        self._overtime = overtime
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="crawl")
        self._lock = threading.Lock()
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._called: dict[str, Future[int]] = {}
        self._stopping = False

    def call(self, name: str, max_minutes: float | None = None) -> Future[int]:
        """Starts a crawl, or queues it; its future has the exit code. `max_minutes` are those of its entry."""
        self._called[name] = future = self._pool.submit(self._crawl, name, max_minutes)
        return future

    def has(self, name: str) -> bool:
        """Whether a crawl of this name runs, or waits for its turn."""
        called = self._called.get(name)
        return called is not None and not called.done()

    def names(self) -> frozenset[str]:
        """Whose crawls run, or wait for their turn."""
        return frozenset(name for name in tuple(self._called) if self.has(name))

    def stop(self, grace: float, signals: StopSignals) -> None:
        """Asks every crawl to end, waits for `grace` seconds or another signal, and kills what is left."""
        with self._lock:
            self._stopping = True
            running = dict(self._running)
        for name, process in running.items():
            logger.info("%s: asked to stop (process %d)", name, process.pid)
            process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + grace
        while (left := _alive(running)) and time.monotonic() < deadline and not signals.wait(_POLL):
            pass
        for name, process in left.items():
            logger.warning("%s: killed (process %d); its next run goes on from there", name, process.pid)
            process.kill()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _crawl(self, name: str, max_minutes: float | None) -> int:
        started = time.monotonic()
        with self._lock:
            if self._stopping:
                return exit_codes.SIGNAL
            process = self._running[name] = self._start(name)
        logger.info("%s: crawl begins (process %d)", name, process.pid)
        minutes = self._max_minutes if max_minutes is None else max_minutes
        code = self._ended(name, process, (minutes + self._overtime) * 60 if minutes else math.inf)
        with self._lock:
            del self._running[name]
        logger.info("%s: crawl ended with %d after %.0f s", name, code, time.monotonic() - started)
        return code

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        crawl = [sys.executable, "-m", module(), "crawl", name, *self._options]
        tethered = [sys.executable, "-I", str(Path(tether.__file__)), str(os.getpid()), *crawl]
        # A session of its own, so that a Ctrl-C reaches the crawl once, through us.
        return subprocess.Popen(tethered, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 - see above

    def _ended(self, name: str, process: subprocess.Popen[bytes], seconds: float) -> int:
        """The exit code of a crawl that ends by itself, or is ended because it holds a place that others want."""
        went_on = begun = time.monotonic()
        asked = False
        while True:
            with suppress(subprocess.TimeoutExpired):
                return process.wait(_LOOK)
            now = time.monotonic()
            if not _is_stopped(process.pid):
                went_on = now
            elif now - went_on > _STOPPED:
                logger.warning("%s: stopped and not continued, so killed; its next run goes on from there", name)
                process.kill()
            if now - begun > seconds + asked * self._overtime * 60:
                how = "killed" if asked else "asked to stop"
                logger.warning("%s: %s after %.0f minutes, its limit is over", name, how, (now - begun) / 60)
                process.send_signal(signal.SIGKILL if asked else signal.SIGTERM)
                asked = True


def _is_stopped(pid: int) -> bool:
    """Whether a child of ours is held by SIGSTOP; False where the system does not tell."""
    with suppress(ChildProcessError, AttributeError):
        return os.waitid(os.P_PID, pid, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is not None
    return False


def _alive(processes: Mapping[str, subprocess.Popen[bytes]]) -> dict[str, subprocess.Popen[bytes]]:
    return {name: process for name, process in processes.items() if process.poll() is None}
