"""Scripts that many pages of a site share, kept for the run."""

import asyncio
from collections import OrderedDict
from typing import Final, NamedTuple
from weakref import WeakValueDictionary

_ROOM: Final = 32 * 2**20  # bytes; the scripts of a portal are 1 to 3 MB


class Answer(NamedTuple):
    """What the browser is given for a file that it asked for."""

    status: int
    headers: dict[str, str]
    body: bytes


class Shelf:
    """By URL, up to so many bytes; the ones not asked for longest go first."""

    def __init__(self, room: int = _ROOM) -> None:
        self._room = room
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def turn(self, url: str) -> asyncio.Lock:
        """Held by whoever fetches the URL: pages that are drawn at the same time ask for it once."""
        return self._turns.setdefault(url, asyncio.Lock())

    def find(self, url: str) -> Answer | None:
        if url in self._answers:
            self._answers.move_to_end(url)
        return self._answers.get(url)

    def keep(self, url: str, answer: Answer) -> None:
        self._room += len(self._answers.pop(url).body) if url in self._answers else 0
        self._answers[url] = answer
        self._room -= len(answer.body)
        while self._room < 0:
            _, gone = self._answers.popitem(last=False)
            self._room += len(gone.body)
