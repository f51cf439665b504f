"""What a process and all its descendants use, sampled while they live."""

from contextlib import suppress
from dataclasses import dataclass, field

import psutil

Key = tuple[int, float]  # pids are reused; pid and birth are not


@dataclass(slots=True)
class ProcessTree:
    """Sampling of one tree.

    Attributes:
        cpu: Seconds of user and system time by process, as last seen; what has ended stays counted.
        peak: The highest RSS of the whole tree in bytes. Pages shared between its processes count in each.
    """

    root: psutil.Process
    cpu: dict[Key, float] = field(default_factory=dict)
    peak: int = 0

    def sample(self) -> int:
        """The tree's RSS in bytes now; 0 when it is gone."""
        rss = 0
        for process in self._alive():
            try:
                with process.oneshot():
                    times = process.cpu_times()
                    rss += process.memory_info().rss
                    self.cpu[process.pid, process.create_time()] = times.user + times.system
            except psutil.NoSuchProcess:
                continue
        self.peak = max(self.peak, rss)
        return rss

    def kill(self) -> None:
        """Ends the whole tree at once."""
        for process in self._alive():
            with suppress(psutil.NoSuchProcess):
                process.kill()

    @property
    def cpu_seconds(self) -> float:
        return sum(self.cpu.values())

    def _alive(self) -> list[psutil.Process]:
        try:
            return [self.root, *self.root.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []
