"""A program of ours without waiting for its imports: a process that has made them forks one that runs it.

The child is a process like any other: its own arguments, environment, folder, files and exit code; the process that
forks its readers is forked as well. It costs a fifth of the CPU of one that begins with nothing. Tests of how a process
starts and ends (signals, terminals, locales) begin with nothing.
"""

import atexit
import gc
import json
import os
import resource
import runpy
import select
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from pkgutil import iter_modules
from typing import IO, Any, Final, NamedTuple, NoReturn

from scrapy.settings import default_settings
from scrapy.utils.misc import load_object, walk_modules_iter

import crawler
import storage
from crawler.readers import client, forkserver
from crawler.readers.read_page import prepare
from storage import faults
from tests.ready_archive import begin_ready
from wangqi.sites import site_of

ROOT: Final = Path(__file__).parent.parent
_LONGEST: Final = 2**18  # bytes of a question, which holds an environment
_LIFETIME: Final = 100  # seconds that such a process may live
_TOO_LATE: Final = "too late"
# What every crawl imports, and much of the rest.
_NEEDED: Final = (
    "scrapy.cmdline",
    "scrapy.commands",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.pqueues",
    "scrapy.squeues",
    "scrapy.statscollectors",
    "alembic.command",
    "alembic.config",
    *(f"crawler.{room.name}" for room in iter_modules(crawler.__path__) if room.name != "__main__"),
    *(f"storage.{room.name}" for room in iter_modules(storage.__path__) if room.name != "migrations"),
    *("pipelines", "views", "wangqi"),
)
_SCRAPYS_OWN: Final = ("DOWNLOADER_MIDDLEWARES_BASE", "EXTENSIONS_BASE", "SPIDER_MIDDLEWARES_BASE")


class Program(NamedTuple):
    """What a child becomes: `python -m MODULE ARGUMENTS…` in this folder, or `python -c SCRIPT ARGUMENTS…`.

    Attributes:
        env: There is no other environment.
        largest_file: Bytes that a file may have which it writes; None is no limit.
    """

    module: str
    arguments: Sequence[str]
    env: Mapping[str, str]
    folder: str = str(ROOT)
    largest_file: int | None = None


