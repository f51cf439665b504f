"""The processes of the browser: its driver, which is a child of ours, and whatever that one has started."""

import os
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

_DRIVER: Final = "run-driver"  # what Playwright calls its driver with


class _Process(NamedTuple):
    pid: int
    parent: int
    command: str


def end_family() -> None:
    """Ends all of it by SIGKILL, which a stopped process cannot put off either."""
    children = defaultdict(list)
    for process in _processes():
        children[process.parent].append(process)
    ending = [process for process in children[os.getpid()] if _DRIVER in process.command]
    for process in ending:  # grows
        ending.extend(children[process.pid])
    for process in ending:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)


def _processes() -> Iterator[_Process]:
    if sys.platform != "linux":
        command = ["ps", "-axww", "-o", "pid=,ppid=,command="]
        listed = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - nobody else's words
        for line in listed.stdout.splitlines():
            pid, parent, command = line.split(None, 2)
            yield _Process(int(pid), int(parent), command)
        return
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with suppress(OSError):  # it has ended
                status = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
                yield _Process(int(folder.name), int(status[1]), (folder / "cmdline").read_text("utf-8", "replace"))
