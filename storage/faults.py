"""Faults on purpose, for tests: `FAULT=STEP:N` makes the N-th passing of a step fail, `STEP:N:kill` the process die.

A step is a moment before or behind something that lasts or leaves the process. Without FAULT one costs a call.
"""

import errno
import logging
import os
import signal
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Final

logger = logging.getLogger(__name__)

STEPS: Final[Mapping[str, str]] = {
    "begin": "a transaction has its turn, and nothing is written",
    "write": "one piece of work is written, and its transaction goes on",
    "commit": "all of a transaction is written, and nothing committed",
    "confirm": "it is committed, and nobody has been told",
    "fsync": "a file is written under another name, and not synced",
    "rename": "it is synced, and has not taken its name",
    "renamed": "it has its name, and the folder is not synced",
    "fork": "the order for a worker is to be sent",
    "send": "a page is to be sent to a worker",
    "judge": "a question is to be sent to the judge",
}


class _Fault:
    """What FAULT asks for."""

    def __init__(self, given: str) -> None:
        self._step, _, rest = given.partition(":")
        number, *how = rest.split(":")
        if self._step not in STEPS or not number.isdecimal() or how not in ([], ["kill"]):
            raise ValueError(
                f"FAULT={given!r} is no fault: write STEP:N or STEP:N:kill, with one of the steps {', '.join(STEPS)}."
            )
        self._number = int(number)
        self._kills = bool(how)
        self._passed: Counter[str] = Counter()

    def at(self, step: str) -> None:
        self._passed[step] += 1
        if step != self._step or self._passed[step] != self._number:
            return
        if self._kills:
            os.kill(os.getpid(), signal.SIGKILL)
        logger.warning("A fault on purpose at the step %r, passed for the %dth time", step, self._number)
        raise OSError(errno.EIO, f"a fault on purpose at the step {step!r}")


@cache
def armed() -> _Fault | None:
    """By the environment of this process, looked at once."""
    given = os.environ.get("FAULT", "")
    return _Fault(given) if given else None


def passing(step: str) -> None:
    """Marks one of `STEPS`.

    Raises:
        OSError: The fault that FAULT asks for. `ValueError`: it asks for none that there is.
    """
    if fault := armed():
        fault.at(step)