class WarmStart:
    """The asking side: one server a test process."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._server = subprocess.Popen(
                [sys.executable, "-X", "utf8", "-m", "tests.warm_start", str(theirs.fileno())],
                cwd=ROOT,
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},  # threads forbid the fork
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )
        self.pid = self._server.pid
        atexit.register(self.close)

    def run(self, program: Program, files: tuple[IO[str], IO[str], IO[str]], *, seconds: float) -> int:
        """Runs it with these three as its standard files; answers with its exit code.

        Raises:
            TimeoutError: It had not ended after so many seconds, and was killed.
        """
        return self.begin(program, files, seconds=seconds).wait()

    def begin(self, program: Program, files: tuple[IO[str], IO[str], IO[str]], *, seconds: float) -> "Begun":
        """As `run`, without waiting for its end."""
        answers, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            given = [*(file.fileno() for file in files), theirs.fileno()]
            socket.send_fds(self._socket, [json.dumps([program, seconds]).encode()], given)
            return Begun(answers, int(answers.recv(64)), " ".join([program.module, *program.arguments])[:500])

    def close(self) -> None:
        self._socket.close()
        self._server.wait()


class Begun:
    """A program that was begun; it is asked as a `subprocess.Popen` is."""

    def __init__(self, answers: socket.socket, pid: int, called: str) -> None:
        self.pid = pid
        self._answers = answers
        self._called = called
        self._code: int | None = None

    def poll(self) -> int | None:
        """Its exit code, or None while it runs."""
        if self._code is None and select.select([self._answers], [], [], 0)[0]:
            return self.wait()
        return self._code

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code.

        Raises:
            TimeoutError: It had not ended in its time, and was killed.
            subprocess.TimeoutExpired: It has not ended within these seconds.
        """
        if self._code is None:
            if not select.select([self._answers], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(self._called, timeout or 0)
            with self._answers:
                told = self._answers.recv(64).decode()
            if told == _TOO_LATE:
                raise TimeoutError(f"{self._called} has not ended in its time")
            self._code = int(told)
        return self._code

    def kill(self) -> None:
        """And waits for its end."""
        self.send_signal(signal.SIGKILL)
        self.wait()

    def send_signal(self, number: int) -> None:
        """Nothing where it has ended, be it between the question and the signal."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)


@cache
def warm_start() -> WarmStart:
    return WarmStart()


def serve(questions: socket.socket) -> None:
    """Forks a child a question, and one that waits for its end, until nobody is left to ask."""
    for name in _NEEDED:
        list(walk_modules_iter(name))
    for setting in _SCRAPYS_OWN:
        for component in getattr(default_settings, setting):
            load_object(component)
    site_of("example.org")  # reads the list of suffixes
    prepare(forkserver.FIRST_PAGE.encode(), "http://example.org/1.html", {})
    begin_ready()
    del sys.modules["crawler.settings"]  # it reads the environment, and that is the child's own
    gc.collect()
    gc.freeze()  # keeps the pages of memory shared after a fork
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how those end that wait
    while True:
        question, files, _, _ = socket.recv_fds(questions, _LONGEST, 4)
        if not question:
            return
        if not os.fork():
            questions.close()
            _wait_for(*json.loads(question), files[:3], socket.socket(fileno=files[3]))
        for file in files:
            os.close(file)


def _wait_for(program: Sequence[Any], seconds: float, files: list[int], answers: socket.socket) -> NoReturn:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    child = os.fork()
    if not child:
        answers.close()
        _become(Program(*program), files)
    for file in files:
        os.close(file)
    watched = os.pidfd_open(child)
    answers.send(str(child).encode())
    has_ended = bool(select.select([watched], [], [], seconds)[0])
    if not has_ended:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    answers.send((str(os.waitstatus_to_exitcode(status)) if has_ended else _TOO_LATE).encode())
    os._exit(0)


def _become(program: Program, files: list[int]) -> NoReturn:
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(program.env)
    os.chdir(program.folder)
    if program.largest_file is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (program.largest_file, program.largest_file))
    faults.armed.cache_clear()  # the environment is another one
    client.start_process = Forked  # type: ignore[assignment]
    sys.argv = ["-c", *program.arguments[1:]] if program.module == "-c" else [program.module, *program.arguments]
    sys.path[:1] = [program.folder, *program.env.get("PYTHONPATH", "").split(os.pathsep)]
    code: object = 0
    try:
        if program.module == "-c":
            exec(compile(program.arguments[0], "<script>", "exec"), {"__name__": "__main__"})
        else:
            runpy.run_module(program.module, run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001 - as the interpreter does
        traceback.print_exc()
        code = 1
    _end(code)


def _end(code: object) -> NoReturn:
    """As the interpreter ends, but that the modules are not taken apart: that costs more than most commands."""
    threading._shutdown()
    atexit._run_exitfuncs()
    if isinstance(code, str):
        print(code, file=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        with suppress(ValueError, BrokenPipeError):
            stream.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


def warm_forkserver(control_fd: int, function: str, limits: forkserver.Limits) -> "Begun":
    """As `client.start_process`, for a pool of this very process, which may not be forked: it has threads."""
    code = f"from crawler.readers.forkserver import Limits, main; main(0, {function!r}, Limits(*{tuple(limits)!r}))"
    with os.fdopen(os.dup(control_fd), "rb") as control, Path(os.devnull).open("w") as out:
        return warm_start().begin(Program("-c", [code], dict(os.environ)), (control, out, out), seconds=_LIFETIME)


class Forked:
    """The process that forks the readers, as `client.start_process` answers with one."""

    def __init__(self, control_fd: int, function: str, limits: forkserver.Limits) -> None:
        self._code: int | None = None
        self._pid = os.fork()
        if not self._pid:
            os.closerange(3, control_fd)
            os.closerange(control_fd + 1, os.sysconf("SC_OPEN_MAX"))
            try:
                forkserver.main(control_fd, function, limits)
            finally:
                os._exit(0)

    def wait(self, timeout: float | None = None) -> int:
        """As `subprocess.Popen.wait`."""
        until = None if timeout is None else time.monotonic() + timeout
        while self._code is None:
            ended, status = os.waitpid(self._pid, 0 if until is None else os.WNOHANG)
            if ended:
                self._code = os.waitstatus_to_exitcode(status)
            elif until is not None and time.monotonic() > until:
                raise subprocess.TimeoutExpired("forkserver", timeout or 0)
            else:
                time.sleep(0.01)
        return self._code

    def kill(self) -> None:
        if self._code is None:
            os.kill(self._pid, signal.SIGKILL)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as asking:
        serve(asking)
