"""The crawler's side of the fork server: starting it, and holding one socket to each worker."""

import asyncio
import contextlib
import json
import os
import pickle
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, cast

from crawler.readers.forkserver import KILL, LENGTH, MESSAGE, SPAWN, Duty, Limits
from storage.faults import passing

_CHECKOUT = str(Path(__file__).parents[2])
_START_SECONDS = 60
_DEATH_SECONDS = 5
_FORK_SECONDS = 10  # a fork takes 10 ms; a fork server that does not answer by then is stopped
# `-c` leaves no `__main__` to run again; the path finds the checkout from any directory.
_CHILD = (
    "import sys, json; fd, function, limits, path = json.loads(sys.argv[1]); sys.path[:] = path; "
    "from crawler.readers.forkserver import Limits, main; main(fd, function, Limits(*limits))"
)


class Line(NamedTuple):
    """A worker of a thread of its own: a socket that blocks, but not for ever, and takes and gives frames."""

    socket: socket.socket
    pid: int


class WorkerDiedError(Exception):
    """Raised when a worker ends before it has answered, from `Worker.read` and `Workers.fork`."""


@dataclass(slots=True)
class Worker:
    """The crawler's end of one worker."""

    pid: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    exit_code: asyncio.Future[int]

    async def read(self, page: bytes) -> tuple[str, Any, bool]:
        """The answer word, the result or the reason, and whether the worker has ended after this page.

        Args:
            page: The arguments of the function, pickled.

        Raises:
            WorkerDiedError: It ended before it answered.
        """
        try:
            passing("send")
            self.writer.write(LENGTH.pack(len(page)))
            self.writer.write(page)
            await self.writer.drain()
            size = LENGTH.unpack(await self.reader.readexactly(LENGTH.size))[0]
            answer = pickle.loads(await self.reader.readexactly(size))  # noqa: S301  # from our own process
        except (asyncio.IncompleteReadError, OSError) as error:
            raise WorkerDiedError(await self._death()) from error
        return cast("tuple[str, Any, bool]", answer)

    async def _death(self) -> str:
        ended, _ = await asyncio.wait([self.exit_code], timeout=_DEATH_SECONDS)
        code = self.exit_code.result() if ended else None
        if code is None:
            return "the worker is gone"
        return f"the worker died of {signal.Signals(-code).name}" if code < 0 else f"the worker ended with code {code}"

    def close(self) -> None:
        self.writer.transport.abort()


def start_process(control_fd: int, function: str, limits: Limits) -> subprocess.Popen[bytes]:
    """The fork server, in a new interpreter."""
    return subprocess.Popen(  # noqa: S603 - our own interpreter and code, nothing of a page or a person
        [sys.executable, "-c", _CHILD, json.dumps([control_fd, function, limits, [_CHECKOUT, *sys.path]])],
        pass_fds=[control_fd],
        stdin=subprocess.DEVNULL,
        # A worker has one core: thread pools of numeric libraries would only fight, and forbid the fork.
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
    )


class Workers:
    """Forks workers that call one function with what `Worker.read` is given.

    Args:
        function: `module:name`.
        limits: Of each worker.

    Attributes:
        duty: Of the workers that `fork` makes from now on.
    """

    def __init__(self, function: str, limits: Limits) -> None:
        self.function = function
        self.limits = limits
        self.duty = Duty()
        self._exits: dict[int, asyncio.Future[int]] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._starting: socket.socket | None = None
        self._control: socket.socket | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_given_up = False

    def launch(self) -> None:
        """Start the fork server, and do not wait until it has imported the function."""
        self._starting, theirs = socket.socketpair()
        with theirs:
            self._process = start_process(theirs.fileno(), self.function, self.limits)

    def start(self) -> None:
        """Wait until the fork server has imported the function; `launch` it, if nobody has.

        Raises:
            RuntimeError: It cannot import it.
        """
        if not self._starting:
            self.launch()
        ours, self._starting = self._starting, None
        assert ours is not None
        assert self._process is not None
        ours.settimeout(_START_SECONDS)
        try:
            said = ours.recv(4096)
        except TimeoutError:
            said = f"it was not ready within {_START_SECONDS} seconds".encode()
        if said != MESSAGE.pack(0, 0):
            ours.close()
            self._process.kill()
            code = self._process.wait()
            raise RuntimeError(
                f"The extraction workers cannot load {self.function!r}: "
                f"{said.decode(errors='replace') or f'their process ended with code {code}'}"
            )
        self._is_given_up = False
        ours.setblocking(False)  # noqa: FBT003  # positional only
        self._control = ours

    async def fork(self) -> Worker:
        """A new worker.

        Raises:
            RuntimeError: The fork server is not running.
            WorkerDiedError: The worker ended at once.
        """
        try:
            reader, writer, pid = await self._forked()
        except TimeoutError:
            self._give_up()
            reader, writer, pid = await self._forked()  # of another fork server
        writer.write(_frame(self.duty))
        exit_code = self._exits[pid] = asyncio.get_running_loop().create_future()
        return Worker(pid, reader, writer, exit_code)

    async def _forked(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter, int]:
        ours, theirs = socket.socketpair()
        with theirs:
            self._order_fork(theirs)
        reader, writer = await asyncio.open_connection(sock=ours, limit=2**22)
        try:
            async with asyncio.timeout(_FORK_SECONDS):
                pid = MESSAGE.unpack(await reader.readexactly(MESSAGE.size))[0]
        except (asyncio.IncompleteReadError, OSError) as error:
            writer.transport.abort()
            if isinstance(error, TimeoutError):
                raise
            raise WorkerDiedError("the worker ended before its first page") from error
        return reader, writer, pid

    def fork_blocking(self, duty: Duty, seconds: float) -> Line:
        """A worker for a thread of its own, which waits for it at most so many seconds at a time.

        Raises:
            ConnectionError: The fork server does not run, or the worker ended at once. `TimeoutError`: it is stopped.
        """
        if not self._control:
            raise ConnectionError("The extraction workers are not running.")
        ours, theirs = socket.socketpair()
        ours.settimeout(_FORK_SECONDS)
        try:
            with theirs:
                socket.send_fds(self._control, [MESSAGE.pack(SPAWN, 0)], [theirs.fileno()])
            said = ours.recv(MESSAGE.size)
            if len(said) < MESSAGE.size:
                raise ConnectionError("The worker ended before its first call.")
            ours.settimeout(seconds)
            ours.sendall(_frame(duty))
        except OSError as error:
            ours.close()
            if isinstance(error, TimeoutError):
                self._give_up()
            raise
        return Line(ours, MESSAGE.unpack(said)[0])

    def _order_fork(self, theirs: socket.socket) -> None:
        if not self._control:
            raise RuntimeError("The extraction workers are not running: call start() first.")
        order = MESSAGE.pack(SPAWN, 0)
        try:
            if self._is_given_up:
                raise ConnectionError("It was killed.")
            passing("fork")
            socket.send_fds(self._control, [order], [theirs.fileno()])
        except OSError:  # somebody killed the fork server, and its workers died with it; or it takes no orders
            self._forget()
            self._give_up()
            if self._process:
                self._process.wait()
            self.start()
            socket.send_fds(self._control, [order], [theirs.fileno()])
        if not self._loop:
            self._loop = asyncio.get_running_loop()
            self._loop.add_reader(self._control, self._take_note, self._control)

    def _take_note(self, control: socket.socket) -> None:
        """Learn which worker has ended, and how."""
        note = b""
        with contextlib.suppress(ConnectionError):
            note = control.recv(MESSAGE.size)
        if not note:
            if self._loop:
                self._loop.remove_reader(control)
            self._all_ended()
            return
        pid, code = MESSAGE.unpack(note)
        exit_code = self._exits.pop(pid, None)
        if exit_code and not exit_code.done():
            exit_code.set_result(code)

    def kill(self, pid: int) -> None:
        """End a worker, also one that is stopped."""
        if self._control:
            with contextlib.suppress(OSError):  # then it is dead already, or will be with the fork server
                self._control.send(MESSAGE.pack(KILL, pid))

    def _give_up(self) -> None:
        """End a fork server that does not answer; the next order starts another one."""
        self._is_given_up = True
        if self._process:
            self._process.kill()

    def _all_ended(self) -> None:
        """No worker outlives the fork server."""
        for exit_code in self._exits.values():
            if not exit_code.done():
                exit_code.set_result(-signal.SIGKILL)
        self._exits.clear()

    def _forget(self) -> None:
        if self._control:
            if self._loop:
                self._loop.remove_reader(self._control)
            self._control.close()
        self._control = self._loop = None
        self._all_ended()

    async def close(self) -> None:
        """End the fork server, which kills every worker that is left."""
        self._forget()
        if self._starting:
            self._starting.close()
            self._starting = None
        if self._process:
            try:
                await asyncio.to_thread(self._process.wait, _DEATH_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                await asyncio.to_thread(self._process.wait)
            self._process = None


def _frame(duty: Duty) -> bytes:
    pickled = pickle.dumps(duty, pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(pickled)) + pickled
