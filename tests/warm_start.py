"""`scrapy` without waiting for its imports: a process that has made them forks one that runs the command.

The child is a process like any other: its own arguments, environment, files and exit code. It costs half the CPU of one
that begins with nothing. Tests of how a process starts and ends (signals, terminals, locales) begin with nothing.
"""

import atexit
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO, Final

from scrapy.utils.misc import walk_modules_iter

ROOT: Final = Path(__file__).parent.parent
_LONGEST: Final = 2**18  # bytes of a question, which holds an environment
_TOO_LATE: Final = "too late"
# What every crawl imports, and much of the rest.
_NEEDED: Final = (
    "scrapy.commands",
    "scrapy.core.downloader.handlers.http11",
    "crawler.commands",
    "crawler.extensions",
    "crawler.spiders",
    "crawler.settings",
    "alembic.command",
)


class WarmStart:
    """The asking side: one server a test process."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._server = subprocess.Popen(
                [sys.executable, "-X", "utf8", "-m", "tests.warm_start", str(theirs.fileno())],
                cwd=ROOT,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )
        atexit.register(self.close)

    def run(
        self, arguments: Sequence[str], env: Mapping[str, str], out: IO[str], err: IO[str], *, seconds: float
    ) -> int:
        """Runs `scrapy` with these arguments and no other environment; answers with its exit code.

        Raises:
            TimeoutError: It had not ended after so many seconds, and was killed.
        """
        question = json.dumps({"arguments": list(arguments), "env": dict(env), "seconds": seconds})
        socket.send_fds(self._socket, [question.encode()], [out.fileno(), err.fileno()])
        code = self._socket.recv(64).decode()
        if code == _TOO_LATE:
            raise TimeoutError(f"scrapy {' '.join(arguments)} has not ended after {seconds} seconds")
        return int(code)

    def close(self) -> None:
        self._socket.close()
        self._server.wait()


@cache
def warm_start() -> WarmStart:
    return WarmStart()


def serve(questions: socket.socket) -> None:
    """Forks a child a question, one after the other, until nobody is left to ask."""
    for name in _NEEDED:
        list(walk_modules_iter(name))
    del sys.modules["crawler.settings"]  # it reads the environment, and that is the child's own
    while True:
        question, files, _, _ = socket.recv_fds(questions, _LONGEST, 2)
        if not question:
            return
        asked = json.loads(question)
        child = os.fork()
        if not child:
            questions.close()
            _become(asked["arguments"], asked["env"], files)
            return
        for file in files:
            os.close(file)
        watched = os.pidfd_open(child)
        has_ended = bool(select.select([watched], [], [], asked["seconds"])[0])
        if not has_ended:
            os.kill(child, signal.SIGKILL)
        os.close(watched)
        _, status = os.waitpid(child, 0)
        questions.send((str(os.waitstatus_to_exitcode(status)) if has_ended else _TOO_LATE).encode())


def _become(arguments: list[str], env: dict[str, str], files: list[int]) -> None:
    for number, file in enumerate(files, 1):
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = ["scrapy", *arguments]
    runpy.run_module("scrapy", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as asking:
        serve(asking)
