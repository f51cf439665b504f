"""Crawls as processes of their own, a few at a time, which end with the one that started them."""

import logging
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
    """

    def __init__(self, options: Sequence[str] = (), *, at_once: int = 1) -> None:
        self._options = list(options)
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="crawl")
        self._lock = threading.Lock()
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._called: dict[str, Future[int]] = {}
        self._stopping = False

    def call(self, name: str) -> Future[int] | None:
        """Starts a crawl, or queues it; its future has the exit code. None while an earlier call is open."""
        earlier = self._called.get(name)
        if earlier is not None and not earlier.done():
            return None
        self._called[name] = future = self._pool.submit(self._crawl, name)
        return future

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

    def _crawl(self, name: str) -> int:
        started = time.monotonic()
        with self._lock:
            if self._stopping:
                return exit_codes.SIGNAL
            process = self._running[name] = self._start(name)
        logger.info("%s: crawl begins (process %d)", name, process.pid)
        code = _ended(name, process)
        with self._lock:
            del self._running[name]
        logger.info("%s: crawl ended with %d after %.0f s", name, code, time.monotonic() - started)
        return code

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        crawl = [sys.executable, "-m", module(), "crawl", name, *self._options]
        tethered = [sys.executable, "-I", str(Path(tether.__file__)), str(os.getpid()), *crawl]
        # A session of its own, so that a Ctrl-C reaches the crawl once, through us.
        return subprocess.Popen(tethered, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 - see above


def _ended(name: str, process: subprocess.Popen[bytes]) -> int:
    """The exit code of a crawl that ends by itself, or is killed because it is stopped: its place is wanted."""
    went_on = time.monotonic()
    while True:
        with suppress(subprocess.TimeoutExpired):
            return process.wait(_LOOK)
        if not _is_stopped(process.pid):
            went_on = time.monotonic()
        elif time.monotonic() - went_on > _STOPPED:
            logger.warning("%s: stopped and not continued, so killed; its next run goes on from there", name)
            process.kill()


def _is_stopped(pid: int) -> bool:
    """Whether a child of ours is held by SIGSTOP; False where the system does not tell."""
    with suppress(ChildProcessError, AttributeError):
        return os.waitid(os.P_PID, pid, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is not None
    return False


def _alive(processes: Mapping[str, subprocess.Popen[bytes]]) -> dict[str, subprocess.Popen[bytes]]:
    return {name: process for name, process in processes.items() if process.poll() is None}
