"""Run as a script: becomes another command that is killed when the process that started it is gone.

    python tether.py PARENT_PID COMMAND…

A kill takes nothing from an archive, and is heeded at once; a crawl that is asked to end may wait for a slow page.
Python's `preexec_fn` could do this, but not in a process with threads. Where there is no prctl (anything but Linux),
the command just runs.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h; it survives execve

if __name__ == "__main__":
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != int(sys.argv[1]):  # it ended before we asked
            sys.exit(128 + signal.SIGKILL)
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606 - our own parent names the command
