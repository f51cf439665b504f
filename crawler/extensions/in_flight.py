"""Pages that were asked for and have not left the pipelines."""

import asyncio
import os
import time
from collections import Counter
from contextlib import suppress
from typing import Final

from wangqi.urls import host_of

_SILENT: Final = 3.0  # seconds without an answer after which the pages of a host keep no place from others
_MOST_SILENT: Final = 3  # times the room for all that such pages may be
_MOST_COME: Final = max(8, 2 * (os.cpu_count() or 1))  # enough for the readers to be busy
_MOST_BYTES: Final = 20 * 2**20  # of their bodies; two pages of 10 MB keep the readers busy for a while
_LONGEST: Final = 60.0  # seconds that a page waits for room; a reader's deadline is shorter


class InFlight:
    """Their addresses, and ways to wait for the next one that settles.

    A server may answer faster than its pages are read. What has come and is not stored takes memory, and is lost with a
    kill: the next run has to ask for it again. So nobody is asked for more while many have come.

    Attributes:
        urls: Canonical.
    """

    def __init__(self) -> None:
        self.urls: set[str] = set()
        self._come: dict[str, int] = {}  # those of them that have been answered, and the bytes of their bodies
        self._has_room = asyncio.Event()
        self._of_host: Counter[str] = Counter()
        self._heard: dict[str, float] = {}  # host -> since when its oldest page waits, monotonic
        self._settled = asyncio.Event()

    def add(self, url: str) -> None:
        self.urls.add(url)
        host = host_of(url)
        self._of_host[host] += 1
        self._heard.setdefault(host, time.monotonic())

    def come(self, url: str, size: int) -> None:
        """The page has been answered with so many bytes."""
        self._come[url] = size

    async def wait_for_room(self, url: str) -> bool:
        """Until few enough have come, if the page is none of those; whether it had to wait."""
        has_waited = False
        while url not in self._come and (len(self._come) >= _MOST_COME or sum(self._come.values()) >= _MOST_BYTES):
            has_waited = True
            self._has_room.clear()
            try:
                await asyncio.wait_for(self._has_room.wait(), _LONGEST)
            except TimeoutError:  # pages that nobody settles must not hold up the others for ever
                break
        return has_waited

    def settle(self, url: str) -> None:
        self._settled.set()
        self._come.pop(url, None)
        self._has_room.set()
        if url not in self.urls:
            return
        self.urls.discard(url)
        host = host_of(url)
        self._of_host[host] -= 1
        if self._of_host[host]:
            self._heard[host] = time.monotonic()
        else:
            del self._of_host[host], self._heard[host]

    def free(self, room: int) -> int:
        """How many more may be asked for where `room` may be at once.

        A host that is silent keeps no place from others: its pages are not counted, but for a bound of their own.
        """
        since = time.monotonic() - _SILENT
        answering = sum(count for host, count in self._of_host.items() if self._heard[host] > since)
        return min(room - answering, (1 + _MOST_SILENT) * room - len(self.urls))

    def begin_watching(self) -> None:
        """From now on `has_settled` and `wait` count."""
        self._settled.clear()

    @property
    def has_settled(self) -> bool:
        return self._settled.is_set()

    async def wait(self) -> None:
        """Until a page has settled, or a host may have fallen silent."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._settled.wait(), _SILENT)
