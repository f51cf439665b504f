"""How long a worker may take for one page: by its own CPU time, since a busy machine is not the page's fault."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

_MOST: Final = 4  # times the deadline on the clock, however little of the CPU the worker was given
LOOK: Final = 1.0  # seconds between two looks at a worker that is over its time on the clock
_MOVES: Final = 0.001  # seconds of CPU between two looks; one that is stopped has none


@asynccontextmanager
async def deadline(seconds: float, pid: int) -> AsyncIterator[None]:
    """Ends what waits for the worker when it has used so many seconds of CPU, or has come to a halt by then.

    Raises:
        TimeoutError: It has.
    """
    loop = asyncio.get_running_loop()
    begun, before = loop.time(), cpu_seconds(pid)

    def look(last: float) -> None:
        spent = cpu_seconds(pid)
        if last + _MOVES < spent < before + seconds and loop.time() < begun + _MOST * seconds:
            limit.reschedule(loop.time() + 2 * LOOK)
            looking.append(loop.call_later(LOOK, look, spent))

    async with asyncio.timeout(seconds) as limit:
        looking = [loop.call_later(max(0.0, seconds - LOOK), look, before)]
        try:
            yield
        finally:
            looking[-1].cancel()


def still_at_it(seconds: float, pid: int) -> Callable[[], bool]:
    """As `deadline`, for who asks every `LOOK` whether a worker that has not answered in time goes on."""
    begun, before = time.monotonic(), cpu_seconds(pid)
    last = before

    def goes_on() -> bool:
        nonlocal last
        earlier, last = last, cpu_seconds(pid)
        return earlier + _MOVES < last < before + seconds and time.monotonic() < begun + _MOST * seconds

    return goes_on


def cpu_seconds(pid: int) -> float:
    """What the process has used so far; 0 where it is gone, or the system does not say."""
    if sys.platform != "linux":
        return 0.0
    try:
        return time.clock_gettime(~pid << 3 | 2)  # MAKE_PROCESS_CPUCLOCK and CPUCLOCK_SCHED of linux/posix-timers.h
    except OSError:
        return 0.0
