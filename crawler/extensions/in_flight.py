"""Pages that were asked for and have not left the pipelines."""

import asyncio


class InFlight:
    """Their addresses, and a way to wait for the next one that settles.

    Attributes:
        urls: Canonical.
    """

    def __init__(self) -> None:
        self.urls: set[str] = set()
        self._settled = asyncio.Event()

    def add(self, url: str) -> None:
        self.urls.add(url)

    def settle(self, url: str) -> None:
        self.urls.discard(url)
        self._settled.set()

    def begin_watching(self) -> None:
        """From now on `has_settled` and `wait` count."""
        self._settled.clear()

    @property
    def has_settled(self) -> bool:
        return self._settled.is_set()

    async def wait(self) -> None:
        await self._settled.wait()
