"""The process that forks the extraction workers, and what a worker does. Started by `crawler.readers.pool` only.

It imports the extraction function once and stays single-threaded, so a worker is one fork away (about 10 ms)
and shares the imported code. `multiprocessing` offers the same, but runs the parent's `__main__` again in
every worker, which for a crawl is the `scrapy` script: Scrapy and Twisted, imported to read a page.

Over the control socket come orders of 8 bytes, `SPAWN` with a socket attached or `KILL` with a process id; back go
notes of 8 bytes, the id of a worker that ended and its exit code (-N: died of signal N). Over the socket of a worker
comes its `Duty`, then one frame a call.
"""

import contextlib
import ctypes
import gc
import importlib
import logging
import os
import pickle
import resource
import select
import signal
import socket
import struct
import sys
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any, Final, NamedTuple

MESSAGE: Final = struct.Struct("!ii")
LENGTH: Final = struct.Struct("!Q")
SPAWN: Final = 1
KILL: Final = 2
_PR_SET_PDEATHSIG: Final = 1  # linux/prctl.h
_YOUNGEST, _ALL = 0, 2  # generations of objects: those of one page, and what caches hold as well
_FULL_COLLECTION: Final = 100  # pages
# Read before the first fork, it loads what libraries load late; else each worker's first page takes 0.1 s more.
FIRST_PAGE: Final = (
    f"<html><head><title>往期</title></head><body><h1>往期</h1>{'<p>这一段有标点，也够长。</p>' * 20}</body></html>"
)

Function = Callable[..., Any]


class Limits(NamedTuple):
    """What one worker may use: bytes of address space, then pages and bytes of peak RSS until it is replaced."""

    memory: int
    pages: int
    rss: int


class Duty(NamedTuple):
    """What one worker is there for.

    Attributes:
        function: `module:name`, or None for the one that the fork server has loaded.
        known: Given to the function at every call under this name, unless it is None.
        is_lasting: The limit of pages does not apply: what it loads, a dictionary, is expensive to load again.
    """

    function: str | None = None
    known: object = None
    is_lasting: bool = False


def main(control_fd: int, function: str, limits: Limits) -> None:
    """Serve orders until the control socket closes, then kill every worker that is left.

    Args:
        control_fd: Our end of the control socket.
        function: `module:name` of the function that reads a page.
        limits: Of each worker.
    """
    # They end with the crawler, not with its terminal: a page in flight is finished first. Service
    # managers send SIGTERM to the whole group.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    logging.disable()  # what matters of a page is in its Extraction; libraries would write to the terminal
    control = socket.socket(fileno=control_fd)
    try:
        read_page = _load(function)
    except Exception as error:  # noqa: BLE001  # whatever an import may raise, the crawler is told
        with contextlib.suppress(ConnectionError):  # likewise
            control.sendall(f"{type(error).__name__}: {error}".encode())
        return
    _answer(read_page, FIRST_PAGE.encode(), "http://example.org/1.html", {})
    gc.collect()
    gc.freeze()  # keeps the pages of memory shared after a fork
    woken, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    with contextlib.suppress(ConnectionError):  # the crawler is gone; the next read says so
        control.sendall(MESSAGE.pack(0, 0))
    children: set[int] = set()
    while True:
        ready, _, _ = select.select([control.fileno(), woken], [], [])
        if woken in ready:
            os.read(woken, 4096)
            _report_ended(control, children)
        if control.fileno() in ready and not _obey(control, children, read_page, limits):
            break
    for pid in children:
        os.kill(pid, signal.SIGKILL)


def _load(function: str) -> Function:
    module, _, name = function.partition(":")
    loaded: Function = getattr(importlib.import_module(module), name)
    return loaded


def _report_ended(control: socket.socket, children: set[int]) -> None:
    for pid in tuple(children):
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            children.discard(pid)
            with contextlib.suppress(OSError):  # the crawler is gone; the next read says so
                control.sendall(MESSAGE.pack(pid, os.waitstatus_to_exitcode(status)))


def _obey(control: socket.socket, children: set[int], read_page: Function, limits: Limits) -> bool:
    """Carry out one order; False when the crawler has closed the socket, or has died."""
    data, fds = b"", list[int]()
    with contextlib.suppress(ConnectionError):  # it left notes of ours unread
        data, fds, _, _ = socket.recv_fds(control, MESSAGE.size, 1)
    if not data:
        return False
    order, pid = MESSAGE.unpack(data)
    if order == KILL and pid in children:  # not yet waited for, so the id is still this worker's
        os.kill(pid, signal.SIGKILL)
    elif order == SPAWN:
        parent = os.getpid()
        pid = os.fork()
        if not pid:
            control.close()
            _worker(socket.socket(fileno=fds[0]), parent, read_page, limits)
        os.close(fds[0])
        children.add(pid)
    return True


def _worker(pages: socket.socket, parent: int, read_page: Function, limits: Limits) -> None:
    """Do its duty until the socket closes or a limit is reached; never returns."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(0)
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.disable()  # it would go through the page in hand a hundred times, while all of that is still in use
    with contextlib.suppress(OSError, EOFError), pages.makefile("rwb") as stream:  # the crawler is gone
        stream.write(MESSAGE.pack(os.getpid(), 0))
        stream.flush()
        duty: Duty = pickle.loads(_receive(stream))  # noqa: S301  # the crawler's own bytes
        function = _load(duty.function) if duty.function else read_page
        if duty.known is not None:
            function = partial(function, known=duty.known)
        for number in count(1):
            answer = _answer(function, *pickle.loads(_receive(stream)))  # noqa: S301  # the crawler's own bytes
            is_worn = answer[0] == "memory" or _peak_rss() > limits.rss
            is_worn = is_worn or (number == limits.pages and not duty.is_lasting)
            reply = pickle.dumps((*answer, is_worn), pickle.HIGHEST_PROTOCOL)
            stream.write(LENGTH.pack(len(reply)) + reply)
            stream.flush()
            if is_worn:
                break
            del answer, reply
            gc.collect(_YOUNGEST if number % _FULL_COLLECTION else _ALL)
    os._exit(0)


def _answer(read_page: Function, *page: Any) -> tuple[str, Any]:  # noqa: ANN401  # as the function takes it
    """What became of the page: `ok` and the result, or `memory` or `error` and why."""
    try:
        return "ok", read_page(*page)
    except MemoryError:
        return "memory", "the page needs more memory than a worker may use"
    except BaseException as error:  # noqa: BLE001  # a page may cost itself, never the worker
        return "error", f"{type(error).__name__}: {error}"[:500]


def _receive(stream: Any) -> bytes:  # noqa: ANN401  # BufferedRWPair, which typeshed gives no common name
    """The next frame.

    Raises:
        EOFError: The other side has closed the socket.
    """
    header = stream.read(LENGTH.size)
    if len(header) < LENGTH.size:
        raise EOFError
    frame: bytes = stream.read(LENGTH.unpack(header)[0])
    return frame


def _peak_rss() -> int:
    """In bytes; Linux counts in KiB, macOS in bytes (getrusage(2))."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * 1024 if sys.platform == "linux" else peak
