"""Run as a script: becomes another command that is told to end (SIGTERM) when the process that started it is gone.

    python tether.py PARENT_PID COMMAND…

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
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != int(sys.argv[1]):  # it ended before we asked
            sys.exit(128 + signal.SIGTERM)
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606 - our own parent names the command
